//! What many files that come at once take of the hub's memory.
//!
//! Shows NEW-14 and PROM-13.

use std::{fs, sync::Barrier};

use serde_json::json;

use crate::{
    guessing::peak_kib,
    house::ProgramHouse,
    http,
    mails::{clear, link, mail},
    pages::FormBrowser,
};

/// So many people send a file at the same time.
const SENDERS: usize = 32;
/// Longer than any that is taken, and as long as the longest that is.
const LENGTHS: [usize; 2] = [20 * 1024 * 1024, 10 * 1024 * 1024 - 1024];
/// Less than the 320 MiB of the files themselves: were each kept in memory while it comes or waits, it would be more than
/// twice that. Two are looked into at a time, with what that takes; about 180 MiB is what was seen.
const MEMORY_KIB_MAX: u64 = 256 * 1024;

/// A PDF without anything in it, so long.
fn pdf(length: usize) -> Vec<u8> {
    let (head, tail) = (b"%PDF-1.7\n1 0 obj << /Type /Page >> endobj\n%".as_slice(), b"\n%%EOF\n".as_slice());
    [head, &vec![b'a'; length - head.len() - tail.len()], tail].concat()
}

#[test]
fn new_14_files_that_come_at_once_lie_on_the_disk_and_not_in_memory() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    // Each of them has a booking; the page of each is the same but for its link.
    let links: Vec<String> = (0..SENDERS)
        .map(|nth| {
            let start = format!("2026-12-{:02}T{:02}:00:00Z", 1 + nth / 4 % 4, 8 + nth % 4);
            let email = format!("m{nth}@example.gr");
            let wish = json!({ "service": "driving-licence", "start": start, "name": "Μαρία", "email": email });
            let booked = house.post(&admin, "/api/v1/offices/kep/bookings", &wish);
            (booked.status == 200).then(|| {
                let letter = mail(&house, "confirmation");
                clear(&house);
                link(&letter, "/booking/")
            })
        })
        .take_while(Option::is_some)
        .flatten()
        .collect();
    assert!(links.len() >= 4, "as many as are offered: {}", links.len());
    let mut browser = FormBrowser::new(&house);
    let csrf = browser.csrf(&format!("{}/documents", links[0]));
    let cookies = browser.cookies();
    for length in LENGTHS {
        let before = peak_kib(&house);
        let file = pdf(length);
        let mut body =
            format!("--edge\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--edge\r\n").into_bytes();
        body.extend(b"content-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n");
        body.extend(&file);
        body.extend(b"\r\n--edge--\r\n");
        let together = Barrier::new(SENDERS);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let senders: Vec<_> = (0..SENDERS)
                .map(|nth| {
                    let path = format!("{}/documents", links[nth % links.len()]);
                    let (house, body, together, cookies) = (&house, &body, &together, &cookies);
                    scope.spawn(move || {
                        together.wait();
                        let kind = ("content-type", "multipart/form-data; boundary=edge");
                        let headers = [("cookie", cookies.as_str()), kind, ("sec-fetch-site", "same-origin")];
                        http::ask(&house.address, "POST", &path, &headers, body).status
                    })
                })
                .collect();
            senders.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let taken = statuses.iter().filter(|status| **status == 303).count();
        assert!(statuses.iter().all(|status| matches!(status, 303 | 413 | 422 | 503)), "{statuses:?}");
        assert_eq!(taken > 0, length == LENGTHS[1], "{statuses:?}");
        let grown = peak_kib(&house) - before;
        assert!(grown < MEMORY_KIB_MAX, "{grown} KiB more for {SENDERS} files of {length} bytes");
        // Only what was taken lies there in the end.
        let lying = || fs::read_dir(house.folder.path().join("uploads")).map(Iterator::count).unwrap_or_default();
        crate::gone::wait(|| lying() == taken, "what was not taken is gone");
    }
    assert_eq!(house.get("", "/").status, 200);
}
