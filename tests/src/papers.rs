//! A paper that somebody has on their machine, and chooses in a form.

use anyhow::Result;

use crate::browser::Browser;

/// A page with nothing on it, as a scanner makes one.
#[must_use]
pub fn pdf() -> Vec<u8> {
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for object in [
        "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n",
    ] {
        places.push(text.len());
        text.push_str(object);
    }
    let at = text.len();
    text.push_str("xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        text.push_str(&format!("{place:010} 00000 n \n"));
    }
    text.push_str(&format!("trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"));
    text.into_bytes()
}

/// Chooses a file in the form, as somebody's hand would.
///
/// # Errors
/// When the page has no place for one.
pub fn choose(browser: &Browser, name: &str, bytes: &[u8]) -> Result<()> {
    let script = format!(
        "const chosen = new DataTransfer(); chosen.items.add(new File([new Uint8Array({bytes:?})], '{name}')); \
         document.querySelector('#file').files = chosen.files"
    );
    browser.script(&script).map(drop)
}
