//! `[packages]`: the house's repository of packages, from which its kiosks and boards bring themselves up to date. Everybody may
//! read it: what is in it is signed, and no secret.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{self, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use tokio::{fs::File, io::AsyncReadExt as _, sync::mpsc};
use tokio_stream::wrappers::ReceiverStream;

/// A file is read in pieces of so many bytes, of which two wait for their reader.
const PIECE_BYTES: usize = 64 * 1024;
const PIECES_WAITING: usize = 2;

/// `[packages]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PackagesConfig {
    /// The folder of the repository; it need not be there yet. Without it the hub serves none.
    pub folder: Option<PathBuf>,
}

impl PackagesConfig {
    /// Takes its path as it is seen from a folder.
    pub fn resolve(&mut self, folder: &Path) {
        self.folder = self.folder.take().map(|packages| folder.join(packages));
    }

    /// Beside other pages: the repository, if there is one.
    pub fn beside(&self, others: Router) -> Router {
        let Some(folder) = &self.folder else { return others };
        let folder: Arc<Path> = folder.as_path().into();
        others.merge(Router::new().route("/packages/{*path}", get(give)).with_state(folder))
    }
}

/// Gives a file.
async fn give(State(folder): State<Arc<Path>>, extract::Path(path): extract::Path<String>) -> Response {
    let Some((file, length)) = open(&folder, &path).await else { return StatusCode::NOT_FOUND.into_response() };
    let kind = HeaderValue::from_static("application/octet-stream");
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_LENGTH, length.into())], in_pieces(file)).into_response()
}

/// The file of a path, and how long it is.
async fn open(folder: &Path, path: &str) -> Option<(File, u64)> {
    let is_name = |part: &str| {
        let is_letter = |b: u8| b.is_ascii_alphanumeric() || b"-._+~".contains(&b);
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(is_letter)
    };
    // A flat repository is asked for as what lies in its own folder.
    let path = path.strip_prefix("./").unwrap_or(path);
    if !path.split('/').all(is_name) {
        return None;
    }
    let file = File::open(folder.join(path)).await.ok()?;
    let metadata = file.metadata().await.ok().filter(std::fs::Metadata::is_file)?;
    Some((file, metadata.len()))
}

/// A file as it is read; a reader who goes away ends it.
fn in_pieces(mut file: File) -> Body {
    let (sender, pieces) = mpsc::channel::<io::Result<Bytes>>(PIECES_WAITING);
    tokio::spawn(async move {
        loop {
            let mut piece = vec![0; PIECE_BYTES];
            let read = file.read(&mut piece).await;
            let piece = match read {
                Ok(0) => return,
                Ok(read) => {
                    piece.truncate(read);
                    Ok(piece.into())
                }
                Err(error) => Err(error),
            };
            let is_last = piece.is_err();
            if sender.send(piece).await.is_err() || is_last {
                return;
            }
        }
    });
    Body::from_stream(ReceiverStream::new(pieces))
}
