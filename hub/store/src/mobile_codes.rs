//! Codes to the mobiles of citizens for whom an agent prepared a booking (TRN-07): each waits as long as its time is kept, may
//! be typed wrong a few times, and goes with what the agent typed.

use chrono::{DateTime, Utc};
use office::{AddressId, BookingId, Language};
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{Cells, Read, instant, millis, params},
};

/// A code that was sent to a mobile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MobileCode {
    /// The office's row.
    pub office: u32,
    /// The booking that it makes final.
    pub booking: BookingId,
    /// For whom its time is kept: what limits and journal call whoever has the mobile.
    pub owner: AddressId,
    /// The mobile, as E.164.
    pub phone: String,
    /// The language of the message.
    pub language: Language,
    /// What draws the code.
    pub drawn: Uuid,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// Good until then.
    pub expires_at: DateTime<Utc>,
    /// So often may it still be typed wrong.
    pub tries: u32,
}

const CODE: &str = "SELECT office, booking, owner, phone, language, drawn, sent_at, expires_at, tries FROM mobile_code";

impl Store {
    /// Keeps a code that is sent; it takes the place of one before.
    pub fn put_mobile_code(&self, code: &MobileCode) -> Stored<()> {
        let MobileCode { office, booking, owner, phone, language, drawn, sent_at, expires_at, tries } = code;
        self.sql
            .run(
                "INSERT OR REPLACE INTO mobile_code(office, booking, owner, phone, language, drawn, sent_at, expires_at, \
                 tries) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    office,
                    booking.0 as i64,
                    owner.0.into_bytes(),
                    phone,
                    language.tag(),
                    drawn.into_bytes(),
                    millis(*sent_at),
                    millis(*expires_at),
                    tries
                ],
            )
            .map(drop)
    }

    /// The code that makes a booking final, if one was sent.
    pub fn mobile_code(&self, office: u32, booking: BookingId) -> Stored<Option<MobileCode>> {
        let question = format!("{CODE} WHERE office = ? AND booking = ?");
        self.sql.one(&question, params![office, booking.0 as i64], code)
    }

    /// A code that was sent to whoever limits and journal call so.
    pub fn mobile_code_of(&self, owner: AddressId) -> Stored<Option<MobileCode>> {
        self.sql.one(&format!("{CODE} WHERE owner = ? LIMIT 1"), [owner.0.into_bytes()], code)
    }

    /// What limits and journal call whoever has a mobile for which a time is kept.
    pub fn owner_of_mobile(&self, phone: &str, now: DateTime<Utc>) -> Stored<Option<AddressId>> {
        let question = "SELECT owner FROM mobile_code WHERE phone = ? AND expires_at > ? LIMIT 1";
        self.sql.one(question, params![phone, millis(now)], |row| Ok(AddressId(Uuid::from_bytes(row.get(0)?))))
    }

    /// The code of a booking that may be tried now; the try is counted. None if there is none, its time is over, or it has been
    /// tried too often.
    pub fn try_mobile_code(&self, office: u32, booking: BookingId, now: DateTime<Utc>) -> Stored<Option<MobileCode>> {
        let counted = self.sql.run(
            "UPDATE mobile_code SET tries = tries - 1 WHERE office = ? AND booking = ? AND tries > 0 AND expires_at > ?",
            params![office, booking.0 as i64, millis(now)],
        )?;
        if counted == 0 { Ok(None) } else { self.mobile_code(office, booking) }
    }

    /// A code was typed right: that was no try.
    pub fn give_mobile_try_back(&self, office: u32, booking: BookingId) -> Stored<()> {
        let statement = "UPDATE mobile_code SET tries = tries + 1 WHERE office = ? AND booking = ?";
        self.sql.run(statement, params![office, booking.0 as i64]).map(drop)
    }

    /// The time of a code is kept no longer, or its booking is made.
    pub(crate) fn drop_mobile_code(&self, office: u32, booking: BookingId) -> Stored<()> {
        let statement = "DELETE FROM mobile_code WHERE office = ? AND booking = ?";
        let dropped = self.sql.run(statement, params![office, booking.0 as i64])?;
        self.to_scrub.set(self.to_scrub.get() || dropped > 0);
        Ok(())
    }

    /// Forgets codes that nobody typed while their time was kept.
    pub fn forget_mobile_codes(&self, now: DateTime<Utc>) -> Stored<usize> {
        let forgotten = self.sql.run("DELETE FROM mobile_code WHERE expires_at <= ?", [millis(now)])?;
        self.to_scrub.set(self.to_scrub.get() || forgotten > 0);
        Ok(forgotten)
    }
}

fn code(row: &Cells<'_>) -> Read<MobileCode> {
    Ok(MobileCode {
        office: row.get(0)?,
        booking: BookingId(row.get::<_, i64>(1)?.unsigned_abs()),
        owner: AddressId(Uuid::from_bytes(row.get(2)?)),
        phone: row.get(3)?,
        language: Language::of_tag(&row.get::<_, String>(4)?).unwrap_or_default(),
        drawn: Uuid::from_bytes(row.get(5)?),
        sent_at: instant(row.get(6)?),
        expires_at: instant(row.get(7)?),
        tries: row.get(8)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trn_07_a_code_to_a_mobile_is_tried_as_often_as_it_may_and_goes_with_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let at = |minute: i64| DateTime::from_timestamp(1_795_000_000 + minute * 60, 0).unwrap();
        let sent = |booking: u64, drawn: u128| MobileCode {
            office: 1,
            booking: BookingId(booking),
            owner: AddressId(Uuid::from_u128(5)),
            phone: "+306940000000".to_owned(),
            language: Language::En,
            drawn: Uuid::from_u128(drawn),
            sent_at: at(0),
            expires_at: at(60),
            tries: 2,
        };
        store.put_mobile_code(&sent(7, 9)).unwrap();
        assert_eq!(store.mobile_code(1, BookingId(7)).unwrap(), Some(sent(7, 9)));
        assert_eq!(store.try_mobile_code(2, BookingId(7), at(1)).unwrap(), None, "another office's");
        assert_eq!(store.try_mobile_code(1, BookingId(7), at(60)).unwrap(), None, "its time is over");
        let tried = |now| store.try_mobile_code(1, BookingId(7), now).unwrap().map(|code| code.tries);
        assert_eq!((tried(at(1)), tried(at(1)), tried(at(1))), (Some(1), Some(0), None));
        store.give_mobile_try_back(1, BookingId(7)).unwrap();
        assert_eq!(tried(at(2)), Some(0), "what was right is no try");
        store.put_mobile_code(&sent(7, 10)).unwrap();
        assert_eq!(tried(at(2)), Some(1), "a new code is tried anew");
        // One mobile is one person's, as long as a time is kept for it.
        assert_eq!(store.owner_of_mobile("+306940000000", at(1)).unwrap(), Some(AddressId(Uuid::from_u128(5))));
        assert_eq!(store.owner_of_mobile("+306940000000", at(60)).unwrap(), None);
        assert_eq!(store.owner_of_mobile("+306940000001", at(1)).unwrap(), None);
        // It goes with what the agent typed, and by itself when its time is over.
        store.put_mobile_code(&sent(8, 11)).unwrap();
        store.drop_entrusted(1, BookingId(7)).unwrap();
        assert_eq!(store.mobile_code(1, BookingId(7)).unwrap(), None);
        assert_eq!(store.mobile_code_of(AddressId(Uuid::from_u128(5))).unwrap().map(|code| code.booking.0), Some(8));
        assert_eq!((store.forget_mobile_codes(at(59)).unwrap(), store.forget_mobile_codes(at(60)).unwrap()), (0, 1));
    }
}
