//! A room on its page, as somebody sits before it: what counts is the pictures that were drawn of the others.

use anyhow::{Context, Result};
use serde_json::json;

use crate::{browser::Browser, wait};

/// Of each other in the room: how many pictures were drawn, and how many sounds came with them.
const SEEN: &str = "return [...document.querySelectorAll('[data-number] video')].map(video => \
     [video.getVideoPlaybackQuality().totalVideoFrames, video.srcObject?.getAudioTracks().length ?? 0])";

/// Waits until a page draws pictures of so many others, and has sound of each: not one that stands still.
///
/// # Errors
/// When it does not in time; the error says what was seen instead.
pub fn sees(who: &str, browser: &Browser, others: usize) -> Result<()> {
    let seen = || -> Option<Vec<(u64, u64)>> { serde_json::from_value(browser.script(SEEN).ok()?).ok() };
    let mut first: Option<Vec<(u64, u64)>> = None;
    let mut last = None;
    let moves = wait::until(&format!("{who} sees {others} others move"), || {
        let now = seen()?;
        last = Some(now.clone());
        let begun = first.get_or_insert_with(|| now.clone()).clone();
        // Somebody has come or gone meanwhile: it is counted anew.
        if begun.len() != now.len() {
            first = None;
            return None;
        }
        let all = now.len() == others && now.iter().zip(&begun).all(|(now, begun)| now.0 >= begun.0 + 10 && now.1 == 1);
        all.then_some(())
    });
    moves.with_context(|| format!("{who} has seen {last:?} since {first:?}; reads {:?}", browser.text()))
}

/// Types to everybody in the room.
///
/// # Errors
/// When the room's page is not open.
pub fn says(browser: &Browser, text: &str) -> Result<()> {
    browser.script(&format!("document.querySelector('#call-text').value = {}", json!(text)))?;
    browser.press_selector("form[data-chat] button")
}

/// Waits until somebody is in the room, and sees so many others there.
///
/// # Errors
/// When they are not in time.
pub fn is_in(who: &str, browser: &Browser, others: usize) -> Result<()> {
    browser.waits_for("[data-when=open]:not([hidden])")?;
    sees(who, browser, others)
}
