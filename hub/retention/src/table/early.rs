//! What is kept in the tables whose names begin with a to f.

use super::{AGENTS, CITIZENS, KeptTable, NOBODY, STAFF, until::Until};

pub(super) const TABLES: &[KeptTable] = &[
    KeptTable {
        table: "account",
        columns: "id name password created_at disabled_at email email_proven_at factor factor_step recovery_salt \
                  passkey_change used_at warned_at language",
        what: [
            "όνομα χρήστη, συνθηματικό ως Argon2id, e-mail, κλειδί του δεύτερου βήματος κρυπτογραφημένο",
            "login name, password as Argon2id, e-mail, the key of the second step encrypted",
        ],
        whose: ["προσωπικό, πολίτες με λογαριασμό", "staff, citizens with an account"],
        until: Until::Unused,
        how: [
            "του πολίτη σβήνεται, μένει ένας αριθμός· του προσωπικού κλείνει",
            "a citizen's is erased, a number is left; staff's is shut",
        ],
    },
    KeptTable {
        table: "account_address",
        columns: "account address at",
        what: [
            "ποιες διευθύνσεις είχαν λογαριασμοί που ενώθηκαν με αυτόν: αριθμοί",
            "which addresses accounts had that were joined to this one: numbers",
        ],
        whose: ["πολίτες με λογαριασμό", "citizens with an account"],
        until: Until::Unused,
        how: ["η γραμμή διαγράφεται με τον λογαριασμό", "the row is deleted with the account"],
    },
    KeptTable {
        table: "account_grant",
        columns: "account role scope at granted_by provider",
        what: ["τι επιτρέπεται σε έναν λογαριασμό, και πού", "what an account may do, and where"],
        whose: STAFF,
        until: Until::NoEnd,
        how: ["μαζί με τον λογαριασμό", "with the account"],
    },
    KeptTable {
        table: "account_link",
        columns: "owner errand issued_at expires_at email",
        what: [
            "σύνδεσμος για συνθηματικό ή διεύθυνση που δεν χρησιμοποιήθηκε ακόμη, και πού στάλθηκε",
            "a link for a password or an address that was not used yet, and where it was sent",
        ],
        whose: ["προσωπικό, διεκπεραιωτές, πολίτες με λογαριασμό", "staff, agents, citizens with an account"],
        until: Until::AccountLink,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "account_profile",
        columns: "account body at",
        what: [
            "ονοματεπώνυμο, τηλέφωνο, ΑΦΜ, ΔΟΥ, ταχυδρομική διεύθυνση, όσα από αυτά έγραψε ο πολίτης",
            "name, telephone, tax number, tax office, postal address, as far as the citizen wrote them",
        ],
        whose: ["πολίτες με λογαριασμό", "citizens with an account"],
        until: Until::Unused,
        how: ["όσο υπάρχει ο λογαριασμός", "as long as there is the account"],
    },
    KeptTable {
        table: "account_standing",
        columns: "account state",
        what: [
            "το επίπεδο ενός λογαριασμού και πώς το απέκτησε: αριθμοί και ώρες",
            "an account's level and how it came by it: numbers and times",
        ],
        whose: ["πολίτες με λογαριασμό", "citizens with an account"],
        until: Until::NoEnd,
        how: ["όσο υπάρχει ο λογαριασμός", "as long as there is the account"],
    },
    KeptTable {
        table: "account_words",
        columns: "id account author at text",
        what: [
            "τα τρία τελευταία ψηφία του εγγράφου ταυτότητας, λόγος ανάκλησης της πιστοποίησης ή κλειδώματος",
            "the last three characters of the identity paper, why a certification was taken back or the account blocked",
        ],
        whose: ["πολίτες με λογαριασμό", "citizens with an account"],
        until: Until::Unused,
        how: ["το κείμενο σβήνεται με τον λογαριασμό", "the text is erased with the account"],
    },
    KeptTable {
        table: "address",
        columns: "id email proven_at asked_at",
        what: ["διεύθυνση e-mail που ζήτησε σύνδεσμο", "an e-mail address that asked for a link"],
        whose: ["πολίτες, διεκπεραιωτές", "citizens, agents"],
        until: Until::Unconfirmed,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "address_code",
        columns: "person served drawn expires_at tries",
        what: [
            "κωδικός προς τη διεύθυνση, πριν φανούν ή σβηστούν όλα: ο αριθμός από τον οποίο βγαίνει",
            "a code to an address before everything is shown or erased: the number that draws it",
        ],
        whose: CITIZENS,
        until: Until::Code,
        how: ["η γραμμή διαγράφεται, ή με το πρόσωπο", "the row is deleted, or with the person"],
    },
    KeptTable {
        table: "agent",
        columns: "id office name email address phone tax_number profile invited_at invited_by active_at disabled_at account",
        what: [
            "όνομα, e-mail, τηλέφωνο, ΑΦΜ, στοιχεία που συμπληρώνονται ξανά, ο αριθμός του λογαριασμού",
            "name, e-mail, telephone, tax number, details to be filled in again, the number of the account",
        ],
        whose: AGENTS,
        until: Until::AgentGone,
        how: ["ό,τι λέει ποιος ήταν σβήνεται· μένει ένας αριθμός", "what says who it was is erased; a number is left"],
    },
    KeptTable {
        table: "agent_past",
        columns: "office booking agent start_at body",
        what: ["ραντεβού που πέρασαν: αριθμοί και ώρες", "bookings that are over: numbers and times"],
        whose: AGENTS,
        until: Until::NoEnd,
        how: ["όπως το ημερολόγιο, από το οποίο προκύπτει", "as the journal, from which it follows"],
    },
    KeptTable {
        table: "audit",
        columns: "id minute at last_at event why who about office network count proven",
        what: [
            "συνδέσεις και αποτυχίες: ποιος (αριθμός), από ποιο δίκτυο, πότε, τι· ποτέ τι πληκτρολογήθηκε",
            "sign-ins and failures: who (a number), from which network, when, what; never what was typed",
        ],
        whose: ["προσωπικό, διεκπεραιωτές, άγνωστοι", "staff, agents, strangers"],
        until: Until::Audit,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "body_journal",
        columns: "id at actor about number kind body hash",
        what: [
            "ό,τι συνέβη σε αιτήματα και λογαριασμούς, με αριθμούς αντί ονομάτων",
            "what happened to requests and accounts, by numbers for names",
        ],
        whose: ["πολίτες με λογαριασμό, προσωπικό", "citizens with an account, staff"],
        until: Until::NoEnd,
        how: [
            "μένει· τα κείμενα και τα στοιχεία στα οποία δείχνει σβήνονται",
            "it stays; the texts and details that it points at are erased",
        ],
    },
    KeptTable {
        table: "body_words",
        columns: "id about number author at text erased_at",
        what: [
            "τίτλος, περιγραφή και διεύθυνση τηλεδιάσκεψης, μέλη και θέματα συνεδρίασης· φορέας, τηλέφωνο και σκοπός όποιου \
             ζήτησε να γίνει συντονιστής, λόγος απόρριψης· πρακτικά",
            "title, description and address of a conference, members and agenda of a meeting; organisation, telephone and \
             purpose of who asked to be a coordinator, the reason of a refusal; minutes",
        ],
        whose: ["συντονιστές, όποιος ζήτησε να γίνει", "coordinators, who asked to be one"],
        until: Until::Conference,
        how: [
            "το κείμενο αδειάζει, του αιτήματος και με τον λογαριασμό· μένει ένας τυχαίος αριθμός. Τα πρακτικά είναι έγγραφα του \
             φορέα και μένουν, ενώ οι σύνδεσμοι των μελών προς αυτά λήγουν",
            "the text is emptied, that of a request with the account too; a random id is left. Minutes are records of the \
             body, and stay, while the members' links to them end",
        ],
    },
    KeptTable {
        table: "bucket",
        columns: "key level at",
        what: ["πόσοι σύνδεσμοι ζητήθηκαν: MAC αντί διεύθυνσης", "how many links were asked for: a MAC for an address"],
        whose: CITIZENS,
        until: Until::Buckets,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "command",
        columns: "id at actor body_hash answer",
        what: [
            "απαντήσεις σε εντολές: αριθμοί· SHA-256 του αιτήματος",
            "answers to commands: numbers; SHA-256 of the request",
        ],
        whose: ["πολίτες, προσωπικό", "citizens, staff"],
        until: Until::Answers,
        how: ["η γραμμή διαγράφεται, κάθε μέρα", "the row is deleted, each day"],
    },
    KeptTable {
        table: "conference",
        columns: "id public series unit coordinator from_at until_at phase came state",
        what: [
            "τηλεδιάσκεψη: ποιος την οργάνωσε (αριθμός), πότε, πόσοι μπήκαν, αριθμοί συμμετεχόντων",
            "a conference: who planned it (a number), when, how many went in, numbers of participants",
        ],
        whose: ["συντονιστές", "coordinators"],
        until: Until::NoEnd,
        how: [
            "στατιστικά χωρίς πρόσωπα· τα κείμενα και οι προσκεκλημένοι σβήνονται",
            "figures without people; the texts and who was invited are erased",
        ],
    },
    KeptTable {
        table: "conference_participant",
        columns: "id conference participant name email language erased_at",
        what: [
            "όνομα και e-mail όσων προσκλήθηκαν σε τηλεδιάσκεψη",
            "name and e-mail of who was invited to a conference",
        ],
        whose: ["συμμετέχοντες", "participants"],
        until: Until::Conference,
        how: ["όνομα και e-mail αδειάζουν, μένει ένας αριθμός", "name and e-mail are emptied, a number is left"],
    },
    KeptTable {
        table: "detail_edit",
        columns: "id person at account fields",
        what: ["ποια στοιχεία άλλαξε το προσωπικό, όχι τι έγραφαν", "which details staff changed, not what they said"],
        whose: ["πολίτες, προσωπικό", "citizens, staff"],
        until: Until::AfterVisit,
        how: ["η γραμμή διαγράφεται με το πρόσωπο", "the row is deleted with the person"],
    },
    KeptTable {
        table: "device",
        columns: "id office kind name token_hash paired_at revoked_at",
        what: ["συσκευές: όνομα, SHA-256 του διακριτικού", "devices: name, SHA-256 of the token"],
        whose: NOBODY,
        until: Until::NoEnd,
        how: ["ανακαλείται, δεν διαγράφεται", "is revoked, not erased"],
    },
    KeptTable {
        table: "entrusted",
        columns: "office booking agent address name typed at",
        what: [
            "όσα έγραψε διεκπεραιωτής για πολίτη που δεν απάντησε ακόμη",
            "what an agent typed for a citizen who has not answered yet",
        ],
        whose: CITIZENS,
        until: Until::Entrusted,
        how: [
            "όσα γράφτηκαν αδειάζουν, έπειτα διαγράφεται η γραμμή",
            "what was typed is emptied, then the row is deleted",
        ],
    },
    KeptTable {
        table: "feedback",
        columns: "office day face count",
        what: [
            "πόσοι διάλεξαν κάθε πρόσωπο μιας ημέρας, μετά την επίσκεψη",
            "how many chose each face on a day, after their visit",
        ],
        whose: NOBODY,
        until: Until::NoEnd,
        how: ["πλήθη χωρίς πρόσωπα", "counts without people"],
    },
    KeptTable {
        table: "feedback_mark",
        columns: "mark at",
        what: [
            "ότι μια επίσκεψη είπε ήδη τη γνώμη της: MAC αντί αριθμού",
            "that a visit has said what it thought: a MAC for a number",
        ],
        whose: CITIZENS,
        until: Until::FeedbackMark,
        how: ["η γραμμή διαγράφεται", "the row is deleted"],
    },
    KeptTable {
        table: "feedback_words",
        columns: "id office day face text erased_at",
        what: [
            "τι έγραψε επισκέπτης μετά την επίσκεψη, με την ημέρα μόνο",
            "what a visitor wrote after the visit, with the day alone",
        ],
        whose: CITIZENS,
        until: Until::AfterWriting,
        how: [
            "το κείμενο αδειάζει, νωρίτερα από όποιον βλέπει τα στοιχεία· μένει ένας τυχαίος αριθμός",
            "the text is emptied, earlier by who sees the figures; a random id is left",
        ],
    },
    KeptTable {
        table: "figure_day",
        columns: "office day body",
        what: [
            "μια ημέρα σε αριθμούς: ώρες, υπηρεσίες, θυρίδες, πώς τελείωσε κάθε επίσκεψη και ραντεβού",
            "a day in numbers: times, services, desks, how each visit and booking ended",
        ],
        whose: NOBODY,
        until: Until::NoEnd,
        how: ["στατιστικά χωρίς πρόσωπα, από το ημερολόγιο", "figures without people, from the journal"],
    },
];
