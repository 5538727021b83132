//! The people whom the look-alike knows. None of them lives.

/// One of them.
#[derive(Debug, PartialEq, Eq)]
pub struct SamplePerson {
    /// As whom they sign in.
    pub user: &'static str,
    /// Nine digits, of which the last checks the others.
    pub tax_number: &'static str,
    /// The first name, as TAXISnet writes it.
    pub first_name: &'static str,
    /// The last name, as TAXISnet writes it.
    pub last_name: &'static str,
    /// Who they are, for whoever chooses one in a demo.
    pub note: &'static str,
}

/// What opens each of their accounts.
pub const PASSWORD: &str = "kodikos";

/// All of them.
pub const SAMPLES: &[SamplePerson] = &[
    SamplePerson {
        user: "maria",
        tax_number: "068933130",
        first_name: "ΜΑΡΙΑ",
        last_name: "ΠΑΠΑΔΟΠΟΥΛΟΥ",
        note: "υπάλληλος του Δημοσίου",
    },
    SamplePerson {
        user: "nikos",
        tax_number: "660074100",
        first_name: "ΝΙΚΟΛΑΟΣ",
        last_name: "ΙΩΑΝΝΟΥ",
        note: "πολίτης",
    },
    SamplePerson {
        user: "eleni",
        tax_number: "123456783",
        first_name: "ΕΛΕΝΗ ΑΝΝΑ",
        last_name: "ΓΕΩΡΓΙΟΥ-ΝΙΚΟΛΑΪΔΗ",
        note: "πολίτης",
    },
    SamplePerson {
        user: "kostas",
        tax_number: "731385437",
        first_name: "ΚΩΝΣΤΑΝΤΙΝΟΣ",
        last_name: "ΔΗΜΗΤΡΙΟΥ",
        note: "το μητρώο προσωπικού απαντά «αργότερα»",
    },
    SamplePerson {
        user: "etaireia",
        tax_number: "null",
        first_name: "null",
        last_name: "null",
        note: "νομικό πρόσωπο: δεν μπορεί να συνδεθεί",
    },
];

/// The one who signs in so.
pub fn of(user: &str) -> Option<&'static SamplePerson> {
    SAMPLES.iter().find(|person| person.user == user)
}
