//! What a mail server writes when it could not deliver a mail, made by a library that is not ours, and how it hands that to
//! the program that stands in its file of aliases.

use std::{
    io::Write as _,
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::{
    hub::Hub,
    mail::{PYTHON, ReceivedMail},
};

/// The token of every story's hub.
pub const TOKEN: &str = "story-token-0123456789abcdef0123456789";
/// Where its mails come back.
pub const BOUNCES: &str = "bounces@kep.example.gr";

/// Writes a delivery status notification (RFC 3464) with Python's `email` package.
const WRITER: &str = r#"
import sys
from email.message import Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
to, receiver, action, status = sys.argv[1:5]
report = MIMEMultipart("report", **{"report-type": "delivery-status"})
report["From"] = "Mail Delivery System <MAILER-DAEMON@mx.example.gr>"
report["To"] = to
report["Auto-Submitted"] = "auto-replied"
report["Subject"] = "Undelivered Mail Returned to Sender"
report.attach(MIMEText("This is the mail system at host mx.example.gr.\nΤο μήνυμα δεν παραδόθηκε.", "plain", "utf-8"))
server, person = Message(), Message()
server["Reporting-MTA"] = "dns; mx.example.gr"
server["Arrival-Date"] = "Tue, 24 Nov 2026 10:00:00 +0200"
person["Final-Recipient"] = "rfc822; " + receiver
person["Original-Recipient"] = "rfc822;" + receiver
person["Action"] = action
person["Status"] = status
person["Diagnostic-Code"] = "smtp; 550 " + status + " <" + receiver + ">: Recipient address rejected: User unknown in virtual mailbox table"
both = Message()
both.set_type("message/delivery-status")
both.set_payload([server, person])
report.attach(both)
original = Message()
original["To"], original["Subject"] = receiver, "Your appointment"
original.set_payload("Hello")
report.attach(MIMEMessage(original))
sys.stdout.write(report.as_string())
"#;

/// The report that a mail could not be delivered, or not yet.
///
/// # Errors
/// When Python does not write it.
pub fn report(mail: &ReceivedMail, action: &str, status: &str) -> Result<Vec<u8>> {
    let output = Command::new(PYTHON)
        .args(["-c", WRITER, &mail.return_path, &mail.to, action, status])
        .output()
        .context("python")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

/// Sets a hub up for mails that come back; it holds from its next run on.
///
/// # Errors
/// When its folder cannot be written.
pub fn set_up(hub: &Hub) -> Result<()> {
    std::fs::write(hub.folder().join("bounces-token"), format!("{TOKEN}\n"))?;
    let lines = format!("[mail]\nbounces = \"{BOUNCES}\"\nbounces_token_file = \"bounces-token\"\n");
    hub.configure(|text| text.replacen("[mail]\n", &lines, 1))
}

/// Hands a message to `hub bounce`, as Postfix does for a line `|hub bounce …` in its file of aliases: with the postmark of
/// a mailbox before it, and the receiver in the environment.
///
/// # Errors
/// When the program cannot be run.
pub fn hand_over(hub: &Hub, message: &[u8], receiver: &str) -> Result<(ExitStatus, String)> {
    let mut command = crate::process::program("hub")?;
    command.args(["bounce", "--hub", &hub.base(), "--token-file"]).arg(hub.folder().join("bounces-token"));
    command.env("ORIGINAL_RECIPIENT", receiver).env("SENDER", "");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().context("the input was piped")?;
    input.write_all(b"From MAILER-DAEMON  Tue Nov 24 10:00:05 2026\n")?;
    input.write_all(message)?;
    drop(input);
    let output = child.wait_with_output()?;
    Ok((output.status, String::from_utf8_lossy(&output.stderr).into_owned()))
}
