//! Agents: invited by an administrator (TRN-08), they book in their own name, or for a citizen whose own word makes it
//! final (TRN-07).

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use tests::{
    booking::{Citizen, HeldTimePage, details_of, prove_today},
    device::pair_without_screen,
    house::PlainKiosk,
    http::{Answer, Client},
    hub::{ADMIN, ADMIN_PASSWORD, Hub},
    mail::MailServer,
};
use wire::DeviceKind;

use crate::{
    bounds::link_of,
    kept::{CitizenScene, scene, scene_of, traces},
    pages::look,
    walk::{WalkPlace, place},
};

pub const AGENT: &str = "school@example.gr";
pub const PASSWORD: &str = "Τρία ήσυχα αμάξια";
const SCHOOL: &str = "Σχολή Οδηγών «Η Στροφή»";
const CITIZEN: &str = "learner@example.gr";

/// An administrator at the pages.
pub fn administrator(hub: &Hub) -> Result<Client> {
    let client = hub.client();
    let answer = client.post_form("/login", "/login", &[("name", ADMIN), ("password", ADMIN_PASSWORD)])?;
    ensure!(answer.status == 303, "{}: {}", answer.status, answer.body);
    Ok(client)
}

fn invite(hub: &Hub) -> Result<Client> {
    let admin = administrator(hub)?;
    let fields = [("name", SCHOOL), ("email", AGENT), ("phone", "2841 012345"), ("tax", "090000045")];
    let answer = admin.post_form("/admin/agents", "/admin/agents", &fields)?;
    ensure!(answer.status == 303, "{}: {}", answer.status, answer.body);
    Ok(admin)
}

/// The path behind the hub's address of a link in a mail.
fn path(hub: &Hub, link: &str) -> Result<String> {
    Ok(link.strip_prefix(&hub.base()).context("a link to the hub")?.to_owned())
}

/// The agent, invited and signed in, as somebody who books.
pub fn agent(hub: &Hub, post: &MailServer) -> Result<Citizen> {
    invite(hub)?;
    let mail = post.wait_for(AGENT, 0)?;
    let link = path(hub, &mail.link(&format!("{}/agent/password/", hub.base()))?)?;
    let client = hub.client();
    let answer = client.post_form(&link, &link, &[("password", PASSWORD), ("again", PASSWORD)])?;
    ensure!(answer.location.as_deref() == Some("/agent"), "{}: {}", answer.status, answer.body);
    Ok(Citizen::new(client, AGENT))
}

/// An agent signs in where everybody does.
fn signs_in(client: &Client, email: &str, password: &str) -> Result<Answer> {
    client.post_form("/login?next=/agent", "/login", &[("name", email), ("password", password), ("next", "/agent")])
}

/// A time that is kept for an agent.
pub fn hold(agent: &Citizen, nth: usize) -> Result<HeldTimePage> {
    let times = agent.times("kep", "driving-licence")?;
    agent.held(&agent.press_time("kep", "driving-licence", times.get(nth).context("a time")?)?)
}

fn own<'a>() -> Vec<(&'a str, &'a str)> {
    let person = details_of("Νίκος Στροφής").into_iter().filter(|(name, _)| *name != "behalf");
    [("behalf", "company"), ("company", SCHOOL), ("tax", "090000045")].into_iter().chain(person).collect()
}

/// What an agent types for a citizen.
pub fn for_citizen<'a>(name: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    let person = details_of(name).into_iter().filter(|(name, _)| *name != "behalf");
    [("behalf", "citizen"), ("citizen-email", email)].into_iter().chain(person).collect()
}

/// Leaves a time to a citizen.
fn entrust(agent: &Citizen, nth: usize, name: &str, email: &str) -> Result<Answer> {
    let held = hold(agent, nth)?;
    let page = agent.open(held.page())?;
    agent.send(&page.body, held.page(), &for_citizen(name, email))
}

#[test]
fn new_08_an_agent_changes_the_password_and_is_sent_a_link_when_it_is_forgotten() -> Result<()> {
    const NEW: &str = "Δύο γρήγορα καράβια";
    let scene = scene()?;
    invite(&scene.hub)?;
    let link =
        path(&scene.hub, &scene.post.wait_for(AGENT, 0)?.link(&format!("{}/agent/password/", scene.hub.base()))?)?;
    let (here, there) = (scene.hub.client(), scene.hub.client());
    here.post_form(&link, &link, &[("password", PASSWORD), ("again", PASSWORD)])?;
    signs_in(&there, AGENT, PASSWORD)?;
    let change = |own: &str, new: &str| {
        let fields = [("own", own), ("password", new), ("again", new)];
        here.post_form("/staff/account", "/staff/account/password", &fields)
    };
    for (own, new, sentence) in [
        ("Τρία αμάξια", NEW, "Το τωρινό σας συνθηματικό δεν είναι σωστό"),
        (PASSWORD, "school school 1", "δεν πρέπει να περιέχει το όνομά σας"),
    ] {
        let answer = change(own, new)?;
        ensure!(answer.status == 422 && answer.body.contains(sentence), "{}: {}", answer.status, answer.body);
    }
    ensure!(change(PASSWORD, NEW)?.location.as_deref() == Some("/staff/account?done=password"));
    ensure!(here.get("/staff/account?done=password")?.body.contains("Το συνθηματικό άλλαξε"));
    ensure!(there.get("/agent")?.location.is_some(), "the other session ended");
    // Whoever has no account gets the same answer, and no mail.
    let forgot = |email: &str| there.post_form("/login/forgotten", "/login/forgotten", &[("who", email)]);
    for email in ["nobody@example.gr", AGENT] {
        ensure!(forgot(email)?.location.as_deref() == Some("/login/forgotten?sent=1"), "{email}");
    }
    let mail = scene.post.wait_for(AGENT, 1)?;
    ensure!(scene.post.count("nobody@example.gr")? == 0, "nobody has a mail");
    let link = path(&scene.hub, &mail.link(&format!("{}/login/password/", scene.hub.base()))?)?;
    let set = there.post_form(&link, &link, &[("password", PASSWORD), ("again", PASSWORD)])?;
    ensure!(set.location.as_deref() == Some("/login?done=password"), "{}: {}", set.status, set.body);
    ensure!(there.get("/agent")?.location.is_some(), "nobody is signed in by a mail");
    ensure!(here.get("/agent")?.location.is_some(), "every session ended");
    ensure!(there.get(&link)?.status == 410, "good once");
    let right = signs_in(&there, AGENT, PASSWORD)?;
    ensure!(right.location.as_deref() == Some("/agent"), "{}: {}", right.status, right.body);
    Ok(())
}

#[test]
fn trn_08_an_agent_is_invited_sets_a_password_once_and_signs_in() -> Result<()> {
    let scene = scene()?;
    let admin = invite(&scene.hub)?;
    let twice =
        admin.post_form("/admin/agents", "/admin/agents", &[("name", "Άλλη"), ("email", "School@example.gr")])?;
    ensure!(twice.status == 422 && twice.body.contains("Υπάρχει ήδη"), "{}", twice.status);
    let wrong = admin.post_form("/admin/agents", "/admin/agents", &[("name", "Άλλη"), ("email", "school")])?;
    ensure!(wrong.status == 422 && wrong.body.contains("onoma@example.gr"), "{}", wrong.status);
    let mail = scene.post.wait_for(AGENT, 0)?;
    ensure!(mail.subject == "Ο λογαριασμός σας", "{}", mail.subject);
    let link = path(&scene.hub, &mail.link(&format!("{}/agent/password/", scene.hub.base()))?)?;
    let client = scene.hub.client();
    for (password, again, sentence) in
        [("short", "short", "12 χαρακτήρες"), (PASSWORD, "Τρία ήσυχα αμάξια!", "δεν είναι ίδια")]
    {
        let answer = client.post_form(&link, &link, &[("password", password), ("again", again)])?;
        ensure!(answer.status == 422 && answer.body.contains(sentence), "{}: {}", answer.status, answer.body);
    }
    let answer = client.post_form(&link, &link, &[("password", PASSWORD), ("again", PASSWORD)])?;
    ensure!(answer.location.as_deref() == Some("/agent"), "{}: {}", answer.status, answer.body);
    ensure!(client.get("/agent")?.body.contains("Η Στροφή"));
    ensure!(client.get(&link)?.status == 410, "an invitation is good once");
    ensure!(client.get("/staff")?.status == 403, "an agent is no clerk");
    ensure!(client.get("/admin")?.status == 403, "an agent is no administrator");
    client.post_form("/agent", "/logout", &[])?;
    ensure!(client.get("/agent")?.location.as_deref() == Some("/agent/login"));
    let wrong = signs_in(&client, AGENT, "Τρία αμάξια")?;
    ensure!(wrong.status == 401 && wrong.body.contains("δεν είναι σωστό"), "{}", wrong.status);
    let right = signs_in(&client, "SCHOOL@example.gr", PASSWORD)?;
    ensure!(right.location.as_deref() == Some("/agent"), "{}: {}", right.status, right.body);
    // Shut out at once; invited once more, with a link of its own.
    let off = admin.post_form("/admin/agents", "/admin/agents/1/disable", &[])?;
    ensure!(off.status == 303, "{}: {}", off.status, off.body);
    ensure!(client.get("/agent")?.status == 403, "shut out at once");
    admin.post_form("/admin/agents", "/admin/agents/1/invite", &[])?;
    let again = scene.post.wait_for(AGENT, 1)?;
    let anew = path(&scene.hub, &again.link(&format!("{}/agent/password/", scene.hub.base()))?)?;
    ensure!(anew != link && client.get(&anew)?.status == 200 && client.get(&link)?.status == 410);
    ensure!(
        client.post_form(&anew, &anew, &[])?.location.as_deref() == Some("/agent"),
        "with the account that is there"
    );
    ensure!(client.get("/agent")?.body.contains("Η Στροφή"));
    Ok(())
}

#[test]
fn trn_07_in_its_own_name_with_the_details_filled_in() -> Result<()> {
    let mut scene = scene()?;
    let agent = agent(&scene.hub, &scene.post)?;
    let held = hold(&agent, 0)?;
    let page = agent.open(held.page())?;
    ensure!(
        page.body.contains("value=\"Σχολή Οδηγών «Η Στροφή»\"") && page.body.contains("090000045"),
        "{}",
        page.body
    );
    let booked = agent.confirm_with(&held, &own())?;
    ensure!(booked.body.contains("Το ραντεβού σας κλείστηκε"), "{}: {}", booked.status, booked.body);
    let mail = scene.post.wait_for(AGENT, 1)?;
    ensure!(mail.text("text/plain")?.contains("Η Στροφή"), "{}", mail.text("text/plain")?);
    // Everything of the first time is there at the second.
    let held = hold(&agent, 1)?;
    let page = agent.open(held.page())?;
    for word in ["Νίκος Στροφής", "Πλατεία Ελευθερίας 1", "721 00", "694 000 0000"] {
        ensure!(page.body.contains(word), "{word} is filled in: {}", page.body);
    }
    let list = agent.open("/agent")?;
    ensure!(list.body.contains("Ισχύει") && list.body.contains("/booking/kep."), "{}", list.body);
    scene.hub.stop()?;
    scene.hub.verify()?;
    Ok(())
}

#[test]
fn trn_07_a_booking_for_a_citizen_is_final_when_the_citizen_says_so() -> Result<()> {
    let mut scene = scene()?;
    let agent = agent(&scene.hub, &scene.post)?;
    let held = hold(&agent, 0)?;
    let page = agent.open(held.page())?;
    let leave = |email| agent.send(&page.body, held.page(), &for_citizen("Μαρία Μαθητεύουσα", email));
    let left = leave("wrong")?;
    ensure!(left.status == 422 && left.body.contains("onoma@example.gr"), "{}: {}", left.status, left.body);
    let left = leave(AGENT)?;
    ensure!(left.status == 422 && left.body.contains("όχι τη δική σας"), "{}: {}", left.status, left.body);
    let left = leave(CITIZEN)?;
    ensure!(left.location.as_deref().is_some_and(|to| to.starts_with("/agent?")), "{}: {}", left.status, left.body);
    let list = agent.open("/agent")?;
    ensure!(list.body.contains("Περιμένει τον πολίτη") && list.body.contains("Μαρία Μαθητεύουσα"), "{}", list.body);
    let mail = scene.post.wait_for(CITIZEN, 0)?;
    ensure!(mail.text("text/plain")?.contains("Η Στροφή") && !mail.text("text/plain")?.contains("Μαθητεύουσα"));
    let link = path(&scene.hub, &mail.link(&format!("{}/entrusted/", scene.hub.base()))?)?;
    // The hub is started anew in between: what the agent typed is still there.
    scene.hub.stop()?;
    scene.hub.run()?;
    let client = scene.hub.client();
    for _ in 0..2 {
        ensure!(client.get(&link)?.status == 200);
    }
    ensure!(scene.post.count(CITIZEN)? == 1, "opening the link makes nothing final");
    let pressed = client.post_form(&link, &link, &[])?;
    let review = client.get(&pressed.location.context("to the last check")?)?;
    ensure!(review.body.contains("Μαρία Μαθητεύουσα") && review.body.contains(CITIZEN), "{}", review.body);
    ensure!(review.body.contains("id=\"notice\""), "the privacy notice is the citizen's to read");
    let action =
        review.body.split("action=\"").find_map(|rest| rest.split('"').next().filter(|to| to.ends_with("/confirm")));
    let answer = client.post_form_of(&review.body, action.context("a form")?, &[("consent", "yes")])?;
    let page = client.get(&answer.location.context("booked")?)?;
    ensure!(page.body.contains("Το ραντεβού σας κλείστηκε"), "{}", page.body);
    let confirmed = scene.post.wait_for(CITIZEN, 1)?;
    ensure!(confirmed.text("text/plain")?.contains("Μαρία Μαθητεύουσα"));
    ensure!(client.get(&link)?.status == 410, "the link is over");
    let list = agent.open("/agent")?;
    ensure!(list.body.contains("Ισχύει") && !list.body.contains("/booking/"), "the citizen's to change: {}", list.body);
    scene.hub.stop()?;
    let log = std::fs::read_to_string(scene.hub.log())?;
    let exported = scene.hub.command("export")?.output()?;
    let exported = String::from_utf8_lossy(&exported.stdout).into_owned();
    for word in ["Μαθητεύουσα", "learner@", "school@", "Στροφή", "694000", "694 000", "Τρία ήσυχα"]
    {
        ensure!(!log.contains(word) && !exported.contains(word), "{word} is in the log or the journal");
    }
    scene.hub.verify()?;
    Ok(())
}

#[test]
fn trn_07_what_the_citizen_does_not_confirm_lapses_and_leaves_nothing() -> Result<()> {
    let mut scene = scene()?;
    let agent = agent(&scene.hub, &scene.post)?;
    let before = agent.times("kep", "driving-licence")?;
    let last = before.len() - 1;
    entrust(&agent, last, "Ξανθίππη Μοναδική", "never@example.gr")?;
    scene.post.wait_for("never@example.gr", 0)?;
    ensure!(!traces(scene.hub.folder(), &["Μοναδική"])?.is_empty(), "it is kept while it waits");
    // Another refuses: nothing is kept, at once.
    entrust(&agent, 0, "Πολυξένη Αποσυρθείσα", "refuses@example.gr")?;
    let mail = scene.post.wait_for("refuses@example.gr", 0)?;
    let link = path(&scene.hub, &mail.link(&format!("{}/entrusted/", scene.hub.base()))?)?;
    let client = scene.hub.client();
    let pressed = client.post_form(&link, &link, &[])?;
    let review = client.get(&pressed.location.context("to the last check")?)?;
    let action =
        review.body.split("action=\"").find_map(|rest| rest.split('"').next().filter(|to| to.ends_with("/confirm")));
    let answer = client.post_form_of(&review.body, action.context("a form")?, &[("consent", "no")])?;
    ensure!(answer.body.contains("σταμάτησε"), "{}: {}", answer.status, answer.body);
    let found = traces(scene.hub.folder(), &["Αποσυρθείσα", "refuses@"])?;
    ensure!(found.is_empty(), "{found:?}");
    scene.hub.stop()?;
    let now = scene.hub.now()?;
    scene.hub.set_clock(now + TimeDelta::hours(40));
    scene.hub.run()?;
    tests::wait::until("the night's erasing", || {
        traces(scene.hub.folder(), &["Μοναδική", "never@"]).ok().filter(Vec::is_empty).map(drop)
    })?;
    scene.hub.stop()?;
    scene.hub.verify()?;
    Ok(())
}

#[test]
fn trn_07_what_was_left_to_a_wrong_address_is_withdrawn() -> Result<()> {
    let scene = scene_of(two_a_day)?;
    let agent = agent(&scene.hub, &scene.post)?;
    let before = agent.times("kep", "driving-licence")?;
    entrust(&agent, 1, "Άννα Άλλη", "other@example.gr")?;
    scene.post.wait_for("other@example.gr", 0)?;
    entrust(&agent, 0, "Ευγενία Παραδρομή", "mistyped@example.gr")?;
    let mail = scene.post.wait_for("mistyped@example.gr", 0)?;
    let link = path(&scene.hub, &mail.link(&format!("{}/entrusted/", scene.hub.base()))?)?;
    ensure!(agent.times("kep", "driving-licence")? != before, "both of the day's bookings are taken");
    let list = agent.open("/agent")?;
    let booking = list.body.split("name=\"booking\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let booking = booking.context("it can be withdrawn")?.to_owned();
    // Nobody else's: a citizen's own hold has a number too.
    let other = agent.send(&list.body, "/agent/withdraw", &[("booking", "9999")])?;
    ensure!(other.status == 404, "{}", other.status);
    let done = agent.send(&list.body, "/agent/withdraw", &[("booking", &booking)])?;
    ensure!(done.location.as_deref() == Some("/agent?withdrawn=1"), "{}: {}", done.status, done.body);
    ensure!(agent.times("kep", "driving-licence")? == before, "one of the day is free again");
    ensure!(agent.open("/agent")?.body.matches("Περιμένει").count() == 1, "the other still waits");
    ensure!(scene.hub.client().get(&link)?.status == 410);
    let found = traces(scene.hub.folder(), &["Παραδρομή"])?;
    ensure!(found.is_empty(), "{found:?}");
    Ok(())
}

/// Makes a booking final that was left to a citizen; its page.
fn make_final(scene: &CitizenScene, email: &str) -> Result<String> {
    let mail = scene.post.wait_for(email, 0)?;
    let link = path(&scene.hub, &mail.link(&format!("{}/entrusted/", scene.hub.base()))?)?;
    let client = scene.hub.client();
    let pressed = client.post_form(&link, &link, &[])?;
    let review = client.get(&pressed.location.context("to the last check")?)?;
    let action =
        review.body.split("action=\"").find_map(|rest| rest.split('"').next().filter(|to| to.ends_with("/confirm")));
    let answer = client.post_form_of(&review.body, action.context("a form")?, &[("consent", "yes")])?;
    link_of(&client.get(&answer.location.context("booked")?)?)
}

/// The agent, signed in on another day.
fn again(scene: &CitizenScene) -> Result<Citizen> {
    let client = scene.hub.client();
    signs_in(&client, AGENT, PASSWORD)?;
    Ok(Citizen::new(client, AGENT))
}

#[test]
fn trn_07_what_is_over_stays_in_the_list_by_its_days_and_in_the_file() -> Result<()> {
    let mut scene = scene()?;
    let agent = agent(&scene.hub, &scene.post)?;
    agent.confirm_with(&hold(&agent, 0)?, &own())?;
    let given_up = link_of(&agent.confirm_with(&hold(&agent, 1)?, &own())?)?;
    entrust(&agent, 2, "Μαρία Μαθητεύουσα", CITIZEN)?;
    make_final(&scene, CITIZEN)?;
    entrust(&agent, 3, "Πέτρος Διστακτικός", "never@example.gr")?;
    let cancel = format!("{given_up}/cancel");
    scene.hub.client().post_form(&cancel, &cancel, &[])?;
    let list = agent.open("/agent")?.body;
    ensure!(list.matches("<tr class=\"is-").count() == 4, "four lines: {list}");
    ensure!(list.matches("Τρίτη 24 Νοεμβρίου").count() == 1, "their day is said once: {list}");
    for look in ["tag-expected", "tag-cancelled", "tag-kept"] {
        ensure!(list.contains(look), "{look}: {list}");
    }
    // For one of them somebody comes.
    let code = scene.post.wait_for(AGENT, 1)?.inline_picture()?.qr()?.context("no QR code")?;
    let kiosk = PlainKiosk::new(pair_without_screen(&scene.hub, DeviceKind::Kiosk, "Είσοδος")?);
    ensure!(kiosk.check_in(&code)?.status == 200);
    // Two days later the office has forgotten the day, and the agent has not.
    scene.hub.stop()?;
    let now = scene.hub.now()?;
    scene.hub.set_clock(now + TimeDelta::days(2));
    scene.hub.run()?;
    let agent = again(&scene)?;
    tests::wait::until("the day is over", || {
        agent.open("/agent?from=2026-11-24&to=2026-11-24").ok().filter(|page| page.body.contains("24 Νοεμβρίου 2026"))
    })?;
    let list = agent.open("/agent")?;
    ensure!(list.body.contains("Δεν έχετε ραντεβού από σήμερα και μετά"), "{}", list.body);
    let list = agent.open("/agent?from=2026-11-24&to=2026-11-24")?;
    for said in ["Τρίτη 24 Νοεμβρίου 2026", "Έγινε δήλωση άφιξης", "Ακυρώθηκε", "Μαρία Μαθητεύουσα", "Η Στροφή"]
    {
        ensure!(list.body.contains(said), "{said}: {}", list.body);
    }
    ensure!(!list.body.contains("Διστακτικός"), "what was never final is gone");
    let unread = agent.open("/agent/bookings.csv?from=x&to=2026-11-30")?;
    ensure!(unread.status == 400 && unread.body.contains("δεν υπάρχει τέτοια ημέρα"), "{}", unread.body);
    for (days, rows) in [("from=2026-11-25", 0), ("to=2026-11-23", 0), ("to=2026-11-24", 3)] {
        let csv = agent.open(&format!("/agent/bookings.csv?{days}"))?;
        let lines: Vec<&str> = csv.body.trim_start_matches('\u{feff}').trim_end().split("\r\n").collect();
        ensure!(lines.len() == rows + 1, "{days}: {lines:?}");
        ensure!(rows == 0 || lines[1].starts_with("\"2026-11-24 "), "{lines:?}");
    }
    scene.hub.stop()?;
    scene.hub.verify()?;
    // When personal data is past its time, what remains says nothing of anybody.
    scene.hub.set_clock(now + TimeDelta::days(33));
    scene.hub.run()?;
    tests::wait::until("the night's erasing", || {
        traces(scene.hub.folder(), &["Μαθητεύουσα"]).ok().filter(Vec::is_empty).map(drop)
    })?;
    let list = again(&scene)?.open("/agent?from=2026-11-24&to=2026-11-24")?;
    ensure!(list.body.contains("τα στοιχεία έχουν διαγραφεί"), "{}", list.body);
    scene.hub.stop()?;
    scene.hub.verify()?;
    Ok(())
}

#[test]
fn fld_23_who_has_their_data_erased_leaves_the_agents_list_too() -> Result<()> {
    let mut scene = scene()?;
    let agent = agent(&scene.hub, &scene.post)?;
    entrust(&agent, 0, "Ξανθίππη Μοναδική", CITIZEN)?;
    let link = make_final(&scene, CITIZEN)?;
    ensure!(agent.open("/agent")?.body.contains("Ξανθίππη Μοναδική"));
    let erase = format!("{link}/erase");
    let client = scene.hub.client();
    prove_today(&client, &scene.post, CITIZEN, &link)?;
    let gone = client.post_form(&erase, &erase, &[])?;
    ensure!(gone.body.contains("διαγράφηκαν"), "{}: {}", gone.status, gone.body);
    let list = agent.open("/agent")?;
    ensure!(!list.body.contains("Μοναδική") && list.body.contains("τα στοιχεία έχουν διαγραφεί"), "{}", list.body);
    scene.hub.stop()?;
    let found = traces(scene.hub.folder(), &["Μοναδική", "learner@"])?;
    ensure!(found.is_empty(), "{found:?}");
    scene.hub.verify()?;
    Ok(())
}

fn two_a_day(office: String) -> String {
    office.replacen("agent_bookings_per_day_max = 5", "agent_bookings_per_day_max = 2", 1)
}

fn no_share(office: String) -> String {
    office.replacen("agents_share_percent = 20", "agents_share_percent = 1", 1)
}

#[test]
fn trn_07_one_agent_has_so_many_times_of_a_day_and_all_together_a_share() -> Result<()> {
    let scene = scene_of(two_a_day)?;
    let agent = agent(&scene.hub, &scene.post)?;
    let first = agent.times("kep", "driving-licence")?;
    let day = &first.first().context("a time")?[..10].to_owned();
    for nth in 0..2 {
        agent.confirm_with(&hold(&agent, nth)?, &own())?;
    }
    let left = agent.times("kep", "driving-licence")?;
    ensure!(left.iter().all(|time| !time.starts_with(day)), "nothing more of {day} is offered: {left:?}");
    let refused = agent.press_time("kep", "driving-licence", first.last().context("a time")?)?;
    ensure!(
        refused.status == 409 && refused.body.contains("για έναν διεκπεραιωτή"),
        "{}: {}",
        refused.status,
        refused.body
    );
    // A citizen still has them.
    let citizen = scene.proven("free@example.gr")?;
    ensure!(citizen.times("kep", "driving-licence")?.iter().any(|time| time.starts_with(day)));
    let scene = scene_of(no_share)?;
    let agent = self::agent(&scene.hub, &scene.post)?;
    let times = agent.times("kep", "driving-licence")?;
    ensure!(times.is_empty(), "1 % of a day holds no 20 minutes: {times:?}");
    let page = agent.open("/book/kep/driving-licence?channel=in-person")?;
    ensure!(page.body.contains("Δεν υπάρχουν διαθέσιμες ώρες"), "{}", page.body);
    Ok(())
}

#[test]
fn trn_07_the_list_as_csv_holds_no_formula() -> Result<()> {
    let scene = scene()?;
    let agent = agent(&scene.hub, &scene.post)?;
    for (nth, name) in ["=cmd|'/C calc'!A0", "@SUM(1+1)", "+1+1", "-2+3\"\r\n=1"].into_iter().enumerate() {
        let left = entrust(&agent, nth, name, &format!("learner-{nth}@example.gr"))?;
        ensure!(left.status == 303, "{name}: {} {}", left.status, left.body);
    }
    let csv = agent.open("/agent/bookings.csv")?;
    ensure!(csv.media_type == "text/csv", "{}", csv.media_type);
    let rows: Vec<&str> = csv.body.trim_start_matches('\u{feff}').trim_end().split("\r\n").collect();
    ensure!(rows.len() == 5, "{rows:?}");
    for row in &rows {
        for cell in row.trim_matches('"').split("\",\"") {
            ensure!(!cell.starts_with(['=', '+', '-', '@']), "a formula: {row}");
        }
    }
    ensure!(csv.body.contains("'=cmd|'/C calc'!A0"), "{}", csv.body);
    ensure!(scene.hub.client().get("/agent/bookings.csv")?.location.as_deref() == Some("/agent/login"));
    Ok(())
}

#[test]
fn trn_07_trn_08_the_pages_of_agents_are_accessible() -> Result<()> {
    let place = place(std::convert::identity)?;
    let browser = &place.browser;
    let go = |path: &str| browser.go(&if path.starts_with("http") { path.to_owned() } else { place.hub.base() + path });
    let both = |path: &str, name: &str| -> Result<()> {
        for language in ["en", "el"] {
            go(&format!("{path}{}lang={language}", if path.contains('?') { '&' } else { '?' }))?;
            look(&place, &format!("{name} {language}"))?;
        }
        Ok(())
    };
    sign_in(&place)?;
    both("/admin/agents", "agents-none")?;
    for (name, text) in [("name", SCHOOL), ("email", AGENT), ("phone", "2841012345"), ("tax", "090000045")] {
        browser.fill(name, text)?;
    }
    browser.press_selector("main form.form button")?;
    browser.waits_for(".done")?;
    both("/admin/agents", "agents")?;
    browser.forget()?;
    let link = place.post.wait_for(AGENT, 0)?.link(&format!("{}/agent/password/", place.hub.base()))?;
    both(&link, "agent-password")?;
    browser.fill("password", PASSWORD)?;
    browser.fill("again", PASSWORD)?;
    browser.press_selector("main form button")?;
    browser.waits_for("h2")?;
    both("/agent", "agent-empty")?;
    go("/book/kep/driving-licence?channel=in-person")?;
    browser.press_selector("button.time")?;
    browser.waits_for("#behalf-citizen")?;
    look(&place, "agent-details-own el")?;
    browser.press_selector("label[for=behalf-citizen]")?;
    for (name, value) in for_citizen("Μαρία Μαθητεύουσα", CITIZEN).into_iter().filter(|(name, _)| *name != "behalf")
    {
        browser.fill(name, value)?;
    }
    look(&place, "agent-details-citizen el")?;
    browser.press_selector("form#held-form > button[type=submit]")?;
    browser.waits_for(".done")?;
    look(&place, "agent-entrusted el")?;
    both("/agent", "agent-list")?;
    both("/agent?from=2026-11-01&to=2026-11-02", "agent-list-days")?;
    browser.forget()?;
    go("/agent/login")?;
    browser.waits_for("#name")?;
    let link = place.post.wait_for(CITIZEN, 0)?.link(&format!("{}/entrusted/", place.hub.base()))?;
    both(&link, "entrusted")?;
    browser.press_selector("main form button")?;
    browser.waits_for("#notice")?;
    look(&place, "entrusted-review el")?;
    browser.press_selector("button[name=consent][value=yes]")?;
    browser.waits_for(".code")?;
    both(&link, "entrusted-over")
}

/// Signs the administrator in at the browser.
pub fn sign_in(place: &WalkPlace) -> Result<()> {
    place.browser.go(&format!("{}/login", place.hub.base()))?;
    place.browser.fill("name", ADMIN)?;
    place.browser.fill("password", ADMIN_PASSWORD)?;
    place.browser.press_selector("main form button")?;
    place.browser.waits_for(".tabs")
}
