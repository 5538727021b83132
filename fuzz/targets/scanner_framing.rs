//! Scanner framing: bytes in any pieces and at any times make codes that a kiosk can use, noise makes one event, and after
//! whatever came before the next code is read.

#![no_main]

use std::time::Duration;

use fuzz::Crumbs;
use libfuzzer_sys::fuzz_target;
use peripherals::scanner_framer::{CODE_BYTES_MAX, Framer, KeyboardFramer, SAME_SCAN, SILENCE, Scan};

fn is_sound(scan: &Scan) -> bool {
    match scan {
        Scan::Code(code) => {
            !code.is_empty()
                && code.len() <= CODE_BYTES_MAX
                && code.trim() == code
                && !code.bytes().any(|byte| byte.is_ascii_control())
        }
        Scan::Unreadable => true,
    }
}

fuzz_target!(|input: &[u8]| {
    let mut crumbs = Crumbs::of(input);
    let (mut pieces, mut bytewise, mut keys) = (Framer::default(), Framer::default(), KeyboardFramer::default());
    let (mut now, mut last) = (Duration::ZERO, None::<(Scan, Duration)>);
    while !crumbs.is_over() {
        now += Duration::from_millis(crumbs.number(2) % 6_000);
        let bytes = crumbs.piece();
        // However the line cuts them, the same bytes at one time are the same codes; none at all is silence.
        let (scans, singly): (Vec<Scan>, Vec<Scan>) = if bytes.is_empty() {
            (pieces.silence(now).into_iter().collect(), bytewise.silence(now).into_iter().collect())
        } else {
            (pieces.take(bytes, now), bytes.iter().flat_map(|byte| bytewise.take(&[*byte], now)).collect())
        };
        assert_eq!(scans, singly);
        assert!(scans.len() <= bytes.len() + 1, "more codes than bytes");
        for scan in &scans {
            assert!(is_sound(scan), "{scan:?}");
            if let (Scan::Code(_), Some((earlier, at))) = (scan, &last) {
                assert!(scan != earlier || now >= *at + SAME_SCAN, "{scan:?} came twice");
            }
            if matches!(scan, Scan::Code(_)) {
                last = Some((scan.clone(), now));
            }
        }
        if let Some(due) = pieces.due() {
            assert!(due <= now + SILENCE, "it waits for longer than silence");
        }
        for key in String::from_utf8_lossy(bytes).chars() {
            assert!(keys.key(key, now).iter().all(is_sound));
        }
    }
    // What came before ends by silence, and is forgotten: the next code is read.
    now += SAME_SCAN + SILENCE;
    assert!(pieces.silence(now).iter().all(is_sound));
    assert_eq!(pieces.due(), None);
    assert_eq!(
        pieces.take(b"Q1:1:261124:7F3GCDQR:QUW22345\r", now + SAME_SCAN),
        [Scan::Code("Q1:1:261124:7F3GCDQR:QUW22345".to_owned())]
    );
});
