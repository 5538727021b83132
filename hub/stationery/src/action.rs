//! What a form does or chooses, where a name in its address or in one of its fields says it: one table each, from which the
//! names, their reader and the list of all of them are made, so that nothing is done by a name that nobody knows.

use std::str::FromStr;

use wire::ProblemCode;

/// Makes the table of what the forms of a page do: each with its name, the last part of the page's address. Another name is the
/// address of nothing.
#[macro_export]
macro_rules! page_actions {
    ($(#[$about:meta])* $table:ident { $($rows:tt)+ }) => {
        $crate::named_choices! { NotFound $(#[$about])* $table { $($rows)+ } }
    };
}

/// Makes the table of what a field of a form chooses. Another value is malformed.
#[macro_export]
macro_rules! field_choices {
    ($(#[$about:meta])* $table:ident { $($rows:tt)+ }) => {
        $crate::named_choices! { Malformed $(#[$about])* $table { $($rows)+ } }
    };
}

/// What both tables are made of.
#[doc(hidden)]
#[macro_export]
macro_rules! named_choices {
    ($fault:ident $(#[$about:meta])* $table:ident { $($(#[$said:meta])* $choice:ident = $name:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $table {
            $($(#[$said])* $choice,)+
        }

        impl $table {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$choice,)+];
            /// The names of all of them.
            pub const NAMES: &'static [&'static str] = &[$($name,)+];

            /// Its name in the address or in the field.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$choice => $name,)+
                }
            }
        }

        impl std::str::FromStr for $table {
            type Err = wire::ProblemCode;

            fn from_str(name: &str) -> Result<Self, wire::ProblemCode> {
                match name {
                    $($name => Ok(Self::$choice),)+
                    _ => Err(wire::ProblemCode::$fault),
                }
            }
        }
    };
}

/// What a field chooses that may be left empty; what is neither is refused.
///
/// # Errors
/// `malformed` for what chooses nothing.
pub fn chosen<T: FromStr>(typed: &str) -> Result<Option<T>, ProblemCode> {
    if typed.is_empty() { Ok(None) } else { typed.parse::<T>().map(Some).map_err(|_| ProblemCode::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    page_actions! {
        /// What a page is for.
        TriedAction {
            /// To go.
            Go = "go",
            /// To stay.
            Stay = "stay",
        }
    }

    field_choices! {
        /// What a field says.
        TriedChoice {
            /// The one choice that is tried.
            Yes = "yes",
        }
    }

    #[test]
    fn what_is_done_or_chosen_is_read_by_its_own_name_alone() {
        for (name, action) in TriedAction::NAMES.iter().zip(TriedAction::ALL) {
            assert_eq!((name.parse::<TriedAction>(), action.name()), (Ok(*action), *name));
        }
        assert_eq!("dance".parse::<TriedAction>(), Err(ProblemCode::NotFound));
        assert_eq!(TriedChoice::ALL.iter().map(|one| one.name()).collect::<Vec<_>>(), TriedChoice::NAMES);
        assert_eq!(chosen::<TriedChoice>("yes"), Ok(Some(TriedChoice::Yes)));
        assert_eq!(chosen::<TriedChoice>(""), Ok(None));
        for nonsense in ["no", "Yes", "yes ", "1"] {
            assert_eq!(chosen::<TriedChoice>(nonsense), Err(ProblemCode::Malformed), "{nonsense}");
        }
    }
}
