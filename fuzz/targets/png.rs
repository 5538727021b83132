//! The judge of PNG: within its budget, and what it lets through opens into no more points than a clerk's machine holds,
//! whoever opens it.

#![no_main]

use std::io::Cursor;

use fuzz::judged;
use image::{ImageFormat, ImageReader};
use libfuzzer_sys::fuzz_target;

/// As in `hub/uploads/src/unfit.rs`.
const PIXELS_MAX: u64 = 100_000_000;

fuzz_target!(|input: &[u8]| {
    let _ = judged(input);
    let file = [b"\x89PNG\r\n\x1a\n", input].concat();
    let found = judged(&file);
    if found.is_ok() {
        assert_eq!(found, Ok("image/png"));
        assert_eq!(&file[file.len() - 8..file.len() - 4], b"IEND", "something stands behind it");
        if let Ok((width, height)) = ImageReader::with_format(Cursor::new(&file), ImageFormat::Png).into_dimensions() {
            assert!(u64::from(width) * u64::from(height) <= PIXELS_MAX, "{width} × {height}");
        }
    }
});
