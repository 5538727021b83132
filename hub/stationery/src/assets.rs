//! Style sheets, scripts and fonts, out of the program itself. The files lie beside the door, in `hub/pages/assets/`.

use std::{collections::BTreeMap, sync::LazyLock};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use paths::ASSETS;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::extract::PagePath;

/// What `cargo xtask` fetched and copied; empty in a build without it, which looks plainer and works the same.
#[derive(RustEmbed)]
#[folder = "../pages/assets/dist"]
#[allow_missing = true]
struct FetchedAssets;

/// Our own.
#[derive(RustEmbed)]
#[folder = "../pages/assets/own"]
struct OwnAssets;

/// Style sheets in the order in which the later wins.
const SHEETS: [&str; 4] = ["digigov.css", "theme-govgr.css", "fira-sans.css", "seira.css"];

/// The faces that every page begins with; what a page shows before they are there is drawn in another.
const FACES: [&str; 4] = [
    "files/fira-sans-greek-400-normal.woff2",
    "files/fira-sans-greek-700-normal.woff2",
    "files/fira-sans-latin-400-normal.woff2",
    "files/fira-sans-latin-700-normal.woff2",
];

fn find(path: &str) -> Option<EmbeddedFile> {
    OwnAssets::get(path).or_else(|| FetchedAssets::get(path))
}

/// The addresses of the style sheets that are there.
pub fn sheets() -> &'static [String] {
    static FOUND: LazyLock<Vec<String>> =
        LazyLock::new(|| SHEETS.into_iter().filter(|name| find(name).is_some()).map(address).collect());
    &FOUND
}

/// The addresses of the faces that are there, as the style sheet names them.
pub fn faces() -> &'static [String] {
    static FOUND: LazyLock<Vec<String>> = LazyLock::new(|| {
        let found = FACES.into_iter().filter(|name| find(name).is_some());
        found.map(|name| format!("{ASSETS}{name}")).collect()
    });
    &FOUND
}

/// The address of a file, which changes with what is in it.
pub fn address(name: &str) -> String {
    static KNOWN: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        let names = OwnAssets::iter().chain(FetchedAssets::iter());
        names.map(|name| (name.to_string(), versioned(&name))).collect()
    });
    KNOWN.get(name).cloned().unwrap_or_else(|| format!("{ASSETS}{name}"))
}

fn versioned(name: &str) -> String {
    let hash = find(name).map(|file| file.metadata.sha256_hash()).unwrap_or_default();
    let version: String = hash[..6].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{ASSETS}{name}?v={version}")
}

/// Gives a file.
pub async fn get(PagePath(path): PagePath<String>) -> Response {
    let Some(file) = find(&path).filter(|_| !path.starts_with('.')) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some(_) | None => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=604800")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, file.data).into_response()
}
