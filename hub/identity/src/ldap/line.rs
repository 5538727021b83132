//! A line to a directory: one question and its answers at a time.

use std::sync::Arc;

use bytes::BytesMut;
use ldap3_proto::{
    LdapCodec, LdapMsg, LdapResultCode,
    proto::{LdapBindCred, LdapBindRequest, LdapExtendedRequest, LdapOp, LdapResult, LdapSearchRequest},
    simple::LdapSearchResultEntry,
};
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;
use tokio_util::codec::{Decoder, Encoder};

use super::config::{LdapUrl, LineGuard};
use crate::fault::{AwayCause, ProviderFault, UnreadCause};

/// So long is one message at most: an entry of somebody in thousands of groups is shorter.
const MESSAGE_BYTES_MAX: usize = 256 * 1024;
/// So deep are its parts in one another.
const MESSAGE_DEPTH_MAX: usize = 32;
/// So many answers are read to one question; one person is looked for.
const ANSWERS_MAX: usize = 16;
/// What asks for the line to be encrypted (RFC 4511, 4.14).
const START_TLS: &str = "1.3.6.1.4.1.1466.20037";

const BROKEN: ProviderFault = ProviderFault::Away(AwayCause::Unreachable);
const FORM: ProviderFault = ProviderFault::Unreadable(UnreadCause::Form);

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// A line that is open.
pub struct LdapLine {
    stream: Box<dyn Stream>,
    codec: LdapCodec,
    read: BytesMut,
    asked: i32,
}

impl LdapLine {
    /// Opens one, and has it encrypted.
    pub async fn open(url: &LdapUrl, tls: &Arc<ClientConfig>) -> Result<Self, ProviderFault> {
        let plain = TcpStream::connect((url.host.as_str(), url.port)).await.map_err(|_| BROKEN)?;
        match url.guard {
            LineGuard::Inside => Ok(Self::over(Box::new(plain))),
            LineGuard::Tls => Self::encrypted(Box::new(plain), url, tls).await,
            LineGuard::StartTls => {
                let mut line = Self::over(Box::new(plain));
                let asked = LdapExtendedRequest { name: START_TLS.to_owned(), value: None };
                line.say(LdapOp::ExtendedRequest(asked)).await?;
                let LdapOp::ExtendedResponse(said) = line.hear().await?.op else { return Err(FORM) };
                if said.res.code != LdapResultCode::Success {
                    return Err(refused(&said.res));
                }
                // What came before it was encrypted is nobody's word.
                if !line.read.is_empty() {
                    return Err(ProviderFault::Unreadable(UnreadCause::Unproven));
                }
                Self::encrypted(line.stream, url, tls).await
            }
        }
    }

    async fn encrypted(stream: Box<dyn Stream>, url: &LdapUrl, tls: &Arc<ClientConfig>) -> Result<Self, ProviderFault> {
        let name = ServerName::try_from(url.host.clone()).map_err(|_| BROKEN)?;
        let stream = TlsConnector::from(Arc::clone(tls)).connect(name, stream).await.map_err(|_| BROKEN)?;
        Ok(Self::over(Box::new(stream)))
    }

    fn over(stream: Box<dyn Stream>) -> Self {
        let codec = LdapCodec::new(Some(MESSAGE_BYTES_MAX), Some(MESSAGE_DEPTH_MAX));
        Self { stream, codec, read: BytesMut::new(), asked: 0 }
    }

    /// Whether a name and its password are right.
    pub async fn bind(&mut self, name: &str, password: &str) -> Result<bool, ProviderFault> {
        let cred = LdapBindCred::Simple(password.to_owned());
        self.say(LdapOp::BindRequest(LdapBindRequest { version: 3, dn: name.to_owned(), cred })).await?;
        let LdapOp::BindResponse(said) = self.hear().await?.op else { return Err(FORM) };
        match said.res.code {
            LdapResultCode::Success => Ok(true),
            // Directories differ in how they say that they know nobody of this name, or not with this password.
            LdapResultCode::InvalidCredentials
            | LdapResultCode::NoSuchObject
            | LdapResultCode::InappropriateAuthentication
            | LdapResultCode::InvalidDNSyntax => Ok(false),
            _ => Err(refused(&said.res)),
        }
    }

    /// What is found: of more than two, the first.
    pub async fn search(&mut self, wanted: LdapSearchRequest) -> Result<Vec<LdapSearchResultEntry>, ProviderFault> {
        self.say(LdapOp::SearchRequest(wanted)).await?;
        let mut found = Vec::new();
        for _ in 0..ANSWERS_MAX {
            match self.hear().await?.op {
                LdapOp::SearchResultEntry(entry) => found.push(entry),
                // Another directory that might know more is not asked.
                LdapOp::SearchResultReference(_) => {}
                LdapOp::SearchResultDone(said) => {
                    return match said.code {
                        LdapResultCode::Success | LdapResultCode::SizeLimitExceeded => Ok(found),
                        LdapResultCode::NoSuchObject => Ok(Vec::new()),
                        _ => Err(refused(&said)),
                    };
                }
                _ => return Err(FORM),
            }
        }
        Err(ProviderFault::Unreadable(UnreadCause::TooLong))
    }

    async fn say(&mut self, op: LdapOp) -> Result<(), ProviderFault> {
        self.asked += 1;
        let mut written = BytesMut::new();
        self.codec.encode(LdapMsg::new(self.asked, op), &mut written).map_err(|_| FORM)?;
        self.stream.write_all(&written).await.map_err(|_| BROKEN)?;
        self.stream.flush().await.map_err(|_| BROKEN)
    }

    async fn hear(&mut self) -> Result<LdapMsg, ProviderFault> {
        loop {
            if let Some(said) = self.codec.decode(&mut self.read).map_err(|_| FORM)? {
                // Zero is what a directory says unasked: that it hangs up.
                return if said.msgid == self.asked { Ok(said) } else { Err(BROKEN) };
            }
            if self.stream.read_buf(&mut self.read).await.map_err(|_| BROKEN)? == 0 {
                return Err(BROKEN);
            }
        }
    }
}

/// What a directory says no with.
fn refused(said: &LdapResult) -> ProviderFault {
    let code = u16::try_from(said.code.clone() as i64).unwrap_or_default();
    match said.code {
        LdapResultCode::Busy | LdapResultCode::Unavailable | LdapResultCode::TimeLimitExceeded => {
            ProviderFault::Away(AwayCause::Status(code))
        }
        _ => ProviderFault::Refused(code),
    }
}
