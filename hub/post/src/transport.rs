//! How a mail leaves the house: to a server, or into a folder.

use std::{path::PathBuf, time::Duration};

use anyhow::Context;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};

use crate::mail_config::{MailConfig, MailTransport, SmtpTls};

/// Why a mail was not taken, for administrators: a class and a code, never what the server wrote, since it repeats
/// addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The server said no, with this code.
    #[error("smtp {0}")]
    Refused(u16),
    /// It did not answer in time.
    #[error("timeout")]
    Timeout,
    /// The server cannot be reached, or the line broke.
    #[error("connection")]
    Connection,
    /// The server's certificate is not trusted.
    #[error("untrusted")]
    Untrusted,
    /// The server offers neither the encryption nor the login that is configured.
    #[error("unfit")]
    Unfit,
    /// The folder cannot be written.
    #[error("folder")]
    Folder,
}

impl From<lettre::transport::smtp::Error> for SendError {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        match error.status().map(|code| code.to_string().parse()) {
            Some(Ok(code)) => Self::Refused(code),
            Some(Err(_)) => Self::Connection,
            None if error.is_timeout() => Self::Timeout,
            None if error.is_tls() || is_of_tls(&error) => Self::Untrusted,
            None if error.is_client() => Self::Unfit,
            None => Self::Connection,
        }
    }
}

/// Whether a line broke because of the server's certificate. The library reports that as any other broken line, with the
/// TLS library's own error somewhere behind it, which is known by its name alone.
fn is_of_tls(error: &lettre::transport::smtp::Error) -> bool {
    format!("{error:?}").contains("InvalidCertificate")
}

/// How a mail leaves the house.
#[derive(Debug)]
pub enum Transport {
    /// One `.eml` file a mail.
    Folder(PathBuf),
    /// A mail server, and how long it may take over one mail.
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>, Duration),
}

impl Transport {
    /// As configured.
    ///
    /// # Errors
    /// If the server's name or the password's file is no good.
    pub fn new(config: &MailConfig) -> anyhow::Result<Self> {
        if config.transport == MailTransport::Folder {
            std::fs::create_dir_all(&config.folder).with_context(|| config.folder.display().to_string())?;
            return Ok(Self::Folder(config.folder.clone()));
        }
        let timeout = Duration::from_secs(config.timeout_seconds.into());
        let tls = match config.tls {
            SmtpTls::None => Tls::None,
            SmtpTls::Starttls => Tls::Required(trust(config)?),
            SmtpTls::Tls => Tls::Wrapper(trust(config)?),
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host);
        let mut builder = builder.port(config.port).tls(tls).timeout(Some(timeout));
        if let (Some(user), Some(file)) = (&config.user, &config.password_file) {
            let password = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            builder = builder.credentials(Credentials::new(user.clone(), password.trim_end().to_owned()));
        }
        Ok(Self::Smtp(Box::new(builder.build()), timeout))
    }

    /// Hands a mail over. `number` is the outbox's: in the folder the same mail is the same file.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(&self, number: i64, kind: &str, message: Message) -> Result<(), SendError> {
        match self {
            Self::Folder(folder) => {
                let name = format!("{number:08}-{kind}.eml");
                let half = folder.join(format!(".{name}.part"));
                let write = async {
                    tokio::fs::write(&half, message.formatted()).await?;
                    tokio::fs::rename(&half, folder.join(name)).await
                };
                write.await.map_err(|_: std::io::Error| SendError::Folder)
            }
            // The library's own limit ends with the connection; a server that falls silent later would be waited for.
            Self::Smtp(server, timeout) => match tokio::time::timeout(*timeout, server.send(message)).await {
                Ok(sent) => sent.map(drop).map_err(SendError::from),
                Err(_) => Err(SendError::Timeout),
            },
        }
    }
}

/// Whom the line trusts: the public roots, and the office's own if it is named.
fn trust(config: &MailConfig) -> anyhow::Result<TlsParameters> {
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(file) = &config.ca_file {
        let pem = std::fs::read(file).with_context(|| file.display().to_string())?;
        let root = Certificate::from_pem(&pem).with_context(|| format!("{} is no certificate", file.display()))?;
        builder = builder.add_root_certificate(root);
    }
    Ok(builder.build_rustls()?)
}
