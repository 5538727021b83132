//! Fields of the body's events that point at somebody, and those that point at nobody.

use super::pointers::Pointer;

pub(super) const POINTERS_OF_BODY: &[Pointer] = &[
    Pointer {
        fields: &["account", "by", "coordinator"],
        what: [
            "αριθμός λογαριασμού: ποιος υπέβαλε, ποιος ενήργησε, ποιος οργάνωσε",
            "the number of an account: who submitted, who acted, who planned",
        ],
        how: [
            "μένει· πολίτης που διέγραψε τον λογαριασμό του δεν έχει πια όνομα στο `account` ούτε γραμμή στο `account_profile`· \
             του προσωπικού μένει, όσο μένει το `account`: **χωρίς τέλος**",
            "remains; a citizen who erased the account has no name in `account` any more and no row in `account_profile`; that \
             of staff remains as long as `account`: **without an end**",
        ],
    },
    Pointer {
        fields: &["from", "to"],
        what: [
            "αριθμός λογαριασμού του υπαλλήλου που είχε ή έχει το αίτημα· σε διαβίβαση μονάδα, ή αριθμός κειμένου",
            "the number of the account that had or has the request; where it is handed on, a unit, or the id of a text",
        ],
        how: ["μένει, όσο μένει το `account`: **χωρίς τέλος**", "remains as long as `account`: **without an end**"],
    },
    Pointer {
        fields: &["case", "number", "official"],
        what: [
            "αριθμός αιτήματος και αριθμός πρωτοκόλλου, που έχει και ο πολίτης",
            "the request's number and its protocol number, which the citizen has too",
        ],
        how: [
            "μένει: όποιος έχει την απόδειξη βρίσκει το αίτημα στο ημερολόγιο",
            "remains: whoever has the receipt finds the request in the journal",
        ],
    },
    Pointer {
        fields: &["participant", "member", "members", "substitutes", "vote"],
        what: [
            "αριθμός συμμετέχοντα μέσα σε μια τηλεδιάσκεψη: αν θα έρθει, αν μπήκε, αν ψήφισε ως μέλος συλλογικού οργάνου",
            "the number of a participant within a conference: whether they come, went in, and voted as a member of a collective \
             body",
        ],
        how: [
            "μένει· όνομα και e-mail αδειάζουν στο `conference_participant`",
            "remains; name and e-mail are emptied in `conference_participant`",
        ],
    },
    Pointer {
        fields: &["category", "unit"],
        what: [
            "τι ζητήθηκε και από ποια μονάδα: μπορεί να λέει κάτι για το πρόσωπο",
            "what was asked for and of which unit: it may say something about the person",
        ],
        how: ["μένει, δίπλα στον αριθμό του λογαριασμού", "remains, beside the number of the account"],
    },
    Pointer {
        fields: &["words", "question", "answer", "addition", "reason", "because", "note", "tracking"],
        what: [
            "τυχαίος αριθμός κειμένου: περιγραφή, ερώτηση, απάντηση, λόγος, σημείωση, αριθμός αποστολής",
            "a random id of a text: description, question, answer, reason, note, tracking number",
        ],
        how: [
            "το κείμενο αδειάζει στο `request_words`, στο `account_words` ή στο `body_words`",
            "the text is emptied in `request_words`, `account_words` or `body_words`",
        ],
    },
    Pointer {
        fields: &["paper", "last", "proofs", "no_paper", "field", "filled", "certificate"],
        what: [
            "ποιο έγγραφο και ποια δικαιολογητικά επιδείχθηκαν ή έλειπαν, όχι τι έγραφαν· τα τρία τελευταία ψηφία με τυχαίο αριθμό",
            "which paper and proofs were shown or missing, not what they said; the last three characters by a random id",
        ],
        how: [
            "μένει· τα ψηφία αδειάζουν στο `account_words` ή στο `request_words`",
            "remains; the characters are emptied in `account_words` or `request_words`",
        ],
    },
    Pointer {
        fields: &["cause", "office", "seq"],
        what: [
            "η στιγμή στο ημερολόγιο ενός γραφείου που το πρόσωπο ήταν στη θυρίδα",
            "the moment in an office's journal at which the person stood at a desk",
        ],
        how: [
            "μένει: ενώνει τον λογαριασμό με μια επίσκεψη, για όποιον διαβάζει και τα δύο ημερολόγια",
            "remains: it joins the account to a visit, for whoever reads both journals",
        ],
    },
    Pointer {
        fields: &["el", "en"],
        what: [
            "η ανακοίνωση όταν κλείνει το επίπεδο Β, ο λόγος μιας συντήρησης και το όνομα μονάδας, όπως τα έγραψε το προσωπικό",
            "the notice where level B is closed, the reason of maintenance, and the name of a unit, in staff's own words",
        ],
        how: [
            "μένει: ο φορέας ορίζει να μη γράφονται ονόματα",
            "remains: the body rules that no names are written there",
        ],
    },
];

/// Fields of the body's events that point at nobody.
pub(super) const PLAIN_OF_BODY: &str = "1 2 3 account-anonymised account-blocked account-certified account-joined account-opened applicant-joined at \
    by-name case-accepted case-assigned case-closed case-done case-forwarded case-handed-over case-numbered \
    case-refused case-reopened case-submitted case-supplemented case-taken-over certificate-ended \
    certificate-revoked conference conference-cancelled conference-ended conference-locked conference-moved \
    conference-planned conference-reworded conference-unlocked days due end forward_by help helped-at-desk \
    is_present is_there is_urgent item items kind late left level-closed level-opened link link-renewed looked-first \
    maintenance maintenance-announced maintenance-ended meeting-called meeting-planned minutes-made minutes-signed name note-added notice notice_hours on \
    participant-answered participant-came participant-invited participant-removed places plan post proofs-missed \
    question-answered question-asked request result-collected result-posted result-ready role-approved role-asked \
    role-refused role-withdrawn roll-called seat-noted series service span step subject term unit-made until visit-proposed \
    vote-entered votes way way-chosen window year";
