//! What citizens press: on their way to a booking, and behind its link.

use serde_json::json;

use super::{
    SweepRow,
    office_rows::ask_correction,
    press::Press,
    row,
    scene::{DETAILS, OwnBooking, SweepScene, TIMES, last_time, text},
};
use crate::{
    letters::{letter_to, link},
    pages::{FormBrowser, solve},
};

/// A press on a page behind a booking's link.
fn behind(scene: &SweepScene, own: &OwnBooking, page: &str, action: &str, fields: &[(&str, &str)]) -> Press {
    let (page, action) = (format!("{}{page}", own.link), format!("{}{action}", own.link));
    Press::form(&mut FormBrowser::new(scene.house()), &page, &action, fields)
}

/// Somebody's browser in which the code from the mail was typed.
fn proven_today<'a>(scene: &'a SweepScene, own: &OwnBooking) -> FormBrowser<'a> {
    let mut browser = FormBrowser::new(scene.house());
    let code = sent_code(scene, &mut browser, own);
    let page = format!("{}/code?to=erase", own.link);
    let page_sent = format!("{page}&sent=1");
    let typed = Press::form(&mut browser, &page_sent, &page, &[("code", &code)]);
    browser.take(&typed.send(scene.house()));
    browser
}

fn sent_code(scene: &SweepScene, browser: &mut FormBrowser<'_>, own: &OwnBooking) -> String {
    let page = format!("{}/code?to=erase", own.link);
    let sent = Press::form(browser, &page, &format!("{}/code/send", own.link), &[]).send(scene.house());
    assert_eq!(sent.status, 303, "{sent:?}");
    let letter = letter_to(scene.house(), "code", &own.email);
    let is_code = |line: &&str| {
        let digit = |(at, letter): (usize, char)| if at == 4 { letter == ' ' } else { letter.is_ascii_digit() };
        line.len() == 9 && line.chars().enumerate().all(digit)
    };
    letter.lines().map(str::trim).find(is_code).unwrap_or_else(|| panic!("no code in {letter}")).to_owned()
}

/// A small picture as a form sends it.
fn file(browser: &mut FormBrowser<'_>, page: &str, nth: u32) -> Press {
    let csrf = browser.csrf(page);
    let boundary = "----sweep";
    let mut body =
        format!("--{boundary}\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n").into_bytes();
    body.extend(format!("--{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"paper{nth}.pdf\"\r\ncontent-type: application/pdf\r\n\r\n").into_bytes());
    body.extend(pdf());
    body.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
    Press::sent(browser, page, &format!("multipart/form-data; boundary={boundary}"), body)
}

/// A page with nothing on it.
pub fn pdf() -> Vec<u8> {
    let objects = [
        "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n",
    ];
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for object in objects {
        places.push(text.len());
        text.push_str(object);
    }
    let at = text.len();
    text.push_str("xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        text.push_str(&format!("{place:010} 00000 n \n"));
    }
    text.push_str(&format!("trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"));
    text.into_bytes()
}

pub fn rows() -> Vec<SweepRow> {
    vec![
        row("/v/{visit}", "/v/", |scene| {
            let wish = json!({ "service": "driving-licence", "start": scene.time_of_today(), "name": "Μαρία" });
            let code = scene.office("bookings", &wish)["reference"].clone();
            let come = scene.office("check-ins", &json!({ "code": code }));
            let page = format!("/v/{}", text(&come["ticket"]["visit"]));
            Press::form(&mut FormBrowser::new(scene.house()), &page, &page, &[("early", "yes")])
        }),
        row("/book", "/book/sent", |scene| {
            let (mut browser, email) = (FormBrowser::new(scene.house()), scene.email());
            let ask = "/book?office=kep&service=family-status";
            let work = solve(&browser.get(ask).text);
            Press::form(&mut browser, ask, "/book", &[("email", &email), ("altcha", &work)])
        }),
        row("/book/start/{link}", "/book/kep/family-status", |scene| {
            let (mut browser, email) = (FormBrowser::new(scene.house()), scene.email());
            let ask = "/book?office=kep&service=family-status";
            let work = solve(&browser.get(ask).text);
            let sent = Press::form(&mut browser, ask, "/book", &[("email", &email), ("altcha", &work)]);
            assert_eq!(sent.send(scene.house()).status, 303);
            let start = link(&letter_to(scene.house(), "start", &email), "/book/start/");
            Press::form(&mut browser, &start, &start, &[])
        }),
        row("/book/{office}/{service}", "/hold/", |scene| {
            let mut browser = scene.proven();
            let start = last_time(&browser.get(TIMES).text);
            Press::command(&mut browser, TIMES, "/book/kep/family-status", &[("start", &start), ("cases", "1")])
        }),
        row("/book/{office}/hold/{booking}", "/review", |scene| {
            let (mut browser, hold) = scene.held();
            Press::form(&mut browser, &hold, &hold, &DETAILS)
        }),
        row("/book/{office}/hold/{booking}/extend", "/hold/", |scene| {
            let (mut browser, hold) = scene.held();
            let html = browser.get(&hold).text;
            let fields = super::press::hidden(&html, &hold);
            Press::fields(&browser, &format!("{hold}/extend"), &fields)
        }),
        row("/book/{office}/hold/{booking}/confirm", "/booking/", |scene| {
            let (mut browser, hold) = scene.reviewed();
            let page = format!("{hold}/review");
            Press::form(&mut browser, &page, &format!("{hold}/confirm"), &[("consent", "yes")])
        }),
        row("/book/{office}/hold/{booking}/confirm", "σταμάτησε", |scene| {
            let (mut browser, hold) = scene.reviewed();
            let page = format!("{hold}/review");
            Press::form(&mut browser, &page, &format!("{hold}/confirm"), &[("consent", "no")])
        }),
        row("/booking/{link}/change", "moved=1", |scene| {
            let own = scene.booking();
            let mut browser = FormBrowser::new(scene.house());
            let page = format!("{}/change", own.link);
            let start = last_time(&browser.get(&page).text);
            Press::command(&mut browser, &page, &page, &[("start", &start)])
        }),
        row("/booking/{link}/cancel", "/booking/", |scene| behind(scene, &scene.booking(), "/cancel", "/cancel", &[])),
        row("/booking/{link}/correct", "corrected=1", |scene| {
            let own = scene.booking();
            ask_correction(scene, &own);
            let fields: Vec<(&str, &str)> = DETAILS.into_iter().collect();
            let page = format!("{}/correct", own.link);
            let mut browser = FormBrowser::new(scene.house());
            Press::command(&mut browser, &page, &page, &fields)
        }),
        row("/booking/{link}/documents", "/documents", |scene| {
            let page = format!("{}/documents", scene.booking().link);
            file(&mut FormBrowser::new(scene.house()), &page, scene.number())
        }),
        row("/booking/{link}/documents/remove", "/documents", |scene| {
            let page = format!("{}/documents", scene.booking().link);
            let mut browser = FormBrowser::new(scene.house());
            let sent = file(&mut browser, &page, 1).send(scene.house());
            assert_eq!(sent.status, 303, "{sent:?}");
            Press::form(&mut browser, &page, &format!("{page}/remove"), &[])
        }),
        row("/booking/{link}/code/send", "sent=1", |scene| {
            behind(scene, &scene.booking(), "/code?to=erase", "/code/send", &[])
        }),
        row("/booking/{link}/code", "/erase", |scene| {
            let own = scene.booking();
            let mut browser = FormBrowser::new(scene.house());
            let code = sent_code(scene, &mut browser, &own);
            let page = format!("{}/code?to=erase", own.link);
            Press::form(&mut browser, &format!("{page}&sent=1"), &page, &[("code", &code)])
        }),
        row("/booking/{link}/erase", "<h1>", |scene| {
            let own = scene.booking();
            let mut browser = proven_today(scene, &own);
            let page = format!("{}/erase", own.link);
            Press::form(&mut browser, &page, &page, &[])
        }),
        row("/booking/{link}/renew", "<h1>", |scene| behind(scene, &scene.booking(), "/renew", "/renew", &[])),
        row("/served/{link}", "served=1", |scene| served(scene, "yes")),
        row("/served/{link}", "<h1>", |scene| served(scene, "no")),
        row("/v/{visit}/feedback", "/v/", |scene| {
            // Somebody else was of that mind before, so that each press counts one more in the same row.
            assert_eq!(feedback(scene).send(scene.house()).status, 303);
            feedback(scene)
        }),
    ]
}

/// What somebody thought of a visit that is over.
fn feedback(scene: &SweepScene) -> Press {
    let own = format!("/v/{}", scene.served());
    let fields = [("face", "middling"), ("text", "Λίγη αναμονή")];
    Press::form(&mut FormBrowser::new(scene.house()), &own, &format!("{own}/feedback"), &fields)
}

/// The link to the person for whom somebody else booked.
fn served(scene: &SweepScene, answer: &str) -> Press {
    let (mut browser, hold) = scene.held();
    let email = scene.email();
    let other = [
        ("behalf", "other"),
        ("name", "Άννα Δημητρίου"),
        ("phone", "6940000000"),
        ("street", "Πλατεία 1"),
        ("postcode", "72100"),
        ("town", "Άγιος Νικόλαος"),
        ("applicant", "Ελένη Δημητρίου"),
        ("served-email", email.as_str()),
    ];
    let checked = browser.post(&hold, &hold, &other);
    assert_eq!(checked.status, 303, "{checked:?}");
    let page = format!("{hold}/review");
    let booked = Press::form(&mut browser, &page, &format!("{hold}/confirm"), &[("consent", "yes")]);
    assert_eq!(booked.send(scene.house()).status, 303);
    let link = link(&letter_to(scene.house(), "served", &email), "/served/");
    Press::form(&mut FormBrowser::new(scene.house()), &link, &link, &[("answer", answer)])
}
