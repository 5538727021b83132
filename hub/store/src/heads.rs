//! Where the journals end, for the comparison before each append: looked up once, and known from then on.

use std::collections::BTreeMap;

use crate::{error::Stored, file::Store, head::Head};

impl Store {
    /// Where an office's journal ends, with everything that this batch has appended.
    pub(crate) fn head(&self, office: u32) -> Stored<Head> {
        let mut known = self.heads.borrow_mut();
        if known.by_office.is_none() {
            known.by_office = Some(self.look_heads_up()?);
        }
        Ok(known.by_office.as_ref().and_then(|heads| heads.get(&office)).copied().unwrap_or(Head::NONE))
    }

    /// An office's journal ends here now.
    pub(crate) fn set_head(&self, office: u32, head: Head) {
        if let Some(heads) = &mut self.heads.borrow_mut().by_office {
            heads.insert(office, head);
        }
    }

    /// What is known is no longer true: a batch was undone.
    pub(crate) fn forget_heads(&self) {
        self.heads.borrow_mut().by_office = None;
    }

    /// Forgets what is known if somebody else has written into the file since. Asked at the beginning of a batch, after
    /// which nobody else writes.
    pub(crate) fn check_heads(&self) -> Stored<()> {
        let version = self.sql.only("PRAGMA data_version", [], |row| row.get(0))?;
        let mut known = self.heads.borrow_mut();
        if known.version != version {
            known.version = version;
            known.by_office = None;
        }
        Ok(())
    }

    pub(crate) fn look_heads_up(&self) -> Stored<BTreeMap<u32, Head>> {
        let mut ends: BTreeMap<u32, (u64, i64)> = self.newest_places()?.ends().collect();
        for (office, _) in self.offices()? {
            if !ends.contains_key(&office)
                && let Some(end) = self.indexed_end(office)?
            {
                ends.insert(office, end);
            }
        }
        let with_hash = |(office, (seq, id))| Ok((office, Head { seq, hash: self.hash_at(id)? }));
        ends.into_iter().map(with_hash).collect()
    }
}
