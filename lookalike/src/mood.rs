//! How the look-alike is: well, or wrong in one of the ways in which such servers have been.

use std::str::FromStr;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{
    Deserialize,
    de::{IntoDeserializer, value::Error},
};

use crate::page;

/// A mood. Each concerns one of its answers; the others are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mood {
    /// As it should be: with values that are padded, as the true ones are.
    #[default]
    Well,
    /// Without padding.
    Unpadded,
    /// Everything it says of a person is the word `null`.
    Nulls,
    /// Everything is empty.
    Empty,
    /// The first name is left out.
    Missing,
    /// A tax number of which the last digit is wrong.
    WrongTaxNumber,
    /// A profile with a document type that names a file of this machine.
    Doctype,
    /// A profile with a document type that multiplies itself.
    Laughs,
    /// A profile of five megabytes.
    Huge,
    /// A token of five megabytes.
    HugeToken,
    /// The life of the token is text.
    TextExpiry,
    /// A page for people where the token should be.
    TokenPage,
    /// A page for people where the profile should be.
    PersonPage,
    /// The right answers under wrong media types.
    WrongLabels,
    /// No token: its server has failed.
    TokenFails,
    /// No profile: its server has failed.
    PersonFails,
    /// No answer where the token should be.
    TokenSilent,
    /// No answer where the profile should be.
    PersonSilent,
    /// Another address where the token should be.
    TokenElsewhere,
    /// Another address where the profile should be.
    PersonElsewhere,
    /// It leads back with a state that is not the one it was given.
    WrongState,
    /// It leads back without one.
    NoState,
    /// It leads back with a no, as if the person had pressed it.
    Declined,
    /// The register's server has failed.
    RegisterFails,
    /// The register says nothing.
    RegisterSilent,
    /// The register answers with a page for people.
    RegisterPage,
    /// The protocol system has failed.
    ProtocolFails,
    /// The protocol system says nothing.
    ProtocolSilent,
    /// The protocol system answers with a page for people.
    ProtocolPage,
    /// The protocol system gives what is no number.
    ProtocolWrong,
    /// The protocol system gives every request the same number.
    ProtocolTwice,
    /// The protocol system answers about another request.
    ProtocolMixed,
    /// The protocol system answers with five megabytes.
    ProtocolHuge,
    /// The protocol system sends to another address.
    ProtocolElsewhere,
    /// The register of records has failed.
    RecordsFails,
    /// The register of records says nothing.
    RecordsSilent,
    /// The register of records answers with a page for people.
    RecordsPage,
    /// The register of records says among right things that somebody owes less than nothing.
    RecordsWrong,
    /// The register of records answers another question.
    RecordsMixed,
    /// The register of records answers with five megabytes.
    RecordsHuge,
    /// The register of records sends to another address.
    RecordsElsewhere,
}

impl FromStr for Mood {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::deserialize(name.into_deserializer()).map_err(|_: Error| ())
    }
}

impl Mood {
    /// What is answered instead, if it is one of these: nothing, a failure, or a page for people.
    pub(crate) async fn trouble(self, [silent, fails, talks]: [Self; 3]) -> Option<Response> {
        if self == silent {
            std::future::pending().await
        } else if self == fails {
            Some((StatusCode::INTERNAL_SERVER_ERROR, page::for_people()).into_response())
        } else {
            (self == talks).then(|| page::for_people().into_response())
        }
    }
}
