//! What was written about accounts beside the body's journal, which knows it by ids alone: the last characters of a paper, why
//! a certification was taken back. It goes with the account.

use body::{AccountId, WordsId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{millis, params},
};

/// What somebody wrote about an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountWords {
    /// What the journal calls it.
    pub id: WordsId,
    /// About which account.
    pub account: AccountId,
    /// Who wrote it.
    pub author: AccountId,
    /// The text, until it is erased.
    pub text: Option<String>,
}

impl Store {
    /// Keeps what somebody wrote.
    pub fn put_account_words(&self, words: &AccountWords, at: DateTime<Utc>) -> Stored<()> {
        let put = "INSERT OR IGNORE INTO account_words(id, account, author, at, text) VALUES(?, ?, ?, ?, ?)";
        let AccountWords { id, account, author, text } = words;
        self.sql.run(put, params![id.0.into_bytes(), account.0, author.0, millis(at), text]).map(drop)
    }

    /// Everything that was written about an account, in order.
    pub fn account_words(&self, account: AccountId) -> Stored<Vec<AccountWords>> {
        let select = "SELECT id, author, text FROM account_words WHERE account = ? ORDER BY at, id";
        self.sql.rows(select, [account.0], |row| {
            let (id, author) = (WordsId(Uuid::from_bytes(row.get(0)?)), AccountId(row.get(1)?));
            Ok(AccountWords { id, account, author, text: row.get(2)? })
        })
    }

    /// Erases everything that was written about an account: the rows stay, since the journal names them.
    pub(crate) fn erase_account_words(&self, account: u32) -> Stored<()> {
        self.sql.run("UPDATE account_words SET text = NULL WHERE account = ?", [account]).map(drop)
    }

    /// Citizens' accounts whose owners gave this tax number.
    pub fn accounts_with_tax_number(&self, tax_number: &str) -> Stored<Vec<u32>> {
        let select = "SELECT account FROM account_profile WHERE json_extract(body, '$.tax_number') = ?";
        self.sql.rows(select, [tax_number], |row| row.get(0))
    }
}
