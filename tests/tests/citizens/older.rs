//! A hub of today opens what an older one left.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use tests::{
    hub::{Hub, Setting},
    mail::PYTHON,
};

/// The link to the first of the two bookings that the older hub mailed; its key is in the file.
const LINK: &str = "/booking/kep.1.UOchaqzF5rXZCHKnTtJoHQ";

/// Makes a database of what SQL says, with a program that is not the hub.
const MAKER: &str = "import sqlite3, sys\n\
    sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2], encoding='utf-8').read() + sys.argv[3])";

/// The stories' hubs rehearse, and a rehearsal takes no database that is not marked as one.
const MARK: &str = "\nINSERT INTO meta(key, value) VALUES('purpose', CAST('rehearsal' AS BLOB));";

#[test]
fn card_01_a_database_with_older_tables_is_brought_up_to_date() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-older-")?;
    let place = folder.path().join("hub");
    std::fs::create_dir(&place)?;
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/version-2.sql");
    let made = Command::new(PYTHON).args(["-c", MAKER]).arg(place.join("seira.db")).arg(&fixture).arg(MARK).output()?;
    ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut hub = Hub::prepare_as_it_is(&place, Setting::tuesday("12:00")?)?;
    hub.run()?;
    hub.answers()?;
    let page = hub.client().get(LINK)?;
    ensure!(page.status == 200, "the mailed link still leads to the booking: {}", page.status);
    ensure!(page.body.contains("27 Νοεμβρίου, 10:00") && page.body.contains("LRQ4 3QWD"), "{}", page.body);
    // What is new works on what is old: the booking is given up, with a mail to the address of then.
    let cancel = format!("{LINK}/cancel");
    let answer = hub.client().post_form(&cancel, &cancel, &[])?;
    ensure!(answer.location.as_deref() == Some(LINK), "{}: {}", answer.status, answer.body);
    hub.stop()?;
    hub.verify()?;
    hub.run()?;
    let page = hub.client().get(LINK)?;
    ensure!(page.body.contains("έχει ακυρωθεί"), "{}", page.body);
    hub.stop().context("in good order")
}
