//! Emblems: whatever the file is, one answer comes in time; what is taken is a picture of our own within its bounds, and dots
//! that a device reads back; what is refused is told in a sentence.

#![no_main]

use emblem::{Emblem, FILE_BYTES_MAX};
use libfuzzer_sys::fuzz_target;
use wire::OfficeEmblem;

/// As in `hub/emblem/src/picture.rs`.
const PICTURE_MAX: (u16, u16) = (512, 192);

/// An SVG around what the fuzzer finds, which seldom finds the head itself.
const HEAD: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 99 99\">";

fn check(file: &[u8]) {
    match Emblem::of_file(file) {
        Ok(emblem) => {
            assert!(file.len() <= FILE_BYTES_MAX);
            assert!(emblem.picture.starts_with(b"\x89PNG") && emblem.width <= PICTURE_MAX.0 && emblem.height <= PICTURE_MAX.1);
            let told = serde_json::to_string(&emblem.told()).expect("a message is JSON");
            let read: OfficeEmblem = serde_json::from_str(&told).expect("and read back");
            assert_eq!(read, emblem.told());
            assert!(read.dots.black() > 0, "an emblem of nothing");
        }
        Err(unfit) => {
            let sentence = unfit.to_string();
            assert!(sentence.len() > 30 && !sentence.contains('{'), "no sentence: {sentence}");
            assert!(sentence.chars().all(|letter| !letter.is_control()), "what a terminal obeys: {sentence:?}");
        }
    }
}

fuzz_target!(|input: &[u8]| {
    check(input);
    check(&[HEAD, input, b"</svg>"].concat());
});
