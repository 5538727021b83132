//! What is asked between the choice of a service and its ticket, as one table of yes and no: how the walk goes on, the
//! screen, and what the hub is asked for follow from it.

use wire::TicketRequest;

/// A question that is answered yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Question {
    /// Help or priority service? The reason is never asked (FLD-27).
    Priority,
}

/// What is known of a question.
#[derive(Debug, Clone, Copy)]
pub struct QuestionRow {
    /// Its name among the buttons.
    pub name: &'static str,
    /// The sentence that asks.
    pub sentence: &'static str,
    /// The sentence on the button that says yes.
    pub yes: &'static str,
    /// The sentence on the button that says no.
    pub no: &'static str,
    note: fn(&mut TicketRequest, bool),
}

impl Question {
    /// Every question, in the order in which they are asked.
    pub const ALL: &'static [Self] = &[Self::Priority];

    /// Its row in the table.
    #[must_use]
    pub const fn row(self) -> QuestionRow {
        match self {
            Self::Priority => QuestionRow {
                name: "priority",
                sentence: "kiosk-priority",
                yes: "kiosk-priority-yes",
                no: "kiosk-priority-no",
                note: |request, yes| request.priority = yes,
            },
        }
    }

    /// Puts an answer into what the hub is asked for.
    pub fn note(self, request: &mut TicketRequest, yes: bool) {
        (self.row().note)(request, yes);
    }

    /// The first question of all.
    pub(crate) fn first() -> Option<Self> {
        Self::ALL.first().copied()
    }

    /// The question after this one.
    pub(crate) fn next(self) -> Option<Self> {
        Self::ALL.iter().copied().skip_while(|question| *question != self).nth(1)
    }

    /// The question before this one.
    pub(crate) fn before(self) -> Option<Self> {
        Self::ALL.iter().copied().take_while(|question| *question != self).last()
    }
}

#[cfg(test)]
mod tests {
    use wire::Language;

    use super::*;

    #[test]
    fn every_answer_has_a_place_of_its_own_in_the_request() {
        let noted = |question: Question, yes| {
            let mut request = TicketRequest::new("now");
            question.note(&mut request, yes);
            request
        };
        for (at, question) in Question::ALL.iter().enumerate() {
            assert_eq!(noted(*question, false), TicketRequest::new("now"), "{question:?}");
            assert_ne!(noted(*question, true), TicketRequest::new("now"), "{question:?}");
            for other in &Question::ALL[..at] {
                assert_ne!(noted(*question, true), noted(*other, true), "{question:?} and {other:?}");
            }
        }
    }

    #[test]
    fn every_question_and_its_answers_are_said_in_both_languages() {
        for question in Question::ALL {
            let QuestionRow { sentence, yes, no, .. } = question.row();
            for id in [sentence, yes, no] {
                let said = Language::ALL.map(|language| phrases::say(language, id));
                assert!(said.iter().all(|said| !said.contains("Unknown localization")), "{id}: {said:?}");
                assert_ne!(said[0], said[1], "{id}");
            }
        }
    }
}
