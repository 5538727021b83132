//! Files of requests (PET-02): what applicants send with them, and results that are downloaded. They lie where all files lie;
//! what is chosen and not sent yet is a draft, which nobody but its owner sees and no request has.

use body::AccountId;
use chrono::{DateTime, Utc};
use office::PersonId;
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    requests::RequestRow,
    sql::{Cells, Read, millis, params},
    uploads::{Upload, upload},
};

/// What a file of a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilePurpose {
    /// Chosen in a form, and not sent with anything yet.
    Draft,
    /// Sent by the applicant.
    Sent,
    /// The result, for the applicant to download.
    Result,
}

impl FilePurpose {
    const ALL: [Self; 3] = [Self::Draft, Self::Sent, Self::Result];

    const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sent => "sent",
            Self::Result => "result",
        }
    }
}

/// A file that belongs to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestFile {
    /// The file; it belongs to the request, as those of a booking do to its person.
    pub upload: Upload,
    /// Who brought it.
    pub account: AccountId,
    /// What the file is to the request.
    pub purpose: FilePurpose,
}

const FILE: &str = "SELECT id, person, name, kind, bytes, at, account, purpose FROM upload";

impl RequestFile {
    /// Whose the files of a request are, by how the outside names it.
    #[must_use]
    pub const fn owner(request: Uuid) -> PersonId {
        PersonId(request)
    }

    /// Whether it is chosen, and not sent yet, by this account.
    #[must_use]
    pub fn is_draft_of(&self, account: AccountId) -> bool {
        self.purpose == FilePurpose::Draft && self.account == account
    }
}

impl Store {
    /// Notes that a file came.
    pub fn put_request_file(&self, file: &RequestFile) -> Stored<()> {
        self.put_upload(&file.upload)?;
        let whose = "UPDATE upload SET account = ?, purpose = ? WHERE id = ?";
        self.sql.run(whose, params![file.account.0, file.purpose.name(), file.upload.id.into_bytes()]).map(drop)
    }

    /// Every file of a request, in the order in which they came.
    pub fn request_files(&self, request: Uuid) -> Stored<Vec<RequestFile>> {
        let owner = RequestFile::owner(request).0.into_bytes();
        let select = format!("{FILE} WHERE person = ? AND purpose IS NOT NULL ORDER BY at, id");
        self.sql.rows(&select, [owner], file)
    }

    /// How many files an account has chosen in all its forms, and not sent yet.
    pub fn drafts_of(&self, account: AccountId) -> Stored<u32> {
        let count = "SELECT count(*) FROM upload WHERE account = ? AND purpose = 'draft'";
        self.sql.only(count, [account.0], |row| row.get(0))
    }

    /// What an account has chosen for a request is sent with it.
    pub fn settle_drafts(&self, request: Uuid, account: AccountId) -> Stored<usize> {
        let settle = "UPDATE upload SET purpose = 'sent' WHERE person = ? AND account = ? AND purpose = 'draft'";
        self.sql.run(settle, params![request.into_bytes(), account.0])
    }

    /// Takes one of them out; `false` if it is not there, or is something else by now.
    pub fn drop_request_file(&self, file: &RequestFile, at: DateTime<Utc>) -> Stored<bool> {
        let is_so = "SELECT 1 FROM upload WHERE id = ? AND account = ? AND purpose = ?";
        let cells = params![file.upload.id.into_bytes(), file.account.0, file.purpose.name()];
        match self.sql.one(is_so, cells, |_| Ok(()))? {
            Some(()) => self.drop_upload(file.upload.person, file.upload.id, at),
            None => Ok(false),
        }
    }

    /// Drafts that were chosen before, and never sent.
    pub fn drafts_before(&self, before: DateTime<Utc>, most: u32) -> Stored<Vec<RequestFile>> {
        let select = format!("{FILE} WHERE purpose = 'draft' AND at < ? ORDER BY at LIMIT ?");
        self.sql.rows(&select, params![millis(before), most], file)
    }

    /// Takes out all files of a request; says which lie there for nobody now.
    pub(crate) fn drop_request_files(&self, row: &RequestRow, at: DateTime<Utc>) -> Stored<Vec<Uuid>> {
        let files: Vec<Uuid> = self.request_files(row.public)?.into_iter().map(|file| file.upload.id).collect();
        for file in &files {
            self.drop_upload(RequestFile::owner(row.public), *file, at)?;
        }
        Ok(files)
    }
}

fn file(row: &Cells<'_>) -> Read<RequestFile> {
    let purpose: String = row.get(7)?;
    let purpose = FilePurpose::ALL.into_iter().find(|one| one.name() == purpose).unwrap_or(FilePurpose::Draft);
    Ok(RequestFile { upload: upload(row)?, account: AccountId(row.get(6)?), purpose })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn chosen(request: u128, id: u128, account: u32, at: DateTime<Utc>) -> RequestFile {
        let upload = Upload {
            id: Uuid::from_u128(id),
            person: RequestFile::owner(Uuid::from_u128(request)),
            name: "κάδος.jpg".into(),
            kind: "image/jpeg".into(),
            bytes: 1_234,
            at,
        };
        RequestFile { upload, account: AccountId(account), purpose: FilePurpose::Draft }
    }

    #[test]
    fn pet_04_what_is_chosen_is_sent_by_its_owner_alone_and_else_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-30T08:00:00Z".parse().unwrap();
        let request = Uuid::from_u128(1);
        for (id, account) in [(11, 5), (12, 5), (13, 6)] {
            store.put_request_file(&chosen(1, id, account, now)).unwrap();
        }
        assert_eq!((store.drafts_of(AccountId(5)).unwrap(), store.drafts_of(AccountId(7)).unwrap()), (2, 0));
        let one = &store.request_files(request).unwrap()[0];
        assert!(one.is_draft_of(AccountId(5)) && !one.is_draft_of(AccountId(6)));
        let other = RequestFile { account: AccountId(6), ..one.clone() };
        assert!(!store.drop_request_file(&other, now).unwrap(), "it is another's");
        assert!(store.drop_request_file(one, now).unwrap() && !store.drop_request_file(one, now).unwrap());
        assert_eq!(store.settle_drafts(request, AccountId(5)).unwrap(), 1);
        let left: Vec<_> = store.request_files(request).unwrap().into_iter().map(|file| file.purpose).collect();
        assert_eq!(left, [FilePurpose::Sent, FilePurpose::Draft]);
        assert!(store.drafts_before(now, 10).unwrap().is_empty());
        let past = store.drafts_before(now + TimeDelta::hours(1), 10).unwrap();
        assert_eq!(past.len(), 1);
        assert!(store.uploads_of(RequestFile::owner(Uuid::from_u128(9))).unwrap().is_empty());
    }
}
