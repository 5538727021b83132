//! `hub make-ca`: a private CA and a certificate under it, for houses whose hub has no public name.

use std::{
    fs,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use secrets::token_hash;

/// As long as the devices of a house are kept.
const CA_DAYS: i64 = 10 * 365;
/// With the day before it no longer than a year, which is the longest that Mozilla's guideline for servers allows.
const CERTIFICATE_DAYS: i64 = 364;
/// A clock in the house may be behind.
const EARLIER_DAYS: i64 = 1;

/// The files, in the folder that is named.
pub const CA: &str = "ca.pem";
const CA_KEY: &str = "ca-key.pem";
const CERTIFICATE: &str = "certificate.pem";
const KEY: &str = "key.pem";

/// What the command needs.
#[derive(Debug, clap::Args)]
pub struct CaArgs {
    /// The folder of the files; a CA that is there already makes another certificate, under which devices need nothing new.
    #[arg(long, default_value = "tls")]
    folder: PathBuf,
    /// A name or address by which browsers and devices reach the hub, e.g. seira.lan or 192.168.1.10; may be repeated.
    #[arg(long = "name", required = true)]
    names: Vec<String>,
}

impl CaArgs {
    /// For these names, in this folder.
    pub const fn new(folder: PathBuf, names: Vec<String>) -> Self {
        Self { folder, names }
    }
}

/// Makes what is missing, and a new certificate in any case; says what to do with it.
///
/// # Errors
/// What is wrong with a name, or with a file that is there.
pub fn run(args: &CaArgs, now: DateTime<Utc>) -> Result<String> {
    let CaArgs { folder, names } = args;
    for name in names {
        let is_name =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
        ensure!(is_name, "--name: {name} should be a name like seira.lan, or an address like 192.168.1.10");
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let key = ca_key(folder)?;
    let params = ca_params(&key, now);
    if !folder.join(CA).exists() {
        let ca = params.self_signed(&key).context("the CA cannot be made")?;
        put(&folder.join(CA), &ca.pem(), 0o644)?;
    }
    let issuer = Issuer::new(params, key);
    let own_key = KeyPair::generate().context("the machine gives no key")?;
    let certificate =
        certificate_params(names, now)?.signed_by(&own_key, &issuer).context("the certificate cannot be made")?;
    put(&folder.join(KEY), &own_key.serialize_pem(), 0o600)?;
    put(&folder.join(CERTIFICATE), &certificate.pem(), 0o644)?;
    let at = folder.display();
    Ok(format!(
        "In hub.toml:\n\n[tls]\ncertificate = \"{at}/{CERTIFICATE}\"\nkey = \"{at}/{KEY}\"\n\n\
         Browsers of the house are told to trust {at}/{CA}; devices learn it when they are paired. Keep {at}/{CA_KEY} where nobody else reads it: whoever has it can \
         play the hub.\nThe certificate is good for {CERTIFICATE_DAYS} days; the same command makes the next, which a running \
         hub takes over by itself."
    ))
}

/// The CA's key: the one that is there, or a new one.
fn ca_key(folder: &Path) -> Result<KeyPair> {
    let path = folder.join(CA_KEY);
    if path.exists() {
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        return KeyPair::from_pem(&text).with_context(|| format!("{} holds no key", path.display()));
    }
    ensure!(
        !folder.join(CA).exists(),
        "{} is there without {CA_KEY}; name another --folder",
        folder.join(CA).display()
    );
    let key = KeyPair::generate().context("the machine gives no key")?;
    put(&path, &key.serialize_pem(), 0o600)?;
    Ok(key)
}

/// The CA: its name follows from its key, so that the key alone makes further certificates.
fn ca_params(key: &KeyPair, now: DateTime<Utc>) -> CertificateParams {
    let own = token_hash(&key.serialize_pem());
    let mark: String = own[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, format!("Seira CA {mark}"));
    let mut params = CertificateParams::default();
    params.distinguished_name = name;
    // It signs certificates of servers and no other CA.
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    last(&mut params, now, CA_DAYS);
    params
}

fn certificate_params(names: &[String], now: DateTime<Utc>) -> Result<CertificateParams> {
    let mut params = CertificateParams::new(names).context("--name")?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, names.first().map(String::as_str).unwrap_or_default());
    params.distinguished_name = name;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    last(&mut params, now, CERTIFICATE_DAYS);
    Ok(params)
}

/// From yesterday on, for so many days.
fn last(params: &mut CertificateParams, now: DateTime<Utc>, days: i64) {
    let day = |day: DateTime<Utc>| {
        let of_month = |part: u32| u8::try_from(part).unwrap_or(1);
        date_time_ymd(day.year(), of_month(day.month()), of_month(day.day()))
    };
    params.not_before = day(now - TimeDelta::days(EARLIER_DAYS));
    params.not_after = day(now + TimeDelta::days(days - EARLIER_DAYS));
}

/// Puts a file in its place as a whole: a hub that watches never sees half of it.
fn put(path: &Path, text: &str, mode: u32) -> Result<()> {
    let new = path.with_extension("new");
    let written = || {
        let _ = fs::remove_file(&new);
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, path)
    };
    written().with_context(|| format!("cannot write {}", path.display()))
}
