//! `[sms]`: the gateway that takes messages to mobiles, for those whom no e-mail reaches (FLD-33).

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::Context;
use people::mobile;
use serde::Deserialize;

use crate::plain_line;

/// What can be filled into a field, beside the word itself.
const PLACEHOLDERS: [&str; 6] = ["to", "to_digits", "text", "from", "user", "password"];

/// The code of Greek numbers.
const GREECE: u16 = 30;

/// A gateway that is asked over HTTP: nearly every provider has one, and so have programs such as Kannel.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsConfig {
    /// Its address, e.g. `https://sms.example.gr/send`.
    pub url: GatewayUrl,
    /// How it is asked.
    #[serde(default)]
    pub method: SmsMethod,
    /// Whom a message comes from, as the provider knows the office: up to eleven letters, or a number.
    #[serde(default)]
    pub from: String,
    /// The user there, if it wants one.
    #[serde(default)]
    pub user: Option<String>,
    /// A file with the password, or the key, in its first line.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// What is sent: names as the gateway wants them, values with placeholders, e.g. `to = "{to}"`.
    pub fields: SmsFields,
    /// Headers beside them, e.g. `authorization = "Bearer {password}"`.
    #[serde(default)]
    pub headers: BTreeMap<String, Template>,
    /// Answers with which a message is taken, e.g. `["2xx"]`.
    #[serde(default = "accepted")]
    pub accepted: Statuses,
    /// What stands in the body of such an answer; one without it is tried again. Some gateways say no with a 200.
    #[serde(default)]
    pub accepted_says: Option<String>,
    /// Answers after which it is tried again.
    #[serde(default = "again")]
    pub again: Statuses,
    /// Answers after which it is given up.
    #[serde(default = "refused")]
    pub refused: Statuses,
    /// Seconds that the gateway may take over one message.
    #[serde(default = "timeout_seconds")]
    pub timeout_seconds: u16,
    /// So many messages go to one mobile in one day of the office; what comes after is not sent, and stands on the telephone
    /// list. A booking that is moved back and forth would otherwise cost as much as somebody likes.
    #[serde(default)]
    pub per_mobile_and_day: MessagesPerDay,
    /// The countries that are written to, by the codes with which their numbers begin, e.g. `["30", "357"]`: Greece alone,
    /// unless said otherwise. A message elsewhere can cost many times as much, and anybody can type a number.
    #[serde(default)]
    pub countries: CountryCodes,
    /// The words by which a house goes without https, to a gateway that is another machine.
    #[serde(default)]
    pub plain_within_house: Option<String>,
}

/// How many messages one mobile gets in one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u32")]
pub struct MessagesPerDay(u32);

/// A booking made, moved, to be corrected, corrected and reminded of is told of; twice that is nobody's day.
const MESSAGES_PER_DAY: u32 = 8;
/// More than that is no limit.
const MESSAGES_PER_DAY_MAX: u32 = 100;

impl MessagesPerDay {
    /// Whether one more may go after so many.
    pub const fn lets(self, sent: u32) -> bool {
        sent < self.0
    }
}

impl Default for MessagesPerDay {
    fn default() -> Self {
        Self(MESSAGES_PER_DAY)
    }
}

impl TryFrom<u32> for MessagesPerDay {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        if (1..=MESSAGES_PER_DAY_MAX).contains(&number) {
            Ok(Self(number))
        } else {
            Err(format!("sms.per_mobile_and_day: {number} should be between 1 and {MESSAGES_PER_DAY_MAX}"))
        }
    }
}

/// Countries, by the codes of their telephone numbers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct CountryCodes(Vec<u16>);

impl Default for CountryCodes {
    fn default() -> Self {
        Self(vec![GREECE])
    }
}

impl TryFrom<Vec<String>> for CountryCodes {
    type Error = String;

    fn try_from(codes: Vec<String>) -> Result<Self, String> {
        let code = |code: String| {
            let is_code = (1..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
            let number = code.parse().ok().filter(|code| is_code && *code > 0);
            number.ok_or_else(|| {
                format!("sms.countries: \"{code}\" should be like \"30\", as a number begins after its +")
            })
        };
        let codes = codes.into_iter().map(code).collect::<Result<Vec<_>, _>>()?;
        if codes.is_empty() {
            Err("sms.countries: name at least one, e.g. [\"30\"]".to_owned())
        } else {
            Ok(Self(codes))
        }
    }
}

/// How a gateway is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmsMethod {
    /// POST of a form.
    #[default]
    Form,
    /// POST of JSON; the fields may be nested.
    Json,
    /// GET, with the fields in the address: what they hold then stands in the gateway's own log.
    Get,
}

/// What becomes of a message, by the gateway's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmsVerdict {
    /// It is taken.
    Accepted,
    /// It is tried again.
    Again,
    /// It is given up.
    Refused,
}

fn accepted() -> Statuses {
    Statuses(vec![StatusPattern::Class(2)])
}

/// A wrong password and too many messages at once can be mended; so can a gateway that is down.
fn again() -> Statuses {
    Statuses([401, 403, 408, 425, 429].map(StatusPattern::Code).into_iter().chain([StatusPattern::Class(5)]).collect())
}

fn refused() -> Statuses {
    Statuses(vec![StatusPattern::Class(4)])
}

const fn timeout_seconds() -> u16 {
    15
}

/// The address of a gateway.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct GatewayUrl(pub String);

impl TryFrom<String> for GatewayUrl {
    type Error = String;

    fn try_from(url: String) -> Result<Self, String> {
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        if !is_web || url.contains(['?', '#', '{', ' ']) {
            return Err(format!(
                "sms.url: {url} should be like https://sms.example.gr/send, with what is sent in [sms.fields] and not in it"
            ));
        }
        Ok(Self(url))
    }
}

/// A text with placeholders.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Template(String);

impl TryFrom<String> for Template {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        for name in names(&text) {
            if !PLACEHOLDERS.contains(&name) {
                let known = PLACEHOLDERS.map(|known| format!("{{{known}}}")).join(", ");
                return Err(format!("{{{name}}} is not known; there are {known}"));
            }
        }
        Ok(Self(text))
    }
}

/// The placeholders of a text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

impl Template {
    /// The text with its values. What is filled in is not looked through again.
    pub fn fill(&self, value: impl Fn(&str) -> String) -> String {
        let mut parts = self.0.split('{');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            match part.split_once('}') {
                Some((name, rest)) => {
                    filled.push_str(&value(name));
                    filled.push_str(rest);
                }
                None => {
                    filled.push('{');
                    filled.push_str(part);
                }
            }
        }
        filled
    }

    fn names(&self, name: &str) -> bool {
        names(&self.0).any(|one| one == name)
    }
}

/// What is sent: a table of texts with placeholders, which may be nested where it is sent as JSON.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "toml::Table")]
pub struct SmsFields(pub BTreeMap<String, SmsField>);

/// What stands in a field of what the gateway is sent.
#[derive(Debug, Clone, PartialEq)]
pub enum SmsField {
    /// A text with placeholders.
    Text(Template),
    /// A number, or true or false, as it is.
    Plain(serde_json::Value),
    /// Several in a row.
    List(Vec<SmsField>),
    /// Fields within a field.
    Table(BTreeMap<String, SmsField>),
}

impl TryFrom<toml::Table> for SmsFields {
    type Error = String;

    fn try_from(table: toml::Table) -> Result<Self, String> {
        let SmsField::Table(fields) = field("sms.fields", toml::Value::Table(table))? else {
            return Err("sms.fields should be a table".to_owned());
        };
        let fields = Self(fields);
        if !fields.all().iter().any(|text| text.names("text")) {
            return Err("sms.fields: one of them should hold {text}, e.g. text = \"{text}\"".to_owned());
        }
        if !fields.all().iter().any(|text| text.names("to") || text.names("to_digits")) {
            return Err("sms.fields: one of them should hold {to} (+3069…) or {to_digits} (3069…)".to_owned());
        }
        Ok(fields)
    }
}

fn field(key: &str, value: toml::Value) -> Result<SmsField, String> {
    Ok(match value {
        toml::Value::String(text) => SmsField::Text(Template::try_from(text).map_err(|why| format!("{key}: {why}"))?),
        toml::Value::Integer(number) => SmsField::Plain(number.into()),
        toml::Value::Float(number) => SmsField::Plain(number.into()),
        toml::Value::Boolean(is) => SmsField::Plain(is.into()),
        toml::Value::Datetime(time) => SmsField::Plain(time.to_string().into()),
        toml::Value::Array(several) => {
            let several = several.into_iter().map(|one| field(key, one));
            SmsField::List(several.collect::<Result<_, _>>()?)
        }
        toml::Value::Table(table) => {
            let fields = table.into_iter().map(|(name, one)| {
                let one = field(&format!("{key}.{name}"), one)?;
                Ok((name, one))
            });
            SmsField::Table(fields.collect::<Result<_, String>>()?)
        }
    })
}

impl SmsFields {
    /// Every text in them, at any depth.
    fn all(&self) -> Vec<&Template> {
        fn of<'a>(field: &'a SmsField, all: &mut Vec<&'a Template>) {
            match field {
                SmsField::Text(text) => all.push(text),
                SmsField::Plain(_) => {}
                SmsField::List(several) => several.iter().for_each(|one| of(one, all)),
                SmsField::Table(table) => table.values().for_each(|one| of(one, all)),
            }
        }
        let mut all = Vec::new();
        self.0.values().for_each(|one| of(one, &mut all));
        all
    }
}

/// Answers of a gateway.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Statuses(Vec<StatusPattern>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StatusPattern {
    /// One, e.g. 429.
    Code(u16),
    /// All that begin with a digit, e.g. `4xx`.
    Class(u16),
}

impl TryFrom<Vec<String>> for Statuses {
    type Error = String;

    fn try_from(texts: Vec<String>) -> Result<Self, String> {
        let status = |text: String| {
            let class = text.strip_suffix("xx").and_then(|digit| digit.parse().ok());
            let class = class.filter(|digit| (1..=5).contains(digit)).map(StatusPattern::Class);
            let code = text.parse().ok().filter(|code| (100..=599).contains(code)).map(StatusPattern::Code);
            class.or(code).ok_or_else(|| format!("\"{text}\" should be like \"429\" or \"4xx\""))
        };
        texts.into_iter().map(status).collect::<Result<_, _>>().map(Self)
    }
}

impl SmsConfig {
    /// Takes its paths as they are seen from a folder.
    pub fn resolve(&mut self, folder: &Path) {
        self.password_file = self.password_file.take().map(|file| folder.join(file));
    }

    /// A kept number as a message goes there, if it is a mobile of a country that is written to.
    pub fn mobile(&self, kept: &str) -> Option<String> {
        mobile(kept, &self.countries.0)
    }

    /// Checks what no type does.
    ///
    /// # Errors
    /// With the key, and what would be right.
    pub fn check(&self) -> anyhow::Result<()> {
        if let Some(file) = &self.password_file {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("sms.password_file: cannot read {}", file.display()))?;
            anyhow::ensure!(
                text.lines().next().is_some_and(|line| !line.trim().is_empty()),
                "sms.password_file: {} should have the password in its first line",
                file.display()
            );
        }
        let uri: ureq::http::Uri =
            self.url.0.parse().map_err(|_| anyhow::anyhow!("sms.url: {} is none", self.url.0))?;
        if uri.scheme_str() != Some("https") {
            let words = self.plain_within_house.as_deref();
            plain_line::check("sms", uri.host().unwrap_or_default(), "a url with https://", words)?;
        }
        let names = |name: &str| {
            self.fields.all().into_iter().chain(self.headers.values()).any(|template| template.names(name))
        };
        for (name, is_there, key) in [
            ("user", self.user.is_some(), "user = \"…\""),
            ("password", self.password_file.is_some(), "password_file = \"…\""),
            ("from", !self.from.is_empty(), "from = \"…\""),
        ] {
            anyhow::ensure!(is_there || !names(name), "sms.fields: {{{name}}} stands there; [sms] needs {key}");
        }
        let is_flat = |field: &SmsField| !matches!(field, SmsField::List(_) | SmsField::Table(_));
        if let (SmsMethod::Form | SmsMethod::Get, Some((name, _))) =
            (self.method, self.fields.0.iter().find(|(_, field)| !is_flat(field)))
        {
            anyhow::bail!("sms.fields.{name}: fields lie in one another only where sms.method is \"json\"");
        }
        for (name, value) in &self.headers {
            let is_header = ureq::http::HeaderName::try_from(name.as_str()).is_ok();
            anyhow::ensure!(is_header, "sms.headers: {name} is no header's name; it should be like authorization");
            let is_value = ureq::http::HeaderValue::try_from(value.0.as_str()).is_ok();
            anyhow::ensure!(is_value, "sms.headers.{name}: should be one line of plain letters");
        }
        anyhow::ensure!((1..=120).contains(&self.timeout_seconds), "sms.timeout_seconds: should be from 1 to 120");
        Ok(())
    }

    /// What an answer means; one that is named by itself goes before its class. What nobody named is tried again: nothing is
    /// lost by that.
    pub fn verdict(&self, status: u16) -> SmsVerdict {
        let all = [
            (&self.accepted, SmsVerdict::Accepted),
            (&self.again, SmsVerdict::Again),
            (&self.refused, SmsVerdict::Refused),
        ];
        let find =
            |wanted: StatusPattern| all.iter().find(|(some, _)| some.0.contains(&wanted)).map(|(_, verdict)| *verdict);
        find(StatusPattern::Code(status))
            .or_else(|| find(StatusPattern::Class(status / 100)))
            .unwrap_or(SmsVerdict::Again)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<SmsConfig, String> {
        let config: SmsConfig = toml::from_str(text).map_err(|error| error.to_string())?;
        config.check().map_err(|error| format!("{error:#}"))?;
        Ok(config)
    }

    const PLAIN: &str = "url = \"https://sms.example.gr/send\"\nfields = { to = \"{to}\", text = \"{text}\" }\n";

    #[test]
    fn fld_33_an_answer_is_taken_tried_again_or_given_up() {
        let config = read(PLAIN).unwrap();
        let verdicts = [200, 202, 400, 404, 401, 403, 429, 500, 503, 302].map(|status| config.verdict(status));
        use SmsVerdict::{Accepted, Again, Refused};
        assert_eq!(verdicts, [Accepted, Accepted, Refused, Refused, Again, Again, Again, Again, Again, Again]);
        let own = read(&format!("{PLAIN}accepted = [\"202\"]\nrefused = [\"200\", \"503\", \"4xx\"]")).unwrap();
        assert_eq!([200, 202, 503, 500].map(|status| own.verdict(status)), [Refused, Accepted, Refused, Again]);
    }

    #[test]
    fn fld_33_what_is_wrong_is_said_with_the_key_and_what_would_be_right() {
        for (text, said) in [
            ("fields = { to = \"{to}\", text = \"{text}\" }", "url"),
            (&PLAIN.replace("https://", "ftp://"), "sms.url: ftp://sms.example.gr/send should be like"),
            (&PLAIN.replace("/send", "/send?to={to}"), "and not in it"),
            (&PLAIN.replace("{to}", "{phone}"), "sms.fields.to: {phone} is not known; there are {to}, {to_digits}"),
            (&PLAIN.replace("{to}", "{from}"), "one of them should hold {to}"),
            (&PLAIN.replace("{text}", "hello"), "one of them should hold {text}"),
            (&PLAIN.replace("text =", "key = \"{password}\", text ="), "[sms] needs password_file"),
            (&PLAIN.replace("text = \"{text}\"", "more = { text = \"{text}\" }"), "sms.fields.more"),
            (&format!("{PLAIN}again = [\"soon\"]"), "\"soon\" should be like \"429\" or \"4xx\""),
            (&format!("{PLAIN}method = \"put\""), "`form`, `json`, `get`"),
            (&format!("{PLAIN}colour = 1"), "colour"),
            (&format!("{PLAIN}timeout_seconds = 0"), "from 1 to 120"),
            (&format!("{PLAIN}password_file = \"/nowhere/at-all\""), "sms.password_file: cannot read"),
            (&format!("{PLAIN}headers = {{ \"a b\" = \"c\" }}"), "no header's name"),
        ] {
            let wrong = read(text).unwrap_err();
            assert!(wrong.contains(said), "{text}\n-> {wrong}");
        }
        assert!(read(&PLAIN.replace("{to}", "{phone}")).unwrap_err().contains("line 2"), "and on which line");
    }

    #[test]
    fn new_08_no_password_goes_to_a_gateway_in_plain_words_unless_a_house_says_so() {
        for plain in ["http://sms.example.gr/send", "http://10.0.0.1/send", "http://127.0.0.1@example.gr/send"] {
            let text = PLAIN.replace("https://sms.example.gr/send", plain);
            assert!(read(&text).unwrap_err().contains("plain_within_house"), "{plain}");
            let said = format!("{text}plain_within_house = \"{}\"", plain_line::PLAIN_WORDS);
            assert!(read(&said).is_ok(), "{plain}");
        }
        for own in ["http://127.0.0.1:13013/send", "http://localhost/send", "http://[::1]:80/send"] {
            assert!(read(&PLAIN.replace("https://sms.example.gr/send", own)).is_ok(), "{own}");
        }
    }

    #[test]
    fn new_11_a_message_goes_to_the_countries_that_are_named_alone() {
        let config = read(PLAIN).unwrap();
        assert_eq!(config.mobile("+306940000000").as_deref(), Some("+306940000000"));
        assert_eq!(config.mobile("+447400123456"), None, "anybody can type a number");
        let both = read(&format!("{PLAIN}countries = [\"30\", \"44\"]")).unwrap();
        assert!(both.mobile("+447400123456").is_some() && both.mobile("+306940000000").is_some());
        assert_eq!(both.mobile("+35796000000"), None);
        for wrong in ["[]", "[\"+30\"]", "[\"\"]", "[\"0\"]", "[\"3000\"]", "[\"gr\"]"] {
            assert!(read(&format!("{PLAIN}countries = {wrong}")).unwrap_err().contains("sms.countries"), "{wrong}");
        }
    }

    #[test]
    fn fld_33_what_is_filled_in_is_text_and_no_placeholder() {
        let template = Template::try_from("x {text}, {to} { y".to_owned()).unwrap();
        let filled = template.fill(|name| if name == "text" { "{password}".to_owned() } else { "+30".to_owned() });
        assert_eq!(filled, "x {password}, +30 { y");
    }
}
