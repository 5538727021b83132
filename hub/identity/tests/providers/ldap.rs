//! The directory's client against Debian's slapd, over plain lines of this machine, TLS and STARTTLS.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use identity::{AwayCause, Directory, DirectoryPerson, LdapConfig, LineGuard, ProviderFault, UnreadCause};
use tempfile::TempDir;

use crate::{started::Started, wait};

/// So long a directory may take to be there.
const PATIENCE: Duration = Duration::from_secs(60);
/// It says nowhere that it listens.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

const PEOPLE: &str = "dn: dc=kep,dc=gr
objectClass: dcObject
objectClass: organization
dc: kep
o: KEP

dn: ou=people,dc=kep,dc=gr
objectClass: organizationalUnit
ou: people

dn: uid=maria,ou=people,dc=kep,dc=gr
objectClass: inetOrgPerson
uid: maria
givenName: Maria
sn: Papadopoulou
cn: Maria Papadopoulou
mail: maria@kep.example.gr
departmentNumber: clerks
departmentNumber: everybody
userPassword: right-1

dn: cn=Nikos \\28north\\, left\\29,ou=people,dc=kep,dc=gr
objectClass: inetOrgPerson
uid: nikos*
givenName:: zp3Or866zr/Pgg==
sn:: zpnPic6szr3Ov8+F
cn: Nikos (north, left)
userPassword: right-2

dn: cn=Twin one,ou=people,dc=kep,dc=gr
objectClass: inetOrgPerson
uid: twin
sn: One
cn: Twin one
userPassword: right-3

dn: cn=Twin two,ou=people,dc=kep,dc=gr
objectClass: inetOrgPerson
uid: twin
sn: Two
cn: Twin two
userPassword: right-3

dn: cn=seeker,dc=kep,dc=gr
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: seeker
userPassword: seeks
";

struct Slapd {
    folder: TempDir,
    plain: u16,
    secure: u16,
    _program: Started,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn run(folder: &Path, line: &str) {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap());
    let output = command.args(words).current_dir(folder).output().unwrap_or_else(|error| panic!("{line}: {error}"));
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Slapd {
    fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let at = folder.path();
        fs::create_dir(at.join("data")).unwrap();
        fs::write(at.join("extension"), "subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
            .unwrap();
        run(at, "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=House -keyout ca.key -out ca.pem");
        run(at, "openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout key.pem -out request.pem");
        run(
            at,
            "openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile extension -out cert.pem",
        );
        // The directory of nobody, whose certificates are believed by nobody.
        run(at, "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Other -keyout other.key -out other.pem");
        let [schema, show] = ["/etc/ldap/schema", "/usr/lib/ldap"];
        let place = at.display();
        let configuration = format!(
            "include {schema}/core.schema\ninclude {schema}/cosine.schema\ninclude {schema}/inetorgperson.schema\nmodulepath \
             {show}\nmoduleload back_mdb\nTLSCACertificateFile {place}/ca.pem\nTLSCertificateFile \
             {place}/cert.pem\nTLSCertificateKeyFile {place}/key.pem\ndatabase mdb\nsuffix dc=kep,dc=gr\nrootdn \
             cn=root,dc=kep,dc=gr\nrootpw root\ndirectory {place}/data\naccess to attrs=userPassword by anonymous auth by * \
             none\naccess to * by dn.exact=cn=seeker,dc=kep,dc=gr read by * none\n"
        );
        fs::write(at.join("slapd.conf"), configuration).unwrap();
        fs::write(at.join("people.ldif"), PEOPLE).unwrap();
        run(at, "/usr/sbin/slapadd -f slapd.conf -l people.ldif");
        fs::write(at.join("seeks"), "seeks\n").unwrap();
        let (plain, secure) = (free_port(), free_port());
        let mut command = Command::new("/usr/sbin/slapd");
        command.args(["-f", "slapd.conf", "-d", "0", "-h"]).current_dir(at).stderr(Stdio::null());
        command.arg(format!("ldap://127.0.0.1:{plain} ldaps://127.0.0.1:{secure}"));
        let mut program = Started::unready(command);
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", secure)).is_err() {
            assert!(!program.has_ended() && Instant::now() < until, "slapd listens");
            thread::sleep(LOOK_AGAIN);
        }
        Self { folder, plain, secure, _program: program }
    }

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
