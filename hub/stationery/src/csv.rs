//! Tables as CSV, for spreadsheets: what somebody typed stays text and never becomes a formula.

/// A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection").
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Rows as RFC 4180 has them, after a mark by which spreadsheets know UTF-8.
#[must_use]
pub fn table<'a>(rows: impl IntoIterator<Item = &'a [String]>) -> String {
    let mut text = String::from('\u{feff}');
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell in quotes; before what a spreadsheet would reckon with stands an apostrophe.
fn quoted(cell: &str) -> String {
    let mark = if cell.trim_start().starts_with(FORMULA) || cell.starts_with(FORMULA) { "'" } else { "" };
    format!("\"{mark}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays_text() {
        let row = ["Μαρία \"Μ\"", "=cmd|'/C calc'!A0", "  @SUM(1)", "+30 694", "a,b\r\nc", "-1"].map(str::to_owned);
        let text = table([row.as_slice()]);
        let cells = "\"Μαρία \"\"Μ\"\"\",\"'=cmd|'/C calc'!A0\",\"'  @SUM(1)\",\"'+30 694\",\"a,b\r\nc\",\"'-1\"";
        assert_eq!(text, format!("\u{feff}{cells}\r\n"));
    }
}
