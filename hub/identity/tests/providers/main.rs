//! The clients against others: a look-alike of TAXISnet in every mood, a true provider of OpenID Connect, a true directory.

#![expect(clippy::unwrap_used, reason = "a test may end with a panic; that is how it fails")]

mod browser;
mod ldap;
mod openid;
mod register;
mod slapd;
mod started;
mod taxisnet;

/// The folder of a test, with its secrets.
fn folder(secrets: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().unwrap();
    for (name, secret) in secrets {
        std::fs::write(folder.path().join(name), format!("{secret}\n")).unwrap();
    }
    folder
}

/// Waits for what a client does.
fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
