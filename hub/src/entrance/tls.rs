//! TLS: the hub's certificate, read again when its files change, without a restart and without dropping a connection.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use anyhow::Context;
use chrono::{DateTime, Utc};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher, event::AccessKind, event::AccessMode};
use serde::Deserialize;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::{Notify, watch},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
        server::{ClientHello, ResolvesServerCert},
        sign::CertifiedKey,
    },
};
use wire::CertificateBytes;
use yasna::{ASN1Error, ASN1ErrorKind, Tag, tags::TAG_UTCTIME};

/// The one protocol within TLS.
const HTTP: &[u8] = b"http/1.1";

/// `[tls]`: the hub's certificate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsConfig {
    /// The file of the certificate, with those between it and its CA behind it (PEM).
    pub certificate: PathBuf,
    /// The file of its key (PEM).
    pub key: PathBuf,
}

impl TlsConfig {
    /// Paths are relative to the configuration's folder.
    pub fn resolve(&mut self, folder: &Path) {
        self.certificate = folder.join(&self.certificate);
        self.key = folder.join(&self.key);
    }

    /// Reads both files.
    ///
    /// # Errors
    /// What is wrong, with the key of the configuration.
    pub fn read(&self) -> anyhow::Result<CertifiedKey> {
        let named = |key: &str, path: &Path| format!("tls.{key}: {}", path.display());
        let chain = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .with_context(|| named("certificate", &self.certificate))?;
        anyhow::ensure!(!chain.is_empty(), "{}: no certificate is in it", named("certificate", &self.certificate));
        let key = PrivateKeyDer::from_pem_file(&self.key).with_context(|| named("key", &self.key))?;
        CertifiedKey::from_der(chain, key, &ring::default_provider())
            .with_context(|| format!("{} does not go with {}", named("key", &self.key), self.certificate.display()))
    }
}

/// CAs in one file: one in use, and the next.
const AUTHORITIES_MAX: usize = 4;

/// Reads a file of CAs.
///
/// # Errors
/// What is wrong with it.
pub fn read_authorities(path: &Path) -> anyhow::Result<Vec<CertificateBytes>> {
    let named = || format!("house_ca: {}", path.display());
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let read = read.with_context(named)?;
    anyhow::ensure!(!read.is_empty(), "{}: no certificate is in it", named());
    anyhow::ensure!(read.len() <= AUTHORITIES_MAX, "{}: at most {AUTHORITIES_MAX} may be in it", named());
    let bytes = read.into_iter().map(|one| CertificateBytes::new(one.to_vec()));
    bytes.collect::<Option<_>>().with_context(|| format!("{}: a certificate is too long", named()))
}

/// The certificate as it was last read.
#[derive(Debug)]
pub struct Certificates {
    config: TlsConfig,
    current: RwLock<Arc<CertifiedKey>>,
    changed: Arc<Notify>,
    taken: watch::Sender<u64>,
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current())
    }
}

impl Certificates {
    /// Reads the files for the first time.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn open(config: TlsConfig) -> anyhow::Result<Arc<Self>> {
        let current = RwLock::new(Arc::new(config.read()?));
        Ok(Arc::new(Self { config, current, changed: Arc::default(), taken: watch::Sender::default() }))
    }

    /// What takes connections under it, also under those that are read later.
    ///
    /// # Errors
    /// If the machine has no randomness.
    pub fn acceptor(self: &Arc<Self>) -> anyhow::Result<TlsAcceptor> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::<Self>::clone(self));
        config.alpn_protocols = vec![HTTP.to_vec()];
        config.ticketer = ring::Ticketer::new()?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// When the certificate in use ends; none, where that cannot be read.
    pub fn ends_at(&self) -> Option<DateTime<Utc>> {
        let current = self.current();
        DateTime::from_timestamp(end_of(current.cert.first()?).ok()?, 0)
    }

    /// Tells of each certificate that is taken into use.
    pub fn taken(&self) -> watch::Receiver<u64> {
        self.taken.subscribe()
    }

    fn current(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the files again whenever they change, or the hub is told to (SIGHUP).
    ///
    /// # Errors
    /// If the machine tells of neither.
    pub async fn keep(self: Arc<Self>) -> anyhow::Result<()> {
        let _watcher = self.watch()?;
        let mut told = signal(SignalKind::hangup())?;
        // What changed while nobody watched.
        self.read_again();
        loop {
            tokio::select! {
                _ = told.recv() => {}
                () = self.changed.notified() => {}
            }
            self.read_again();
        }
    }

    /// Watches the folders: files are replaced by others of their name, and a folder of links is turned to another as a whole.
    fn watch(&self) -> anyhow::Result<RecommendedWatcher> {
        let files = [&self.config.certificate, &self.config.key];
        let names: Vec<_> = files.iter().filter_map(|file| file.file_name().map(ToOwned::to_owned)).collect();
        let changed = Arc::clone(&self.changed);
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let concerns = match event {
                Ok(event) => is_change(event.kind) && event.paths.iter().any(|path| is_of(path, &names)),
                // Some changes were not told of.
                Err(_) => true,
            };
            if concerns {
                changed.notify_one();
            }
        })?;
        let mut folders: Vec<&Path> = files
            .iter()
            .map(|file| file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))
            .collect();
        folders.dedup();
        for folder in folders {
            let watched = watcher.watch(folder, RecursiveMode::NonRecursive);
            watched.with_context(|| format!("{} cannot be watched", folder.display()))?;
        }
        Ok(watcher)
    }

    fn read_again(&self) {
        match self.config.read() {
            Ok(read) if read.cert == self.current().cert => {}
            Ok(read) => {
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(read);
                self.taken.send_modify(|count| *count += 1);
                tracing::info!("a new certificate is in use");
            }
            // One of two files may be there before the other.
            Err(error) => tracing::warn!(error = format!("{error:#}"), "the certificate in use stays"),
        }
    }
}

/// When a certificate ends, in seconds since 1970 (RFC 5280, 4.1): the second time of the fifth field, before which the
/// version need not stand.
fn end_of(certificate: &[u8]) -> yasna::ASN1Result<i64> {
    let time = |reader: yasna::BERReader<'_, '_>| match reader.lookahead_tag()? {
        TAG_UTCTIME => Ok(reader.read_utctime()?.datetime().unix_timestamp()),
        _ => Ok(reader.read_generalized_time()?.datetime().unix_timestamp()),
    };
    yasna::parse_der(certificate, |reader| {
        reader.read_sequence(|reader| {
            let end = reader.next().read_sequence(|reader| {
                reader.read_optional(|reader| {
                    if reader.lookahead_tag()? == Tag::context(0) {
                        reader.read_der().map(drop)
                    } else {
                        Err(ASN1Error::new(ASN1ErrorKind::Invalid))
                    }
                })?;
                // Number, algorithm, issuer.
                for _ in 0..3 {
                    reader.next().read_der()?;
                }
                let end = reader.next().read_sequence(|reader| {
                    time(reader.next())?;
                    time(reader.next())
                })?;
                while reader.read_optional(|reader| reader.read_der())?.is_some() {}
                Ok(end)
            })?;
            while reader.read_optional(|reader| reader.read_der())?.is_some() {}
            Ok(end)
        })
    })
}

/// Whether a file is another than before; reading one is told of too.
const fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => true,
    }
}

/// Whether a path is one of the files, or of the hidden folders through which some systems turn links.
fn is_of(path: &Path, names: &[std::ffi::OsString]) -> bool {
    path.file_name()
        .is_some_and(|name| names.iter().any(|own| own == name) || name.as_encoded_bytes().starts_with(b".."))
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use super::*;

    #[test]
    fn new_08_the_end_of_a_certificate_is_read_out_of_it() {
        let end_in = |year| {
            let mut params = CertificateParams::new(["seira.test".to_owned()]).unwrap();
            params.not_after = date_time_ymd(year, 12, 31);
            end_of(params.self_signed(&KeyPair::generate().unwrap()).unwrap().der()).unwrap()
        };
        let day = |text: &str| text.parse::<DateTime<Utc>>().unwrap().timestamp();
        assert_eq!(end_in(2027), day("2027-12-31T00:00:00Z"), "of two digits");
        assert_eq!(end_in(2061), day("2061-12-31T00:00:00Z"), "of four");
        assert!(end_of(b"no certificate").is_err());
    }
}
