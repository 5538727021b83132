//! Bounce reports: anybody may send one; a token is found only where the report came to, and what is believed to have failed
//! says so itself.

#![no_main]

use fuzz::bounce::{BounceVerdict, Bounces, read as read_report};
use libfuzzer_sys::fuzz_target;

const TOKENS_MAX: usize = 4;

fuzz_target!(|input: &[u8]| {
    let bounces = Bounces { address: "bounces@kep.example.gr".parse().expect("an address"), token_hash: [0; 32] };
    let report = read_report(input, &bounces);
    assert_eq!(report, read_report(input, &bounces), "read again");
    assert!(report.tokens.len() <= TOKENS_MAX);
    let lower = String::from_utf8_lossy(input).to_ascii_lowercase();
    for (nth, token) in report.tokens.iter().enumerate() {
        assert_eq!(token.len(), 32);
        assert!(lower.contains(&format!("bounces+{token}@")), "{token} stands nowhere");
        assert!(!report.tokens[..nth].contains(token), "{token} twice");
    }
    match report.said {
        BounceVerdict::Failed(status) => {
            assert!(lower.contains("failed") && lower.contains("report"), "{status} out of nothing");
            assert!(status.to_string().starts_with("5."));
            let _ = status.trouble();
        }
        BounceVerdict::NoReport | BounceVerdict::NotForGood => {}
    }
    // Whatever stands before it in the body of somebody's mail, it is no report of ours.
    let quoted = [b"Subject: Re: yours\r\nContent-Type: text/plain\r\n\r\n", input].concat();
    let quoted = read_report(&quoted, &bounces);
    assert_eq!((quoted.said, quoted.tokens.len()), (BounceVerdict::NoReport, 0));
});
