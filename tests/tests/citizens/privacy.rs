//! What is personal stands in the tables made for it, and nowhere else: not in the journal, the log, the addresses of pages,
//! or what is kept of commands and mails.

use std::{cell::RefCell, process::Command};

use anyhow::{Result, ensure};
use tests::mail::PYTHON;

use crate::walk::{NAME, Walk, place};

const EMAIL: &str = "private.person@example.gr";
/// What the walk writes of itself, as it may turn up anywhere.
const WORDS: [&str; 9] = [
    NAME,
    "Παπαδοπούλου",
    "private.person",
    "private%2Eperson",
    "6940000000",
    "694 000 0000",
    "%CE%A0%CE%B1%CF%80%CE%B1%CE%B4",
    "Πλατεία Ελευθερίας 1, 72100",
    "Ελευθερίας 1",
];

/// Every row of every table but those that are made for personal data, as text.
const READER: &str = "import sqlite3, sys\n\
    file = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True)\n\
    tables = [name for (name,) in file.execute(\"SELECT name FROM sqlite_master WHERE type = 'table'\")]\n\
    made_for_it = {'people', 'address', 'upload', 'note', 'agent', 'entrusted', 'notice'}\n\
    assert {'journal', 'outbox', 'command', 'bucket'} <= set(tables), tables\n\
    for table in sorted(set(tables) - made_for_it):\n    \
        for row in file.execute(f'SELECT * FROM {table}'):\n        \
            print(table, [v.decode('utf-8', 'replace') if isinstance(v, bytes) else v for v in row])\n";

#[test]
fn nothing_personal_is_in_an_address_the_log_or_the_journal() -> Result<()> {
    let mut place = place(std::convert::identity)?;
    let seen = RefCell::new(Vec::new());
    {
        let at = |_: &str| {
            seen.borrow_mut().push(place.browser.address()?);
            Ok(())
        };
        let walk = Walk { place: &place, language: "el", email: EMAIL, at: &at };
        walk.prove()?;
        walk.choose()?;
        walk.tell()?;
        walk.agree()?;
        walk.manage()?;
    }
    place.post.wait_for(EMAIL, 3)?;
    let seen = seen.into_inner();
    ensure!(seen.len() > 15, "{seen:?}");
    let log = std::fs::read_to_string(place.hub.log())?;
    ensure!(log.contains("a mail was sent"), "the log is there: {log}");
    place.hub.stop()?;
    let read = Command::new(PYTHON).args(["-c", READER]).arg(place.hub.folder().join("seira.db")).output()?;
    ensure!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let rows = String::from_utf8_lossy(&read.stdout).into_owned();
    ensure!(rows.contains("confirmed") && rows.contains("outbox"), "{rows}");
    let exported = place.hub.command("export")?.output()?;
    ensure!(exported.status.success() && !exported.stdout.is_empty(), "{exported:?}");
    let exported = String::from_utf8_lossy(&exported.stdout).into_owned();
    for (what, text) in [("addresses", seen.join("\n")), ("log", log), ("tables", rows), ("export", exported)] {
        // The office's own address is no person's.
        let text = text.replace("Πλατεία Ελευθερίας 1, 721 00", "");
        for word in WORDS {
            ensure!(!text.contains(word), "{word} is in the {what}: {text}");
        }
    }
    Ok(())
}
