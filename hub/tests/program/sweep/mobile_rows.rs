//! What is pressed about a code to the mobile of a citizen for whom an agent prepared a booking.

use super::{SweepRow, press::Press, row, scene::SweepScene};
use crate::{mobile::SentCodes, pages::FormBrowser};

const CONFIRM: &str = "/confirm";

/// A time was left to a citizen with a mobile: what the message to it says.
fn left(scene: &SweepScene) -> SentCodes {
    let mobile = format!("69400{:05}", scene.number());
    let (mut agent, _) = scene.agent();
    crate::mobile::leave(&mut agent, &mobile);
    SentCodes::wait(&scene.messages, &format!("+30{mobile}"), 0)
}

/// A press of a clerk on the page of such a booking.
fn told(scene: &SweepScene, action: &str, with: impl Fn(&SentCodes) -> Vec<(&'static str, String)>) -> Press {
    let codes = left(scene);
    let page = format!("/staff/kep/bookings/{}", codes.reference());
    let fields = with(&codes);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Press::form(&mut scene.clerks_browser(), &page, &format!("{page}/{action}"), &fields)
}

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/confirm", "/review", |scene| {
            let codes = left(scene);
            let fields = [("booking", codes.booking.as_str()), ("code", codes.code.as_str())];
            Press::form(&mut FormBrowser::new(scene.house()), CONFIRM, CONFIRM, &fields)
        }),
        row("/confirm/code", "στείλαμε νέο κωδικό", |scene| {
            let codes = left(scene);
            let fields = [("booking", codes.booking.as_str())];
            Press::form(&mut FormBrowser::new(scene.house()), CONFIRM, "/confirm/code", &fields)
        }),
        row("/staff/{office}/bookings/{reference}/told-code", "done=told-code", |scene| {
            told(scene, "told-code", |codes| vec![("code", codes.code.clone()), ("told", "yes".to_owned())])
        }),
        row("/staff/{office}/bookings/{reference}/new-code", "done=new-code", |scene| {
            told(scene, "new-code", |_| Vec::new())
        }),
    ]
}
