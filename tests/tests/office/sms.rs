//! Messages to mobiles, for those whom no e-mail reaches (FLD-33): through Kannel, a real gateway, to its stand-in for a
//! mobile network; and through one that is asked with JSON.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::{
    hub::{Hub, Setting},
    kannel::{self, Kannel, ShortMessage},
    sms_gateway::SmsGateway,
    staff::OFFICE,
    wait::until_ok,
};

use crate::reach::Reach;

const MOBILE: &str = "+306940000000";

fn with_kannel(time: &str, kannel: &Kannel) -> Result<Reach> {
    Reach::open(time, |hub| {
        std::fs::write(hub.folder().join("sms-password"), format!("{}\n", kannel::PASSWORD))?;
        hub.configure(|text| text + &kannel.section())
    })
}

fn said(received: &[ShortMessage], nth: usize) -> &str {
    received.get(nth).map(|one| one.text.as_str()).unwrap_or_default()
}

/// Opens the administrator's page of the outbox again and again until it says so.
fn outbox(reach: &Reach, words: &str) -> Result<()> {
    until_ok(&format!("the outbox says «{words}»"), || {
        reach.place.go("/admin/outbox")?;
        let text = reach.place.browser.text()?;
        ensure!(text.contains(words), "{text}");
        Ok(())
    })
}

/// The code as it is read out.
fn shown(reference: &str) -> String {
    let (one, other) = reference.split_at(4);
    format!("{one} {other}")
}

#[test]
fn fld_33_who_has_no_mail_gets_an_sms_of_each_change_once() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-kannel-")?;
    let mut kannel = Kannel::prepare(folder.path())?;
    kannel.switch_on()?;
    let reach = with_kannel("09:00", &kannel)?;
    let (place, browser) = (&reach.place, &reach.place.browser);
    let reference = reach.book("Μαρία Αγγελάκη", None, Some("694 000 0000"))?;
    let got = kannel.receives(1)?;
    ensure!(got[0].from == "KEP" && got[0].to == MOBILE && got[0].parts == 2, "{got:?}");
    let office = "ΚΕΠ Δήμου Αγίου Νικολάου";
    let booked = format!("{office}: ραντεβού Τρί 01/12 09:00, Ανανέωση άδειας οδήγησης. Κωδικός {}", shown(&reference));
    ensure!(said(&got, 0) == booked, "{got:?}");
    place.sign_in()?;
    place.staff(&format!("bookings/{reference}"))?;
    browser.reads("Χωρίς e-mail: ο πολίτης λαμβάνει τα μηνύματα με SMS στο κινητό του.")?;
    place.judge("sms-booking")?;

    // Moved, to be corrected, void: each in its own words, in the booking's language.
    let booking = format!("/api/v1/offices/{OFFICE}/bookings/{reference}");
    let ask = |what: &str, body: &Value| {
        let answer = reach.staff()?.post(&format!("{booking}/{what}"), body)?;
        ensure!(answer.status == 200, "{what}: {}", answer.body);
        Ok(())
    };
    ask("moves", &json!({ "start": "2026-12-01T12:00:00+02:00" }))?;
    ensure!(said(&kannel.receives(2)?, 1).starts_with(&format!("{office}: νέα ώρα για το ραντεβού, Τρί 01/12 12:00")));
    place.staff(&format!("bookings/{reference}"))?;
    browser.press("Αίτημα διόρθωσης")?;
    browser.press_selector("#correct-why option[value=details-wrong]")?;
    browser.press("Αποστολή αιτήματος διόρθωσης")?;
    browser.reads("Ζητήθηκε διόρθωση.")?;
    let got = kannel.receives(3)?;
    ensure!(said(&got, 2).contains("χρειάζεται διόρθωση έως") && said(&got, 2).contains("28410 00000"), "{got:?}");
    ask("cancellations", &json!({}))?;
    let got = kannel.receives(4)?;
    ensure!(said(&got, 3).starts_with(&format!("{office}: το ραντεβού Τρί 01/12 12:00 ακυρώθηκε.")), "{got:?}");
    ensure!(got.iter().all(|one| one.parts <= 2 && one.text.encode_utf16().count() <= 134), "{got:?}");
    outbox(&reach, "Όλα τα μηνύματα έχουν σταλεί.")?;
    place.staff("bookings/calls")?;
    browser.reads("Δεν χρειάζεται να κληθεί κανείς.")?;
    ensure!(kannel.received()?.len() == 4, "each once");
    ensure!(reach.server.taken()?.is_empty(), "and no mail");
    let log = std::fs::read_to_string(place.hub.log())?;
    for secret in ["6940000", "694 000", "Αγγελάκη", "βότσαλα", "%CE", "sendsms"] {
        ensure!(!log.contains(secret), "the log says {secret}");
    }
    reach.place.close()
}

#[test]
fn fld_33_whose_mail_is_refused_gets_an_sms_in_its_place() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-kannel-")?;
    let mut kannel = Kannel::prepare(folder.path())?;
    kannel.switch_on()?;
    let reach = with_kannel("09:00", &kannel)?;
    reach.server.feels("550 5.1.1 no such user")?;
    let reference = reach.book("Μαρία Αγγελάκη", Some("maria@exmaple.gr"), Some(MOBILE))?;
    let got = kannel.receives(1)?;
    ensure!(
        said(&got, 0).contains("ραντεβού Τρί 01/12 09:00") && said(&got, 0).contains(&shown(&reference)),
        "{got:?}"
    );
    reach.place.sign_in()?;
    reach.staff_read(&format!("bookings/{reference}"), "Το μήνυμα δεν παραδόθηκε στη διεύθυνση maria@exmaple.gr")?;
    reach.place.browser.reads("Ο πολίτης ενημερώνεται με SMS στο κινητό του.")?;
    reach.place.judge("sms-undelivered")?;
    reach.place.staff("bookings/calls")?;
    reach.place.browser.reads("Δεν χρειάζεται να κληθεί κανείς.")?;
    // The next letter does not knock at that door again.
    let refusals = reach.server.log().lines().count();
    let booking = format!("/api/v1/offices/{OFFICE}/bookings/{reference}");
    let cancelled = reach.staff()?.post(&format!("{booking}/cancellations"), &json!({}))?;
    ensure!(cancelled.status == 200, "{}", cancelled.body);
    ensure!(said(&kannel.receives(2)?, 1).contains("ακυρώθηκε"));
    ensure!(reach.server.log().lines().count() == refusals, "{}", reach.server.log());
    ensure!(kannel.received()?.len() == 2, "each once");
    reach.place.close()
}

#[test]
fn fld_33_a_gateway_that_is_away_or_says_no_loses_nothing() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-kannel-")?;
    let mut kannel = Kannel::prepare(folder.path())?;
    let mut reach = with_kannel("09:00", &kannel)?;
    reach.book("Μαρία Αγγελάκη", None, Some(MOBILE))?;
    reach.place.sign_in()?;
    outbox(&reach, "Η πύλη SMS δεν είναι προσβάσιμη")?;
    reach.place.judge("sms-outbox")?;
    // A power cut in between, and a password that is wrong at first.
    std::fs::write(reach.place.hub.folder().join("sms-password"), "wrong")?;
    reach.place.hub.kill()?;
    reach.place.hub.run()?;
    kannel.switch_on()?;
    reach.place.go("/admin/outbox")?;
    reach.place.browser.press("Προσπάθεια για όλα τώρα")?;
    outbox(&reach, "Η πύλη SMS δεν δέχτηκε το όνομα χρήστη ή το συνθηματικό (κωδικός 403)")?;
    std::fs::write(reach.place.hub.folder().join("sms-password"), kannel::PASSWORD)?;
    reach.place.hub.stop()?;
    reach.place.hub.run()?;
    reach.place.go("/admin/outbox")?;
    reach.place.browser.press("Προσπάθεια για όλα τώρα")?;
    let got = kannel.receives(1)?;
    ensure!(got[0].to == MOBILE, "{got:?}");
    outbox(&reach, "Όλα τα μηνύματα έχουν σταλεί.")?;
    // A number that the gateway does not serve is given up: that person is called. So is who has no mobile at all.
    reach.book("Τζέιν Ντόου", None, Some("+44 7400 123456"))?;
    outbox(&reach, "Η πύλη SMS αρνήθηκε το μήνυμα (κωδικός 400)")?;
    let third = reach.book("Νίκος Δρακάκης", None, Some("28410 00000"))?;
    let cancelled = format!("/api/v1/offices/{OFFICE}/bookings/{third}/cancellations");
    ensure!(reach.staff()?.post(&cancelled, &json!({}))?.status == 200, "not cancelled");
    reach.staff_read("bookings/calls", "το ραντεβού Τρί 01/12 11:00 ακυρώθηκε")?;
    for words in ["Τζέιν Ντόου", "+44 7400 123456", "Νίκος Δρακάκης", "+30 2841 000000"] {
        reach.place.browser.reads(words)?;
    }
    ensure!(kannel.received()?.len() == 1, "{:?}", kannel.received());
    kannel.switch_off()?;
    reach.place.close()
}

#[test]
fn fld_33_a_gateway_is_asked_as_its_provider_wants_it() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-gateway-")?;
    let gateway = SmsGateway::start(folder.path())?;
    let url = gateway.url();
    let mut reach = Reach::open("09:00", |hub| {
        std::fs::write(hub.folder().join("sms-key"), "a-key-of-the-provider\nwhat follows is not it\n")?;
        let section = format!(
            "\n[sms]\nurl = \"{url}\"\nmethod = \"json\"\nfrom = \"KEP\"\npassword_file = \"sms-key\"\n\
             accepted_says = \"OK\"\ntimeout_seconds = 2\nheaders = {{ authorization = \"Bearer {{password}}\" }}\n\
             [sms.fields]\nsender = \"{{from}}\"\nmessages = [{{ to = [\"{{to_digits}}\"], body = \"{{text}}\", unicode = true \
             }}]\n"
        );
        hub.configure(|text| text + &section)
    })?;
    // What somebody is called stands in no message; what an office writes is text, whatever is in it.
    reach.book("\"}],\"x\":[{ {text} {password}", None, Some(MOBILE))?;
    let asked = gateway.is_asked(1)?;
    let body: Value = serde_json::from_str(&asked[0].body)?;
    ensure!(asked[0].authorization.as_deref() == Some("Bearer a-key-of-the-provider"), "{asked:?}");
    ensure!(
        asked[0].path == "/send" && asked[0].kind.as_deref().is_some_and(|kind| kind.contains("json")),
        "{asked:?}"
    );
    let message = &body["messages"][0];
    ensure!(
        message["to"] == json!(["306940000000"]) && message["unicode"] == true && body["sender"] == "KEP",
        "{body}"
    );
    ensure!(message["body"].as_str().is_some_and(|text| text.contains("ραντεβού Τρί 01/12 09:00")), "{body}");

    // It says no with a 200, sends us elsewhere, is silent: the message waits, and nobody else gets the key.
    reach.place.sign_in()?;
    for (number, (mood, words)) in [
        ("200 ERROR credits", "δεν δέχτηκε το μήνυμα ακόμη (κωδικός 200)"),
        ("302 moved", "δεν δέχτηκε το μήνυμα ακόμη (κωδικός 302)"),
        ("500 down", "δεν δέχτηκε το μήνυμα ακόμη (κωδικός 500)"),
        ("silent", "Η πύλη SMS δεν απάντησε εγκαίρως"),
    ]
    .into_iter()
    .enumerate()
    {
        gateway.answers(mood)?;
        if number == 0 {
            reach.book("Νίκος Δρακάκης", None, Some("6970000000"))?;
        } else {
            reach.place.go("/admin/outbox")?;
            reach.place.browser.press("Προσπάθεια για όλα τώρα")?;
        }
        outbox(&reach, words)?;
    }
    ensure!(gateway.asked()?.iter().all(|one| one.path == "/send"), "{:?}", gateway.asked());

    // Another provider wants a form.
    gateway.answers("202 queued")?;
    reach.place.hub.stop()?;
    reach.place.hub.configure(|text| {
        let before = text.split("\n[sms]").next().unwrap_or_default().to_owned();
        before
            + &format!(
                "\n[sms]\nurl = \"{url}\"\nmethod = \"form\"\nfields = {{ to = \"{{to}}\", text = \"{{text}}\" }}\n"
            )
    })?;
    let before = gateway.asked()?.len();
    reach.place.hub.run()?;
    reach.place.go("/admin/outbox")?;
    reach.place.browser.press("Προσπάθεια για όλα τώρα")?;
    let asked = gateway.is_asked(before + 1)?;
    let last = &asked[before];
    ensure!(last.kind.as_deref() == Some("application/x-www-form-urlencoded"), "{last:?}");
    ensure!(last.body.contains("to=%2B306970000000") && !last.body.contains('<'), "{last:?}");
    let log = std::fs::read_to_string(reach.place.hub.log())?;
    for secret in ["a-key-of", "697000", "694000", "send?"] {
        ensure!(!log.contains(secret), "the log says {secret}");
    }
    reach.place.close()
}

#[test]
fn fld_13_fld_33_a_reminder_goes_to_the_mobile_in_the_language_of_the_booking() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-kannel-")?;
    let mut kannel = Kannel::prepare(folder.path())?;
    kannel.switch_on()?;
    let mut reach = with_kannel("09:00", &kannel)?;
    let wish = json!({ "service": "driving-licence", "start": "2026-11-27T11:00:00+02:00", "name": "Jane Doe",
        "phone": MOBILE, "language": "en" });
    let booked = reach.staff()?.post(&format!("/api/v1/offices/{OFFICE}/bookings"), &wish)?;
    ensure!(booked.status == 200, "{}", booked.body);
    let got = kannel.receives(1)?;
    let office = "Citizens' Service Centre, Municipality of Agios Nikolaos";
    ensure!(said(&got, 0).starts_with(&format!("{office}: appointment Fri 27/11 11:00")), "{got:?}");
    reach.place.hub.stop()?;
    reach.place.hub.set_clock("2026-11-25T09:59:55+02:00".parse()?);
    reach.place.hub.run()?;
    let got = kannel.receives(2)?;
    ensure!(said(&got, 1).starts_with(&format!("{office}: reminder, appointment Fri 27/11 11:00.")), "{got:?}");
    ensure!(got[1].parts <= 2 && got[1].to == MOBILE, "{got:?}");
    reach.place.close()
}

#[test]
fn fld_33_check_config_says_what_is_wrong_and_what_would_be_right() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-check-")?;
    let hub = Hub::prepare(folder.path(), Setting::tuesday("09:00")?)?;
    let right = std::fs::read_to_string(folder.path().join("hub.toml"))?;
    let says = |text: String| -> Result<String> {
        hub.configure(|_| text)?;
        let output = hub.command("check-config")?.output()?;
        ensure!(!output.status.success(), "nothing is wrong with it");
        Ok(String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let line = right.lines().count() + 4;
    let sms = "\n[sms]\nurl = \"https://sms.example.gr/send\"\nfields = { to = \"{phone}\", text = \"{text}\" }\n";
    let said = says(format!("{right}{sms}"))?;
    ensure!(said.contains("sms.fields.to: {phone} is not known; there are {to}"), "{said}");
    ensure!(said.contains(&format!("line {line}")), "on which line: {said}");
    let said = says(format!("{right}{}", sms.replace("{phone}", "{to}{password}")))?;
    ensure!(said.contains("[sms] needs password_file"), "{said}");
    let bounces = |lines: &str| right.replacen("[mail]\n", &format!("[mail]\n{lines}\n"), 1);
    let said = says(bounces("bounces = \"bounces@kep.example.gr\""))?;
    ensure!(said.contains("mail.bounces_token_file") && said.contains("openssl rand -hex 32"), "{said}");
    std::fs::write(folder.path().join("short"), "abc")?;
    let said = says(bounces("bounces = \"bounces@kep.example.gr\"\nbounces_token_file = \"short\""))?;
    ensure!(said.contains("at least 32 letters"), "{said}");
    let said = says(bounces("bounces = \"a+b@kep.example.gr\"\nbounces_token_file = \"short\""))?;
    ensure!(said.contains("without a +"), "{said}");
    Ok(())
}
