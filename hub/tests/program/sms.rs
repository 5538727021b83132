//! Messages to mobiles are counted by person and day: nobody is written to without end, and staff call whom the last ones did
//! not reach (FLD-33).

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use serde_json::json;

use crate::{
    audit::wait,
    house::{ProgramHouse, fresh_id},
};

/// The section of a hub that writes to mobiles through a gateway.
pub fn section(address: &str) -> String {
    format!("[sms]\nurl = \"http://{address}/send\"\nfields = {{ to = \"{{to}}\", text = \"{{text}}\" }}\n")
}

/// What a form of the gateway says under a name.
fn field(body: &str, name: &str) -> String {
    let value = body.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap_or_default();
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let pair = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&pair).unwrap(), 16).unwrap()
            }
            plain => plain,
        });
    }
    String::from_utf8(bytes).unwrap()
}

/// What a mobile was written so far.
pub fn written_to(taken: &Mutex<Vec<String>>, mobile: &str) -> Vec<String> {
    let taken = taken.lock().unwrap();
    taken.iter().filter(|body| field(body, "to") == mobile).map(|body| field(body, "text")).collect()
}

/// A gateway that takes whatever comes, and keeps it.
pub fn gateway() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, taken) = (listener.local_addr().unwrap().to_string(), Arc::<Mutex<Vec<String>>>::default());
    let keeps = Arc::clone(&taken);
    thread::spawn(move || {
        for line in listener.incoming().map_while(Result::ok) {
            let (mut reader, mut length, mut head) = (BufReader::new(&line), 0, String::new());
            while reader.read_line(&mut head).is_ok_and(|read| read > 2) {
                let said = head.to_ascii_lowercase();
                length = said.strip_prefix("content-length:").map_or(length, |count| count.trim().parse().unwrap());
                head.clear();
            }
            let mut body = vec![0; length];
            if reader.read_exact(&mut body).is_ok() {
                keeps.lock().unwrap().push(String::from_utf8(body).unwrap());
                let _ = (&line).write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            }
        }
    });
    (address, taken)
}

#[test]
fn fld_33_a_mobile_gets_no_more_messages_in_a_day_than_it_may_and_staff_call_instead() {
    let (address, taken) = gateway();
    let sms = format!(
        "[sms]\nurl = \"http://{address}/send\"\nper_mobile_and_day = 3\nfields = {{ to = \"{{to}}\", text = \"{{text}}\" }}\n"
    );
    let mut house = ProgramHouse::files_with_config(&sms, "");
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start_sending_at("2026-11-24T09:00:00+02:00", "1");
    let admin = house.admin();
    let slots = "/api/v1/offices/kep/slots?service=driving-licence&internal=true&from=2026-12-07&days=3";
    let slots = house.get(&admin, slots).ok();
    let start = |nth: usize| slots["slots"][nth * 2]["start"].clone();
    let office = |action: &str, body: &serde_json::Value| {
        house.post_as(&admin, &fresh_id(), &format!("/api/v1/offices/kep/{action}"), body).ok()
    };
    let book = |nth: usize, phone: &str| {
        let wish = json!({ "service": "driving-licence", "start": start(nth), "name": "Μαρία", "phone": phone });
        office("bookings", &wish)["reference"].as_str().unwrap().to_owned()
    };
    // Two bookings from one number are one person's, however it is typed.
    let first = book(0, "6940000000");
    let second = book(3, "+30 694 000 0000");
    office(&format!("bookings/{first}/moves"), &json!({ "start": start(6) }));
    wait(|| (taken.lock().unwrap().len() == 3).then_some(()), "three messages");
    office(&format!("bookings/{second}/moves"), &json!({ "start": start(9) }));
    wait(
        || {
            let calls = house.page(&admin, "/staff/kep/bookings/calls");
            calls.text.contains(&format!("{} {}", &second[..4], &second[4..])).then_some(())
        },
        "whoever has had enough of them is called",
    );
    // Another person is written to as before.
    book(12, "6940000009");
    wait(|| (taken.lock().unwrap().len() == 4).then_some(()), "another mobile");
    assert!(!taken.lock().unwrap()[3].contains("6940000000"));
}
