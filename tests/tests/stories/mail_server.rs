//! The hub and a real mail server: encrypted with a login, away for hours, asking to come later, refusing, slow, dropping
//! the line. Nothing is lost, nothing is sent twice, and the administrator sees what waits and why.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{
    house::House,
    http::Client,
    hub::{ADMIN, ADMIN_PASSWORD, Hub, Mails, Setting, Tls},
    moody_mail::MoodyMailServer,
    staff::{OFFICE, Staff},
    wait,
};

/// The administrator's view of the outbox.
struct Outbox(Client);

impl Outbox {
    fn open(hub: &Hub) -> Result<Self> {
        let client = hub.client();
        let signed = client.post_form("/login", "/login", &[("name", ADMIN), ("password", ADMIN_PASSWORD)])?;
        ensure!(signed.status == 303, "{}", signed.body);
        Ok(Self(client))
    }

    fn says(&self, words: &str) -> Result<()> {
        wait::until_ok(&format!("the outbox says «{words}»"), || {
            let page = self.0.get("/admin/outbox")?.body;
            ensure!(page.contains(words), "{page}");
            Ok(())
        })
    }

    fn try_now(&self) -> Result<()> {
        let pressed = self.0.post_form("/admin/outbox", "/admin/outbox/try", &[])?;
        ensure!(pressed.status == 303, "{}", pressed.body);
        Ok(())
    }
}

/// Somebody calls and books; the confirmation goes to their address.
fn book(hub: &Hub, start: &str, email: &str) -> Result<()> {
    let wish = json!({ "service": "driving-licence", "start": start, "name": "Μαρία", "email": email });
    let booked = Staff::admin(hub)?.client().post(&format!("/api/v1/offices/{OFFICE}/bookings"), &wish)?;
    ensure!(booked.status == 200, "{}", booked.body);
    Ok(())
}

#[test]
fn card_07_mail_goes_encrypted_and_signed_in() -> Result<()> {
    let folder = tempfile::TempDir::new()?;
    let mut server = MoodyMailServer::prepare_secure(folder.path(), Tls::Starttls)?;
    server.switch_on()?;
    let mails = Mails::Secure { port: server.port(), secrets: server.secrets().to_owned(), tls: Tls::Starttls };
    let mut house = House::open(Setting { mails, ..Setting::tuesday("10:00")? })?;
    book(&house.hub, "2026-12-01T10:00:00+02:00", "maria@example.gr")?;
    let mails = server.takes(1)?;
    ensure!(mails[0].to == "maria@example.gr" && mails[0].subject == "Το ραντεβού σας", "{:?}", mails[0]);
    ensure!(server.log().contains("taken encrypted signed-in"), "{}", server.log());

    // A wrong password, and a server whose certificate nobody signed whom the hub trusts: said in plain words.
    let config = house.hub.folder().join("hub.toml");
    let right = std::fs::read_to_string(&config)?;
    house.hub.stop()?;
    std::fs::write(server.secrets().join("wrong"), "another password")?;
    std::fs::write(&config, right.replace("/password\"", "/wrong\""))?;
    house.hub.run()?;
    book(&house.hub, "2026-12-01T12:00:00+02:00", "nikos@example.gr")?;
    Outbox::open(&house.hub)?.says("δεν δέχτηκε το όνομα χρήστη ή το συνθηματικό (κωδικός 535)")?;
    house.hub.stop()?;
    let without_ca: Vec<&str> = right.lines().filter(|line| !line.starts_with("ca_file")).collect();
    std::fs::write(&config, without_ca.join("\n"))?;
    house.hub.run()?;
    let outbox = Outbox::open(&house.hub)?;
    outbox.try_now()?;
    outbox.says("Το πιστοποιητικό του διακομιστή αλληλογραφίας δεν είναι έμπιστο.")?;
    house.hub.stop()?;
    std::fs::write(&config, right)?;
    house.hub.run()?;
    let outbox = Outbox::open(&house.hub)?;
    outbox.try_now()?;
    server.takes(2)?;
    outbox.says("Όλα τα μηνύματα έχουν σταλεί.")?;
    ensure!(server.taken()?.len() == 2, "each once");
    Ok(())
}

#[test]
fn card_07_mail_goes_over_a_line_that_is_encrypted_from_its_first_byte() -> Result<()> {
    let folder = tempfile::TempDir::new()?;
    let mut server = MoodyMailServer::prepare_secure(folder.path(), Tls::Implicit)?;
    server.switch_on()?;
    let mails = Mails::Secure { port: server.port(), secrets: server.secrets().to_owned(), tls: Tls::Implicit };
    let house = House::open(Setting { mails, ..Setting::tuesday("10:00")? })?;
    book(&house.hub, "2026-12-01T10:00:00+02:00", "maria@example.gr")?;
    server.takes(1)?;
    ensure!(server.log().contains("taken encrypted signed-in"), "{}", server.log());
    Ok(())
}

#[test]
fn trn_02_a_server_that_is_away_for_hours_loses_nothing() -> Result<()> {
    let folder = tempfile::TempDir::new()?;
    let mut server = MoodyMailServer::prepare(folder.path())?;
    let setting = Setting { mails: Mails::Smtp(server.port()), speed: 2_000.0, ..Setting::tuesday("10:00")? };
    let mut house = House::open(setting)?;
    for (hour, name) in [(10, "maria"), (11, "nikos"), (12, "eleni")] {
        book(&house.hub, &format!("2026-12-10T{hour}:00:00+02:00"), &format!("{name}@example.gr"))?;
    }
    let outbox = Outbox::open(&house.hub)?;
    outbox.says("Ο διακομιστής αλληλογραφίας δεν είναι προσβάσιμος")?;
    let began = house.hub.now()?;
    wait::until("six hours go by", || (house.hub.now().ok()? - began >= chrono::TimeDelta::hours(6)).then_some(()))?;
    // Also a power cut in between loses nothing.
    house.hub.kill()?;
    house.hub.run()?;
    server.switch_on()?;
    let mails = server.takes(3)?;
    Outbox::open(&house.hub)?.says("Όλα τα μηνύματα έχουν σταλεί.")?;
    let mut to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    to.sort_unstable();
    ensure!(to == ["eleni@example.gr", "maria@example.gr", "nikos@example.gr"], "{to:?}");
    ensure!(server.taken()?.len() == 3, "each once");
    house.hub.verify()?;
    Ok(())
}

#[test]
fn trn_02_a_server_in_every_bad_mood_gets_each_mail_once() -> Result<()> {
    let folder = tempfile::TempDir::new()?;
    let mut server = MoodyMailServer::prepare(folder.path())?;
    server.feels("451 4.3.0 later")?;
    server.switch_on()?;
    let setting = Setting { mails: Mails::Smtp(server.port()), ..Setting::tuesday("10:00")? };
    let house = House::open(setting)?;
    book(&house.hub, "2026-12-10T10:00:00+02:00", "maria@example.gr")?;
    let outbox = Outbox::open(&house.hub)?;
    outbox.says("ζήτησε να δοκιμάσουμε αργότερα (κωδικός 451)")?;
    for (mood, words) in [
        ("554 5.7.1 refused", "αρνήθηκε το μήνυμα (κωδικός 554)"),
        ("slow", "δεν απάντησε εγκαίρως"),
        ("drop", "δεν είναι προσβάσιμος ή η γραμμή κόπηκε"),
    ] {
        server.feels(mood)?;
        outbox.try_now()?;
        outbox.says(words)?;
    }
    ensure!(server.taken()?.is_empty(), "nothing was taken: {}", server.log());
    // It takes the mail and drops the line before it says so: it cannot be known, so it comes again as the same mail.
    server.feels("drop-after")?;
    outbox.try_now()?;
    server.takes(1)?;
    server.feels("well")?;
    wait::until_ok("the mail comes again", || {
        outbox.try_now()?;
        ensure!(server.taken()?.len() == 2, "{}", server.log());
        Ok(())
    })?;
    outbox.says("Όλα τα μηνύματα έχουν σταλεί.")?;
    let mails = server.taken()?;
    ensure!(mails.len() == 2 && mails[0].id == mails[1].id && !mails[0].id.is_empty(), "another Message-ID: {mails:?}");

    // A mailbox that does not exist is given up, and said so; pressed again, it is tried again.
    server.feels("550 5.1.1 no such user")?;
    book(&house.hub, "2026-12-10T12:00:00+02:00", "nikos@example.gr")?;
    outbox.says("δεν υπάρχει ή δεν δέχεται μηνύματα (κωδικός 550)")?;
    outbox.says("εγκαταλείφθηκε")?;
    server.feels("well")?;
    outbox.try_now()?;
    let mails = server.takes(3)?;
    ensure!(mails[2].to == "nikos@example.gr" && mails[2].id != mails[0].id, "{:?}", mails[2]);
    outbox.says("Όλα τα μηνύματα έχουν σταλεί.")?;
    ensure!(server.taken()?.len() == 3, "once");
    house.hub.verify()?;
    Ok(())
}
