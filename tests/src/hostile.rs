//! Text that means harm, as anybody may type it: what the pages of citizens and of staff are tried with.

/// What no page may hold unescaped, and no browser may run.
pub const MARKS: [&str; 3] = ["<script>window.hostile", "<img src=x", "<svg onload"];

/// Text that would do harm where it is not treated as text. All of it is text that somebody may have typed.
pub const HOSTILE: [&str; 12] = [
    "<script>window.hostile=1</script>",
    "\"><img src=x onerror=\"window.hostile=1\">",
    "'><svg onload=window.hostile=1>",
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "..\\..\\windows\\system32",
    "{{7*7}}${7*7}{ $name }",
    "'); DROP TABLE people;--",
    "Μαρία\r\nBcc: thief@example.gr",
    "%00%0d%0aSet-Cookie:%20hostile=1",
    "javascript:window.hostile=1",
];
