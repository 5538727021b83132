//! The table of what is kept, in `docs/privacy/retention.md`: made from the tables of the store, the fields of the golden
//! events and the constants of the house, and held against the file.
//!
//! A table, a column or a field of an event that has no row here fails. `UPDATE_GOLDEN=1` writes the file's tables anew.

use std::{fmt::Write, path::Path};

use store::Store;

use journals::JOURNALS;
use until::Until;

mod early;
mod journals;
mod pointers;
mod pointers_of_body;
mod until;

/// A sentence in Greek, and in English.
type Said = [&'static str; 2];

/// What is kept in one table of the store.
struct KeptTable {
    table: &'static str,
    /// Every column, in its order.
    columns: &'static str,
    what: Said,
    whose: Said,
    until: Until,
    how: Said,
}

const NOBODY: Said = ["κανενός", "nobody's"];
const STAFF: Said = ["προσωπικό", "staff"];
const AGENTS: Said = ["διεκπεραιωτές", "agents"];
const CITIZENS: Said = ["πολίτες", "citizens"];

/// From `hours_edit` on.
const TABLES: &[KeptTable] = &[
    KeptTable {
        table: "hours_edit",
        columns: "id office at account what body",
        what: ["ποιος άλλαξε ωράριο και πότε, με τον λόγο", "who changed hours and when, with the reason"],
        whose: STAFF,
        until: Until::NoEnd,
        how: ["όπως το ημερολόγιο, που έχει τα ίδια", "as the journal, which has the same"],
    },
    KeptTable {
        table: "journal",
        columns: "id office seq at actor command kind body hash",
        what: [
            "ό,τι συνέβη, με αριθμούς αντί ονομάτων· βλ. παρακάτω",
            "what happened, by numbers for names; see below",
        ],
        whose: ["πολίτες (ψευδώνυμα), προσωπικό", "citizens (pseudonymous), staff"],
        until: Until::NoEnd,
        how: ["θολώνει όταν αδειάσει το `people`", "is blurred when `people` is emptied"],
    },
    KeptTable {
        table: "journal_head",
        columns: "id office at line",
        what: ["υπογεγραμμένες κεφαλές του ημερολογίου", "signed heads of the journal"],
        whose: NOBODY,
        until: Until::Heads,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "journal_index",
        columns: "office seq ids",
        what: ["πού βρίσκονται οι γραμμές του ημερολογίου", "where the journal's rows stand"],
        whose: NOBODY,
        until: Until::NoEnd,
        how: ["δεν χρειάζεται", "there is no need"],
    },
    KeptTable {
        table: "login",
        columns: "token_hash account csrf created_at expires_at two_steps page seen_at locked_at provider",
        what: ["σύνδεση: SHA-256 του διακριτικού", "a session: SHA-256 of its token"],
        whose: STAFF,
        until: Until::Session,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "look",
        columns: "id at account office what booking visit names occasion about",
        what: [
            "ποιος είδε στοιχεία τίνος και πότε, όχι τι είδε",
            "who looked at whose data and when, not what was seen",
        ],
        whose: ["προσωπικό, πολίτες (αριθμοί)", "staff, citizens (numbers)"],
        until: Until::AfterWriting,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "meeting",
        columns: "conference state",
        what: [
            "συνεδρίαση συλλογικού οργάνου: αριθμοί μελών, πότε ήταν παρόντα, ψήφοι κατ’ αριθμό",
            "the meeting of a collective body: numbers of members, when they were present, votes by number",
        ],
        whose: ["μέλη συλλογικών οργάνων", "members of collective bodies"],
        until: Until::NoEnd,
        how: [
            "μένει, όπως τα πρακτικά· ποιοι είναι τα μέλη σβήνεται",
            "it stays, as the minutes do; who the members are is erased",
        ],
    },
    KeptTable {
        table: "meta",
        columns: "key value",
        what: ["ρυθμίσεις του αρχείου, και το κλειδί του hub", "settings of the file, and the hub's key"],
        whose: NOBODY,
        until: Until::NoEnd,
        how: ["δεν χρειάζεται", "there is no need"],
    },
    KeptTable {
        table: "mobile_code",
        columns: "office booking owner phone language drawn sent_at expires_at tries",
        what: [
            "κωδικός προς το κινητό πολίτη για τον οποίο ετοίμασε ραντεβού διεκπεραιωτής: ο αριθμός του κινητού, και αυτός από τον \
             οποίο βγαίνει ο κωδικός",
            "a code to the mobile of a citizen for whom an agent prepared a booking: the mobile's number, and the one that draws \
             the code",
        ],
        whose: CITIZENS,
        until: Until::MobileCode,
        how: [
            "η γραμμή διαγράφεται: με το ραντεβού που κλείστηκε ή ανακλήθηκε, αλλιώς τη νύχτα",
            "the row is deleted: when the booking is made or withdrawn, else at night",
        ],
    },
    KeptTable {
        table: "note",
        columns: "id office author at text erased_at person",
        what: ["σημείωση του προσωπικού για επίσκεψη ή ραντεβού", "a note of staff about a visit or a booking"],
        whose: ["πολίτες, προσωπικό", "citizens, staff"],
        until: Until::AfterVisit,
        how: [
            "το κείμενο αδειάζει· χωρίς ραντεβού μετρά η μέρα που γράφτηκε· μένουν συντάκτης και ώρα",
            "the text is emptied; without a booking the day of writing counts; author and time remain",
        ],
    },
    KeptTable {
        table: "notice",
        columns: "version language body first_at",
        what: ["κάθε κείμενο ενημέρωσης στο οποίο συμφώνησε κάποιος", "each privacy notice to which somebody agreed"],
        whose: NOBODY,
        until: Until::NoEnd,
        how: ["δεν χρειάζεται", "there is no need"],
    },
    KeptTable {
        table: "office",
        columns: "id key",
        what: ["τα γραφεία", "the offices"],
        whose: NOBODY,
        until: Until::NoEnd,
        how: ["δεν χρειάζεται", "there is no need"],
    },
    KeptTable {
        table: "outbox",
        columns: "id office seq kind about created_at due_at tries sent_at given_up_at error sent_by unreached_at told_at told_by",
        what: ["μηνύματα προς αποστολή: είδος και αριθμοί", "messages to be sent: kind and numbers"],
        whose: ["πολίτες (αριθμοί), προσωπικό", "citizens (numbers), staff"],
        until: Until::AfterSending,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "outer_identity",
        columns: "provider subject account at",
        what: [
            "πώς γνωρίζει έναν λογαριασμό άλλος πάροχος· για το TAXISnet ο ΑΦΜ",
            "how another provider knows an account; for TAXISnet the tax number",
        ],
        whose: ["προσωπικό, πολίτες με λογαριασμό", "staff, citizens with an account"],
        until: Until::Unused,
        how: ["όσο υπάρχει ο λογαριασμός", "as long as there is the account"],
    },
    KeptTable {
        table: "paper",
        columns: "person what complete account at",
        what: ["ποια δικαιολογητικά βρέθηκαν πλήρη ή ελλιπή", "which documents were found complete or missing"],
        whose: ["πολίτες, προσωπικό", "citizens, staff"],
        until: Until::AfterVisit,
        how: ["η γραμμή διαγράφεται με το πρόσωπο", "the row is deleted with the person"],
    },
    KeptTable {
        table: "passkey",
        columns: "number account name id owner lines key state added_at used_at asked_at",
        what: ["passkeys: δημόσιο κλειδί, όνομα, πότε", "passkeys: the public key, a name, when it was used"],
        whose: STAFF,
        until: Until::NoEnd,
        how: ["με την αφαίρεση, ή όταν κλείσει ο λογαριασμός", "on removal, or when the account is shut"],
    },
    KeptTable {
        table: "people",
        columns: "id created_at name email phone erased_at details office booking visit_at consent_at consent_version \
            consent_language served_email served_proven_at email_at link_version served_link_version helper_version \
            call_shut call_shut_for call_address",
        what: [
            "όνομα, e-mail, τηλέφωνο, ταχ. διεύθυνση, αριθμός εγγράφου ταυτότητας, ΑΦΜ νομικού προσώπου, \
             απαντήσεις της υπηρεσίας, συγκατάθεση",
            "name, e-mail, telephone, postal address, number of an identity document, tax number of a legal person, \
             answers to the service's questions, consent",
        ],
        whose: ["πολίτες, και όποιος εξυπηρετείται στη θέση τους", "citizens, and whoever is served in their place"],
        until: Until::AfterVisit,
        how: [
            "αδειάζουν όλα εκτός από `id`, `created_at`, `office`, `booking`, `visit_at`, `erased_at`, τις εκδόσεις των συνδέσμων και το αν έκλεισε η αίθουσα",
            "everything is emptied but `id`, `created_at`, `office`, `booking`, `visit_at`, `erased_at`, the links' versions and whether the room was shut",
        ],
    },
    KeptTable {
        table: "press",
        columns: "digest at place",
        what: [
            "ποιες φόρμες έχουν απαντηθεί: σύνοψη με τυχαίο αριθμό, και η σελίδα που ακολούθησε",
            "which forms were answered: a digest with a random number, and the page that followed",
        ],
        whose: CITIZENS,
        until: Until::Presses,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "protocol_series",
        columns: "kind year last",
        what: ["ο τελευταίος αριθμός πρωτοκόλλου κάθε σειράς", "the last protocol number of each series"],
        whose: NOBODY,
        until: Until::NoEnd,
        how: ["δεν αφορά κανέναν", "it is about nobody"],
    },
    KeptTable {
        table: "provider_arrival",
        columns: "hash provider subject name tax_number until",
        what: [
            "όποιος ήρθε μέσω TAXISnet και δεν έχει ακόμη λογαριασμό: ονοματεπώνυμο, ΑΦΜ",
            "who came through TAXISnet and has no account yet: name, tax number",
        ],
        whose: CITIZENS,
        until: Until::Arrival,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "provider_way",
        columns: "mark until",
        what: [
            "ότι μια σύνδεση μέσω παρόχου έγινε: SHA-256 τυχαίου αριθμού",
            "that a sign-in through a provider was done: SHA-256 of a random number",
        ],
        whose: ["κανενός", "nobody's"],
        until: Until::Way,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "recovery_code",
        columns: "account hash",
        what: ["κωδικοί ανάκτησης, ως Argon2id", "recovery codes, as Argon2id"],
        whose: STAFF,
        until: Until::NoEnd,
        how: [
            "η γραμμή διαγράφεται όταν χρησιμοποιηθεί, με νέους, ή όταν κλείσει ο λογαριασμός",
            "the row is deleted when it is used, with new ones, or when the account is shut",
        ],
    },
    KeptTable {
        table: "registration",
        columns: "id name password email profile first_at provider subject browser language",
        what: [
            "εγγραφή που δεν ενεργοποιήθηκε ακόμη: όνομα χρήστη, συνθηματικό ως Argon2id, ονοματεπώνυμο, e-mail",
            "a registration that is not activated yet: user name, password as Argon2id, name, e-mail",
        ],
        whose: CITIZENS,
        until: Until::Registration,
        how: ["η γραμμή διαγράφεται, ή με την ενεργοποίηση", "the row is deleted, or when it is activated"],
    },
    KeptTable {
        table: "request",
        columns: "id public language account category unit worker phase due submitted_at closed_at series year number outside state",
        what: [
            "αίτημα: ποιος λογαριασμός (αριθμός), κατηγορία, αριθμός πρωτοκόλλου, προθεσμία, πού βρίσκεται",
            "a request: which account (a number), category, protocol number, deadline, where it stands",
        ],
        whose: ["πολίτες με λογαριασμό", "citizens with an account"],
        until: Until::NoEnd,
        how: [
            "διοικητικό έγγραφο με αριθμό πρωτοκόλλου· τα κείμενά του σβήνονται",
            "an administrative document with a protocol number; its texts are erased",
        ],
    },
    KeptTable {
        table: "request_booking",
        columns: "office booking request at",
        what: ["ποιο ραντεβού κλείστηκε για ποιο αίτημα", "which appointment was booked for which request"],
        whose: ["πολίτες με λογαριασμό", "citizens with an account"],
        until: Until::RequestBookings,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "request_visit",
        columns: "office visit request at",
        what: [
            "ποια επίσκεψη είναι για την παραλαβή ποιου αιτήματος",
            "which visit is for collecting the result of which request",
        ],
        whose: ["πολίτες με λογαριασμό", "citizens with an account"],
        until: Until::RequestVisits,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "request_words",
        columns: "id request author internal at text erased_at",
        what: [
            "ό,τι γράφτηκε σε ένα αίτημα: περιγραφή, τόπος, ερωτήσεις, απαντήσεις, σημειώσεις",
            "what was written with a request: description, place, questions, answers, notes",
        ],
        whose: ["πολίτες με λογαριασμό", "citizens with an account"],
        until: Until::Request,
        how: ["το κείμενο σβήνεται· μένει μια γραμμή χωρίς αυτό", "the text is erased; a row without it is left"],
    },
    KeptTable {
        table: "role_request",
        columns: "id public language account phase decided_at state",
        what: [
            "αίτημα αλλαγής ρόλου: ποιος λογαριασμός (αριθμός), για ποια μονάδα, τι αποφασίστηκε",
            "a request to be a coordinator: which account (a number), of which unit, what was decided",
        ],
        whose: ["όποιος ζήτησε να γίνει συντονιστής", "who asked to be a coordinator"],
        until: Until::NoEnd,
        how: ["μένει· τα κείμενά του σβήνονται", "it stays; its texts are erased"],
    },
    KeptTable {
        table: "snapshot",
        columns: "office seq at hash body",
        what: ["το γραφείο όπως το ξέρει το ημερολόγιο", "the office as the journal knows it"],
        whose: ["πολίτες (ψευδώνυμα), προσωπικό", "citizens (pseudonymous), staff"],
        until: Until::Snapshots,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "staff_standing",
        columns: "account verdict at ask_again_at",
        what: [
            "τι απάντησε το μητρώο προσωπικού: ναι, όχι, αργότερα, και πότε",
            "what the register of staff answered: yes, no, later, and when",
        ],
        whose: ["όσοι συνδέονται με ΑΦΜ", "who signs in with a tax number"],
        until: Until::NoEnd,
        how: ["όσο υπάρχει ο λογαριασμός", "as long as there is the account"],
    },
    KeptTable {
        table: "text_edit",
        columns: "id office language sentence body account at",
        what: ["ποιος άλλαξε κείμενο του γραφείου και πότε", "who changed a text of the office and when"],
        whose: STAFF,
        until: Until::NoEnd,
        how: ["δεν διαγράφεται", "is not erased"],
    },
    KeptTable {
        table: "undelivered",
        columns: "person served at why",
        what: ["ότι σε διεύθυνση δεν παραδίδεται τίποτα", "that nothing is delivered to an address"],
        whose: CITIZENS,
        until: Until::AfterVisit,
        how: ["η γραμμή διαγράφεται με το πρόσωπο", "the row is deleted with the person"],
    },
    KeptTable {
        table: "unit_invitation",
        columns: "id unit email language invited_by at expires_at",
        what: [
            "πρόσκληση να συντονίσει κάποιος μια μονάδα: το e-mail του",
            "an invitation to coordinate a unit: an e-mail address",
        ],
        whose: ["όποιος προσκλήθηκε", "who is invited"],
        until: Until::UnitInvitation,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "upload",
        columns: "id person name kind bytes at account purpose",
        what: [
            "αρχεία που στάλθηκαν σε ραντεβού ή αίτημα· τα ίδια στον φάκελο `uploads`",
            "files that were sent with a booking or a request; they lie in the folder `uploads`",
        ],
        whose: CITIZENS,
        until: Until::Files,
        how: [
            "η γραμμή διαγράφεται, το αρχείο μηδενίζεται και διαγράφεται",
            "the row is deleted, the file is overwritten and removed",
        ],
    },
    KeptTable {
        table: "visit_report",
        columns: "office visit body",
        what: ["επισκέψεις που τελείωσαν: αριθμός, υπηρεσία, χρόνοι", "visits that are over: number, service, times"],
        whose: ["πολίτες (ψευδώνυμα)", "citizens (pseudonymous)"],
        until: Until::NoEnd,
        how: ["όπως το ημερολόγιο, από το οποίο προκύπτει", "as the journal, from which it follows"],
    },
    KeptTable {
        table: "warning",
        columns: "name at",
        what: ["πότε ειδοποιήθηκαν οι διαχειριστές για κάτι", "when administrators were warned of something"],
        whose: ["προσωπικό (αριθμοί)", "staff (numbers)"],
        until: Until::Warnings,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
];

/// What is kept in every table, in their order.
fn tables() -> impl Iterator<Item = &'static KeptTable> {
    early::TABLES.iter().chain(TABLES)
}

/// The table of tables in one language.
fn table_of_tables(language: usize) -> String {
    let heads = [
        "| πίνακας | τι κρατά | ποιων | για πόσο | πώς σβήνεται ή θολώνει |\n",
        "| table and columns | what it holds | whose | for how long | how it is erased or blurred |\n",
    ];
    let mut text = heads[language].to_owned() + "| --- | --- | --- | --- | --- |\n";
    for row in tables() {
        let columns = if language == 0 { String::new() } else { format!(": {}", row.columns.replace(' ', ", ")) };
        let (what, whose, until, how) =
            (row.what[language], row.whose[language], &row.until.said()[language], row.how[language]);
        writeln!(text, "| `{}`{columns} | {what} | {whose} | {until} | {how} |", row.table).unwrap();
    }
    text
}

/// Puts a table between its two marks in the file's text.
fn put(text: &str, mark: &str, table: &str) -> String {
    let (from, to) = (format!("<!-- {mark} -->\n"), format!("<!-- end of {mark} -->"));
    let (before, rest) = text.split_once(&from).unwrap_or_else(|| panic!("there is no {from}"));
    let (_, after) = rest.split_once(&to).unwrap_or_else(|| panic!("there is no {to}"));
    format!("{before}{from}\n{table}\n{to}{after}")
}

#[test]
fn fld_23_every_table_of_the_store_has_its_row_in_the_table_of_what_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let there = Store::open(&folder.path().join("seira.db")).unwrap().tables().unwrap();
    let said: Vec<(String, Vec<String>)> = tables()
        .map(|row| (row.table.to_owned(), row.columns.split_whitespace().map(str::to_owned).collect()))
        .collect();
    assert_eq!(there, said, "each table and column has its place in a row, which says how long it is kept");
}

#[test]
fn fld_23_every_field_of_an_event_is_known_to_point_at_somebody_or_at_nobody() {
    for journal in &JOURNALS {
        let unknown = journal.unknown_fields();
        assert!(unknown.is_empty(), "{}: {unknown:?}", journal.mark);
    }
}

#[test]
fn fld_23_the_table_of_what_is_kept_is_made_from_the_house() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/privacy/retention.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut made = text.clone();
    for (language, tag) in ["el", "en"].into_iter().enumerate() {
        made = put(&made, &format!("tables, {tag}"), &table_of_tables(language));
        for journal in &JOURNALS {
            made = put(&made, &format!("{}, {tag}", journal.mark), &journal.table(language));
        }
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &made).unwrap();
    } else {
        assert_eq!(made, text, "UPDATE_GOLDEN=1 cargo test -p acts retention writes it anew");
    }
}
