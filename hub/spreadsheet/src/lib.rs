//! Tables as a workbook (Office Open XML): a page each, its head in bold, numbers as numbers and text as text. Text is written as
//! text, whatever it begins with, so that no cell is ever reckoned with.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use thiserror::Error;

/// A page has so many letters in its name, at most (Excel).
const NAME_LETTERS_MAX: usize = 31;
/// What no such name may hold.
const NAME_WITHOUT: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

/// One page of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetPage {
    /// What it is called, below.
    pub name: String,
    /// What stands above its columns.
    pub head: Vec<String>,
    /// What stands below, from above.
    pub rows: Vec<Vec<SheetCell>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetCell {
    /// Nothing stands there.
    Empty,
    /// Letters, whatever they begin with.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A number with one place behind the point.
    Tenths(f64),
}

/// A workbook could not be written.
#[derive(Debug, Error)]
#[error("the workbook cannot be written: {0}")]
pub struct SheetFault(#[from] XlsxError);

/// The workbook as a file.
///
/// # Errors
/// [`SheetFault`] where a page is larger than the format allows.
pub fn workbook(pages: &[SheetPage]) -> Result<Vec<u8>, SheetFault> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let tenths = Format::new().set_num_format("0.0");
    let mut names: Vec<String> = Vec::new();
    for page in pages {
        let sheet = workbook.add_worksheet();
        let name = page_name(&page.name, &names);
        sheet.set_name(&name)?;
        names.push(name);
        for (column, head) in (0..).zip(&page.head) {
            sheet.write_string_with_format(0, column, head, &bold)?;
        }
        for (row, cells) in (1..).zip(&page.rows) {
            for (column, cell) in (0..).zip(cells) {
                write(sheet, (row, column), cell, &tenths)?;
            }
        }
        sheet.set_freeze_panes(1, 1)?;
        sheet.autofit();
    }
    Ok(workbook.save_to_buffer()?)
}

/// Writes a cell as what it is.
fn write(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &SheetCell, tenths: &Format) -> Result<(), XlsxError> {
    match cell {
        SheetCell::Empty => return Ok(()),
        SheetCell::Text(text) => sheet.write_string(row, column, text)?,
        SheetCell::Count(count) => sheet.write_number(row, column, *count as f64)?,
        SheetCell::Tenths(number) => sheet.write_number_with_format(row, column, *number, tenths)?,
    };
    Ok(())
}

/// A name that a page may have, and none before it has, whatever its capitals.
fn page_name(wanted: &str, taken: &[String]) -> String {
    let plain: String =
        wanted.chars().filter(|letter| !letter.is_control() && !NAME_WITHOUT.contains(letter)).collect();
    let plain = plain.trim_matches('\'').trim();
    let is_free = |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let first: String = plain.chars().take(NAME_LETTERS_MAX).collect();
    let numbered = (2..).map(|number| {
        let number = number.to_string();
        let letters = NAME_LETTERS_MAX - 1 - number.len();
        format!("{} {number}", plain.chars().take(letters).collect::<String>()).trim().to_owned()
    });
    let names = Some(first).filter(|name| !name.is_empty()).into_iter().chain(numbered);
    names.into_iter().find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// A file within the workbook, which is a ZIP: found by its local header, and unpacked.
    fn part(workbook: &[u8], name: &str) -> String {
        let word = |at: usize| usize::from(u16::from_le_bytes([workbook[at], workbook[at + 1]]));
        let named =
            |at: &usize| workbook[*at..].starts_with(b"PK\x03\x04") && workbook[at + 30..].starts_with(name.as_bytes());
        let at = (0..workbook.len() - 30).find(named).unwrap();
        let begins = at + 30 + word(at + 26) + word(at + 28);
        let mut text = String::new();
        flate2::read::DeflateDecoder::new(&workbook[begins..]).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn fld_10_a_workbook_has_numbers_as_numbers_and_no_formula() {
        let page = |name: &str| SheetPage {
            name: name.into(),
            head: vec!["Υπηρεσία".into(), "=1+1".into()],
            rows: vec![
                vec![SheetCell::Text("=cmd|'/C calc'!A0".into()), SheetCell::Count(42)],
                vec![SheetCell::Empty, SheetCell::Tenths(7.25)],
            ],
        };
        let file = workbook(&[page("Ανά ώρα"), page("Ανά ώρα")]).unwrap();
        assert!(file.starts_with(b"PK"));
        let sheet = part(&file, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<v>42</v>") && sheet.contains("<v>7.25</v>"), "{sheet}");
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
        let strings = part(&file, "xl/sharedStrings.xml");
        assert!(strings.contains("=cmd|") && strings.contains("=1+1"), "it is text, as it was typed");
        let book = part(&file, "xl/workbook.xml");
        assert!(book.contains("name=\"Ανά ώρα\"") && book.contains("name=\"Ανά ώρα 2\""), "{book}");
    }

    #[test]
    fn fld_10_a_page_has_a_name_that_it_may_have() {
        assert_eq!(page_name("a/b[c]:d*?", &[]), "abcd");
        assert_eq!(page_name(&"x".repeat(40), &[]).len(), 31);
        assert_eq!(page_name(&"x".repeat(40), &["X".repeat(31)]), format!("{} 2", "x".repeat(29)));
        assert_eq!(page_name("'", &[]), "2");
    }
}
