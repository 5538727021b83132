//! The tables, and how a connection is set up.

use rusqlite::Connection;

/// Rises with each change of the tables, since it is made of their number: by hand it was forgotten once.
pub const SCHEMA_VERSION: i64 = CHANGES.len() as i64 + 1;

/// Every table of version 1. Times are milliseconds since 1970, ids are 16 bytes.
const TABLES: &str = "
CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE office(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE journal(
    office INTEGER NOT NULL REFERENCES office(id), seq INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
    command BLOB, kind TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY(office, seq)) WITHOUT ROWID;
CREATE TABLE command(
    id BLOB PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, body_hash BLOB NOT NULL, answer BLOB NOT NULL);
CREATE TABLE snapshot(
    office INTEGER NOT NULL REFERENCES office(id), seq INTEGER NOT NULL, at INTEGER NOT NULL, hash BLOB NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY(office, seq)) WITHOUT ROWID;
CREATE TABLE people(
    id BLOB PRIMARY KEY, created_at INTEGER NOT NULL, name TEXT, email TEXT, phone TEXT, erased_at INTEGER)
    WITHOUT ROWID;
CREATE TABLE note(
    id BLOB PRIMARY KEY, office INTEGER NOT NULL REFERENCES office(id), author INTEGER, at INTEGER NOT NULL, text TEXT,
    erased_at INTEGER) WITHOUT ROWID;
CREATE TABLE address(id BLOB PRIMARY KEY, email TEXT NOT NULL UNIQUE, proven_at INTEGER) WITHOUT ROWID;
CREATE TABLE outbox(
    id INTEGER PRIMARY KEY, office INTEGER NOT NULL REFERENCES office(id), seq INTEGER, kind TEXT NOT NULL,
    about TEXT NOT NULL, created_at INTEGER NOT NULL, due_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER, given_up_at INTEGER, error TEXT);
CREATE INDEX outbox_due ON outbox(due_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE UNIQUE INDEX outbox_cause ON outbox(office, seq, kind, about) WHERE seq IS NOT NULL;
CREATE TABLE visit_report(
    office INTEGER NOT NULL REFERENCES office(id), visit INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY(office, visit)) WITHOUT ROWID;
CREATE TABLE account(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, password TEXT NOT NULL, role TEXT NOT NULL,
    office INTEGER REFERENCES office(id), created_at INTEGER NOT NULL, disabled_at INTEGER);
CREATE TABLE login(
    token_hash BLOB PRIMARY KEY, account INTEGER NOT NULL REFERENCES account(id), csrf TEXT NOT NULL,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE device(
    id BLOB PRIMARY KEY, office INTEGER NOT NULL REFERENCES office(id), kind TEXT NOT NULL, name TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE, paired_at INTEGER NOT NULL, revoked_at INTEGER) WITHOUT ROWID;
";

/// What was changed since, in order; the first makes version 2 of version 1. The third has the journal's rows in the
/// order in which they are written.
const CHANGES: [&str; 30] = [
    "
ALTER TABLE people ADD COLUMN details TEXT;
ALTER TABLE people ADD COLUMN office INTEGER;
ALTER TABLE people ADD COLUMN booking INTEGER;
ALTER TABLE people ADD COLUMN visit_at INTEGER;
ALTER TABLE people ADD COLUMN consent_at INTEGER;
ALTER TABLE people ADD COLUMN consent_version TEXT;
ALTER TABLE people ADD COLUMN consent_language TEXT;
CREATE INDEX people_email ON people(email COLLATE NOCASE) WHERE erased_at IS NULL;
ALTER TABLE address ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0;
CREATE TABLE notice(version TEXT PRIMARY KEY, language TEXT NOT NULL, body TEXT NOT NULL, first_at INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE bucket(key BLOB PRIMARY KEY, level REAL NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE upload(
    id BLOB PRIMARY KEY, person BLOB NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, bytes INTEGER NOT NULL,
    at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX upload_person ON upload(person);
",
    "
ALTER TABLE people ADD COLUMN served_email TEXT;
ALTER TABLE people ADD COLUMN served_proven_at INTEGER;
CREATE INDEX people_served ON people(served_email COLLATE NOCASE) WHERE served_email IS NOT NULL;
CREATE TABLE agent(
    id INTEGER PRIMARY KEY, office INTEGER NOT NULL REFERENCES office(id), name TEXT NOT NULL, email TEXT NOT NULL,
    address BLOB NOT NULL, phone TEXT, tax_number TEXT, profile TEXT, password TEXT, invited_at INTEGER NOT NULL,
    invited_by INTEGER NOT NULL, active_at INTEGER, disabled_at INTEGER);
CREATE UNIQUE INDEX agent_email ON agent(office, email COLLATE NOCASE);
CREATE TABLE agent_login(
    token_hash BLOB PRIMARY KEY, agent INTEGER NOT NULL REFERENCES agent(id), created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE entrusted(
    office INTEGER NOT NULL, booking INTEGER NOT NULL, agent INTEGER NOT NULL, address BLOB NOT NULL, name TEXT,
    typed TEXT, at INTEGER NOT NULL, PRIMARY KEY(office, booking)) WITHOUT ROWID;
CREATE TABLE text_edit(
    id INTEGER PRIMARY KEY, office INTEGER NOT NULL REFERENCES office(id), language TEXT NOT NULL,
    sentence TEXT NOT NULL, body TEXT, account INTEGER NOT NULL, at INTEGER NOT NULL);
CREATE INDEX text_edit_sentence ON text_edit(office, language, sentence);
",
    // A row of the journal refers to no office: that would be looked up for each event.
    "
CREATE TABLE journal_of_all(
    id INTEGER PRIMARY KEY, office INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
    command BLOB, kind TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL);
INSERT INTO journal_of_all(office, seq, at, actor, command, kind, body, hash)
    SELECT office, seq, at, actor, command, kind, body, hash FROM journal ORDER BY office, seq;
DROP TABLE journal;
ALTER TABLE journal_of_all RENAME TO journal;
CREATE TABLE journal_index(office INTEGER NOT NULL, seq INTEGER NOT NULL, ids BLOB NOT NULL, PRIMARY KEY(office, seq))
    WITHOUT ROWID;
",
    "
CREATE TABLE paper(
    person BLOB NOT NULL, what TEXT NOT NULL, complete INTEGER NOT NULL, account INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY(person, what)) WITHOUT ROWID;
ALTER TABLE note ADD COLUMN person BLOB;
CREATE INDEX note_person ON note(person) WHERE person IS NOT NULL;
",
    "
CREATE TABLE agent_past(
    office INTEGER NOT NULL, booking INTEGER NOT NULL, agent INTEGER NOT NULL, start_at INTEGER NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY(office, booking)) WITHOUT ROWID;
CREATE INDEX agent_past_time ON agent_past(agent, start_at);
",
    // A file of version 6 may have these already.
    "
CREATE TABLE IF NOT EXISTS look(
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, account INTEGER NOT NULL, office INTEGER, what TEXT NOT NULL,
    booking INTEGER, visit BLOB, names INTEGER, occasion INTEGER);
CREATE INDEX IF NOT EXISTS look_office ON look(office, id);
CREATE UNIQUE INDEX IF NOT EXISTS look_once ON look(account, office, what, visit, occasion) WHERE occasion IS NOT NULL;
CREATE TABLE IF NOT EXISTS detail_edit(
    id INTEGER PRIMARY KEY, person BLOB NOT NULL, at INTEGER NOT NULL, account INTEGER NOT NULL, fields TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS detail_edit_person ON detail_edit(person);
",
    "
CREATE TABLE hours_edit(
    id INTEGER PRIMARY KEY, office INTEGER NOT NULL REFERENCES office(id), at INTEGER NOT NULL,
    account INTEGER NOT NULL, what TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX hours_edit_office ON hours_edit(office, id);
",
    "
ALTER TABLE outbox ADD COLUMN sent_by TEXT;
ALTER TABLE outbox ADD COLUMN unreached_at INTEGER;
ALTER TABLE outbox ADD COLUMN told_at INTEGER;
ALTER TABLE outbox ADD COLUMN told_by INTEGER;
CREATE INDEX outbox_unreached ON outbox(office) WHERE unreached_at IS NOT NULL;
ALTER TABLE people ADD COLUMN email_at INTEGER;
CREATE TABLE undelivered(
    person BLOB NOT NULL, served INTEGER NOT NULL, at INTEGER NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY(person, served)) WITHOUT ROWID;
",
    "
ALTER TABLE people ADD COLUMN link_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN served_link_version INTEGER NOT NULL DEFAULT 0;
CREATE TABLE address_code(
    person BLOB NOT NULL, served INTEGER NOT NULL, drawn BLOB NOT NULL, expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL, PRIMARY KEY(person, served)) WITHOUT ROWID;
",
    "
ALTER TABLE account ADD COLUMN email TEXT;
ALTER TABLE account ADD COLUMN email_proven_at INTEGER;
ALTER TABLE account ADD COLUMN factor BLOB;
ALTER TABLE account ADD COLUMN factor_step INTEGER;
ALTER TABLE account ADD COLUMN recovery_salt BLOB;
ALTER TABLE login ADD COLUMN two_steps INTEGER NOT NULL DEFAULT 0;
CREATE TABLE recovery_code(
    account INTEGER NOT NULL REFERENCES account(id), hash BLOB NOT NULL, PRIMARY KEY(account, hash)) WITHOUT ROWID;
CREATE TABLE account_link(
    owner TEXT NOT NULL, errand TEXT NOT NULL, issued_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, email TEXT,
    PRIMARY KEY(owner, errand)) WITHOUT ROWID;
",
    "
CREATE TABLE audit(
    id INTEGER PRIMARY KEY, minute INTEGER NOT NULL, at INTEGER NOT NULL, last_at INTEGER NOT NULL, event TEXT NOT NULL,
    why TEXT NOT NULL, who TEXT NOT NULL, about TEXT NOT NULL, office INTEGER, network TEXT NOT NULL,
    count INTEGER NOT NULL, proven INTEGER NOT NULL);
CREATE UNIQUE INDEX audit_once ON audit(minute, event, why, who, about, network);
CREATE INDEX audit_strangers ON audit(proven, id);
CREATE TABLE journal_head(
    id INTEGER PRIMARY KEY, office INTEGER NOT NULL REFERENCES office(id), at INTEGER NOT NULL, line TEXT NOT NULL);
CREATE INDEX journal_head_office ON journal_head(office, id);
CREATE TABLE warning(name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
ALTER TABLE login ADD COLUMN page INTEGER NOT NULL DEFAULT 0;
ALTER TABLE login ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE login ADD COLUMN locked_at INTEGER;
",
    "
CREATE TABLE passkey(
    number INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES account(id), name TEXT NOT NULL,
    id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, lines INTEGER NOT NULL, key BLOB NOT NULL, state BLOB NOT NULL,
    added_at INTEGER NOT NULL, used_at INTEGER, asked_at INTEGER NOT NULL);
CREATE INDEX passkey_account ON passkey(account);
ALTER TABLE account ADD COLUMN passkey_change INTEGER NOT NULL DEFAULT 0;
",
    "
CREATE INDEX outbox_sms ON outbox(json_extract(about, '$.person'), sent_at) WHERE sent_by = 'sms';
CREATE INDEX people_phone ON people(phone) WHERE phone IS NOT NULL;
",
    "
CREATE TABLE press(digest BLOB PRIMARY KEY, at INTEGER NOT NULL, place TEXT) WITHOUT ROWID;
",
    // An account is a person; what staff may do are grants of it.
    "
CREATE TABLE account_grant(
    account INTEGER NOT NULL REFERENCES account(id), role TEXT NOT NULL, scope TEXT NOT NULL, at INTEGER NOT NULL,
    granted_by INTEGER, PRIMARY KEY(account, role, scope)) WITHOUT ROWID;
INSERT INTO account_grant(account, role, scope, at)
    SELECT id, role, CASE WHEN office IS NULL THEN 'whole' ELSE 'office:' || office END, created_at FROM account;
ALTER TABLE account DROP COLUMN role;
ALTER TABLE account DROP COLUMN office;
CREATE INDEX account_email ON account(email COLLATE NOCASE) WHERE email IS NOT NULL;
CREATE TABLE registration(
    id BLOB PRIMARY KEY, name TEXT NOT NULL, password TEXT NOT NULL, email TEXT NOT NULL, profile TEXT NOT NULL,
    first_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX registration_email ON registration(email COLLATE NOCASE);
CREATE INDEX registration_name ON registration(name COLLATE NOCASE);
ALTER TABLE account ADD COLUMN used_at INTEGER;
ALTER TABLE account ADD COLUMN warned_at INTEGER;
CREATE TABLE account_profile(account INTEGER PRIMARY KEY REFERENCES account(id), body TEXT NOT NULL, at INTEGER NOT NULL);
",
    // What a body decides has a journal of its own; what people wrote with it stands beside it, and can be erased.
    "
CREATE TABLE body_journal(
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, about TEXT NOT NULL, number INTEGER NOT NULL,
    kind TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL);
CREATE INDEX body_journal_about ON body_journal(about, number, id);
CREATE TABLE account_standing(account INTEGER PRIMARY KEY REFERENCES account(id), state TEXT NOT NULL);
CREATE TABLE protocol_series(kind TEXT PRIMARY KEY, year INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE request(
    id INTEGER PRIMARY KEY, public BLOB NOT NULL UNIQUE, language TEXT NOT NULL, account INTEGER NOT NULL, category INTEGER NOT NULL,
    unit INTEGER NOT NULL, worker INTEGER, phase TEXT NOT NULL, due INTEGER NOT NULL, submitted_at INTEGER NOT NULL,
    closed_at INTEGER, series TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL, outside TEXT, state TEXT NOT NULL);
CREATE UNIQUE INDEX request_number ON request(series, year, number);
CREATE UNIQUE INDEX request_outside ON request(outside) WHERE outside IS NOT NULL;
CREATE INDEX request_account ON request(account, submitted_at);
CREATE INDEX request_open ON request(due) WHERE closed_at IS NULL;
CREATE INDEX request_closed ON request(closed_at) WHERE closed_at IS NOT NULL;
CREATE TABLE request_words(
    id BLOB PRIMARY KEY, request INTEGER NOT NULL REFERENCES request(id), author INTEGER, internal INTEGER NOT NULL,
    at INTEGER NOT NULL, text TEXT, erased_at INTEGER) WITHOUT ROWID;
CREATE INDEX request_words_request ON request_words(request);
",
    "
CREATE TABLE account_words(
    id BLOB PRIMARY KEY, account INTEGER NOT NULL REFERENCES account(id), author INTEGER NOT NULL, at INTEGER NOT NULL,
    text TEXT) WITHOUT ROWID;
CREATE INDEX account_words_account ON account_words(account);
CREATE INDEX account_profile_tax ON account_profile(json_extract(body, '$.tax_number'));
",
    "
CREATE TABLE mobile_code(
    office INTEGER NOT NULL, booking INTEGER NOT NULL, owner BLOB NOT NULL, phone TEXT NOT NULL, language TEXT NOT NULL,
    drawn BLOB NOT NULL, sent_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, tries INTEGER NOT NULL,
    PRIMARY KEY(office, booking)) WITHOUT ROWID;
CREATE INDEX mobile_code_phone ON mobile_code(phone);
CREATE INDEX mobile_code_owner ON mobile_code(owner);
",
    // Who signs in through others.
    "
CREATE TABLE outer_identity(
    provider TEXT NOT NULL, subject TEXT NOT NULL, account INTEGER NOT NULL REFERENCES account(id), at INTEGER NOT NULL,
    PRIMARY KEY(provider, subject)) WITHOUT ROWID;
CREATE INDEX outer_identity_account ON outer_identity(account);
CREATE TABLE provider_way(mark BLOB PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE provider_arrival(
    hash BLOB PRIMARY KEY, provider TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL, tax_number TEXT,
    until INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE staff_standing(
    account INTEGER PRIMARY KEY REFERENCES account(id), verdict TEXT NOT NULL, at INTEGER NOT NULL,
    ask_again_at INTEGER NOT NULL);
ALTER TABLE registration ADD COLUMN provider TEXT;
ALTER TABLE registration ADD COLUMN subject TEXT;
ALTER TABLE account_grant ADD COLUMN provider TEXT;
ALTER TABLE login ADD COLUMN provider TEXT;
",
    // Files of requests, and visits at which their results are collected.
    "
ALTER TABLE upload ADD COLUMN account INTEGER;
ALTER TABLE upload ADD COLUMN purpose TEXT;
CREATE INDEX upload_draft ON upload(account, at) WHERE purpose = 'draft';
CREATE TABLE request_visit(
    office INTEGER NOT NULL, visit BLOB NOT NULL, request BLOB NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY(office, visit)) WITHOUT ROWID;
CREATE INDEX request_visit_request ON request_visit(request, at);
",
    // A look at a citizen's account says at which. Accounts of one person are joined. A registration is known by the browser that
    // began it. Whom a provider rules has no password here.
    "
ALTER TABLE look ADD COLUMN about INTEGER;
CREATE TABLE account_address(
    account INTEGER NOT NULL REFERENCES account(id), address BLOB NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY(account, address)) WITHOUT ROWID;
ALTER TABLE registration ADD COLUMN browser BLOB;
UPDATE account SET password = '' WHERE id IN (
    SELECT account FROM account_grant WHERE provider IS NOT NULL AND role IN ('admin', 'clerk'))
    AND EXISTS (SELECT 1 FROM account_grant JOIN account AS other ON other.id = account_grant.account
        WHERE role = 'admin' AND scope = 'whole' AND provider IS NULL AND other.disabled_at IS NULL AND other.password != '');
",
    // A head without an office is that of the body's journal.
    "
CREATE TABLE journal_head_of_all(
    id INTEGER PRIMARY KEY, office INTEGER REFERENCES office(id), at INTEGER NOT NULL, line TEXT NOT NULL);
INSERT INTO journal_head_of_all(id, office, at, line) SELECT id, office, at, line FROM journal_head;
DROP TABLE journal_head;
ALTER TABLE journal_head_of_all RENAME TO journal_head;
CREATE INDEX journal_head_office ON journal_head(office, id);
",
    // Who has an account is written to in the language that they chose.
    "
ALTER TABLE account ADD COLUMN language TEXT;
ALTER TABLE registration ADD COLUMN language TEXT;
",
    // A booking that was made for a request is bound to it.
    "
CREATE TABLE request_booking(
    office INTEGER NOT NULL, booking INTEGER NOT NULL, request BLOB NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY(office, booking)) WITHOUT ROWID;
CREATE INDEX request_booking_request ON request_booking(request);
",
    // An agent is an account with a grant; what stays beside it is the number that journals know, and what an office wrote down.
    // Of several agents with one address the password that was set last counts. Who was shut out is invited anew.
    "
ALTER TABLE agent ADD COLUMN account INTEGER REFERENCES account(id);
INSERT OR IGNORE INTO account(name, password, email, email_proven_at, created_at)
    SELECT CASE WHEN EXISTS (SELECT 1 FROM account WHERE account.name = agent.email COLLATE NOCASE)
        THEN 'agent-' || agent.id ELSE agent.email END, password, email, coalesce(active_at, invited_at), invited_at
    FROM agent WHERE id = (
        SELECT other.id FROM agent AS other WHERE other.email = agent.email COLLATE NOCASE AND other.password IS NOT NULL
        AND other.disabled_at IS NULL AND other.name != '' ORDER BY coalesce(other.active_at, 0) DESC, other.id DESC LIMIT 1)
    AND NOT EXISTS (SELECT 1 FROM account WHERE account.email = agent.email COLLATE NOCASE
        AND email_proven_at IS NOT NULL AND account.disabled_at IS NULL);
UPDATE agent SET account = (SELECT min(account.id) FROM account WHERE account.email = agent.email COLLATE NOCASE
    AND email_proven_at IS NOT NULL AND account.disabled_at IS NULL)
    WHERE password IS NOT NULL AND disabled_at IS NULL AND name != '';
INSERT OR IGNORE INTO account_grant(account, role, scope, at, granted_by)
    SELECT account, 'agent', 'office:' || office, coalesce(active_at, invited_at), invited_by FROM agent
    WHERE account IS NOT NULL;
INSERT OR IGNORE INTO account_profile(account, body, at)
    SELECT account, json_object('name', name, 'phone', coalesce(phone, ''), 'tax_number', coalesce(tax_number, '')),
    coalesce(active_at, invited_at) FROM agent WHERE account IS NOT NULL ORDER BY id;
CREATE INDEX agent_account ON agent(account) WHERE account IS NOT NULL;
DELETE FROM account_link WHERE owner LIKE 'a%';
DROP TABLE agent_login;
ALTER TABLE agent DROP COLUMN password;
",
    // The rooms of bookings by teleconference: links of helpers, and who was shown out of which.
    "
ALTER TABLE people ADD COLUMN helper_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN call_shut INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN call_shut_for INTEGER;
",
    // Who becomes a coordinator, and conferences. What people wrote with either stands beside the journal, as do those who are
    // invited, and can be erased.
    "
CREATE TABLE body_words(
    id BLOB PRIMARY KEY, about TEXT NOT NULL, number INTEGER NOT NULL, author INTEGER, at INTEGER NOT NULL, text TEXT,
    erased_at INTEGER) WITHOUT ROWID;
CREATE INDEX body_words_about ON body_words(about, number);
CREATE TABLE role_request(
    id INTEGER PRIMARY KEY, public BLOB NOT NULL UNIQUE, language TEXT NOT NULL, account INTEGER NOT NULL, phase TEXT NOT NULL,
    decided_at INTEGER, state TEXT NOT NULL);
CREATE INDEX role_request_account ON role_request(account);
CREATE INDEX role_request_phase ON role_request(phase, id);
CREATE TABLE unit_invitation(
    id BLOB PRIMARY KEY, unit INTEGER NOT NULL, email TEXT NOT NULL, language TEXT NOT NULL, invited_by INTEGER NOT NULL,
    at INTEGER NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE conference(
    id INTEGER PRIMARY KEY, public BLOB NOT NULL UNIQUE, series BLOB, unit INTEGER, coordinator INTEGER NOT NULL,
    from_at INTEGER NOT NULL, until_at INTEGER NOT NULL, phase TEXT NOT NULL, came INTEGER NOT NULL, state TEXT NOT NULL);
CREATE INDEX conference_time ON conference(until_at, from_at);
CREATE INDEX conference_series ON conference(series) WHERE series IS NOT NULL;
CREATE TABLE conference_participant(
    id BLOB PRIMARY KEY, conference INTEGER NOT NULL REFERENCES conference(id), participant INTEGER NOT NULL, name TEXT,
    email TEXT, language TEXT NOT NULL, erased_at INTEGER) WITHOUT ROWID;
CREATE UNIQUE INDEX conference_participant_number ON conference_participant(conference, participant);
",
    "
ALTER TABLE people ADD COLUMN call_address TEXT;
",
    "
CREATE TABLE meeting(conference INTEGER PRIMARY KEY REFERENCES conference(id), state TEXT NOT NULL);
",
    // Figures: a row for each day that is closed, large enough to lie by itself. What visitors said afterwards stands by the day
    // alone, and in no order of time.
    "
CREATE TABLE figure_day(office INTEGER NOT NULL, day TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY(office, day));
CREATE TABLE feedback(
    office INTEGER NOT NULL, day TEXT NOT NULL, face INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY(office, day, face)) WITHOUT ROWID;
CREATE TABLE feedback_words(
    id BLOB PRIMARY KEY, office INTEGER NOT NULL, day TEXT NOT NULL, face INTEGER NOT NULL, text TEXT, erased_at INTEGER)
    WITHOUT ROWID;
CREATE TABLE feedback_mark(mark BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
",
];

/// Pages in the log before they are taken over into the file: 32 MiB. The more, the oftener a page that changes often is
/// taken over only once.
const LOG_PAGES: i64 = 8_000;
/// Pages of memory that the writer keeps, in KiB, as far as it needs them: with many offices each has a page of the
/// journal that is written again and again.
const WRITER_CACHE_KIB: i64 = 24 * 1024;
/// Pages of memory that a reader keeps, in KiB.
const READER_CACHE_KIB: i64 = 4 * 1024;
/// Prepared statements that a connection keeps.
const STATEMENTS: usize = 128;

/// Sets up the writer's connection: every commit is on disk when it returns, and what is erased is overwritten.
pub fn set_up_writer(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
    set_up(connection, WRITER_CACHE_KIB)
}

/// Sets up a reader's connection.
pub fn set_up_reader(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "query_only", "ON")?;
    set_up(connection, READER_CACHE_KIB)
}

fn set_up(connection: &Connection, cache_kib: i64) -> rusqlite::Result<()> {
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "cache_size", -cache_kib)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

/// Makes the tables in a new file.
pub fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)?;
    upgrade(connection, 1)
}

/// Brings the tables of an older hub up to date.
pub fn upgrade(connection: &Connection, from: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(from - 1).unwrap_or(CHANGES.len());
    for change in CHANGES.iter().skip(done) {
        connection.execute_batch(change)?;
    }
    connection.pragma_update(None, "user_version", SCHEMA_VERSION)
}

/// The version of the tables in this file; 0 for a new one.
pub fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use crate::Store;

    use super::*;

    /// Tables and indexes, in whatever order they were made.
    fn tables(connection: &Connection) -> Vec<(String, String)> {
        let mut asked = connection.prepare("SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY name").unwrap();
        asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn a_file_of_every_version_becomes_one_of_this_hub() {
        let new = Connection::open_in_memory().unwrap();
        create(&new).unwrap();
        for from in 1..=SCHEMA_VERSION {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("seira.db");
            let older = Connection::open(&path).unwrap();
            older.execute_batch(TABLES).unwrap();
            for change in &CHANGES[..usize::try_from(from).unwrap() - 1] {
                older.execute_batch(change).unwrap();
            }
            older.pragma_update(None, "user_version", from).unwrap();
            drop(older);
            drop(Store::open(&path).unwrap());
            let opened = Connection::open(&path).unwrap();
            assert_eq!(version(&opened).unwrap(), SCHEMA_VERSION);
            assert_eq!(tables(&opened), tables(&new), "from version {from}");
        }
    }

    #[test]
    fn trn_08_agents_of_an_older_hub_become_accounts_with_a_grant_and_keep_their_numbers() {
        const AGENTS: usize = 24;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seira.db");
        let older = Connection::open(&path).unwrap();
        older.execute_batch(TABLES).unwrap();
        CHANGES[..AGENTS].iter().for_each(|change| older.execute_batch(change).unwrap());
        older.pragma_update(None, "user_version", i64::try_from(AGENTS + 1).unwrap()).unwrap();
        older
            .execute_batch(
                "INSERT INTO office(id, key) VALUES(1, 'kep'), (2, 'harbour');
                INSERT INTO account(id, name, password, email, email_proven_at, created_at)
                    VALUES(1, 'maria', 'own', 'maria@example.gr', 5, 5), (2, 'taken@example.gr', 'other', NULL, NULL, 5);
                INSERT INTO agent(id, office, name, email, address, phone, password, invited_at, invited_by, active_at, disabled_at)
                    VALUES(1, 1, 'School', 'school@example.gr', zeroblob(16), '+302841012345', 'first', 10, 1, 11, NULL),
                    (2, 2, 'School', 'school@example.gr', zeroblob(16), NULL, 'second', 20, 1, 21, NULL),
                    (3, 1, 'Maria', 'maria@example.gr', zeroblob(16), NULL, 'as agent', 10, 1, 11, NULL),
                    (4, 1, 'Never', 'never@example.gr', zeroblob(16), NULL, NULL, 10, 1, NULL, NULL),
                    (5, 1, 'Shut', 'shut@example.gr', zeroblob(16), NULL, 'shut', 10, 1, 11, 30),
                    (6, 1, 'Taken', 'taken@example.gr', zeroblob(16), NULL, 'taken', 10, 1, 11, NULL);
                INSERT INTO agent_login(token_hash, agent, created_at, expires_at) VALUES(x'01', 1, 11, 99);",
            )
            .unwrap();
        drop(older);
        let store = Store::open(&path).unwrap();
        let agent = |id: u32| store.agent(crate::OfficeScope::granted(None), id).unwrap().unwrap();
        let account = |id: u32| agent(id).account.map(|account| store.account(account).unwrap().unwrap());
        // One account is one person: the password that was set last is theirs, in both offices.
        let school = account(1).unwrap();
        assert_eq!((school.name.as_str(), school.password.as_deref()), ("school@example.gr", Some("second")));
        assert!(school.email_proven && !school.is_staff());
        let offices: Vec<u32> =
            store.agents_of_account(school.id).unwrap().into_iter().map(|agent| agent.office).collect();
        assert_eq!(offices, [1, 2]);
        assert!(store.profile(school.id).unwrap().unwrap().contains("School"));
        // Who had an account has that one, and its password.
        assert_eq!(account(3).map(|one| (one.id, one.password)), Some((1, Some("own".to_owned()))));
        assert_eq!((account(4), account(5)), (None, None));
        assert_eq!(
            account(6).map(|one| (one.name, one.email)),
            Some(("agent-6".to_owned(), Some("taken@example.gr".to_owned())))
        );
        assert!(agent(5).disabled && agent(4).is_awaited());
    }

    #[test]
    fn a_file_whose_journal_lies_by_office_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seira.db");
        let older = Connection::open(&path).unwrap();
        older.execute_batch(TABLES).unwrap();
        older.execute_batch(CHANGES[0]).unwrap();
        older.pragma_update(None, "user_version", 2).unwrap();
        for office in [1, 2] {
            older.execute("INSERT INTO office(id, key) VALUES(?1, ?1)", [office]).unwrap();
        }
        // By turns, as they happened.
        for seq in 1..=20_000 {
            for office in [1, 2] {
                let insert = "INSERT INTO journal VALUES(?1, ?2, 7, 'hub', NULL, 'k', ?1 || '/' || ?2, x'00')";
                older.prepare_cached(insert).unwrap().execute([office, seq]).unwrap();
            }
            if seq == 1 {
                older.execute_batch("BEGIN").unwrap();
            }
        }
        older.execute_batch("COMMIT").unwrap();
        drop(older);
        let store = Store::open(&path).unwrap();
        let moment = store.moment().unwrap();
        for office in [1, 2] {
            let mut next = 1;
            let read = moment.events(office, 0, u64::MAX, |row| {
                assert_eq!((row.seq, row.body), (next, format!("{office}/{next}")));
                next += 1;
                Ok(())
            });
            read.unwrap();
            assert_eq!(next, 20_001);
        }
        drop(moment);
        drop(store);
        assert_eq!(version(&Connection::open(&path).unwrap()).unwrap(), SCHEMA_VERSION);
    }
}
