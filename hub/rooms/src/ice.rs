//! `[rooms]` in `hub.toml`: with which servers' help browsers find a way to each other, and whether they may do so directly.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// More servers only make browsers slower.
const SERVERS_MAX: usize = 4;

/// The servers for rooms. Without any of them browsers still find each other within one network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IceConfig {
    /// Which say to a browser under which address others see it, e.g. `stun:turn.example.gr:3478`.
    pub stun: Vec<String>,
    /// Which pass sound and picture on (`coturn`), e.g. `turn:turn.example.gr:3478?transport=udp`.
    pub turn: Vec<String>,
    /// The file of the secret that the hub shares with them (`static-auth-secret` of `coturn`).
    pub turn_secret_file: Option<PathBuf>,
    /// Everything goes through them. Otherwise browsers connect directly where they can, and each learns the network address
    /// of the other.
    pub relay_only: bool,
}

impl IceConfig {
    /// Paths are relative to the configuration's folder.
    pub fn resolve(&mut self, folder: &Path) {
        self.turn_secret_file = self.turn_secret_file.take().map(|file| folder.join(file));
    }

    /// Whether the section can be.
    ///
    /// # Errors
    /// Which key is wrong, and what would be right.
    pub fn check(&self) -> Result<(), String> {
        let is = |schemes: [&str; 2], url: &str| {
            let rest = schemes.iter().find_map(|scheme| url.strip_prefix(scheme));
            rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic()))
        };
        if let Some(wrong) = self.stun.iter().find(|url| !is(["stun:", "stuns:"], url)) {
            return Err(format!("rooms.stun: {wrong} should be like stun:turn.example.gr:3478"));
        }
        if let Some(wrong) = self.turn.iter().find(|url| !is(["turn:", "turns:"], url)) {
            return Err(format!("rooms.turn: {wrong} should be like turn:turn.example.gr:3478?transport=udp"));
        }
        if self.stun.len() > SERVERS_MAX || self.turn.len() > SERVERS_MAX {
            return Err(format!("rooms: name at most {SERVERS_MAX} servers of each kind"));
        }
        match (self.turn.is_empty(), &self.turn_secret_file, self.relay_only) {
            (false, None, _) => {
                Err("rooms.turn_secret_file: name the file of the secret shared with rooms.turn".into())
            }
            (true, Some(_), _) => Err("rooms.turn: name the servers whose secret rooms.turn_secret_file is".into()),
            (true, _, true) => Err("rooms.relay_only: needs a server in rooms.turn through which all goes".into()),
            (false, Some(_), _) | (true, None, false) => Ok(()),
        }
    }
}

/// A server, as a browser is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IceServer {
    /// Where it is reached.
    pub urls: Vec<String>,
    /// The name for coturn: until when it holds, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// By what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> IceConfig {
        IceConfig {
            stun: vec!["stun:turn.example.gr:3478".into()],
            turn: vec!["turn:turn.example.gr:3478?transport=udp".into()],
            turn_secret_file: Some("secret".into()),
            relay_only: true,
        }
    }

    #[test]
    fn omb_20_what_is_wrong_with_servers_is_said_by_key() {
        assert_eq!(config().check(), Ok(()));
        assert_eq!(IceConfig::default().check(), Ok(()));
        let wrong = [
            (IceConfig { stun: vec!["turn.example.gr".into()], ..config() }, "rooms.stun"),
            (IceConfig { turn: vec!["turn:".into()], ..config() }, "rooms.turn"),
            (IceConfig { turn: vec!["turn:a b".into()], ..config() }, "rooms.turn"),
            (IceConfig { turn_secret_file: None, ..config() }, "rooms.turn_secret_file"),
            (IceConfig { turn: Vec::new(), ..config() }, "rooms.turn"),
            (IceConfig { turn: Vec::new(), turn_secret_file: None, ..config() }, "rooms.relay_only"),
            (IceConfig { stun: vec!["stun:a".into(); 5], ..config() }, "at most 4"),
        ];
        for (config, said) in wrong {
            assert!(config.check().unwrap_err().contains(said), "{said}");
        }
    }
}
