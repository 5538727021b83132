//! The forms of the reception: what each asks, and what a refused one was filled in with.

use std::collections::BTreeMap;

use acts::{
    Fault, about_visit::AboutVisit, check_in::CheckInClaim, help::HelpOrder, own_wish::OwnWish, take_ticket::TicketWish,
};
use office::{Language, LateChoice, Needs};
use serde::Deserialize;
use stationery::{page_actions, problem::of_field};
use text::both;
use uuid::Uuid;
use wire::ProblemCode;

page_actions! {
    /// What a form of the reception is for.
    ReceptionAction {
        /// Somebody with a booking, or with the receipt of a request, is here.
        CheckIn = "check-in",
        /// Somebody without a booking wants a number.
        Give = "give",
        /// Somebody who has a number needs something, or is served first.
        Needs = "needs",
        /// They are more or fewer than said, or with other cases.
        Persons = "persons",
        /// Somebody goes to whoever rings.
        HelpGo = "help-go",
        /// Whoever rang was helped.
        HelpDone = "help-done",
    }
}

/// The form of any of the actions, as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct ReceptionForm(BTreeMap<String, String>);

/// What a form of the reception asks.
#[derive(Debug)]
pub enum ReceptionOrder {
    /// Somebody is checked in.
    CheckIn(CheckInClaim),
    /// Somebody is given a number.
    Give(TicketWish),
    /// What somebody with a number needs.
    Needs(Uuid, OwnWish),
    /// How many they are.
    Persons(Uuid, AboutVisit),
    /// Somebody rings for help.
    Help(HelpOrder),
}

impl ReceptionForm {
    /// What stood in a field.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    /// Whether a box was ticked.
    pub fn is_ticked(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    /// What the form asks.
    ///
    /// # Errors
    /// What was typed and cannot be, with the field that says it.
    pub fn order(&self, action: ReceptionAction) -> Result<ReceptionOrder, Fault> {
        Ok(match action {
            ReceptionAction::CheckIn => ReceptionOrder::CheckIn(CheckInClaim {
                code: self.text("code").to_owned(),
                language: self.language(),
                late: match self.text("late") {
                    "end-of-day" => Some(LateChoice::EndOfDay),
                    "book-anew" => Some(LateChoice::BookAnew),
                    _ => None,
                },
            }),
            ReceptionAction::Give => ReceptionOrder::Give(TicketWish {
                service: self.text("service").to_owned(),
                persons: self.count("persons")?,
                cases: self.count("cases")?,
                priority: self.is_ticked("priority"),
                language: self.language().unwrap_or(Language::El),
                could_not_book: self.is_ticked("could-not-book"),
                needs: self.needs(),
            }),
            ReceptionAction::Needs => {
                let wish =
                    OwnWish { early: None, priority: Some(self.is_ticked("priority")), needs: Some(self.needs()) };
                ReceptionOrder::Needs(self.visit()?, wish)
            }
            ReceptionAction::Persons => {
                let (persons, cases) = (self.count("persons")?, self.count("cases")?);
                ReceptionOrder::Persons(self.visit()?, AboutVisit::Amend { persons, cases, planned_minutes: None })
            }
            ReceptionAction::HelpGo => ReceptionOrder::Help(HelpOrder::Accept { ring: self.ring()? }),
            ReceptionAction::HelpDone => ReceptionOrder::Help(HelpOrder::End { ring: self.ring()? }),
        })
    }

    /// The ring that a form answers.
    fn ring(&self) -> Result<Uuid, Fault> {
        Uuid::try_parse(self.text("ring")).map_err(|_| Fault::malformed("ring".to_owned()))
    }

    /// The visit that a form is about.
    fn visit(&self) -> Result<Uuid, Fault> {
        Uuid::try_parse(self.text("visit")).map_err(|_| ProblemCode::UnknownVisit.into())
    }

    /// The language for ticket and call; none where it is as it was booked.
    fn language(&self) -> Option<Language> {
        match self.text("language") {
            "el" => Some(Language::El),
            "en" => Some(Language::En),
            _ => None,
        }
    }

    /// A number of persons or cases; one, if none is typed.
    fn count(&self, field: &str) -> Result<u8, Fault> {
        match self.text(field) {
            "" => Ok(1),
            typed => {
                let count = typed.parse::<u8>().ok().filter(|count| *count > 0);
                count.ok_or_else(|| of_field(field, both(|voice| voice.say("reception-count-wrong"))))
            }
        }
    }

    fn needs(&self) -> Needs {
        Needs {
            sign_language: self.is_ticked("need-sign-language"),
            other_language: self.is_ticked("need-other-language"),
            escort: self.is_ticked("need-escort"),
            more_time: self.is_ticked("need-more-time"),
        }
    }
}

#[cfg(test)]
mod tests {
    use people::NEEDS;

    use super::*;

    fn form(fields: &[(&str, &str)]) -> ReceptionForm {
        ReceptionForm(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn fld_29_a_number_is_given_with_what_was_typed_and_ticked() {
        let typed = form(&[("service", "signature"), ("persons", "2"), ("need-escort", "yes"), ("language", "en")]);
        let Ok(ReceptionOrder::Give(wish)) = typed.order(ReceptionAction::Give) else { panic!("a number is asked") };
        assert_eq!((wish.service.as_str(), wish.persons, wish.cases), ("signature", 2, 1));
        assert!(wish.needs.escort && !wish.needs.sign_language && !wish.priority && !wish.could_not_book);
        assert_eq!(wish.language, Language::En);
        for wrong in ["0", "x", "256", "-1"] {
            let fault = form(&[("persons", wrong)]).order(ReceptionAction::Give).unwrap_err();
            assert_eq!(fault.place.as_deref(), Some("persons"), "{wrong}");
        }
    }

    #[test]
    fn fld_34_every_need_that_is_ticked_is_kept() {
        for need in NEEDS {
            let needs = form(&[(need.input, "yes")]).needs();
            assert!((need.is)(&needs) && needs != Needs::default(), "{}", need.input);
            assert_eq!(NEEDS.iter().filter(|other| (other.is)(&needs)).count(), 1, "and no other");
        }
    }

    #[test]
    fn fld_29_a_visit_is_named_by_its_id_and_a_late_choice_by_its_name() {
        let late = form(&[("code", " C2D3F4G5 "), ("late", "end-of-day")]);
        let Ok(ReceptionOrder::CheckIn(claim)) = late.order(ReceptionAction::CheckIn) else { panic!("checked in") };
        assert_eq!((claim.code.as_str(), claim.late), ("C2D3F4G5", Some(LateChoice::EndOfDay)));
        for action in [ReceptionAction::Needs, ReceptionAction::Persons] {
            let fault = form(&[("visit", "x")]).order(action).unwrap_err();
            assert_eq!(fault.code, ProblemCode::UnknownVisit);
        }
    }
}
