//! The confirmation on paper: one sheet of A4 with everything on it, whose code a scanner reads.

use anyhow::{Context, Result, ensure};
use tests::printed::PrintedPage;

use crate::walk::{NAME, Walk, place};

#[test]
fn omb_14_the_confirmation_prints_on_one_sheet_whose_code_is_read() -> Result<()> {
    let place = place(std::convert::identity)?;
    let nothing = |_: &str| Ok(());
    for language in ["el", "en"] {
        let email = format!("paper-{language}@example.gr");
        let walk = Walk { place: &place, language, email: &email, at: &nothing };
        walk.prove()?;
        walk.choose()?;
        walk.tell()?;
        let mail = walk.agree()?;
        let code = place.browser.script("return document.querySelector('.code').textContent")?;
        let code = code.as_str().context("a code")?.trim().to_owned();
        let printed = PrintedPage::of(&place.browser.pdf()?)?;
        if let Ok(folder) = std::env::var("SEIRA_PICTURES") {
            printed.picture()?.save(&std::path::Path::new(&folder).join(format!("paper-{language}.png")))?;
        }
        ensure!(printed.sheets == 1, "{language}: {} sheets", printed.sheets);
        let read = printed.picture()?.qr()?.context("a scanner reads the code off the paper")?;
        ensure!(read.contains(&code.replace(' ', "")), "the code {code} is in {read}");
        let text = printed.text()?;
        let wanted = [NAME, &code, "694 000 0000", "721", &email];
        for word in wanted {
            ensure!(text.contains(word), "{word} is on the paper: {text}");
        }
        // The mail holds the same, and says nothing of it in its subject.
        let body = mail.text("text/plain")?;
        for word in [
            NAME,
            &code,
            "694 000 0000",
            "Πλατεία Ελευθερίας 1",
            &email,
            "https://www.openstreetmap.org/?mlat=35.190600",
        ] {
            ensure!(body.contains(word), "{word} is in the mail: {body}");
        }
        ensure!(!mail.subject.contains("Παπαδοπούλου"), "{}", mail.subject);
        ensure!(mail.text("text/html")?.contains(NAME));
        ensure!(mail.inline_picture()?.qr()?.as_deref() == Some(&*read), "the mail shows the same code");
    }
    Ok(())
}
