//! What stands in the address of a page: its path and what it asks besides. What cannot be read gets a page of ours, in the
//! reader's language; the framework's own readers answer with a line of English, and none of them is used for a page.

use acts::Fault;
use axum::{
    extract::{FromRequestParts, Path, Query},
    http::request::Parts,
};
use serde::de::DeserializeOwned;
use text::both;
use wire::ProblemCode;

/// What a page is asked with, behind the question mark.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageQuery<T>(pub T);

/// What the path of a page names.
#[derive(Debug, Clone, Copy)]
pub struct PagePath<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for PageQuery<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        let Query(query) = Query::try_from_uri(&parts.uri).map_err(|rejection| {
            // The query is the reader's own: nothing of it is kept.
            tracing::debug!(status = %rejection.status(), "the query of an address cannot be read");
            let words = Some(both(|voice| voice.say("address-unread")));
            Fault { words, ..Fault::malformed("query".to_owned()) }
        })?;
        Ok(Self(query))
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PagePath<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        // A path that does not name what it should is the address of nothing.
        match Path::from_request_parts(parts, state).await {
            Ok(Path(path)) => Ok(Self(path)),
            Err(_) => Err(ProblemCode::NotFound.into()),
        }
    }
}
