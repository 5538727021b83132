//! `hub bounce`: what a mail server runs for each message to the address for mails that come back. It hands the message to
//! the running hub, and ends as mail servers expect it (sysexits): taken, or to be tried again.

use std::{
    env, fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use ureq::{
    Agent,
    tls::{Certificate, RootCerts, TlsConfig},
};

use people::is_address;
use post::{MESSAGE_BYTES_MAX, read_token};

/// "Try again later" (EX_TEMPFAIL): the mail server keeps the message.
const TRY_AGAIN: u8 = 75;
/// The hub has so long.
const TIMEOUT: Duration = Duration::from_secs(30);
/// To whom the message came, as Postfix and Exim tell a program, with the letter's token still in it.
const RECEIVERS: [&str; 2] = ["ORIGINAL_RECIPIENT", "RECIPIENT"];

/// What the command needs: less than the hub itself, so that the mail server's user can run it.
#[derive(Debug, clap::Args)]
pub struct BounceArgs {
    /// Where the hub listens, e.g. http://127.0.0.1:8080.
    #[arg(long)]
    hub: String,
    /// The file that mail.bounces_token_file names.
    #[arg(long)]
    token_file: PathBuf,
    /// The CA of the house (ca.pem of `hub make-ca`), where the hub listens at https:// under no public one.
    #[arg(long)]
    ca_file: Option<PathBuf>,
}

/// Hands the message on the input to the hub. Whatever keeps it from that can be mended, so that the message waits meanwhile.
pub fn run(args: &BounceArgs) -> ExitCode {
    match hand_over(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The mail server writes it into its log.
            let _ = writeln!(io::stderr(), "{error:#}; the message is to be tried again");
            ExitCode::from(TRY_AGAIN)
        }
    }
}

fn hand_over(args: &BounceArgs) -> Result<()> {
    let mut input = io::stdin().lock();
    let mut message = Vec::new();
    (&mut input).take(MESSAGE_BYTES_MAX as u64).read_to_end(&mut message).context("the message cannot be read")?;
    // The rest is read and thrown away: a mail server takes a closed pipe for a fault.
    io::copy(&mut input, &mut io::sink()).context("the message cannot be read")?;
    let message = [delivered_to().as_bytes(), without_postmark(&message)].concat();
    let token = read_token(Path::new(&args.token_file)).context("--token-file")?;
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .http_status_as_error(false)
        .max_redirects(0)
        // The hub alone is told, and no proxy of which the machine's environment knows.
        .proxy(None)
        .tls_config(trust(args.ca_file.as_deref())?)
        .build()
        .into();
    let asked = agent
        .post(format!("{}/api/v1/bounces", args.hub.trim_end_matches('/')))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "message/rfc822")
        .send(&message[..]);
    let answer = asked.context("--hub: the hub cannot be reached")?;
    match answer.status().as_u16() {
        200..=299 => Ok(()),
        401 => bail!("--token-file: the hub does not know this token"),
        404 => bail!("the hub has no mail.bounces set, or --hub is not its address"),
        status => bail!("the hub answered {status}"),
    }
}

/// Whom to believe that it is the hub: the public CAs, or the house's own alone.
fn trust(ca_file: Option<&Path>) -> Result<TlsConfig> {
    let Some(path) = ca_file else { return Ok(TlsConfig::default()) };
    let pem = fs::read(path).with_context(|| format!("--ca-file: cannot read {}", path.display()))?;
    let ca = Certificate::from_pem(&pem).with_context(|| format!("--ca-file: {}", path.display()))?;
    Ok(TlsConfig::builder().root_certs(RootCerts::Specific(Arc::new(vec![ca]))).build())
}

/// The message without the line that a mailbox file has before it, and Postfix writes before what it hands to a program.
fn without_postmark(message: &[u8]) -> &[u8] {
    let end = message.starts_with(b"From ").then(|| message.iter().position(|byte| *byte == b'\n')).flatten();
    end.and_then(|end| message.get(end + 1..)).unwrap_or(message)
}

/// To whom the message came, in front of it, as mail servers write it: many leave it out of what they hand to a program.
fn delivered_to() -> String {
    let receivers = RECEIVERS.iter().filter_map(|name| env::var(name).ok()).filter(|address| is_address(address));
    receivers.map(|address| format!("Delivered-To: {address}\n")).collect()
}
