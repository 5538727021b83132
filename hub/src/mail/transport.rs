//! How a mail leaves the house: to a server, or into a folder.

use std::{path::PathBuf, time::Duration};

use anyhow::Context;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, transport::smtp::authentication::Credentials,
};

use crate::config::{MailConfig, MailTransport, SmtpTls};

/// A server that says nothing for so long has not taken the mail.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Why a mail was not taken, for administrators: a class and a code, never what the server wrote, since it repeats
/// addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The server said no.
    #[error("smtp {0}")]
    Refused(String),
    /// Nobody answered in time.
    #[error("timeout")]
    Timeout,
    /// The server cannot be reached.
    #[error("connection")]
    Connection,
    /// The folder cannot be written.
    #[error("folder")]
    Folder,
}

/// How a mail leaves the house.
#[derive(Debug)]
pub enum Transport {
    /// One `.eml` file a mail.
    Folder(PathBuf),
    /// A mail server.
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
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
        let builder = match config.tls {
            SmtpTls::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host),
            SmtpTls::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&config.host)?,
            SmtpTls::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&config.host)?,
        };
        let mut builder = builder.port(config.port).timeout(Some(TIMEOUT));
        if let (Some(user), Some(file)) = (&config.user, &config.password_file) {
            let password = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            builder = builder.credentials(Credentials::new(user.clone(), password.trim_end().to_owned()));
        }
        Ok(Self::Smtp(Box::new(builder.build())))
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
            Self::Smtp(server) => match server.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(match error.status() {
                    Some(code) => SendError::Refused(code.to_string()),
                    None if error.is_timeout() => SendError::Timeout,
                    None => SendError::Connection,
                }),
            },
        }
    }
}
