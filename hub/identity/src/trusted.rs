//! Whose certificates are believed: those of one authority that a house names, or those that browsers believe.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// The certificates in a file.
fn certificates(key: &str, file: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let read = read.with_context(|| format!("{key}: cannot read {}", file.display()))?;
    anyhow::ensure!(!read.is_empty(), "{key}: {} should hold a certificate (PEM)", file.display());
    Ok(read)
}

/// How requests over HTTP are encrypted.
///
/// # Errors
/// What is wrong with the file, with its key.
pub(crate) fn for_requests(key: &str, authority: Option<&PathBuf>) -> anyhow::Result<TlsConfig> {
    let roots = match authority {
        None => RootCerts::WebPki,
        Some(file) => {
            let all = certificates(key, file)?;
            RootCerts::Specific(Arc::new(all.iter().map(|one| Certificate::from_der(one).to_owned()).collect()))
        }
    };
    Ok(TlsConfig::builder().root_certs(roots).build())
}

/// How a line to a directory is encrypted.
///
/// # Errors
/// What is wrong with the file, with its key.
pub(crate) fn for_lines(key: &str, authority: Option<&PathBuf>) -> anyhow::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    match authority {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(file) => {
            for one in certificates(key, file)? {
                roots.add(one).with_context(|| format!("{key}: {} is no authority's certificate", file.display()))?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}
