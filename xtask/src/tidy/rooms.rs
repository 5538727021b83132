//! The rooms of the house, one row a crate: which of our crates it may know, and which of others' it must never reach.
//!
//! A row is a decision about the architecture. Rows of crates that do not stand yet wait for them.

/// One crate of ours.
pub struct Room {
    /// The crate.
    pub name: &'static str,
    /// Crates of ours that it may depend on directly. What only its tests depend on is free.
    pub may_know: &'static [&'static str],
    /// Crates of others that it must never depend on, through any chain of shipped code.
    pub never: &'static [&'static [&'static str]],
}

const fn room(
    name: &'static str,
    may_know: &'static [&'static str],
    never: &'static [&'static [&'static str]],
) -> Room {
    Room { name, may_know, never }
}

const ENGINE: &[&str] = &["bevy"];
const RUNTIME: &[&str] = &["tokio"];
const SERVER: &[&str] = &["axum"];
const DISK: &[&str] = &["rusqlite"];
const CALLS: &[&str] = &["ureq"];
const MAIL: &[&str] = &["lettre"];
const LINES: &[&str] = &["serialport"];

/// For rules and words: nothing of the world.
const WORLD: &[&[&str]] = &[ENGINE, RUNTIME, SERVER, DISK, CALLS, MAIL, LINES];
/// For what runs on a device without a window.
const DEVICE: &[&[&str]] = &[ENGINE, RUNTIME, SERVER, DISK, MAIL];
/// For the rooms of the hub, which have neither window nor serial line.
const HUB: &[&[&str]] = &[ENGINE, LINES];

/// Every crate of ours, from what everybody may know to the programs.
pub const ROOMS: &[Room] = &[
    // What everybody may say.
    room("vocabulary", &[], WORLD),
    room("office", &["vocabulary"], WORLD),
    room("figures", &["office"], WORLD),
    room("body", &["office", "vocabulary"], WORLD),
    room("wire", &["vocabulary"], WORLD),
    room("handshake", &["wire", "vocabulary"], WORLD),
    room("heartbeat", &[], WORLD),
    room("firmware-config", &[], WORLD),
    room("ticket", &["firmware-config", "vocabulary"], WORLD),
    room("simulator", &["office", "vocabulary"], WORLD),
    room("paper", &[], WORLD),
    // The devices.
    room("phrases", &["wire", "vocabulary"], WORLD),
    room("voice", &["phrases", "vocabulary"], WORLD),
    room("link", &["handshake", "wire", "vocabulary"], &[ENGINE, RUNTIME, SERVER, DISK, MAIL, LINES]),
    room("stand-in", &["handshake", "wire", "vocabulary"], WORLD),
    room("daybook", &[], WORLD),
    room("walk", &["link", "phrases", "voice", "wire", "vocabulary"], &[ENGINE, RUNTIME, SERVER, DISK, MAIL, LINES]),
    room("board", &["link", "phrases", "wire", "vocabulary"], &[ENGINE, RUNTIME, SERVER, DISK, MAIL, LINES]),
    room("peripherals", &["firmware-config"], &[ENGINE, RUNTIME, SERVER, DISK, MAIL, CALLS]),
    room(
        "attendant",
        &[
            "walk",
            "stand-in",
            "daybook",
            "link",
            "phrases",
            "voice",
            "peripherals",
            "ticket",
            "paper",
            "firmware-config",
            "wire",
            "vocabulary",
        ],
        DEVICE,
    ),
    room("pictograms", &[], WORLD),
    room(
        "panel",
        &["pictograms", "heartbeat", "link", "phrases", "firmware-config", "wire", "vocabulary"],
        &[SERVER, DISK, MAIL, LINES],
    ),
    room(
        "kiosk",
        &[
            "attendant",
            "walk",
            "panel",
            "link",
            "phrases",
            "voice",
            "peripherals",
            "ticket",
            "firmware-config",
            "wire",
            "vocabulary",
        ],
        &[SERVER, DISK, MAIL],
    ),
    room(
        "display",
        &["board", "panel", "link", "phrases", "voice", "firmware-config", "wire", "vocabulary"],
        &[SERVER, DISK, MAIL, LINES],
    ),
    // The hub: `pages, api → acts → writer → store`; `views → office, wire, text`; nothing reaches back.
    room("pdf", &[], WORLD),
    room("spreadsheet", &[], WORLD),
    room("crew", &[], &[ENGINE, SERVER, DISK, CALLS, MAIL, LINES]),
    room("paths", &["office", "vocabulary"], WORLD),
    room("secrets", &["handshake", "paths", "office", "wire", "vocabulary"], WORLD),
    room("text", &["figures", "office", "wire", "vocabulary"], WORLD),
    room("people", &["text", "office", "body", "wire", "vocabulary"], WORLD),
    room("uploads", &["people", "vocabulary"], &[ENGINE, SERVER, DISK, CALLS, MAIL, LINES]),
    room("challenge", &["secrets", "text", "wire", "vocabulary"], &[ENGINE, SERVER, DISK, CALLS, MAIL, LINES]),
    room("passkeys", &[], WORLD),
    room("identity", &["crew", "secrets", "people", "vocabulary"], &[ENGINE, SERVER, DISK, MAIL, LINES]),
    room("outside", &["identity", "crew", "body", "vocabulary"], &[ENGINE, SERVER, DISK, MAIL, LINES]),
    room("store", &["crew", "secrets", "body", "office", "wire", "vocabulary"], &[ENGINE, SERVER, CALLS, MAIL, LINES]),
    room(
        "writer",
        &["store", "secrets", "figures", "office", "wire", "vocabulary"],
        &[ENGINE, SERVER, CALLS, MAIL, LINES],
    ),
    room("views", &["text", "paths", "office", "wire", "vocabulary"], WORLD),
    room(
        "feed",
        &["views", "writer", "access", "secrets", "office", "wire", "vocabulary"],
        &[ENGINE, CALLS, MAIL, LINES],
    ),
    room(
        "access",
        &["crew", "writer", "store", "secrets", "handshake", "office", "wire", "vocabulary"],
        &[ENGINE, CALLS, MAIL, LINES],
    ),
    room("rooms", &[], WORLD),
    room("emblem", &["paths", "wire", "vocabulary"], WORLD),
    room("office-file", &["emblem", "office", "vocabulary"], WORLD),
    room(
        "body-file",
        &["office-file", "outside", "identity", "rooms", "body", "office", "vocabulary"],
        &[ENGINE, SERVER, DISK, MAIL, LINES],
    ),
    room(
        "acts",
        &[
            "rooms",
            "outside",
            "identity",
            "post",
            "views",
            "writer",
            "store",
            "access",
            "crew",
            "people",
            "uploads",
            "challenge",
            "passkeys",
            "secrets",
            "text",
            "body",
            "office",
            "wire",
            "vocabulary",
        ],
        HUB,
    ),
    room(
        "coordination",
        &[
            "acts",
            "access",
            "post",
            "writer",
            "store",
            "people",
            "secrets",
            "text",
            "body",
            "office",
            "wire",
            "vocabulary",
        ],
        HUB,
    ),
    room("appraisal", &["acts", "access", "writer", "store", "secrets", "figures", "body", "office", "wire"], HUB),
    room(
        "teleconference",
        &["acts", "rooms", "body", "access", "writer", "store", "secrets", "text", "office", "wire", "vocabulary"],
        HUB,
    ),
    room(
        "retention",
        &["coordination", "acts", "post", "access", "writer", "store", "uploads", "secrets", "body", "office"],
        HUB,
    ),
    room("keepers", &["acts", "access", "post", "outside", "writer", "store", "secrets", "body", "office"], HUB),
    room(
        "post",
        &[
            "writer",
            "store",
            "people",
            "paths",
            "secrets",
            "text",
            "pdf",
            "figures",
            "body",
            "office",
            "wire",
            "vocabulary",
        ],
        HUB,
    ),
    // Both doors look things up by the names of the store, and change nothing but through acts.
    // The rooms of pages stand on what they share, and do not know each other; `pages` is the door before them.
    room(
        "stationery",
        &[
            "coordination",
            "appraisal",
            "teleconference",
            "outside",
            "identity",
            "acts",
            "post",
            "views",
            "writer",
            "store",
            "access",
            "people",
            "paths",
            "emblem",
            "uploads",
            "secrets",
            "text",
            "body",
            "figures",
            "office",
            "wire",
            "vocabulary",
        ],
        HUB,
    ),
    room(
        "citizen-pages",
        &[
            "coordination",
            "appraisal",
            "teleconference",
            "outside",
            "identity",
            "acts",
            "post",
            "views",
            "writer",
            "store",
            "access",
            "people",
            "paths",
            "pdf",
            "uploads",
            "secrets",
            "text",
            "body",
            "figures",
            "office",
            "wire",
            "stationery",
            "vocabulary",
        ],
        HUB,
    ),
    room(
        "staff-pages",
        &[
            "coordination",
            "appraisal",
            "teleconference",
            "identity",
            "acts",
            "post",
            "views",
            "writer",
            "store",
            "access",
            "people",
            "paths",
            "spreadsheet",
            "secrets",
            "text",
            "body",
            "figures",
            "office",
            "wire",
            "stationery",
            "vocabulary",
        ],
        HUB,
    ),
    room(
        "admin-pages",
        &[
            "acts",
            "post",
            "writer",
            "store",
            "access",
            "people",
            "paths",
            "secrets",
            "text",
            "body",
            "office",
            "wire",
            "stationery",
            "vocabulary",
        ],
        HUB,
    ),
    room("pages", &["acts", "stationery", "citizen-pages", "staff-pages", "admin-pages", "paths"], HUB),
    room(
        "api",
        &[
            "coordination",
            "teleconference",
            "rooms",
            "outside",
            "acts",
            "post",
            "feed",
            "views",
            "writer",
            "store",
            "access",
            "people",
            "secrets",
            "text",
            "body",
            "office",
            "wire",
            "vocabulary",
        ],
        HUB,
    ),
    room(
        "hub",
        &[
            "heartbeat",
            "appraisal",
            "coordination",
            "teleconference",
            "rooms",
            "outside",
            "identity",
            "pages",
            "api",
            "emblem",
            "body",
            "body-file",
            "office-file",
            "post",
            "acts",
            "retention",
            "keepers",
            "feed",
            "views",
            "access",
            "writer",
            "store",
            "people",
            "paths",
            "uploads",
            "challenge",
            "secrets",
            "text",
            "office",
            "wire",
            "vocabulary",
        ],
        HUB,
    ),
    // The work around the house.
    room("lookalike", &[], &[ENGINE, DISK, CALLS, MAIL, LINES]),
    room("tests", &["wire", "vocabulary"], &[ENGINE, DISK, LINES]),
    room("bench", &["tests", "figures", "office", "wire", "vocabulary"], &[ENGINE, LINES]),
    room("xtask", &[], WORLD),
];

/// Where pages are made: their door, what they share, and a room for each kind of reader.
pub const PAGE_SOURCES: &[&str] = &[
    "hub/pages/src/",
    "hub/stationery/src/",
    "hub/citizen-pages/src/",
    "hub/staff-pages/src/",
    "hub/admin-pages/src/",
];

/// A library that only some rooms name themselves; others have what they need of it from them.
pub struct LibraryHolder {
    /// What its package is called.
    pub library: &'static str,
    /// Its room. The rule waits until that stands.
    pub home: &'static str,
    /// Who else may name it.
    pub also: &'static [&'static str],
}

/// Who may name which library.
pub const HOLDERS: &[LibraryHolder] = &[
    LibraryHolder { library: "bevy", home: "panel", also: &["kiosk", "display"] },
    // What offices bring is judged in `emblem` before it is drawn; the house's own drawings are of `pictograms`.
    LibraryHolder { library: "resvg", home: "emblem", also: &["pictograms"] },
    LibraryHolder { library: "serialport", home: "peripherals", also: &[] },
    LibraryHolder { library: "evdev", home: "peripherals", also: &[] },
    LibraryHolder { library: "webauthn_rp", home: "passkeys", also: &[] },
    LibraryHolder { library: "rusqlite", home: "store", also: &["bench"] },
    LibraryHolder { library: "lettre", home: "post", also: &[] },
    LibraryHolder { library: "ureq", home: "post", also: &["link", "identity", "tests", "hub"] },
    LibraryHolder { library: "rust_xlsxwriter", home: "spreadsheet", also: &[] },
    LibraryHolder { library: "openidconnect", home: "identity", also: &[] },
    LibraryHolder { library: "ldap3_proto", home: "identity", also: &[] },
    LibraryHolder {
        library: "askama",
        home: "stationery",
        also: &["post", "citizen-pages", "staff-pages", "admin-pages"],
    },
    LibraryHolder {
        library: "axum",
        home: "stationery",
        also: &["citizen-pages", "staff-pages", "admin-pages", "pages", "api", "feed", "hub", "lookalike", "bench"],
    },
];

/// The first judges the second, so that neither it nor its tests may share a crate of ours with it.
pub const STRANGERS: &[(&str, &str)] = &[("paper", "ticket"), ("lookalike", "identity"), ("lookalike", "outside")];
