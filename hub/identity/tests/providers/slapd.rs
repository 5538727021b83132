//! Debian's slapd in a folder of its own: with people, a certificate, and passwords that nobody reads.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::started::Started;

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

/// A directory that runs.
pub struct Slapd {
    pub folder: TempDir,
    /// The port of plain lines.
    pub plain: u16,
    /// The port of lines that are encrypted from their beginning.
    pub secure: u16,
    _program: Started,
}

/// A port that nobody has.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn run(folder: &Path, line: &str) {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap());
    let output = command.args(words).current_dir(folder).output().unwrap_or_else(|error| panic!("{line}: {error}"));
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Slapd {
    /// Starts it.
    pub fn start() -> Self {
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
}
