//! The clerk's page: everything that can be pressed on it, pressed in a real browser; and what it says when it says no.

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use serde_json::json;
use tests::{browser::keys, hub::Setting, staff::OFFICE, wait};
use wire::{FloorVisitState, ProblemCode, TicketAnswer};

use crate::clerk::ClerkAtWork;

/// A morning with an office that lets calls be repeated after a second.
fn morning() -> Result<Setting> {
    let office = |text: String| text.replace("[rules]\n", "[rules]\nrecall_interval_seconds = 1\n");
    Ok(Setting { office, ..Setting::tuesday("10:00")? })
}

/// Says «nobody came» without waiting for what the rule asks.
fn strict_morning() -> Result<Setting> {
    let office = |text: String| {
        let strict = "[rules]\nphases = [{ rule = \"no-show\", strict_from = \"2026-01-01\" }]\n";
        text.replace("[rules]\n", strict)
    };
    Ok(Setting { office, ..Setting::tuesday("10:00")? })
}

#[test]
fn card_06_new_01_a_clerk_calls_is_told_why_serves_and_goes_on() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    clerk.press("calls")?;
    clerk.is_refused("Κανείς δεν περιμένει.")?;
    let first = clerk.walk_in("signature")?;
    let second = clerk.walk_in("signature")?;
    // FLD-20: the list renews itself; the page is not loaded again, so what it remembers stays.
    clerk.browser.script("window.remembered = 'the same page'")?;
    let third = clerk.walk_in("certified-copy")?;
    clerk.row_reads(&third.number, "Επικύρωση αντιγράφου")?;
    let same = clerk.browser.script("return window.remembered")?;
    ensure!(same == "the same page", "the page was loaded anew: {same}");

    clerk.press("calls")?;
    clerk.holds(&first.number, "Γιατί: χωρίς ραντεβού")?;
    clerk.press("appeared")?;
    clerk.holds(&first.number, "Εξυπηρετείται από")?;
    clerk.browser.press("Ολοκλήρωση και κλήση επόμενου")?;
    clerk.holds(&second.number, "Κλήθηκε στις")?;
    clerk.press("appeared")?;
    clerk.holds(&second.number, "Εξυπηρετείται από")?;
    clerk.open_menu("Λείπουν δικαιολογητικά")?;
    clerk.browser.press("Τέλος: θα φέρει όσα λείπουν")?;
    clerk.holds_nobody()?;
    wait::until("two are done, one waits", || clerk.staff.floor().ok().filter(|floor| floor.visits.len() == 1))?;
    clerk.house.hub.verify()?;
    Ok(())
}

#[test]
fn fld_04_a_call_is_repeated_given_up_taken_back_and_the_person_comes_after_all() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    let ticket = clerk.walk_in("signature")?;
    clerk.press("calls")?;
    clerk.holds(&ticket.number, "Κλήθηκε στις")?;
    wait::until_ok("the call is repeated", || {
        clerk.press("recalls")?;
        ensure!(clerk.holding()?.contains("1 επανάληψη"), "not yet: {}", clerk.holding()?);
        Ok(())
    })?;
    clerk.press("put-backs")?;
    clerk.row_reads(&ticket.number, "Βεβαίωση γνησίου της υπογραφής")?;
    clerk.holds_nobody()?;
    clerk.press("calls")?;
    clerk.holds(&ticket.number, "Κλήθηκε στις")?;
    clerk.press("no-shows")?;
    clerk.row_reads(&ticket.number, "Δεν προσήλθε στις")?;
    clerk.holds_nobody()?;
    clerk.press("come-back")?;
    wait::until("the number waits again", || {
        let visit = clerk.on_the_floor(&ticket.number).ok()?;
        matches!(visit.state, FloorVisitState::Waiting { .. }).then_some(())
    })?;
    clerk.press("calls")?;
    clerk.holds(&ticket.number, "έχει την επόμενη ελεύθερη σειρά")?;
    clerk.press("appeared")?;
    clerk.press("finishes")?;
    clerk.holds_nobody()
}

#[test]
fn fld_01_what_was_pressed_by_mistake_is_undone_with_one_key_and_only_while_it_is_offered() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    let first = clerk.walk_in("signature")?;
    let second = clerk.walk_in("signature")?;
    clerk.press("calls")?;
    clerk.holds(&first.number, "Κλήθηκε στις")?;
    clerk.browser.reads(&format!("Έγινε κλήση του {}.", first.number))?;
    clerk.browser.strike(keys::F7)?;
    clerk.holds_nobody()?;
    clerk.press("calls")?;
    clerk.holds(&first.number, "Κλήθηκε στις")?;
    clerk.press("appeared")?;
    clerk.holds(&first.number, "Εξυπηρετείται από")?;
    // The finish and the call of one press are undone in one.
    clerk.browser.press("Ολοκλήρωση και κλήση επόμενου")?;
    clerk.holds(&second.number, "Κλήθηκε στις")?;
    clerk.browser.reads(&format!("Τέλος για τον {}, κλήση του {}.", first.number, second.number))?;
    clerk.browser.strike(keys::F7)?;
    clerk.holds(&first.number, "Εξυπηρετείται από")?;
    clerk.press("parkings")?;
    clerk.holds_nobody()?;
    clerk.press("undo")?;
    clerk.holds(&first.number, "Εξυπηρετείται από")?;
    clerk.press("finishes")?;
    clerk.holds_nobody()?;
    clerk.open_menu("Διάλειμμα")?;
    clerk.press("break")?;
    clerk.browser.reads("Ξεκίνησε το διάλειμμα.")?;
    clerk.press("undo")?;
    clerk.holds_nobody()?;
    // The offer goes by itself, and a page of before is told in a sentence that it is too late.
    clerk.press("calls")?;
    clerk.holds(&second.number, "Κλήθηκε στις")?;
    clerk.browser.script("window.offer = document.querySelector('form.undo').cloneNode(true)")?;
    wait::until("the offer is gone", || {
        clerk.browser.script("return document.querySelector('form.undo') === null").ok()?.as_bool()?.then_some(())
    })?;
    clerk.browser.script("document.querySelector('main').append(window.offer); window.offer.requestSubmit()")?;
    clerk.is_refused("Η αναίρεση γίνεται μέσα σε 10 δευτερόλεπτα")?;
    clerk.holds(&second.number, "Κλήθηκε στις")?;
    clerk.house.hub.verify()?;
    Ok(())
}

#[test]
fn fld_04_what_the_rule_forbids_is_refused_in_a_sentence() -> Result<()> {
    let clerk = ClerkAtWork::at(1, strict_morning()?)?;
    let ticket = clerk.walk_in("signature")?;
    clerk.press("calls")?;
    clerk.holds(&ticket.number, "Κλήθηκε στις")?;
    clerk.press("recalls")?;
    clerk.browser.reads("Μόλις έγινε κλήση. Περιμένετε λίγο και επαναλάβετέ την.")?;
    clerk.press("no-shows")?;
    clerk.browser.reads("Επαναλάβετε πρώτα την κλήση· ίσως δεν ακούστηκε.")?;
    clerk.holds(&ticket.number, "Κλήθηκε στις")?;
    // Loading the answer again leads back to the desk, and does nothing a second time.
    clerk.browser.go(&clerk.browser.address()?)?;
    clerk.holds(&ticket.number, "Κλήθηκε στις")?;
    clerk.browser.press("English")?;
    clerk.browser.reads("Called at")?;
    clerk.press("no-shows")?;
    clerk.browser.reads("Repeat the call first")
}

#[test]
fn fld_03_a_visit_is_parked_and_called_again_by_its_desk() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    let ticket = clerk.walk_in("signature")?;
    clerk.press("calls")?;
    clerk.press("appeared")?;
    clerk.holds(&ticket.number, "Εξυπηρετείται από")?;
    clerk.press("parkings")?;
    clerk.row_reads(&ticket.number, "Σε εκκρεμότητα, θυρίδα 1")?;
    clerk.holds_nobody()?;
    clerk.browser.press_selector(".aside form[action$='/chosen-calls'] button")?;
    clerk.holds(&ticket.number, "ήταν σε εκκρεμότητα σε αυτή τη θυρίδα")
}

#[test]
fn fld_02_a_transfer_keeps_number_and_arrival_and_can_go_first() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    clerk.staff.open_desk(2)?;
    clerk.staff.open_desk(3)?;
    let waiting = clerk.walk_in("criminal-record")?;
    let ticket = clerk.walk_in("family-status")?;
    clerk.browser.reads(&ticket.number)?;
    // Out of order, with a reason (FLD-06).
    clerk.open_menu(&format!("Κλήση {}", ticket.number))?;
    clerk.choose("because", "short-matter")?;
    clerk.browser.press_selector(".menu[open] form[action$='/chosen-calls'] button")?;
    clerk.holds(&ticket.number, "εκτός σειράς: σύντομη υπόθεση")?;
    let before = clerk.on_the_floor(&ticket.number)?;
    clerk.press("appeared")?;
    clerk.holds(&ticket.number, "Εξυπηρετείται από")?;
    clerk.open_menu("Παραπομπή")?;
    let offered = clerk.browser.script("return document.querySelector('.menu[open] select[name=to]').innerText")?;
    let offered = offered.as_str().unwrap_or_default();
    ensure!(offered.contains("Θυρίδα 2") && offered.contains("Θυρίδα 3"), "open desks that serve it: {offered}");
    ensure!(!offered.contains("Θυρίδα 4") && !offered.contains("Θυρίδα 1"), "and no others: {offered}");
    clerk.choose("to", "desk:3")?;
    clerk.choose("first", "urgent")?;
    clerk.browser.press_selector(".menu[open] form[action$='/transfers'] button")?;
    clerk.holds_nobody()?;
    let after = clerk.on_the_floor(&ticket.number)?;
    ensure!(after.arrived_at == before.arrived_at && after.number == before.number, "{after:?}");
    let call = clerk.staff.call_next(3)?;
    ensure!(call.number == ticket.number && call.reason.code == "first-in-line", "{call:?}");
    // And to another service, where it stands by its arrival.
    clerk.press("calls")?;
    clerk.holds(&waiting.number, "Κλήθηκε στις")?;
    clerk.press("appeared")?;
    clerk.holds(&waiting.number, "Εξυπηρετείται από")?;
    clerk.open_menu("Παραπομπή")?;
    clerk.choose("to", "service:certified-copy")?;
    clerk.browser.press_selector(".menu[open] form[action$='/transfers'] button")?;
    clerk.row_reads(&waiting.number, "Επικύρωση αντιγράφου")?;
    clerk.house.hub.verify()?;
    Ok(())
}

#[test]
fn trn_13_interrupting_is_proposed_when_a_booking_waits_and_not_before() -> Result<()> {
    let clerk = ClerkAtWork::at(3, Setting { speed: 60.0, ..Setting::tuesday("10:00")? })?;
    let walk_in = clerk.walk_in("driving-licence")?;
    clerk.press("calls")?;
    clerk.press("appeared")?;
    clerk.holds(&walk_in.number, "Εξυπηρετείται από")?;
    ensure!(!clerk.browser.text()?.contains("Διακοπή"), "nothing is proposed while nobody waits");
    let refused = clerk
        .staff
        .client()
        .post(&format!("/api/v1/offices/{OFFICE}/desks/3/interruptions"), &json!({ "visit": walk_in.visit }))?;
    ensure!(refused.problem()?.code == ProblemCode::ReasonNeeded, "{}", refused.body);
    ensure!(refused.problem()?.detail.contains("Κανένα ραντεβού δεν περιμένει"), "{}", refused.body);
    let now = clerk.house.hub.now()?;
    let slots = clerk.staff.slots("family-status", now.date_naive(), 1)?;
    let soon = slots.iter().map(|slot| slot.start).find(|start| *start > now).context("a time today")?;
    let booked = clerk.staff.book("family-status", soon, "Μαρία")?;
    ensure!(clerk.kiosk.check_in(&booked.code)?.status == 200, "checked in");
    // The page learns by itself that the time has come.
    clerk.browser.reads("περιμένει αυτή τη θυρίδα")?;
    clerk.open_menu("Διακοπή")?;
    clerk.browser.press("Στο επόμενο κενό")?;
    clerk.row_reads(&walk_in.number, "Διακόπηκε στη θυρίδα 3")?;
    clerk.press("calls")?;
    clerk.holds("P001", "ραντεβού στις")?;
    clerk.house.hub.verify()?;
    Ok(())
}

#[test]
fn fld_05_a_note_is_read_before_the_call() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    let ticket = clerk.walk_in("signature")?;
    let path = format!("/api/v1/offices/{OFFICE}/visits/{}/note", ticket.visit);
    let noted = clerk.staff.client().post(&path, &json!({ "text": "Έρχεται με <b>διερμηνέα</b> νοηματικής" }))?;
    ensure!(noted.status == 200, "{}", noted.body);
    clerk.row_reads(&ticket.number, "έχει σημείωση")?;
    clerk.browser.strike(keys::F2)?;
    clerk.browser.reads("Έρχεται με <b>διερμηνέα</b> νοηματικής")?;
    let called = matches!(clerk.on_the_floor(&ticket.number)?.state, FloorVisitState::Called { .. });
    ensure!(!called, "called before the note was read");
    clerk.browser.strike(keys::F4)?;
    clerk.holds(&ticket.number, "Κλήθηκε στις")
}

#[test]
fn fld_09_a_break_with_its_end_and_closing() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    clerk.open_menu("Διάλειμμα")?;
    clerk.choose("because", "back-office")?;
    clerk.choose("minutes", "30")?;
    clerk.press("break")?;
    clerk.browser.reads("διάλειμμα έως τις 10:3")?;
    clerk.browser.strike(keys::F2)?;
    clerk.browser.reads("Κλήση επόμενου")?;
    let ticket = clerk.walk_in("signature")?;
    clerk.press("calls")?;
    clerk.holds(&ticket.number, "Κλήθηκε στις")?;
    ensure!(!clerk.browser.text()?.contains("Κλείσιμο"), "a desk that holds somebody is not closed");
    clerk.press("appeared")?;
    clerk.press("finishes")?;
    clerk.holds_nobody()?;
    clerk.press("close")?;
    clerk.browser.reads("Επιλέξτε θυρίδα")
}

#[test]
fn a_clerk_works_by_keyboard_alone() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    let first = clerk.walk_in("signature")?;
    let second = clerk.walk_in("signature")?;
    clerk.browser.strike(keys::F2)?;
    clerk.holds(&first.number, "Κλήθηκε στις")?;
    wait::until_ok("F8 repeats", || {
        clerk.browser.strike(keys::F8)?;
        ensure!(clerk.holding()?.contains("1 επανάληψη"), "{}", clerk.holding()?);
        Ok(())
    })?;
    clerk.browser.strike(keys::F4)?;
    clerk.holds(&first.number, "Εξυπηρετείται από")?;
    clerk.browser.strike(keys::F9)?;
    clerk.holds_nobody()?;
    clerk.browser.strike(keys::F2)?;
    clerk.holds(&second.number, "Κλήθηκε στις")?;
    clerk.browser.strike(keys::F4)?;
    clerk.holds(&second.number, "Εξυπηρετείται από")?;
    // What has no key of its own is reached with Tab, in the order in which it is read.
    let mut reached = Vec::new();
    let park = wait::until("Tab reaches «Σε εκκρεμότητα»", || {
        clerk.browser.strike(keys::TAB).ok()?;
        let focus = clerk.browser.script("return document.activeElement.innerText").ok()?;
        let focus = focus.as_str().unwrap_or_default().trim().to_owned();
        reached.push(focus.clone());
        focus.contains("Σε εκκρεμότητα").then_some(())
    });
    park.with_context(|| format!("{reached:?}"))?;
    clerk.browser.strike(keys::ENTER)?;
    clerk.row_reads(&second.number, "Σε εκκρεμότητα, θυρίδα 1")?;
    clerk.open_menu("Διάλειμμα")?;
    clerk.browser.strike(keys::ESCAPE)?;
    let open = clerk.browser.script("return document.querySelectorAll('details.menu[open]').length")?;
    ensure!(open == 0, "Escape closes a menu: {open}");
    Ok(())
}

#[test]
fn fld_07_fld_08_fld_32_calling_by_itself_several_services_and_somebody_without_a_number() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    clerk.press("ready")?;
    clerk.browser.reads("Ο επόμενος καλείται μόλις έρθει.")?;
    let ticket = clerk.walk_in("signature")?;
    // Nobody pressed: the page learns it by its feed.
    clerk.holds(&ticket.number, "Κλήθηκε στις")?;
    clerk.press("appeared")?;
    clerk.holds(&ticket.number, "Εξυπηρετείται από")?;
    clerk.open_menu("Ολοκλήρωση με περισσότερες υπηρεσίες")?;
    clerk.browser.fill("count", "2")?;
    clerk.choose("also", "certified-copy")?;
    clerk.browser.press_selector(".menu[open] form.several button")?;
    clerk.holds_nobody()?;
    clerk.open_menu("Χωρίς αριθμό")?;
    clerk.choose("service", "certified-copy")?;
    clerk.browser.press_selector(".menu[open] form[action$='/direct-visits'] button")?;
    wait::until_ok("somebody is served without a number", || {
        let holding = clerk.holding()?;
        ensure!(holding.contains("Εξυπηρετείται από") && holding.contains("Επικύρωση αντιγράφου"), "{holding}");
        Ok(())
    })?;
    clerk.open_menu("Πρόσωπα και υποθέσεις")?;
    clerk.browser.fill("persons", "2")?;
    clerk.browser.press_selector(".menu[open] form[action$='/amend'] button")?;
    wait::until("they are two", || clerk.holding().ok().filter(|holding| holding.contains("2 πρόσωπα")))?;
    clerk.press("finishes")?;
    clerk.holds_nobody()?;
    clerk.house.hub.verify()?;
    Ok(())
}

#[test]
fn fld_18_an_emergency_is_seen_at_every_desk_and_accepted_by_a_colleague() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    clerk.open_menu("Έκτακτη ανάγκη")?;
    clerk.browser.press_selector(".menu[open] form[action$='/emergency'] button")?;
    clerk.browser.reads("ΕΚΤΑΚΤΗ ΑΝΑΓΚΗ: Θυρίδα 1")?;
    let own = clerk.browser.script("return document.querySelectorAll('form[action$=\"/help-go\"]').length")?;
    ensure!(own == 0, "who rang does not go there");
    let rung = clerk.staff.floor()?.help.into_iter().next().context("it is on the floor")?;
    ensure!(rung.desk == Some(1) && rung.account.is_none(), "{rung:?}");
    let path = format!("/api/v1/offices/{OFFICE}/help/{}/accept", rung.ring);
    let accepted = clerk.staff.client().post(&path, &json!({}))?;
    ensure!(accepted.status == 200, "{}", accepted.body);
    clerk.browser.reads("πηγαίνει")?;
    clerk.press("help-done")?;
    wait::until("it is over", || clerk.staff.floor().ok().filter(|floor| floor.help.is_empty()))?;
    Ok(())
}

#[test]
fn fld_01_a_narrow_window_beside_another_shows_the_desk_alone_and_the_shift_is_the_clerks_own() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    let ticket = clerk.walk_in("signature")?;
    // The window that the link opens has a name, by which it stays what it is through every press.
    clerk.browser.script("window.name = 'seira-bar'")?;
    clerk.browser.go(&format!("{}/staff/{OFFICE}/desks/1", clerk.house.hub.base()))?;
    clerk.browser.width(340)?;
    clerk.browser.waits_for(".in-bar button.next")?;
    clerk.press("calls")?;
    clerk.holds(&ticket.number, "Κλήθηκε στις")?;
    let narrow = "const wide = document.documentElement; return [wide.scrollWidth <= wide.clientWidth, \
         getComputedStyle(document.querySelector('.masthead')).display]";
    ensure!(clerk.browser.script(narrow)? == json!([true, "none"]), "{}", clerk.browser.script(narrow)?);
    clerk.press("appeared")?;
    clerk.holds(&ticket.number, "Εξυπηρετείται από")?;
    clerk.press("finishes")?;
    clerk.holds_nobody()?;
    clerk.browser.width(1280)?;
    clerk.open_menu("Η βάρδια μου")?;
    clerk.browser.reads("εξυπηρετήσατε 1 πολίτη.")?;
    clerk.browser.reads("Το βλέπετε μόνο εσείς.")
}

#[test]
fn prom_09_what_is_pressed_while_the_line_is_gone_is_held_back_and_happens_once() -> Result<()> {
    let mut clerk = ClerkAtWork::at(1, morning()?)?;
    let ticket = clerk.walk_in("signature")?;
    clerk.row_reads(&ticket.number, "Βεβαίωση")?;
    clerk.house.hub.stop()?;
    clerk.browser.reads("Χωρίς σύνδεση από τις")?;
    clerk.browser.strike(keys::F2)?;
    clerk.browser.reads("Η ενέργεια δεν στάλθηκε.")?;
    clerk.row_reads(&ticket.number, "Βεβαίωση")?;
    clerk.house.hub.run()?;
    wait::until("the line is back", || {
        clerk.browser.script("return document.querySelector('[data-stale]').hidden").ok()?.as_bool()?.then_some(())
    })?;
    ensure!(
        matches!(clerk.on_the_floor(&ticket.number)?.state, FloorVisitState::Waiting { .. }),
        "not called meanwhile"
    );
    clerk.browser.strike(keys::F2)?;
    clerk.holds(&ticket.number, "Κλήθηκε στις")?;
    clerk.house.hub.verify()?;
    Ok(())
}

#[test]
fn fld_34_trn_04_needs_minutes_and_the_time_that_is_left_are_in_sight() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    let now = clerk.house.hub.now()?;
    let slots = clerk.staff.slots("family-status", now.date_naive(), 1)?;
    let later = slots.iter().map(|slot| slot.start).find(|start| *start > now + TimeDelta::minutes(60));
    clerk.staff.book("family-status", later.context("a time today")?, "Μαρία")?;
    let wish = json!({ "service": "signature", "needs": { "sign_language": true } });
    let taken: TicketAnswer = clerk.staff.client().post(&format!("/api/v1/offices/{OFFICE}/tickets"), &wish)?.json()?;
    // Before the call, in the list; and while they are served.
    clerk.row_reads(&taken.number, "Διερμηνεία στη νοηματική γλώσσα")?;
    clerk.row_reads(&taken.number, "0 λεπτά")?;
    clerk.press("calls")?;
    clerk.holds(&taken.number, "Χρειάζεται: Διερμηνεία στη νοηματική γλώσσα")?;
    clerk.holds(&taken.number, "που προβλέπονται")?;
    clerk.holds(&taken.number, "Επόμενο ραντεβού στις")?;
    let path = format!("/api/v1/offices/{OFFICE}/visits/{}/note", taken.visit);
    let noted = clerk.staff.client().post(&path, &json!({ "text": "Θέλει απόδειξη" }))?;
    ensure!(noted.status == 200, "{}", noted.body);
    clerk.holds(&taken.number, "Θέλει απόδειξη")?;
    Ok(())
}

/// What the great button says.
fn great(clerk: &ClerkAtWork) -> Result<String> {
    let said = clerk.browser.script("return document.querySelector('button.next')?.innerText ?? ''")?;
    Ok(said.as_str().unwrap_or_default().to_owned())
}

/// Strikes a key once, as soon as the great button takes one: what has just come in the place of another waits a moment.
fn strike_next(clerk: &ClerkAtWork, key: &str) -> Result<()> {
    let takes = "const here = performance.getEntriesByType('navigation')[0];\
         return document.readyState === 'complete' && performance.now() - here.domContentLoadedEventStart > 800";
    wait::until("the great button takes a key", || clerk.browser.script(takes).ok()?.as_bool()?.then_some(()))?;
    clerk.browser.strike(key)
}

#[test]
fn fld_01_the_great_button_and_one_key_lead_through_the_day() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    let tickets = (0..6).map(|_| clerk.walk_in("signature")).collect::<Result<Vec<_>>>()?;
    for (place, ticket) in tickets.iter().enumerate() {
        // Half of them by F2, half by the space.
        let key = if place % 2 == 0 { keys::F2 } else { " " };
        if place == 0 {
            strike_next(&clerk, key)?;
        }
        clerk.holds(&ticket.number, "Κλήθηκε στις")?;
        ensure!(great(&clerk)?.contains("Προσήλθε"), "{}", great(&clerk)?);
        strike_next(&clerk, key)?;
        clerk.holds(&ticket.number, "Εξυπηρετείται από")?;
        ensure!(great(&clerk)?.contains("Ολοκλήρωση και κλήση επόμενου"), "{}", great(&clerk)?);
        strike_next(&clerk, key)?;
    }
    clerk.holds_nobody()?;
    ensure!(great(&clerk)?.contains("Κλήση επόμενου"), "never dead: {}", great(&clerk)?);
    clerk.house.hub.verify()?;
    Ok(())
}

#[test]
fn fld_01_single_keys_walk_the_list_are_dead_in_a_field_and_can_be_switched_off() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    let first = clerk.walk_in("signature")?;
    let second = clerk.walk_in("signature")?;
    clerk.row_reads(&second.number, "Βεβαίωση")?;
    let focus = |at: &str| -> Result<()> {
        wait::until(&format!("the focus is at {at}"), || {
            let said = clerk.browser.script("return document.activeElement.closest('tr')?.innerText ?? ''").ok()?;
            said.as_str()?.contains(at).then_some(())
        })
    };
    clerk.browser.strike(keys::DOWN)?;
    focus(&first.number)?;
    clerk.browser.strike(keys::DOWN)?;
    focus(&second.number)?;
    clerk.browser.strike(keys::UP)?;
    focus(&first.number)?;
    // The second row's menu opens; in its field a key is a letter of the field.
    clerk.browser.strike("2")?;
    clerk.browser.waits_for("details.menu[open] select[name=because]")?;
    clerk.browser.script("document.querySelector('.menu[open] select[name=because]').focus()")?;
    clerk.browser.strike("?")?;
    let keys_open = "return document.querySelector('details.keys').open";
    ensure!(clerk.browser.script(keys_open)? == false, "a key was taken out of a field");
    clerk.browser.strike(keys::ESCAPE)?;
    clerk.browser.script("document.activeElement.blur()")?;
    clerk.browser.strike("?")?;
    clerk.browser.waits_for("details.keys[open] [data-single-keys]")?;
    clerk.browser.press_selector("details.keys[open] [data-single-keys]")?;
    clerk.browser.strike(keys::ESCAPE)?;
    clerk.browser.script("document.activeElement.blur()")?;
    clerk.browser.strike(" ")?;
    clerk.browser.strike("1")?;
    clerk.browser.strike("?")?;
    ensure!(clerk.browser.script(keys_open)? == false, "switched off, a single key does nothing");
    ensure!(clerk.holding()?.is_empty(), "nobody was called: {}", clerk.holding()?);
    // The others go on.
    clerk.browser.strike(keys::F2)?;
    clerk.holds(&first.number, "Κλήθηκε στις")
}

#[test]
fn the_page_fits_a_narrow_window_and_another_clerks_desk_shows_no_buttons() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    clerk.staff.open_desk(2)?;
    let ticket = clerk.walk_in("family-status")?;
    let waiting = clerk.walk_in("signature")?;
    clerk.press("calls")?;
    clerk.press("appeared")?;
    clerk.holds(&ticket.number, "Εξυπηρετείται από")?;
    clerk.row_reads(&waiting.number, "Βεβαίωση")?;
    for width in [1280, 500] {
        clerk.browser.resize(width, 900)?;
        for menu in ["Παραπομπή".to_owned(), format!("Κλήση {}", waiting.number)] {
            clerk.open_menu(&menu)?;
            let over = clerk.browser.script(
                "const box = document.querySelector('.menu[open] .menu-body').getBoundingClientRect();\
                 return [document.documentElement.scrollWidth - document.documentElement.clientWidth, \
                 box.left < 0 || box.right > document.documentElement.clientWidth]",
            )?;
            ensure!(over == json!([0, false]), "{menu} at {width}: {over}");
            clerk.browser.strike(keys::ESCAPE)?;
        }
    }
    clerk.browser.go(&format!("{}/staff/{OFFICE}/desks/2", clerk.house.hub.base()))?;
    clerk.browser.reads("Στη θυρίδα αυτή βρίσκεται άλλος υπάλληλος.")?;
    let forms = clerk.browser.script("return document.querySelectorAll('main form').length")?;
    ensure!(forms == 0, "{forms} forms at another's desk");
    Ok(())
}

#[test]
fn fld_12_somebody_who_has_left_is_taken_off_the_list() -> Result<()> {
    let clerk = ClerkAtWork::at(1, morning()?)?;
    let ticket = clerk.walk_in("signature")?;
    clerk.open_menu(&format!("Κλήση {}", ticket.number))?;
    clerk.browser.press_selector(".menu[open] form[action$='/leave'] button")?;
    clerk.browser.reads("Κανείς δεν περιμένει.")?;
    wait::until("they are gone", || clerk.staff.floor().ok().filter(|floor| floor.visits.is_empty()))?;
    Ok(())
}
