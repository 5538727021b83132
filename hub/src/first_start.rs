//! The first start on a page: `hub setup --page` serves one page over the house's own certificate, until somebody who has read the
//! word on the console has set the hub up on it.

use std::{io::Write, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use axum::{
    Form, Router,
    extract::{DefaultBodyLimit, Query, Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::{self, Next},
    response::Response,
    routing::get,
};
use chrono::{DateTime, Utc};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use pages::{
    WrongField,
    first_start::{self as page, FirstStartFields, FirstStartPress},
    policy,
};
use paths::{ASSET, Route};
use secrets::{draw_word, same};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use text::Voice;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Mutex, Notify},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;
use tower::Service as _;
use wire::Language;
use writer::Clock;

use crate::{
    entrance::Certificates,
    first_files,
    router::HEADERS,
    setup::{self, SetupArgs},
};

/// Of twenty letters and digits: nobody guesses it while the page stands.
const WORD_CHARACTERS: usize = 12;
/// As it is printed: in groups that are read aloud.
const WORD_GROUP: usize = 4;
/// A wrong word waits so long for its answer.
const WRONG_WORD_PAUSE: Duration = Duration::from_secs(1);
/// So many connections at once: one browser, and whoever looks by.
const VISITS_MAX: usize = 32;
/// A request's head comes within this.
const HEAD_PATIENCE: Duration = Duration::from_secs(20);
/// A connection lasts so long, the trial of a slow mail server among it.
const VISIT_PATIENCE: Duration = Duration::from_secs(120);
/// The last answer has so long to reach its reader.
const GRACE: Duration = Duration::from_secs(10);
/// Where the machine can take no connection, it is asked again after so long.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// The largest office's file, as a form sends it.
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// What the page stands on.
struct FirstStart {
    args: SetupArgs,
    word: String,
    turn: Mutex<FirstStartTurn>,
    ended: Notify,
}

/// One press at a time, and what is kept between two.
#[derive(Default)]
struct FirstStartTurn {
    is_done: bool,
    /// The mail server's password, which the page does not repeat.
    mail_password: String,
}

/// In which language the page is asked for.
#[derive(Deserialize)]
struct FirstStartLanguage {
    #[serde(default)]
    lang: String,
}

/// Serves the page until the hub is set up; the arguments, with the port that it has.
///
/// # Errors
/// The house was set up already, or the page cannot be served.
pub fn run(args: SetupArgs) -> anyhow::Result<SetupArgs> {
    setup::begin(&args, Clock::Machine.now())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(serve(args))
}

async fn serve(mut args: SetupArgs) -> anyhow::Result<SetupArgs> {
    let listener = TcpListener::bind(args.listen).await.with_context(|| format!("cannot listen on {}", args.listen))?;
    args.listen = SocketAddr::new(args.listen.ip(), listener.local_addr()?.port());
    let fingerprint = fingerprint(&args)?;
    let tls = Certificates::open(args.tls())?.acceptor()?;
    let start = Arc::new(FirstStart {
        args: args.clone(),
        word: draw_word(WORD_CHARACTERS),
        turn: Mutex::default(),
        ended: Notify::new(),
    });
    tell(&args, &start.word, &fingerprint)?;
    let app = router(Arc::clone(&start));
    let mut visits = JoinSet::new();
    loop {
        tokio::select! {
            () = start.ended.notified() => break,
            Some(_) = visits.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) if visits.len() < VISITS_MAX => {
                    visits.spawn(visit(stream, tls.clone(), app.clone()));
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "no connection can be taken");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    let all_answered = async { while visits.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(GRACE, all_answered).await;
    Ok(args)
}

/// Says on the console where the page is, and what it asks for.
fn tell(args: &SetupArgs, word: &str, fingerprint: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "open in a browser of the house: {}", args.address())?;
    writeln!(out, "the word that the page asks for: {}", grouped(word))?;
    writeln!(out, "browsers do not know the certificate yet; its SHA-256 fingerprint: {fingerprint}")?;
    out.flush().context("cannot write to the output")
}

fn grouped(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(WORD_GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// As browsers show it.
fn fingerprint(args: &SetupArgs) -> anyhow::Result<String> {
    let key = args.tls().read()?;
    let certificate = key.cert.first().context("the certificate's file is empty")?;
    let hash: [u8; 32] = Sha256::digest(&certificate[..]).into();
    Ok(hash.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":"))
}

/// One connection, which is one request.
async fn visit(stream: TcpStream, tls: TlsAcceptor, app: Router) {
    let served = async {
        let stream = tls.accept(stream).await.map_err(drop)?;
        let service = service_fn(move |request: Request<Incoming>| app.clone().call(request));
        let mut builder = http1::Builder::new();
        builder.keep_alive(false).timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE);
        builder.serve_connection(TokioIo::new(stream), service).await.map_err(drop)
    };
    let _ = tokio::time::timeout(VISIT_PATIENCE, served).await;
}

fn router(start: Arc<FirstStart>) -> Router {
    Router::new()
        .route(Route::Front.pattern(), get(show).post(take))
        .route(ASSET, get(pages::asset))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn(dress))
        .with_state(start)
}

/// Says what every answer of the hub says about itself.
async fn dress(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    for (name, value) in policy::headers(&[], None) {
        headers.entry(HeaderName::from_static(name)).or_insert(value);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The page in one of our languages; in Greek, unless another was chosen.
fn voice(tag: &str) -> Voice {
    Voice(text::spoken(tag).unwrap_or(Language::El))
}

async fn show(Query(language): Query<FirstStartLanguage>) -> Response {
    page::show(voice(&language.lang), &FirstStartFields::default(), false, Ok(None))
}

async fn take(State(start): State<Arc<FirstStart>>, Form(mut fields): Form<FirstStartFields>) -> Response {
    let voice = voice(&fields.lang);
    if !start.is_word(&fields.word) {
        tokio::time::sleep(WRONG_WORD_PAUSE).await;
        let wrong = WrongField::new(voice.say("first-start-word-wrong"), "word");
        return page::show(voice, &fields, false, Err(wrong));
    }
    let mut turn = start.turn.lock().await;
    // Also where the answer of the press before never reached its browser.
    if turn.is_done || start.args.config().exists() {
        return start.end(voice, &mut turn);
    }
    if fields.mail_password.is_empty() {
        fields.mail_password.clone_from(&turn.mail_password);
    } else {
        turn.mail_password.clone_from(&fields.mail_password);
    }
    let keeps_password = !fields.mail_password.is_empty();
    let now = Clock::Machine.now();
    match fields.button {
        FirstStartPress::Trial => {
            let said = start.trial(voice, fields.clone(), now).await;
            page::show(voice, &fields, keeps_password, said.map(Some))
        }
        FirstStartPress::Finish => match start.finish(voice, fields.clone(), now).await {
            Ok(()) => start.end(voice, &mut turn),
            Err(wrong) => page::show(voice, &fields, keeps_password, Err(wrong)),
        },
    }
}

impl FirstStart {
    /// Whether it is the word, however its letters are grouped.
    fn is_word(&self, typed: &str) -> bool {
        let letters: String = typed.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
        same(letters.to_ascii_uppercase().as_bytes(), self.word.as_bytes())
    }

    /// The page's last answer, after which it is no more.
    fn end(&self, voice: Voice, turn: &mut FirstStartTurn) -> Response {
        turn.is_done = true;
        self.ended.notify_one();
        page::done(voice, self.args.sign_in())
    }

    /// Sends a mail as it is typed, and says where it went.
    async fn trial(&self, voice: Voice, fields: FirstStartFields, now: DateTime<Utc>) -> Result<String, WrongField> {
        let args = self.args.clone();
        let (config, to, _stage) = beside(voice, move || first_files::trial(&args, &fields, voice)).await?;
        let sent = post::send_trial(&config, &to, voice, now).await;
        sent.map_err(|why| WrongField::new(why.words(voice), "mail_host"))?;
        Ok(match config.own_folder() {
            Some(folder) => voice.text("first-start-trial-kept", "to", &folder.display().to_string()),
            None => voice.text("first-start-trial-sent", "to", &to),
        })
    }

    async fn finish(&self, voice: Voice, fields: FirstStartFields, now: DateTime<Utc>) -> Result<(), WrongField> {
        let args = self.args.clone();
        beside(voice, move || first_files::set_up(&args, &fields, voice, now)).await
    }
}

/// Work with files, beside what else goes on.
async fn beside<T: Send + 'static>(
    voice: Voice,
    work: impl FnOnce() -> Result<T, WrongField> + Send + 'static,
) -> Result<T, WrongField> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(first_files::of_machine(voice, &anyhow::Error::from(error))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_09_a_word_is_read_in_groups() {
        assert_eq!(grouped("ABCDEFGHKMNP"), "ABCD EFGH KMNP");
    }
}
