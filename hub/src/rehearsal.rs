//! What keeps rehearsals and real hubs apart (NEW-08): each file is for one of the two, and says so.

use std::path::Path;

use anyhow::ensure;

use post::MailTransport;
use store::Store;

use crate::config::HubConfig;

/// What one has to write, letter for letter, so that a rehearsal's messages leave the house.
pub const WORD: &str = "real people get these messages";

/// Takes a database for rehearsals, if it is one or nothing has happened in it.
///
/// # Errors
/// If it may be a real hub's.
pub fn claim(store: &Store, database: &Path) -> anyhow::Result<()> {
    if store.is_rehearsal()? {
        return Ok(());
    }
    ensure!(
        store.is_untouched()?,
        "{} was not made by a rehearsal, and holds an office's days or people: a rehearsal would change them for good. Name \
         another file as `database` in the configuration of the rehearsal; it is made when there is none",
        database.display()
    );
    Ok(store.mark_rehearsal()?)
}

/// Keeps a real hub off a rehearsal's database.
///
/// # Errors
/// If it is one.
pub fn refuse(store: &Store, database: &Path) -> anyhow::Result<()> {
    ensure!(
        !store.is_rehearsal()?,
        "{} was made by a rehearsal: nothing in it is real, and no hub serves it. Name another file as `database`, or run \
         `hub rehearse`",
        database.display()
    );
    Ok(())
}

/// Keeps a rehearsal's messages in the house, unless a person says in so many words that they are to leave it.
///
/// # Errors
/// If something else is said.
pub fn keep_in_the_house(config: &mut HubConfig, word: Option<&str>) -> anyhow::Result<()> {
    if let Some(word) = word {
        ensure!(word == WORD, "--send: write \"{WORD}\" to have mails and SMS of the rehearsal sent, or leave it out");
        return Ok(());
    }
    if config.mail.transport == MailTransport::Smtp || config.sms.is_some() {
        let folder = config.mail.folder.display();
        tracing::info!(%folder, "this is a rehearsal: mails lie in the folder, and no SMS is sent");
    }
    if config.body.is_some() {
        tracing::info!("this is a rehearsal: no other house is asked for protocol numbers or citizens' records");
    }
    config.mail.transport = MailTransport::Folder;
    config.sms = None;
    config.keeps_to_itself = true;
    Ok(())
}
