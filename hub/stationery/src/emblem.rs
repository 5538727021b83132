//! An office's emblem on pages: our own picture of it, under an address that changes with it.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use writer::OfficeHandle;

use crate::{extract::PagePath, state::Pages};

/// An emblem on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageEmblem {
    /// Where its picture is.
    pub src: String,
    /// The picture's width in points.
    pub width: u16,
    /// The picture's height in points.
    pub height: u16,
    /// What is read out instead; nothing where the office's name stands beside it.
    pub alt: String,
}

impl PageEmblem {
    /// The emblem of an office, if it has one, beside its name.
    pub fn of(state: &Pages, office: &OfficeHandle) -> Option<Self> {
        let emblem = state.emblems.of(office.row)?;
        Some(Self { src: emblem.address(), width: emblem.width, height: emblem.height, alt: String::new() })
    }
}

/// Gives the picture of an emblem. What has this name is never anything else.
pub async fn get(State(state): State<Pages>, PagePath(name): PagePath<String>) -> Response {
    let Some(emblem) = state.emblems.with_picture(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, emblem.picture.clone()).into_response()
}
