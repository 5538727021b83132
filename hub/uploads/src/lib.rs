//! Files that citizens send beforehand (TRN-10): in a folder of their own that no page serves from, under names that say
//! nothing, and only what they are by their content.

mod arrivals;
mod budget;
mod files;
#[cfg(test)]
mod hostile;
mod judges;
mod kind;
mod lock_dictionary;
mod locked;
mod name;
mod pdf;
mod text;
mod unfit;
mod unpack;

pub use arrivals::{ArrivalFault, Arrivals, ArrivedFile, ArrivingFile};
pub use budget::JudgePatience;
pub use files::{older_than, read, remove};
pub use judges::{CrowdRefusal, Judges};
pub use kind::kind_of;
pub use unfit::FileFlaw;

use people::is_unseen;

/// Longest file.
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Files of one booking.
pub const FILES_MAX: usize = 5;

/// A name to show: the last part of a path, without what no name has, and not too long.
pub fn plain_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !is_unseen(*c) && !matches!(c, '"' | '<' | '>')).take(100).collect();
    let plain = plain.trim().trim_start_matches('.').to_owned();
    if plain.is_empty() { "file".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_11_a_pdf_that_carries_other_files_is_not_taken() {
        for carried in
            ["/Type /EmbeddedFile", "/Type/EmbeddedFile>>", "/Names << /EmbeddedFiles 7 0 R >>", "/FileAttachment"]
        {
            let pdf = format!("%PDF-1.7\n1 0 obj << {carried} >> endobj\n%%EOF\n");
            assert_eq!(kind_of(pdf.as_bytes(), budget::unhurried()), Err(FileFlaw::Active), "{carried}");
        }
        assert_eq!(
            kind_of(b"%PDF-1.7\n1 0 obj << /Type /Page >> endobj\n%%EOF\n", budget::unhurried()),
            Ok("application/pdf")
        );
    }

    #[test]
    fn a_name_has_no_way_in_it() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\Users\\maria\\ταυτότητα.pdf"), "ταυτότητα.pdf");
        assert_eq!(plain_name("..\r\n\"x\".pdf"), "x.pdf");
        assert_eq!(plain_name("gpj.\u{202e}exe.pdf"), "gpj.exe.pdf", "no mark turns a name round");
        assert_eq!(plain_name("/"), "file");
        assert_eq!(plain_name(&"α".repeat(10_000)).chars().count(), 100);
    }
}
