//! A look-alike of TAXISnet, of the register of staff, of a body's protocol system and of its register of records: it does what they do, and, when told so, what they should not.
//!
//! It is somebody else's program: it shares nothing with the client that it is there to try.

mod asking;
mod memory;
mod mood;
mod page;
mod people;
mod protocol;
mod records;
mod register;
mod taxisnet;

use std::net::SocketAddr;

use axum::{Router, extract::State, http::StatusCode, routing};
use tokio::net::TcpListener;

pub use memory::{CLIENT, Lookalike, PROTOCOL_TOKEN, RECORDS_TOKEN, REGISTER_TOKEN, SECRET, TokenQuestion};
pub use mood::Mood;
pub use people::{PASSWORD, SAMPLES, SamplePerson};

/// Starts one on a thread of its own, and says where it listens.
///
/// # Errors
/// When it cannot listen.
pub fn start() -> std::io::Result<(Lookalike, SocketAddr)> {
    let lookalike = Lookalike::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0)))?;
    let (address, pages) = (listener.local_addr()?, pages(&lookalike));
    // It ends with the program that tries something with it.
    std::thread::spawn(move || runtime.block_on(async { axum::serve(listener, pages).await }));
    Ok((lookalike, address))
}

/// The pages of everything that it plays.
pub fn pages(lookalike: &Lookalike) -> Router {
    Router::new()
        .merge(taxisnet::pages())
        .merge(register::pages())
        .merge(protocol::pages())
        .merge(records::pages())
        .route("/lookalike/mood", routing::post(set_mood))
        .route("/lookalike/asked", routing::get(what_was_asked))
        .with_state(lookalike.clone())
}

async fn set_mood(State(lookalike): State<Lookalike>, name: String) -> StatusCode {
    match name.trim().parse() {
        Ok(mood) => {
            lookalike.feels(mood);
            StatusCode::NO_CONTENT
        }
        Err(()) => StatusCode::BAD_REQUEST,
    }
}

async fn what_was_asked(State(lookalike): State<Lookalike>) -> axum::Json<Vec<TokenQuestion>> {
    axum::Json(lookalike.asked())
}
