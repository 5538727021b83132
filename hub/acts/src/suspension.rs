//! A service, a desk or the giving of tickets is suspended, and resumed (FLD-30).

use office::{CivilInstant, Command, DeskId, Office, SuspensionScope, Words};
use people::is_unseen;
use serde::Serialize;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::service_of,
    receipt::Receipt,
    turn::{Turn, decide},
};

/// Longest reason; what is longer is cut.
const BECAUSE_CHARACTERS_MAX: usize = 200;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum SuspensionOrder {
    /// A part of the office is suspended.
    Suspend {
        /// The part that is meant.
        part: OfficePart,
        /// When it ends by itself; none is until further notice.
        until: Option<CivilInstant>,
        /// The reason, as people are told. What is not said in English is said in Greek.
        because: Words,
    },
    /// A suspension ends.
    Resume {
        /// The part that is meant.
        part: OfficePart,
    },
}

/// A part of the office, as people name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum OfficePart {
    /// The giving of tickets.
    Tickets,
    /// The service with this key.
    Service(String),
    /// Serving at the desk with this number.
    Desk(DeskId),
}

impl OfficePart {
    fn scope(&self, office: &Office) -> Result<SuspensionScope, ProblemCode> {
        Ok(match self {
            Self::Tickets => SuspensionScope::Tickets,
            Self::Service(key) => SuspensionScope::Service(service_of(office, key)?),
            Self::Desk(desk) => SuspensionScope::Desk(*desk),
        })
    }
}

/// Suspends or resumes.
///
/// # Errors
/// A [`Fault`] where no reason is given, the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, order: SuspensionOrder) -> Result<Receipt, Fault> {
    let asked = order.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let command = match order {
            SuspensionOrder::Suspend { part, until, because } => {
                let (scope, until) = (part.scope(bench.office())?, until.map(CivilInstant::utc));
                Command::Suspend { scope, until, because: told(&because)? }
            }
            SuspensionOrder::Resume { part } => Command::Resume { scope: part.scope(bench.office())? },
        };
        let decided = decide(bench, &command)?;
        Ok(Receipt { event: decided.seq })
    };
    turn.take("suspension", &asked, work).await
}

/// A reason as it stands on boards: in one line, and in both languages.
fn told(because: &Words) -> Result<Words, ProblemCode> {
    let line = |text: &str| -> String {
        text.trim().chars().filter(|c| !is_unseen(*c)).take(BECAUSE_CHARACTERS_MAX).collect()
    };
    let (el, en) = (line(&because.el), line(&because.en));
    if el.is_empty() {
        return Err(ProblemCode::ReasonNeeded);
    }
    let en = if en.is_empty() { el.clone() } else { en };
    Ok(Words { el, en })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_30_a_reason_is_one_line_in_both_languages() {
        let text = |el: &str, en: &str| Words { el: el.to_owned(), en: en.to_owned() };
        assert_eq!(told(&text(" Βλάβη\u{202e}\n", "")).unwrap(), text("Βλάβη", "Βλάβη"));
        assert_eq!(told(&text("Βλάβη", " Fault ")).unwrap(), text("Βλάβη", "Fault"));
        assert_eq!(told(&text(&"α".repeat(300), "")).unwrap().el.chars().count(), BECAUSE_CHARACTERS_MAX);
        assert_eq!(told(&text(" ", "Fault")), Err(ProblemCode::ReasonNeeded));
    }
}
