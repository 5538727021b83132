//! Two offices on one hub: staff, administrators and devices of one have no say in the other.
//!
//! Shows CARD-01.

use serde_json::json;

use crate::house::ProgramHouse;

/// A house with a second office, `other`.
pub fn two_offices() -> ProgramHouse {
    let mut house = two_offices_files();
    house.start();
    house
}

/// The files alone, with an administrator.
pub fn two_offices_files() -> ProgramHouse {
    two_offices_files_with("", "")
}

/// The same with keys and limits of their own.
pub fn two_offices_files_with(keys: &str, limits: &str) -> ProgramHouse {
    let house = ProgramHouse::files_with_config(keys, limits);
    let folder = house.folder.path().to_owned();
    let kep = std::fs::read_to_string(folder.join("kep.toml")).unwrap();
    let other = kep.replace("key = \"kep\"\nnumber = 1", "key = \"other\"\nnumber = 2");
    assert_ne!(other, kep);
    std::fs::write(folder.join("other.toml"), other).unwrap();
    let config = std::fs::read_to_string(folder.join("hub.toml")).unwrap();
    std::fs::write(folder.join("hub.toml"), config.replace("[\"kep.toml\"]", "[\"kep.toml\", \"other.toml\"]"))
        .unwrap();
    let made = house.run(&["create-admin", "--name", "admin", "--password-file", "password"]);
    assert!(made.status.success(), "{made:?}");
    house
}

pub const PASSWORD: &str = "αρκετά μακρύ";

#[test]
fn fld_22_staff_of_one_office_have_no_say_in_another() {
    let house = two_offices();
    let admin = house.admin();
    let account = |name: &str, role: &str, office: Option<&str>| json!({ "name": name, "role": role, "office": office, "own_password": PASSWORD });
    house.employ(&admin, "eleni", "clerk", Some("kep"), PASSWORD);
    house.employ(&admin, "head", "admin", Some("kep"), PASSWORD);
    let stranger = house.employ(&admin, "nikos", "clerk", Some("other"), PASSWORD);
    let (clerk, head) = (house.sign_in("eleni", PASSWORD), house.sign_in("head", PASSWORD));
    let (kiosk, device) = house.pair(&admin, "kiosk");
    let ticket = json!({ "service": "signature" });
    house.post(&clerk, "/api/v1/offices/kep/tickets", &ticket).ok();
    for token in [&clerk, &head, &kiosk] {
        assert_eq!(house.post(token, "/api/v1/offices/other/tickets", &ticket).code(), "not-allowed");
        assert_eq!(house.post(token, "/api/v1/offices/other/desks/1/open", &json!({})).code(), "not-allowed");
        assert_eq!(house.get(token, "/api/v1/offices/other/feeds/floor").code(), "not-allowed");
    }
    let booking = json!({ "service": "driving-licence", "start": "2026-11-25T08:00:00Z", "name": "Μαρία" });
    let booked = house.post(&admin, "/api/v1/offices/other/bookings", &booking).ok();
    let path = format!("/api/v1/offices/other/bookings/{}/cancellations", booked["reference"].as_str().unwrap());
    assert_eq!(house.post(&clerk, &path, &json!({})).code(), "not-allowed");

    // An administrator of one office makes no account that may more than their own, and touches none of another's.
    for (name, role, office) in [("a", "admin", None), ("b", "clerk", None), ("c", "clerk", Some("other"))] {
        assert_eq!(house.post(&head, "/api/v1/accounts", &account(name, role, office)).code(), "not-allowed");
    }
    house.post(&head, "/api/v1/accounts", &account("maria", "clerk", Some("kep"))).ok();
    let seen = house.get(&head, "/api/v1/accounts").ok().to_string();
    assert!(seen.contains("eleni") && !seen.contains("nikos") && !seen.contains("\"admin\",\"role\""), "{seen}");
    let invite = |id: u64| {
        let own = json!({ "own_password": PASSWORD });
        house.post(&head, &format!("/api/v1/accounts/{id}/invitations"), &own).code()
    };
    assert_eq!(invite(stranger), "not-found");
    assert_eq!(invite(1), "not-found", "the hub's own administrator");
    let bearer = format!("Bearer {head}");
    let delete = |path: &str| house.ask("DELETE", path, &[("authorization", &bearer)], "");
    assert_eq!(delete(&format!("/api/v1/accounts/{stranger}")).code(), "not-found");
    assert_eq!(house.get(&head, "/api/v1/offices/other/devices").code(), "not-allowed");
    let typed = house.post(&head, "/api/v1/offices/other/devices", &json!({ "code": "222222" }));
    assert_eq!(typed.code(), "not-allowed");
    assert_eq!(delete(&format!("/api/v1/devices/{device}")).status, 204, "a device of their own office");
    assert!(!house.sign_in("nikos", PASSWORD).is_empty(), "as before");
}

#[test]
fn fld_22_the_pages_of_one_offices_administrator_show_and_change_that_one_alone() {
    let house = two_offices();
    let admin = house.admin();
    house.employ(&admin, "head", "admin", Some("kep"), PASSWORD);
    let head = house.sign_in("head", PASSWORD);
    let (_, device) = house.pair(&admin, "display");
    let page = |token: &str, path: &str| {
        let cookie = format!("seira-session={token}");
        let page = house.ask("GET", path, &[("cookie", &cookie)], "");
        assert_eq!(page.status, 200, "{path}");
        page.text
    };
    for path in ["/admin", "/admin/office"] {
        let headings = |token: &str| page(token, path).matches("<h2>ΚΕΠ Δήμου").count();
        assert_eq!((headings(&admin), headings(&head)), (2, 1), "{path}");
    }
    assert!(!page(&head, "/admin/clerks").contains("<th scope=\"row\">admin</th>"));
    assert!(!page(&head, "/admin/devices").contains("value=\"other\""));
    let cookie = format!("seira-session={head}");
    let people = house.ask("GET", "/admin/people", &[("cookie", &cookie)], "");
    assert_eq!(people.status, 403, "persons are not one office's");
    let form = page(&head, "/admin/devices");
    let csrf = form.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap();
    let send = |path: &str, fields: &str| {
        let (cookie, kind) = (format!("seira-session={head}"), "application/x-www-form-urlencoded");
        house.ask("POST", path, &[("cookie", &cookie), ("content-type", kind)], &format!("csrf={csrf}&{fields}")).status
    };
    assert_eq!(send("/admin/devices/pair", "office=other&code=222222"), 403);
    assert_eq!(send("/admin/devices/pair", "office=kep&code=222222"), 422, "no such code, but theirs to type");
    assert_eq!(send(&format!("/admin/devices/{device}/revoke"), ""), 303, "their own");
    assert_eq!(send("/admin/clerks", "name=anna&own=a-wrong-password"), 422);
    let own: String = PASSWORD.bytes().map(|byte| format!("%{byte:02x}")).collect();
    assert_eq!(send("/admin/clerks", &format!("name=anna&own={own}")), 200, "with the link, shown once");
    let made = house.get(&admin, "/api/v1/accounts").ok();
    let anna = made.as_array().unwrap().iter().find(|account| account["name"] == "anna").unwrap().clone();
    assert_eq!(anna["office"], "kep", "whoever they make works where they do");
}
