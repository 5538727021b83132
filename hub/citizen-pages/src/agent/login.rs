//! The address at which agents sign in leads to where everybody does, and back to their appointments.

use axum::response::Redirect;
use paths::Page;

/// Leads there.
pub async fn back() -> Redirect {
    Redirect::to(&Page::Login.asking(format_args!("next={}", Page::Agent)))
}
