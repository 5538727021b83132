//! The pages for citizens, clerks and administrators.

use axum::Router;

use crate::state::AppState;

/// Every page.
pub fn router() -> Router<AppState> {
    Router::new()
}
