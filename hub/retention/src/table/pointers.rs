//! Fields of events that point at somebody, and those that point at nobody.

use super::Said;

/// A field of events that can point at a person.
pub(super) struct Pointer {
    pub(super) fields: &'static [&'static str],
    pub(super) what: Said,
    pub(super) how: Said,
}

pub(super) const POINTERS: &[Pointer] = &[
    Pointer {
        fields: &["person", "address", "owner"],
        what: ["τυχαίος αριθμός προσώπου ή διεύθυνσης", "a random id of a person or an address"],
        how: [
            "δεν λέει τίποτα, μόλις αδειάσει η γραμμή στο `people` ή στο `address`",
            "says nothing once the row in `people` or `address` is emptied",
        ],
    },
    Pointer {
        fields: &["reference"],
        what: ["κωδικός ραντεβού, που έχει και ο πολίτης", "the booking's code, which the citizen has too"],
        how: [
            "μένει: όποιος έχει το μήνυμα ή το εισιτήριο βρίσκει το ραντεβού στο ημερολόγιο",
            "remains: whoever has the mail or the ticket finds the booking in the journal",
        ],
    },
    Pointer {
        fields: &["number", "public", "visit", "booking", "call", "id", "overtook", "other", "other_number"],
        what: ["αριθμός εισιτηρίου, επίσκεψης ή ραντεβού", "the number of a ticket, a visit or a booking"],
        how: [
            "μένει, με τις ώρες: όποιος ξέρει πότε ήρθε κάποιος μπορεί να τον αναγνωρίσει",
            "remains, with its times: whoever knows when somebody came may know them again",
        ],
    },
    Pointer {
        fields: &["needs", "sign_language", "other_language", "escort", "more_time", "priority"],
        what: [
            "ανάγκες και προτεραιότητα: μπορεί να λένε κάτι για την υγεία (άρθρο 9)",
            "needs and priority: they may say something about health (article 9)",
        ],
        how: ["μένουν, χωρίς όνομα· **δεν θολώνουν**", "remain, without a name; **not blurred**"],
    },
    Pointer {
        fields: &["note"],
        what: ["αριθμός σημείωσης", "the number of a note"],
        how: ["το κείμενο αδειάζει στο `note`", "the text is emptied in `note`"],
    },
    Pointer {
        fields: &["identity", "representation", "papers", "shown"],
        what: [
            "ότι κάτι επιδείχθηκε στη θυρίδα, όχι τι έγραφε",
            "that something was shown at the desk, not what it said",
        ],
        how: ["μένει, χωρίς όνομα", "remains, without a name"],
    },
    Pointer {
        fields: &["audience"],
        what: ["για ποιον: αν είναι διεκπεραιωτής, ο αριθμός του", "for whom: an agent's number, where it is one"],
        how: ["μένει, όσο μένει το `agent`: **χωρίς τέλος**", "remains as long as `agent`: **without an end**"],
    },
    Pointer {
        fields: &["clerk"],
        what: ["αριθμός λογαριασμού στη θυρίδα", "the account's number at a desk"],
        how: ["μένει, όσο μένει το `account`: **χωρίς τέλος**", "remains as long as `account`: **without an end**"],
    },
    Pointer {
        fields: &["el", "en"],
        what: [
            "λόγος αναστολής ή κλεισίματος, όπως τον έγραψε το προσωπικό",
            "why something is suspended or closed, in staff's own words",
        ],
        how: [
            "μένει: το γραφείο ορίζει να μη γράφονται ονόματα",
            "remains: the house rules that no names are written there",
        ],
    },
];

/// Fields of events that point at nobody.
pub(super) const PLAIN: &str = "\
    amended appeared arrived_at at at_stake attempt-failed attempts because before block booked booked_for \
    booking-found break-ended break-started by called came-back came-directly cancelled cases channel checked-in \
    chosen-anew confirmed conflict conflict-noted conflict-settled cools_until corrected correction-asked count date \
    day-closed day-opened delivered desk desk-closed desk-handed-over desk-opened details-changed entrusted \
    expires_at filler finished first first_in_line fits-gap fixed free_minutes from futures held help-accepted \
    help-ended help-rung hold-ended hold-extended if_late in-turn interrupted kind kiosk language last late_percent \
    left left-undone left_minutes letter life minutes missed moved needs_minutes no-show note-set numbers-leased \
    numbers-returned origin other_needs_minutes otherwise_percent outage-noted outcome overtaken paper-entered parked \
    party periods persons place planned_minutes promise put-back rank ranked ready ready-set reason recalled resumed \
    right ring rule same_desk scope sequence served-on-paper service serving shown-recorded since start state \
    suspended ticket-taken time-fixed to told-unreachable told_unreachable told_wait tolerated transferred unserved \
    until voided waiting weighed weighing wished";

/// The event that holds an office's own file, whose fields are the office's; and those of them that can point at a person,
/// who is planned for a shift, or named where staff say why something is closed.
pub(super) const OFFICES_FILE: &str = "configured";
pub(super) const OF_OFFICES_FILE: &[&str] = &["clerk", "el", "en"];
