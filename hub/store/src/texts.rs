//! Sentences that offices have put in words of their own (FLD-21): every change is kept, with who and when.

use chrono::{DateTime, Utc};

use crate::{
    error::Stored,
    file::Store,
    sql::{Params, instant, millis, params},
};

/// A change of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// The office's row.
    pub office: u32,
    /// The language's tag.
    pub language: String,
    /// The sentence's id in the language's files.
    pub sentence: String,
    /// Its words; none if it is said as shipped again.
    pub body: Option<String>,
    /// The account that changed it.
    pub account: u32,
    /// When it was changed.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Keeps a change.
    pub fn put_text(&self, edit: &TextEdit) -> Stored<()> {
        self.sql
            .run(
                "INSERT INTO text_edit(office, language, sentence, body, account, at) VALUES(?, ?, ?, ?, ?, ?)",
                params![edit.office, edit.language, edit.sentence, edit.body, edit.account, millis(edit.at)],
            )
            .map(drop)
    }

    /// The newest change of every sentence that was ever changed.
    pub fn texts(&self) -> Stored<Vec<TextEdit>> {
        self.text_edits(
            "WHERE id IN (SELECT max(id) FROM text_edit GROUP BY office, language, sentence) ORDER BY id",
            [],
        )
    }

    /// Every change of one sentence, the newest first.
    pub fn text_history(&self, office: u32, language: &str, sentence: &str) -> Stored<Vec<TextEdit>> {
        let of = "WHERE office = ? AND language = ? AND sentence = ? ORDER BY id DESC";
        self.text_edits(of, params![office, language, sentence])
    }

    fn text_edits(&self, of: &str, values: impl Params) -> Stored<Vec<TextEdit>> {
        let sql = format!("SELECT office, language, sentence, body, account, at FROM text_edit {of}");
        self.sql.rows(&sql, values, |row| {
            Ok(TextEdit {
                office: row.get(0)?,
                language: row.get(1)?,
                sentence: row.get(2)?,
                body: row.get(3)?,
                account: row.get(4)?,
                at: instant(row.get(5)?),
            })
        })
    }
}
