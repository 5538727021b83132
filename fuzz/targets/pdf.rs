//! The judge of PDF: within its budget whatever it is given, and what it lets through does nothing by itself when another
//! program opens it, in the clear or unpacked.

#![no_main]

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use fuzz::judged;
use libfuzzer_sys::fuzz_target;

/// Names that make a reader do something by itself.
const ACTIVE: [&[u8]; 3] = [b"/JavaScript", b"/Launch", b"/EmbeddedFile"];
/// So much of one stream is looked at here.
const LOOK_BYTES: u64 = 256 * 1024;

/// Whether one of the names stands there whole.
fn is_active(bytes: &[u8]) -> bool {
    let is_regular = |byte: &u8| !byte.is_ascii_whitespace() && *byte != 0 && !b"()<>[]{}/%#".contains(byte);
    ACTIVE.iter().any(|name| {
        let mut places = bytes.windows(name.len()).enumerate().filter(|(_, window)| window == name);
        places.any(|(at, _)| bytes.get(at + name.len()).is_some_and(|next| *next != b'#' && !is_regular(next)))
    })
}

fuzz_target!(|input: &[u8]| {
    // As it stands, and as the inside of a file that begins and ends as a PDF does.
    let _ = judged(input);
    let file = [b"%PDF-1.7\n", input, b"\n%%EOF\n"].concat();
    if judged(&file) != Ok("application/pdf") {
        return;
    }
    assert!(!is_active(input), "active, in the clear");
    for (at, _) in file.windows(7).enumerate().filter(|(_, window)| window == b"stream\n").take(64) {
        let mut plain = Vec::new();
        // What is broken ends it, as it ends any reader.
        let _ = ZlibDecoder::new(&file[at + 7..]).take(LOOK_BYTES).read_to_end(&mut plain);
        assert!(!is_active(&plain), "active, within a stream");
    }
});
