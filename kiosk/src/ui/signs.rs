//! Which drawing of the set each sign is.

use walk::face::Sign;
use wire::Pictogram;

/// Its name in the set.
pub const fn icon(sign: Sign) -> &'static str {
    match sign {
        Sign::Service(pictogram) => of_service(pictogram),
        Sign::Booking => "calendar-event",
        Sign::Ticket => "ticket",
        Sign::Question => "help-circle",
        Sign::Bell => "bell-ringing",
        Sign::Language => "language",
        Sign::Large => "text-size",
        Sign::Contrast => "contrast",
        Sign::Ear => "ear",
        Sign::Low => "arrow-bar-to-down",
        Sign::Back => "arrow-left",
        Sign::Home => "home-2",
        Sign::Tick => "check",
        Sign::Cross => "x",
        Sign::Clock => "clock",
        Sign::Again => "refresh",
        Sign::Party => "users",
        Sign::Escort => "armchair",
        Sign::Hands => "hand-love-you",
        Sign::More => "plus",
        Sign::Less => "minus",
        Sign::NoPaper => "printer-off",
        Sign::Warning => "alert-triangle",
        Sign::Slower => "rewind-backward-5",
        Sign::Faster => "rewind-forward-5",
    }
}

const fn of_service(pictogram: Pictogram) -> &'static str {
    match pictogram {
        Pictogram::Document => "file-text",
        Pictogram::Certificate => "certificate",
        Pictogram::Family => "users-group",
        Pictogram::Identity => "id",
        Pictogram::Signature => "writing-sign",
        Pictogram::Copy => "copy",
        Pictogram::Car => "car",
        Pictogram::Disability => "disabled",
        Pictogram::Health => "stethoscope",
        Pictogram::Child => "baby-carriage",
        Pictogram::Home => "home",
        Pictogram::Building => "building",
        Pictogram::Tax => "receipt-tax",
        Pictogram::Money => "coin-euro",
        Pictogram::Water => "droplet",
        Pictogram::Green => "tree",
        Pictogram::Light => "bulb",
        Pictogram::School => "school",
        Pictogram::Work => "briefcase",
        Pictogram::Shop => "building-store",
        Pictogram::Law => "scale",
        Pictogram::World => "world",
        Pictogram::Shield => "shield-check",
        Pictogram::Information => "info-circle",
    }
}
