//! What a site's file is told: the line, the key, and what would be right.

use super::*;

const SAMPLE: &str = include_str!("../samples/site.toml");

/// The sample with one thing changed is told exactly this.
#[track_caller]
fn check(from: &str, to: &str, expect: &[&str]) {
    assert!(SAMPLE.contains(from), "the sample has {from}");
    let said = Site::read(&SAMPLE.replacen(from, to, 1)).map(|_| ()).unwrap_err();
    let said: Vec<String> = said.iter().map(ToString::to_string).collect();
    assert_eq!(said, expect);
}

#[test]
fn card_08_the_sample_is_a_whole_site() {
    let site = Site::read(SAMPLE).unwrap();
    assert_eq!((site.kiosks.len(), site.boards.len(), site.desks.len(), site.hub.is_some()), (2, 1, 1, true));
}

#[test]
fn card_08_each_fault_has_its_line_its_key_and_what_would_be_right() {
    check(
        "hub_url = \"https://seira.lan\"",
        "hub_url = \"seira.lan/x\"",
        &[
            "line 5: site.hub_url: \"seira.lan/x\" should be where devices reach the hub, without a path, such as \"https://seira.lan\"",
        ],
    );
    check(
        "profile = \"epson-tm-t20iii\"",
        "profile = \"epson-tm-t20\"",
        &[
            "line 20: kiosk[0].printer.profile: there is no printer profile \"epson-tm-t20\"; did you mean \"epson-tm-t20ii\"?",
        ],
    );
    check(
        "screen = \"touch-22-portrait\"",
        "screen = \"board-43-landscape\"",
        &["line 16: kiosk[0].screen: \"board-43-landscape\" is no touch screen: citizens could press nothing on it"],
    );
    check(
        "usb_socket = \"1.2\"",
        "usb_socket = \"first\"",
        &[
            "line 22: kiosk[0].printer.usb_socket: \"first\" should be the way to the socket, such as \"1.2\": the digits behind \"usb-0:\" in `udevadm info`",
        ],
    );
    check("usb_socket = \"1.2\"\n", "", &["line 21: kiosk[0].printer.via: needs usb_socket = \"1.2\" beside it"]);
    check(
        "output = \"HDMI-A-1\"",
        "output = \"screen\"",
        &["line 17: kiosk[0].output: \"screen\" should be as `ls /sys/class/drm` says it, such as \"HDMI-A-1\""],
    );
    check(
        "id = \"board-hall\"",
        "id = \"seira-hub\"",
        &["line 43: board[0].id: \"seira-hub\" stands at hub.id already: each machine has a name of its own"],
    );
    check(
        "backup_to = \"/mnt/backup\"",
        "backup_to = \"/var/lib/seira/copy\"",
        &[
            "line 11: hub.backup_to: \"/var/lib/seira/copy\" should be a folder on another disk than /var/lib/seira, such as \"/mnt/backup\"",
        ],
    );
    check(
        "profile = \"generic-keyboard\"\nusb_socket = \"1.3\"",
        "profile = \"generic-keyboard\"",
        &[
            "line 39: kiosk[1].scanner.profile: needs usb_socket = \"1.3\" (or port = \"/dev/ttyS1\"): the model alone says not where it is",
        ],
    );
    check(
        "address = \"10.0.0.40:9100\"",
        "address = \"10.0.0.40:9100\"\nport = \"/dev/sda\"",
        &[
            "line 37: kiosk[1].printer.port: goes with another `via`; here address says where it is",
            "line 37: kiosk[1].printer.port: \"/dev/sda\" should be a serial port, such as \"/dev/ttyS0\"",
        ],
    );
}

#[test]
fn card_08_faults_of_form_in_several_tables_are_all_told() {
    let two = SAMPLE.replacen("name = \"Είσοδος\"", "nmae = \"Είσοδος\"", 1).replacen(
        "via = \"network\"",
        "via = \"netwrok\"",
        1,
    );
    let said: Vec<String> = Site::read(&two).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("line 15: kiosk[0]: unknown field `nmae`"), "{said:?}");
    assert!(said[1].starts_with("line 35: kiosk[1]: unknown variant `netwrok`"), "{said:?}");
    assert!(said[1].ends_with("did you mean `network`?"), "{said:?}");
}

#[test]
fn card_08_a_table_that_no_site_has_is_told_with_the_likely_one() {
    check("[[board]]", "[[borad]]", &["line 42: borad: a site has no such table; did you mean \"board\"?"]);
    check("[hub]\nid", "[[hub]]\nid", &["line 8: hub: write [hub]: a site has one of it"]);
}

#[test]
fn card_08_a_turned_screen_under_the_cage_of_debian_13_is_told() {
    let turned = SAMPLE.replacen("hub_url", "debian = \"13\"\nhub_url", 1).replacen(
        "output = \"HDMI-A-1\"",
        "output = \"HDMI-A-1\"\nsession = \"cage\"",
        1,
    );
    let said = Site::read(&turned).unwrap_err();
    assert_eq!(said.len(), 1);
    assert!(said[0].says.starts_with("kiosk[0].session: cage of Debian 13 turns no screens"), "{said:?}");
}

#[test]
fn card_08_what_is_no_toml_is_told_with_its_line() {
    let said = Site::read("[site]\nname = \"x\nhub_url = 3\n").unwrap_err();
    assert_eq!(said[0].line, 2, "{said:?}");
    let said = Site::read("").unwrap_err();
    assert_eq!(said[0].to_string(), "line 1: site: there is no [site] table: write its name and its hub_url first");
}

#[test]
fn card_08_buttons_have_a_desk_and_a_socket_of_their_own() {
    let buttons = |desk: u16, socket: &str| {
        let text = format!("{SAMPLE}\n[desk.buttons]\ndesk = {desk}\nusb_socket = \"{socket}\"\n");
        Site::read(&text).map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    };
    assert!(buttons(3, "1.5").unwrap().desks[0].buttons.is_some());
    for (desk, socket, said) in
        [(0, "1.5", "the number of the desk"), (3, "1.4", "is in \"1.4\" already"), (3, "usb", "the way to the socket")]
    {
        let told = buttons(desk, socket).unwrap_err();
        assert!(told.contains("desk[0].buttons.") && told.contains(said), "{told}");
    }
}
