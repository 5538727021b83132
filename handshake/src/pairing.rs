//! The words of a pairing: what they stand for, and why nobody can choose them.

use wire::{CertificateBytes, DeviceKind, Octets};

use crate::{digest::hash, words::ThreeWords};

/// By which a device binds itself to its number before it sees the hub's.
#[must_use]
pub fn commitment(number: &Octets<32>) -> Octets<32> {
    Octets(hash(&[b"seira pairing commitment 1", &number.0]))
}

/// Everything for which three words stand.
#[derive(Debug, Clone, Copy)]
pub struct PairingTranscript<'a> {
    /// The hub's key.
    pub key: &'a Octets<32>,
    /// The CAs that the device is to trust.
    pub authorities: &'a [CertificateBytes],
    /// What the device says it is.
    pub kind: DeviceKind,
    /// What it is called.
    pub name: &'a str,
    /// The number to which the device had bound itself.
    pub device_number: &'a Octets<32>,
    /// The number that the hub gave before it knew the device's.
    pub hub_number: &'a Octets<32>,
}

impl PairingTranscript<'_> {
    /// The three words that both screens show.
    #[must_use]
    pub fn words(&self) -> ThreeWords {
        let desk;
        let kind: &[u8] = match self.kind {
            DeviceKind::Kiosk => b"kiosk",
            DeviceKind::Display => b"display",
            DeviceKind::Desk(number) => {
                desk = format!("desk {number}");
                desk.as_bytes()
            }
        };
        let count = (self.authorities.len() as u64).to_be_bytes();
        let mut parts: Vec<&[u8]> = vec![b"seira pairing words 1", &self.key.0, &count];
        parts.extend(self.authorities.iter().map(CertificateBytes::as_slice));
        parts.extend([kind, self.name.as_bytes(), &self.device_number.0, &self.hub_number.0]);
        ThreeWords::of(&hash(&parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(key: &Octets<32>, device_number: &Octets<32>, hub_number: &Octets<32>) -> ThreeWords {
        let (authorities, kind, name) = (&[], DeviceKind::Kiosk, "n");
        PairingTranscript { key, authorities, kind, name, device_number, hub_number }.words()
    }

    fn certificate(byte: u8) -> CertificateBytes {
        CertificateBytes::new(vec![byte; 40]).unwrap()
    }

    #[test]
    fn prom_11_another_key_ca_number_kind_or_name_makes_other_words() {
        let [one, two, three, four] = [1, 2, 3, 4].map(|byte| Octets([byte; 32]));
        let (ca, other_ca) = ([certificate(7)], [certificate(8)]);
        let honest = PairingTranscript {
            key: &one,
            authorities: &ca,
            kind: DeviceKind::Kiosk,
            name: "Είσοδος",
            device_number: &two,
            hub_number: &three,
        };
        let others = [
            PairingTranscript { key: &four, ..honest },
            PairingTranscript { authorities: &other_ca, ..honest },
            PairingTranscript { authorities: &[], ..honest },
            PairingTranscript { kind: DeviceKind::Display, ..honest },
            PairingTranscript { kind: DeviceKind::Desk(3), ..honest },
            PairingTranscript { kind: DeviceKind::Desk(4), ..honest },
            PairingTranscript { name: "Έξοδος", ..honest },
            PairingTranscript { device_number: &four, ..honest },
            PairingTranscript { hub_number: &four, ..honest },
        ];
        for other in others {
            assert_ne!(other.words(), honest.words(), "{other:?}");
        }
        assert_ne!(commitment(&one), commitment(&two));
    }

    #[test]
    fn prom_11_whoever_stands_between_and_must_choose_before_it_sees_never_makes_both_show_the_same() {
        // The one between plays a hub to the device and a device to the hub. It must give the device a number before the
        // device opens its own, and bind itself to one before the hub gives its own: so it chooses blindly, each time.
        let (hub_key, false_key): (Octets<32>, Octets<32>) = (Octets(rand::random()), Octets(rand::random()));
        let draw = || Octets(rand::random::<[u8; 32]>());
        for _ in 0..2_000 {
            let (of_device, of_hub) = (draw(), draw());
            let (told_to_device, bound_to_hub) = (draw(), draw());
            let on_device = words(&false_key, &of_device, &told_to_device);
            let on_page = words(&hub_key, &bound_to_hub, &of_hub);
            assert_ne!(on_device, on_page);
        }
    }
}
