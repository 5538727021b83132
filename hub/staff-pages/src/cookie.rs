//! Cookies beside those that an answer has already.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};

/// One more cookie for an answer.
pub fn add_cookie(answer: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}
