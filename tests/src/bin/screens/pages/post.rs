//! Mails that come by themselves, and what the administrator sees while they cannot go out.

use anyhow::{Context, Result};
use chrono::TimeDelta;
use tests::{house::House, hub::Setting, mail::MailServer, staff::Staff};

use super::{Camera, TAGS};
use crate::{album::PictureFolder, taken_walks::TakenWalks};

/// Takes reminders, and the outbox while the mail server is away.
pub fn take(house: &mut House, server: &mut MailServer, album: &PictureFolder) -> Result<()> {
    let friday = Setting::tuesday("10:00")?.at + TimeDelta::days(3);
    let address = |language| format!("reminded-{language}@example.gr");
    let staff = Staff::admin(&house.hub)?;
    for language in TAGS {
        let slots = staff.slots("family-status", friday.date_naive(), 1)?;
        let slot = slots.into_iter().find(|slot| slot.start >= friday).context("no time on Friday")?;
        staff.book_by_mail("family-status", slot.start, "Ελένη Παπαδοπούλου", &address(language), language)?;
        server.wait_for(&address(language), 0)?;
    }
    house.hub.stop()?;
    house.hub.set_clock(Setting::tuesday("10:05")?.at + TimeDelta::days(1));
    house.hub.run()?;
    let reminders = TAGS.map(|language| (language, server.wait_for(&address(language), 1)));
    server.stop()?;
    let staff = Staff::admin(&house.hub)?;
    for slot in staff.slots("criminal-record", friday.date_naive(), 1)?.into_iter().take(2) {
        staff.book_by_mail("criminal-record", slot.start, "Ελένη Παπαδοπούλου", "away@example.gr", "el")?;
    }
    let mut walks = TakenWalks::default();
    for (language, reminder) in reminders {
        let camera = Camera::open(house, album, language, "post")?;
        camera.walk(&mut walks, "a reminder comes", || camera.mail(&reminder?, "reminder"));
        camera.walk(&mut walks, "mails wait", || {
            camera.sign_in_administrator()?;
            camera.go("/admin/outbox")?;
            camera.browser.waits_for("table tbody tr + tr")?;
            camera.keep("admin-outbox-waiting")
        });
    }
    walks.end()
}
