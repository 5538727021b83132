//! The hub as an image for containers: a fresh root with the hub's package in it, as an archive by the rules of the Open
//! Container Initiative.

use std::{
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    fresh_root::FreshRoot,
    handed_out::{name_of, source_date},
};
use crate::cargo::run;

/// Makes the archive, and has `skopeo` read it.
///
/// # Errors
/// It cannot be made, or cannot be read as one.
pub fn make(folder: &Path, packages: &[PathBuf]) -> Result<()> {
    if !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    let hub = packages.iter().find(|path| name_of(path).starts_with("seira-hub_")).context("no seira-hub")?;
    let root = FreshRoot::new(folder, "image")?;
    root.install(&[hub])?;
    root.run("mkdir -p /etc/seira /var/lib/seira/hub && chown seira-hub: /var/lib/seira/hub")?;
    root.run("apt-get clean && rm -rf /var/lib/apt/lists /var/cache/apt /var/log/* /packages /usr/share/locale")?;
    let image = folder.join("image");
    if image.exists() {
        fs::remove_dir_all(&image)?;
    }
    fs::create_dir_all(image.join("blobs/sha256"))?;
    let layer = image.join("layer.tar");
    let mtime = format!("--mtime=@{}", source_date()?);
    let mut tar = Command::new("tar");
    tar.args(["--create", "--sort=name", "--numeric-owner", &mtime, "--exclude=./dev/*", "--exclude=./proc/*"]);
    run(tar.arg("--directory").arg(&root.path).arg("--file").arg(&layer).arg("."))?;
    let diff_id = digest(&layer)?;
    run(Command::new("gzip").args(["--no-name", "-6"]).arg(&layer))?;
    let layer = blob(&image, &image.join("layer.tar.gz"))?;
    let config = json!({
        "architecture": "amd64",
        "os": "linux",
        "created": Command::new("date").args(["--utc", "+%Y-%m-%dT%H:%M:%SZ", "--date", &format!("@{}", source_date()?)])
            .output().ok().and_then(|output| String::from_utf8(output.stdout).ok()).unwrap_or_default().trim(),
        "config": {
            "User": "seira-hub",
            "Entrypoint": ["/usr/bin/seira-hub"],
            "Cmd": ["serve", "--config", "/etc/seira/hub.toml"],
            "WorkingDir": "/var/lib/seira/hub",
            "Volumes": { "/var/lib/seira": {}, "/etc/seira": {} },
            "Labels": {
                "org.opencontainers.image.title": "Seira hub",
                "org.opencontainers.image.version": env!("CARGO_PKG_VERSION"),
                "org.opencontainers.image.licenses": "EUPL-1.2",
            },
        },
        "rootfs": { "type": "layers", "diff_ids": [diff_id] },
    });
    let config = text_blob(&image, &config.to_string())?;
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": descriptor("application/vnd.oci.image.config.v1+json", &config),
        "layers": [descriptor("application/vnd.oci.image.layer.v1.tar+gzip", &layer)],
    });
    let manifest = text_blob(&image, &manifest.to_string())?;
    let index = json!({
        "schemaVersion": 2,
        "manifests": [descriptor("application/vnd.oci.image.manifest.v1+json", &manifest)],
    });
    fs::write(image.join("index.json"), index.to_string())?;
    fs::write(image.join("oci-layout"), json!({ "imageLayoutVersion": "1.0.0" }).to_string())?;
    let archive = folder.join(format!("seira-hub-{}.oci.tar", env!("CARGO_PKG_VERSION")));
    let mut tar = Command::new("tar");
    tar.args(["--create", "--sort=name", "--owner=0", "--group=0", &mtime, "--file"]).arg(&archive);
    run(tar.arg("--directory").arg(&image).args(["oci-layout", "index.json", "blobs"]))?;
    fs::remove_dir_all(&image)?;
    judge(&archive)
}

/// A blob by what it is called and how long it is.
struct Blob {
    digest: String,
    bytes: u64,
}

fn descriptor(media_type: &str, blob: &Blob) -> serde_json::Value {
    json!({ "mediaType": media_type, "digest": blob.digest, "size": blob.bytes })
}

fn digest(path: &Path) -> Result<String> {
    let (mut hash, mut file) = (Sha256::new(), File::open(path)?);
    let mut bytes = vec![0; 1 << 20];
    loop {
        match file.read(&mut bytes)? {
            0 => break,
            count => hash.update(&bytes[..count]),
        }
    }
    let hex: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("sha256:{hex}"))
}

/// Puts a file where its digest says.
fn blob(image: &Path, file: &Path) -> Result<Blob> {
    let (digest, bytes) = (digest(file)?, fs::metadata(file)?.len());
    fs::rename(file, image.join("blobs").join(digest.replace(':', "/")))?;
    Ok(Blob { digest, bytes })
}

fn text_blob(image: &Path, text: &str) -> Result<Blob> {
    let file = image.join("text");
    fs::write(&file, text)?;
    blob(image, &file)
}

/// A reader of images that is not ours.
fn judge(archive: &Path) -> Result<()> {
    let output = Command::new("skopeo").arg("inspect").arg(format!("oci-archive:{}", archive.display())).output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success() && said.contains("Seira hub"), "skopeo: {said}");
    Ok(())
}
