//! The address of a room, or of a server of rooms, that somebody else holds: one to which a browser may be led.

use std::fmt;

/// Longer ones are none that people were given.
const ADDRESS_BYTES_MAX: usize = 400;

/// The address of a room that somebody else holds. Whoever knows it may come in: it is told to nobody before the door is open,
/// and does not show in what is printed for finding faults.
#[derive(Clone, PartialEq, Eq)]
pub struct RoomAddress(String);

impl RoomAddress {
    /// Reads an address.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn read(text: &str) -> Result<Self, String> {
        let Some(rest) = text.strip_prefix("https://") else {
            return Err("the address of a room must begin with https://".to_owned());
        };
        if text.len() > ADDRESS_BYTES_MAX {
            return Err(format!("the address of a room has at most {ADDRESS_BYTES_MAX} characters"));
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\`{|}^".contains(&byte)) {
            return Err("the address of a room holds a sign that no address has, copy it from the browser".to_owned());
        }
        let (host, port) = host_and_port(rest);
        let is_label = |label: &str| {
            let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            inner && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
        };
        if !host.split('.').all(is_label) || !port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0)) {
            return Err("the address of a room names no server, write it like https://meet.example.gr/room".to_owned());
        }
        Ok(Self(text.to_owned()))
    }

    /// The whole of it, for who may come in.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The server that it names, as browsers compare them: with its scheme and port, without a room.
    #[must_use]
    pub fn origin(&self) -> &str {
        let rest = self.0.strip_prefix("https://").unwrap_or(&self.0);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        self.0.get(..self.0.len() - rest.len() + authority.len()).unwrap_or(&self.0)
    }

    /// The server that it names, which people may know beforehand.
    #[must_use]
    pub fn host(&self) -> &str {
        host_and_port(self.0.strip_prefix("https://").unwrap_or(&self.0)).0
    }
}

impl fmt::Debug for RoomAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RoomAddress").field(&self.host()).finish()
    }
}

fn host_and_port(rest: &str) -> (&str, Option<&str>) {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn omb_20_the_address_of_a_room_is_one_that_a_browser_may_be_led_to() {
        for (right, host) in [
            ("https://meet.example.gr/room", "meet.example.gr"),
            ("https://meet.example.gr:8443/j/1?pwd=a%20b#in", "meet.example.gr"),
            ("https://localhost", "localhost"),
        ] {
            let address = RoomAddress::read(right).unwrap();
            assert_eq!((address.as_str(), address.host()), (right, host));
        }
        let long = format!("https://meet.example.gr/{}", "a".repeat(ADDRESS_BYTES_MAX));
        for (wrong, said) in [
            ("http://meet.example.gr/room", "https://"),
            ("HTTPS://meet.example.gr/room", "https://"),
            ("javascript:alert(1)", "https://"),
            ("", "https://"),
            ("https://", "names no server"),
            ("https:///room", "names no server"),
            ("https://somebody@meet.example.gr/", "names no server"),
            ("https://somebody:secret@meet.example.gr/", "names no server"),
            ("https://meet..gr/", "names no server"),
            ("https://-meet.gr/", "names no server"),
            ("https://meet.example.gr:0/", "names no server"),
            ("https://meet.example.gr:65536/", "names no server"),
            ("https://meet.example.gr/a b", "no address has"),
            ("https://meet.example.gr/\r\nx", "no address has"),
            ("https://meet.example.gr/\"x", "no address has"),
            ("https://μίτινγκ.example.gr/", "no address has"),
            (long.as_str(), "at most 400"),
        ] {
            assert!(RoomAddress::read(wrong).unwrap_err().contains(said), "{wrong}");
        }
    }
}
