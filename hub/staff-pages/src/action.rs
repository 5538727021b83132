//! What the forms of a page do, where the last part of an address names it: one table for each such page, from which the
//! names, their reader and the list of all of them are made.

/// Makes the table of a page's actions: each with its name in the page's address.
macro_rules! page_actions {
    ($(#[$about:meta])* $table:ident { $($(#[$said:meta])* $action:ident = $name:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $table {
            $($(#[$said])* $action,)+
        }

        impl $table {
            /// The names of all of them.
            pub const NAMES: &'static [&'static str] = &[$($name,)+];

            /// Its name in the page's address.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$action => $name,)+
                }
            }
        }

        impl std::str::FromStr for $table {
            type Err = wire::ProblemCode;

            fn from_str(name: &str) -> Result<Self, wire::ProblemCode> {
                match name {
                    $($name => Ok(Self::$action),)+
                    _ => Err(wire::ProblemCode::NotFound),
                }
            }
        }
    };
}
pub(crate) use page_actions;
