//! Lists of a few names that are kept as one small number each: a day holds a thousand of them.

/// Makes an enum whose values are kept as the numbers that stand beside them. A number never stands for another value later.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(into = "u8", try_from = "u8")]
        pub enum $name {
            $($(#[$of])* $variant,)*
        }

        impl $name {
            /// Every one, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        }

        impl From<$name> for u8 {
            fn from(one: $name) -> Self {
                match one {
                    $($name::$variant => $code,)*
                }
            }
        }

        impl TryFrom<u8> for $name {
            type Error = String;

            fn try_from(code: u8) -> Result<Self, String> {
                match code {
                    $($code => Ok(Self::$variant),)*
                    other => Err(format!("{other} is no {}", stringify!($name))),
                }
            }
        }
    };
}

pub(crate) use coded;
