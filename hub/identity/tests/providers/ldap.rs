//! The directory's client against Debian's slapd, over plain lines of this machine, TLS and STARTTLS.

use std::{fs, net::TcpListener};

use crate::{
    slapd::{Slapd, free_port},
    wait,
};
use identity::{AwayCause, Directory, DirectoryPerson, LdapConfig, LineGuard, ProviderFault, UnreadCause};

impl Slapd {
    fn directory(&self, url: &str, keys: &str) -> Directory {
        Directory::new(&self.config(url, keys)).unwrap()
    }

    fn config(&self, url: &str, keys: &str) -> LdapConfig {
        let text = format!(
            "url = \"{url}\"\nbase = \"ou=people,dc=kep,dc=gr\"\nsearch_as = \"cn=seeker,dc=kep,dc=gr\"\nsecret_file = \
             \"seeks\"\ntimeout_seconds = 10\n{keys}\n\n[[grants]]\nclaim = \"departmentnumber\"\nsays = \
             \"Clerks\"\nrole = \"clerk\"\nscope = \"office:kep\"\n\n[[grants]]\nclaim = \"departmentNumber\"\nsays = \
             \"others\"\nrole = \"other\"\nscope = \"office:kep\"\n"
        );
        let mut config: LdapConfig = toml::from_str(&text).unwrap();
        config.resolve(self.folder.path());
        config.check().unwrap();
        config
    }

    fn plain(&self) -> Directory {
        self.directory(&format!("ldap://127.0.0.1:{}", self.plain), "")
    }
}

fn asked(directory: &Directory, user: &str, password: &str) -> Result<Option<DirectoryPerson>, ProviderFault> {
    wait(directory.person(user, password))
}

#[test]
fn pre_02_staff_of_a_directory_come_in_with_their_password_and_what_follows_from_their_groups() {
    let slapd = Slapd::start();
    let directory = slapd.plain();
    let maria = asked(&directory, "maria", "right-1").unwrap().unwrap();
    assert_eq!(maria.id.len(), 36, "an id that outlives her name: {}", maria.id);
    assert_eq!((maria.first_name.as_deref(), maria.last_name.as_deref()), (Some("Maria"), Some("Papadopoulou")));
    assert_eq!(maria.email.as_deref(), Some("maria@kep.example.gr"));
    let roles: Vec<_> = maria.grants.iter().map(|grant| grant.role.as_str()).collect();
    assert_eq!(roles, ["clerk"]);
    let nikos = asked(&directory, "nikos*", "right-2").unwrap().unwrap();
    assert_eq!(nikos.first_name.as_deref(), Some("Νίκος"), "letters of her own in the entry's name");
    assert!(nikos.grants.is_empty());
    for (user, password) in [("maria", "wrong"), ("nobody", "right-1"), ("maria", "right-2"), ("MARIA ", "")] {
        assert_eq!(asked(&directory, user, password), Ok(None), "{user} {password}");
    }
    let twin = Err(ProviderFault::Unreadable(UnreadCause::Value));
    assert_eq!(asked(&directory, "twin", "right-3"), twin, "whose password it would be is not guessed");
}

#[test]
fn new_08_neither_a_name_nor_an_empty_password_opens_a_directory() {
    let slapd = Slapd::start();
    let directory = slapd.plain();
    for user in [
        "*",
        "mar*",
        "maria)(uid=*",
        "*)(uid=*))(|(uid=*",
        "nikos",
        "\\2a",
        "maria\0",
        "uid=maria,ou=people,dc=kep,dc=gr",
    ] {
        assert_eq!(asked(&directory, user, "right-1"), Ok(None), "{user:?}");
    }
    assert_eq!(asked(&directory, "maria", ""), Ok(None), "a directory says yes to no password");
    assert_eq!(asked(&directory, "", "right-1"), Ok(None));
    assert!(asked(&directory, "maria", "right-1").unwrap().is_some());
}

#[test]
fn new_08_a_line_to_a_directory_is_encrypted_and_believes_its_house_alone() {
    let slapd = Slapd::start();
    let secure = format!("ldaps://localhost:{}", slapd.secure);
    let house = slapd.directory(&secure, "authority_file = \"ca.pem\"");
    assert!(asked(&house, "maria", "right-1").unwrap().is_some());
    let away = Err(ProviderFault::Away(AwayCause::Unreachable));
    let other = slapd.directory(&secure, "authority_file = \"other.pem\"");
    assert_eq!(asked(&other, "maria", "right-1"), away, "signed by another");
    let worlds = slapd.directory(&secure, "");
    assert_eq!(asked(&worlds, "maria", "right-1"), away, "signed by none that browsers know");
}

#[test]
fn new_08_a_plain_line_is_encrypted_before_anything_is_said() {
    let slapd = Slapd::start();
    let url = format!("ldap://127.0.0.1:{}", slapd.plain);
    let started = |authority: &str| {
        let mut config = slapd.config(&url, &format!("authority_file = \"{authority}\""));
        // As for another machine.
        config.url.guard = LineGuard::StartTls;
        asked(&Directory::new(&config).unwrap(), "maria", "right-1")
    };
    assert!(started("ca.pem").unwrap().is_some());
    assert_eq!(started("other.pem"), Err(ProviderFault::Away(AwayCause::Unreachable)), "signed by another");
}

#[test]
fn pre_02_a_directory_that_is_away_silent_or_does_not_know_the_hub_is_told_apart() {
    let slapd = Slapd::start();
    fs::write(slapd.folder.path().join("seeks"), "another\n").unwrap();
    assert_eq!(asked(&slapd.plain(), "maria", "right-1"), Err(ProviderFault::Refused(49)));
    let gone = slapd.directory(&format!("ldap://127.0.0.1:{}", free_port()), "");
    assert_eq!(asked(&gone, "maria", "right-1"), Err(ProviderFault::Away(AwayCause::Unreachable)));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("ldap://{}", listener.local_addr().unwrap());
    let text = format!("url = \"{url}\"\nbase = \"dc=kep,dc=gr\"\ntimeout_seconds = 1\n");
    let silent = Directory::new(&toml::from_str(&text).unwrap()).unwrap();
    assert_eq!(asked(&silent, "maria", "right-1"), Err(ProviderFault::Away(AwayCause::Silent)));
}
