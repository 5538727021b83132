//! What was typed on the page of the first start, as files: they are written in a folder of their own, read there as the hub will
//! read them, and take their places when nothing is wrong, the configuration last.

use std::{fs, path::PathBuf};

use access::{Password, PasswordContext};
use anyhow::Context;
use chrono::{DateTime, Utc};
use pages::{WrongField, first_start::FirstStartFields, password_wrong};
use post::{MailConfig, PLAIN_WORDS};
use serde::Deserialize;
use text::Voice;

use crate::{
    config::HubConfig,
    console,
    setup::{EMBLEM, OFFICE, SetupArgs},
};

/// The folder in which they are tried.
const STAGE: &str = ".first-start";
const OFFICE_FILE: &str = "office.toml";
const BODY_FILE: &str = "body.toml";
const MAIL_PASSWORD: &str = "mail-password";
const HUB_FILE: &str = "hub.toml";
/// Pictures that an office's file may name, beside it.
const PICTURES: [&str; 2] = ["svg", "png"];

/// The folder of the trial, gone when dropped.
pub struct FileStage(PathBuf);

/// The one section of `hub.toml` that a mail on trial needs.
#[derive(Deserialize)]
struct MailAlone {
    mail: MailConfig,
}

impl FileStage {
    fn new(args: &SetupArgs) -> anyhow::Result<Self> {
        let path = args.folder.join(STAGE);
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        fs::create_dir_all(&path).with_context(|| path.display().to_string())?;
        Ok(Self(path))
    }

    fn put(&self, name: &str, text: &str) -> anyhow::Result<PathBuf> {
        let path = self.0.join(name);
        fs::write(&path, text).with_context(|| path.display().to_string())?;
        Ok(path)
    }
}

impl Drop for FileStage {
    fn drop(&mut self) {
        // What is left is taken away before the next.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Something that is not about what was typed.
pub fn of_machine(voice: Voice, error: &anyhow::Error) -> WrongField {
    WrongField::new(voice.text("first-start-machine", "said", &format!("{error:#}")), "")
}

/// How mails leave, to whom one is sent on trial, and what is to be held until it has left.
///
/// # Errors
/// What is wrong with what was typed.
pub fn trial(
    args: &SetupArgs,
    fields: &FirstStartFields,
    voice: Voice,
) -> Result<(MailConfig, String, FileStage), WrongField> {
    let to = address(voice, &fields.admin_email, "admin_email", "first-start-admin-email")?;
    let section = mail_section(args, fields, voice)?;
    let stage = FileStage::new(args).map_err(|error| of_machine(voice, &error))?;
    put_mail_password(&stage, fields).map_err(|error| of_machine(voice, &error))?;
    let read = || -> anyhow::Result<MailConfig> {
        let MailAlone { mut mail } = toml::from_str(&section)?;
        mail.resolve(&stage.0);
        mail.check()?;
        Ok(mail)
    };
    let mail = read().map_err(|error| of_mail(voice, &plain(&stage, &error)))?;
    Ok((mail, to, stage))
}

/// Sets the hub up.
///
/// # Errors
/// What is wrong with what was typed, or with the machine; nothing has changed then but files that the next try writes anew.
pub fn set_up(args: &SetupArgs, fields: &FirstStartFields, voice: Voice, now: DateTime<Utc>) -> Result<(), WrongField> {
    let machine = |error: anyhow::Error| of_machine(voice, &error);
    let names = [
        (&fields.body_el, "body_el", "first-start-body-el"),
        (&fields.body_en, "body_en", "first-start-body-en"),
        (&fields.phone, "phone", "first-start-phone"),
        (&fields.admin_name, "admin_name", "login-name"),
    ];
    for (typed, id, label) in names {
        if typed.trim().is_empty() {
            return Err(WrongField::new(voice.text("first-start-missing", "label", &voice.say(label)), id));
        }
    }
    let email = address(voice, &fields.email, "email", "first-start-email")?;
    let admin_email = address(voice, &fields.admin_email, "admin_email", "first-start-admin-email")?;
    let mail = mail_section(args, fields, voice)?;
    let stage = FileStage::new(args).map_err(machine)?;
    let put = || -> anyhow::Result<(PathBuf, PathBuf)> {
        put_mail_password(&stage, fields)?;
        put_pictures(&stage, args)?;
        let office = stage.put(OFFICE_FILE, &office_text(args, fields, &email)?)?;
        let more = format!("body = \"{BODY_FILE}\"\nalerts_to = [{}]\n", quoted(&admin_email));
        let hub = stage.put(HUB_FILE, &args.hub_toml(OFFICE_FILE, &more, &mail))?;
        Ok((hub, office))
    };
    let (hub, office) = put().map_err(machine)?;
    let config = HubConfig::read(&hub).map_err(|error| of_mail(voice, &plain(&stage, &error)))?;
    let offices = office_file::read_all(&[office]).map_err(|error| {
        let said = plain(&stage, &error);
        WrongField::new(voice.text("first-start-file-wrong", "said", &said), "office_file")
    })?;
    let key = offices.first().map(|office| office.config.key.clone()).unwrap_or_default();
    stage.put(BODY_FILE, &body_text(&key, fields, &email)).map_err(machine)?;
    config.read_body(&offices).map_err(|error| {
        WrongField::new(voice.text("first-start-body-wrong", "said", &plain(&stage, &error)), "body_el")
    })?;
    let own = offices.iter().flat_map(|office| [&office.config.name.el, &office.config.name.en]);
    let own: Vec<&str> = own.chain([&fields.body_el, &fields.body_en]).map(String::as_str).collect();
    let hash = password_hash(fields, voice, &own)?;
    take_places(&stage, args).map_err(machine)?;
    add_admin(&config, fields, (&hash, &admin_email), now)
        .map_err(machine)?
        .ok_or_else(|| WrongField::new(voice.say("first-start-name-taken"), "admin_name"))?;
    // From here on the hub is set up.
    fs::rename(stage.0.join(HUB_FILE), args.config()).context("hub.toml").map_err(machine)
}

fn password_hash(fields: &FirstStartFields, voice: Voice, names: &[&str]) -> Result<String, WrongField> {
    let name = fields.admin_name.trim();
    let wrong_name = || WrongField::new(voice.say("first-start-login-name-wrong"), "admin_name");
    access::check_name(name).map_err(|_| wrong_name())?;
    let (password, again) = (Password::new(fields.password.clone()), Password::new(fields.again.clone()));
    let context = PasswordContext::of(names.iter().copied().chain([name]));
    let checked = password.checked(&context);
    let checked = checked.map_err(|fault| WrongField::new(password_wrong(fault, voice), "password"))?;
    if !password.is_alike(&again) {
        return Err(WrongField::new(voice.say("agent-password-differs"), "again"));
    }
    access::hash_password(&checked).map_err(|error| of_machine(voice, &error))
}

/// The administrator's account; nothing, if the name is taken.
fn add_admin(
    config: &HubConfig,
    fields: &FirstStartFields,
    (hash, email): (&str, &str),
    now: DateTime<Utc>,
) -> anyhow::Result<Option<u32>> {
    let _lock = store::FileLock::take(&config.database)?;
    let store = store::Store::open(&config.database)?;
    console::add_admin(&store, config, (fields.admin_name.trim(), Some(hash), Some(email)), now)
}

/// The files take their places; of those that were there before, only what was read from there.
fn take_places(stage: &FileStage, args: &SetupArgs) -> anyhow::Result<()> {
    for name in [EMBLEM.0, OFFICE_FILE, BODY_FILE, MAIL_PASSWORD] {
        let from = stage.0.join(name);
        if from.exists() {
            fs::rename(&from, args.folder.join(name)).with_context(|| name.to_owned())?;
        }
    }
    Ok(())
}

/// The office's file: what was pasted; else the one that somebody has put in its place; else the sample under names of one's own.
fn office_text(args: &SetupArgs, fields: &FirstStartFields, email: &str) -> anyhow::Result<String> {
    let kept = args.folder.join(OFFICE_FILE);
    match fields.office_file.trim().is_empty() {
        false => Ok(fields.office_file.replace("\r\n", "\n")),
        true if kept.exists() => fs::read_to_string(&kept).with_context(|| kept.display().to_string()),
        true => Ok(named_sample(fields, email)),
    }
}

/// The sample, with the names and the contact that were typed.
fn named_sample(fields: &FirstStartFields, email: &str) -> String {
    let or_body = |typed: &str, body: &str| if typed.trim().is_empty() { body.to_owned() } else { typed.to_owned() };
    let (el, en) = (or_body(&fields.office_el, &fields.body_el), or_body(&fields.office_en, &fields.body_en));
    // What stands before the first table is about the office itself.
    let (head, tables) = OFFICE.1.split_once("\n[").unwrap_or((OFFICE.1, ""));
    let line = |line: &str| match line.split_once(" = ").map(|(key, _)| key) {
        Some("name") => format!("name = {}", words(&el, &en)),
        Some("contact_email") => format!("contact_email = {}", quoted(email)),
        Some("contact_phone") => format!("contact_phone = {}", quoted(fields.phone.trim())),
        Some(_) | None => line.to_owned(),
    };
    let head: Vec<String> = head.lines().map(line).collect();
    format!("{}\n[{tables}", head.join("\n"))
}

fn body_text(key: &str, fields: &FirstStartFields, email: &str) -> String {
    format!(
        "# Written by `hub setup`. The sample among the package's documents says what else can stand here.\n\
         key = {}\nname = {}\ncontact_email = {}\ncontact_phone = {}\n\n[calendar]\ngreek_public_sector = true\n",
        quoted(key),
        words(&fields.body_el, &fields.body_en),
        quoted(email),
        quoted(fields.phone.trim())
    )
}

/// `[mail]`, as it was typed.
fn mail_section(args: &SetupArgs, fields: &FirstStartFields, voice: Voice) -> Result<String, WrongField> {
    let host = fields.mail_host.trim();
    if host.is_empty() {
        return Ok(args.mail_in_folder());
    }
    if host.contains(char::is_whitespace) {
        return Err(WrongField::new(voice.say("first-start-host-wrong"), "mail_host"));
    }
    let (tls, usual) = match fields.mail_tls.as_str() {
        "tls" => ("tls", 465),
        "none" => ("none", 25),
        _ => ("starttls", 587),
    };
    let port = match fields.mail_port.trim() {
        "" => usual,
        typed => {
            let port = typed.parse::<u16>().ok().filter(|port| *port > 0);
            port.ok_or_else(|| WrongField::new(voice.say("first-start-port-wrong"), "mail_port"))?
        }
    };
    let from = address(voice, &fields.mail_from, "mail_from", "first-start-mail-from")?;
    let user = fields.mail_user.trim();
    if !user.is_empty() && fields.mail_password.is_empty() {
        return Err(WrongField::new(voice.say("first-start-user-alone"), "mail_password"));
    }
    let login = match user {
        "" => String::new(),
        user => format!("user = {}\npassword_file = \"{MAIL_PASSWORD}\"\n", quoted(user)),
    };
    Ok(format!(
        "[mail]\ntransport = \"smtp\"\nhost = {}\nport = {port}\ntls = \"{tls}\"\nfrom = {}\n{login}",
        quoted(host),
        quoted(&from)
    ))
}

/// What is wrong with `[mail]`, in the words of its reader, without where a house says that it goes without encryption: whoever
/// means that writes it into the file.
fn of_mail(voice: Voice, said: &str) -> WrongField {
    let said = said.split(PLAIN_WORDS).next().unwrap_or_default();
    let said = said.split("; or, in").next().unwrap_or_default();
    WrongField::new(voice.text("first-start-mail-wrong", "said", said), "mail_tls")
}

fn put_mail_password(stage: &FileStage, fields: &FirstStartFields) -> anyhow::Result<()> {
    match fields.mail_user.trim().is_empty() || fields.mail_password.is_empty() {
        true => Ok(()),
        false => stage.put(MAIL_PASSWORD, &fields.mail_password).map(drop),
    }
}

/// The pictures that somebody has put beside the office's file, and the sample's emblem where there is none of its name.
fn put_pictures(stage: &FileStage, args: &SetupArgs) -> anyhow::Result<()> {
    for entry in fs::read_dir(&args.folder).with_context(|| args.folder.display().to_string())? {
        let path = entry?.path();
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if let Some(name) = path.file_name().filter(|_| PICTURES.contains(&kind) && path.is_file()) {
            fs::copy(&path, stage.0.join(name)).with_context(|| path.display().to_string())?;
        }
    }
    match stage.0.join(EMBLEM.0).exists() {
        true => Ok(()),
        false => stage.put(EMBLEM.0, EMBLEM.1).map(drop),
    }
}

/// An address to which mails can go.
fn address(voice: Voice, typed: &str, id: &str, label: &str) -> Result<String, WrongField> {
    let wrong = || WrongField::new(voice.text("first-start-address-wrong", "label", &voice.say(label)), id);
    people::address(typed).map_err(|_| wrong())
}

/// A fault without the folder of the trial, which nobody knows.
fn plain(stage: &FileStage, error: &anyhow::Error) -> String {
    format!("{error:#}").replace(&format!("{}/", stage.0.display()), "")
}

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn words(el: &str, en: &str) -> String {
    format!("{{ el = {}, en = {} }}", quoted(el.trim()), quoted(en.trim()))
}
