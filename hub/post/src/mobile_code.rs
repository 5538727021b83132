//! The message by which a citizen makes a booking final that an agent prepared (TRN-07): a code for a mobile, the code of the
//! booking, and the page on which both are typed.

use chrono::{DateTime, Utc};
use office::{Booking, BookingLife, OfficeConfig};
use paths::Page;
use secrets::{MobileLetter, address_code, readable};
use store::{MobileCode, OutboxRow};
use text::{Dates, OfficeVoice};

use crate::{gateway::Sms, parts::Post, short, unsent::SendFailure};

/// A message in Greek letters takes 67 of them for each part of three: such a one says two codes, a page and until when, and
/// goes to one number three times a day at most.
const UNITS_MAX: usize = 3 * 67;

/// What such a message says.
pub struct CodeMessage<'a> {
    /// The office.
    pub config: &'a OfficeConfig,
    /// The booking that the agent prepared.
    pub booking: &'a Booking,
    /// Who prepared it.
    pub agent: &'a str,
    /// The digits to be typed.
    pub code: String,
    /// The page on which it is typed, without what browsers add by themselves.
    pub page: &'a str,
    /// The time is kept until then.
    pub until: DateTime<Utc>,
    /// When it is written.
    pub now: DateTime<Utc>,
}

impl CodeMessage<'_> {
    /// The text, with names as long as it has room for.
    pub fn text(&self, voice: &OfficeVoice) -> String {
        let dates = Dates { voice: voice.plain(), zone: self.config.zone, now: self.now };
        let say = |office: &str, agent: &str| {
            let values = [
                ("office", office.to_owned().into()),
                ("agent", agent.to_owned().into()),
                ("when", dates.short(self.booking.promise.start).into()),
                ("until", dates.short(self.until).into()),
                ("page", self.page.to_owned().into()),
                ("booking", readable(&self.booking.reference).into()),
                ("code", self.code.clone().into()),
            ];
            voice.say_with("sms-mobile-code", values)
        };
        short::fit(UNITS_MAX, &voice.of_text(&self.config.name), self.agent, say)
    }
}

/// The message, from what the store and the office know now.
pub async fn render(post: &Post, row: &OutboxRow) -> Result<Sms, SendFailure> {
    let letter: MobileLetter = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let (of, MobileLetter { booking, agent, drawn }, now) = (row.office, letter, post.clock.now());
    let found = post.readers.read(move |store| Ok((store.mobile_code(of, booking)?, store.agent_of(of, agent)?)));
    let (code, agent) = found.await.map_err(|_| SendFailure::Store)?;
    // One that was asked for later took its place, or the booking is made, or the time is kept no longer.
    let MobileCode { owner, phone, language, .. } =
        code.filter(|code| code.drawn == drawn && code.expires_at > now).ok_or(SendFailure::Gone)?;
    let (config, booking) = {
        let office = post.office_of(row)?.read();
        (
            office.config.clone().ok_or(SendFailure::Gone)?,
            office.bookings.get(&booking).cloned().ok_or(SendFailure::Gone)?,
        )
    };
    let until = match booking.life {
        BookingLife::Held { owner: whose, expires_at, .. } if whose == Some(owner) && expires_at > now => expires_at,
        _ => return Err(SendFailure::Gone),
    };
    // The office may have taken the country out of those that are written to.
    let to = post.sms.as_ref().and_then(|sms| sms.mobile(&phone)).ok_or(SendFailure::NoAddress)?;
    let page = post.url(Page::Confirm);
    let message = CodeMessage {
        config: &config,
        booking: &booking,
        agent: &agent.ok_or(SendFailure::Gone)?.name,
        code: short::in_halves(&address_code(&post.key, drawn)),
        page: page.trim_start_matches("https://"),
        until,
        now,
    };
    Ok(Sms { to, text: message.text(&post.texts.voice(row.office, language.into())) })
}

#[cfg(test)]
mod tests {
    use office::Channel;
    use wire::Language;

    use super::*;
    use crate::sample;
    use text::Voice;

    fn said(language: Language, agent: &str, page: &str) -> String {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/kep.toml");
        let config = office_file::read_all(&[file]).unwrap().remove(0).config;
        let now = "2026-11-20T07:00:00Z".parse().unwrap();
        let booking = sample::booking(&config, Channel::InPerson, now).unwrap();
        let until = "2026-11-22T07:00:00Z".parse().unwrap();
        let code = "1234 5678".to_owned();
        let message = CodeMessage { config: &config, booking: &booking, agent, code, page, until, now };
        message.text(&Voice(language).into())
    }

    #[test]
    fn trn_07_the_message_names_both_codes_the_page_and_until_when() {
        let text = said(Language::El, "Σχολή Οδηγών «Η Στροφή»", "seira.example.gr/confirm");
        for part in ["Σάβ 21/11 09:00", "Κυρ 22/11 09:00", "C2D3 F4G5", "1234 5678", "seira.example.gr/confirm"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(text.contains("ΚΕΠ Δήμου Αγίου Νικολάου") && text.contains("Σχολή Οδηγών"), "{text}");
    }

    #[test]
    fn trn_07_the_message_has_three_parts_at_most_and_never_loses_a_code() {
        let long = ["Σχολή Οδηγών ".repeat(30), String::new()];
        for language in Language::ALL {
            for agent in &long {
                for page in
                    ["seira.example.gr/confirm", "http://rantevou.dimos-agiou-nikolaou-kritis.gov.gr:8443/confirm"]
                {
                    let text = said(language, agent, page);
                    assert!(short::units(&text) <= UNITS_MAX, "{} units: {text}", short::units(&text));
                    for part in ["C2D3 F4G5", "1234 5678", page] {
                        assert!(text.contains(part), "{part}: {text}");
                    }
                }
            }
        }
    }
}
