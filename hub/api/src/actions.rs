//! What stands behind `{action}` in an address: the name decides which body is read, and what that body asks for.

use serde::de::DeserializeOwned;

use acts::Fault;

/// Makes one table of actions: a constant that describes it, and a function that reads a body by an action's name into the
/// request of a use case. Each row is a name, the body's type, a pattern for the body, and the request.
macro_rules! actions {
    ($said:ident, $read:ident -> $act:ty; $($name:literal ($kind:ident) $body:pat => $made:expr;)+) => {
        /// The table, as the description of the API says it.
        pub const $said: &str = concat!(
            "The action decides the body." $(, " `", $name, "` takes ", stringify!($kind), ".")+
        );

        fn $read(name: &str, body: serde_json::Value) -> Result<$act, acts::Fault> {
            Ok(match name {
                $($name => {
                    let $body: $kind = crate::actions::body(body)?;
                    $made
                })+
                _ => return Err(wire::ProblemCode::NotFound.into()),
            })
        }
    };
}
pub(crate) use actions;

/// Reads a body strictly.
pub fn body<T: DeserializeOwned>(body: serde_json::Value) -> Result<T, Fault> {
    serde_json::from_value(body).map_err(|_| Fault::malformed("unexpected fields or values".to_owned()))
}
