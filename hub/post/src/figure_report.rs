//! An office's figures of a month by mail: the tables of their page as tagged PDF, which is read aloud as it stands (FLD-10).

use body::{AccountId, Action, ActionPlace, Grant, GrantScope, OfficeId, Role, grant};
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use figures::{FigureChoice, KeptTargets, OfficeFigures};
use lettre::Message;
use office::OfficeConfig;
use paths::Page;
use pdf::{PaperBlock, PaperDocument};
use secrets::LinkOwner;
use store::{Account, OutboxEntry, OutboxRow, Store, Stored};
use text::{CountedFigures, FigureTable, GroupLine, Voice, figure_tables};
use writer::{FIGURES, FiguresMail};

use super::{
    alert::WARNINGS_KEPT,
    letter::Fact,
    link_letter::{LinkKind, LinkLetter},
    parts::Post,
    unsent::SendFailure,
};

/// So many columns stand beside each other on A4; those that are more follow below, with their groups.
const COLUMNS: usize = 4;

/// So many of those who see an office's figures have those of a month by mail, at most.
const TOLD_MAX: usize = 50;

/// Puts in the mails that bring an office's figures of a month to who sees them; says whether there are any. Asked again, it puts in
/// none.
///
/// # Errors
/// If the store cannot be written.
pub fn put_reports(store: &Store, office: u32, first: NaiveDate, now: DateTime<Utc>) -> Stored<bool> {
    if !store.has_figure_days(office, first, last_of(first))? {
        return Ok(false);
    }
    let once = format!("figures-of-month:{office}:{}", first.format("%Y-%m"));
    if !store.may_warn(&once, now, WARNINGS_KEPT)? {
        return Ok(false);
    }
    let told = told(store, office)?;
    for account in &told {
        let language = store.language_of(LinkOwner::Account(*account))?.unwrap_or_default();
        let about = serde_json::to_string(&FiguresMail { account: *account, first, language }).unwrap_or_default();
        store.post(office, &OutboxEntry { seq: None, kind: FIGURES.to_owned(), about }, now, now)?;
    }
    Ok(!told.is_empty())
}

/// Who has the figures of a month by mail: whoever sees those of this office alone; where nobody does, who sees all. Each has an
/// address that is known to be theirs.
fn told(store: &Store, office: u32) -> Stored<Vec<u32>> {
    let (place, scope) = (ActionPlace::office(OfficeId(office)), GrantScope::Office(OfficeId(office)));
    let (mut here, mut everywhere) = (Vec::new(), Vec::new());
    for role in Role::ALL {
        let Ok(of_office) = Grant::new(*role, scope) else { continue };
        if !grant::may(&[of_office], Action::SeeFigures, &place) {
            continue;
        }
        for id in store.accounts_with(*role, scope)? {
            let has_address = |account: &Account| account.email.is_some() && account.email_proven;
            if store.account(id.0)?.filter(has_address).is_none() {
                continue;
            }
            let is_of_office = store.grants_of(id)?.contains(&of_office);
            if is_of_office { here.push(id.0) } else { everywhere.push(id.0) }
        }
    }
    let mut told = if here.is_empty() { everywhere } else { here };
    told.truncate(TOLD_MAX);
    Ok(told)
}

/// The last day of a month.
fn last_of(first: NaiveDate) -> NaiveDate {
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    next.pred_opt().unwrap_or(next)
}

/// What somebody is told who sees the figures; whoever does no more is told nothing.
pub async fn monthly(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let FiguresMail { account, first, language } = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let last = last_of(first);
    let config = post.office_of(row)?.config(Clone::clone).ok_or(SendFailure::Gone)?;
    let (of, targets) = (row.office, config.rules.targets);
    let read = move |store: &Store| {
        let place = ActionPlace::office(OfficeId(of));
        if !grant::may(&store.grants_of(AccountId(account))?, Action::SeeFigures, &place) {
            return Ok(None);
        }
        let days = writer::facts(&store.figure_days(of, first, last)?);
        let figures = OfficeFigures::of(&days, &FigureChoice::default());
        let faces = writer::faces(&store.face_counts(of, first, last)?);
        Ok(Some((store.account(account)?, figures, KeptTargets::of(&days, &targets), faces)))
    };
    let found = post.readers.read(read).await.map_err(|_| SendFailure::Store)?;
    let (account, figures, kept, faces) = found.ok_or(SendFailure::Gone)?;
    let account = account.filter(|account| !account.disabled).ok_or(SendFailure::Gone)?;
    let email = account.email.filter(|_| account.email_proven).ok_or(SendFailure::NoAddress)?;
    let voice = Voice::from(language);
    let month = format!("{} {}", voice.say(&format!("month-name-{}", first.month())), first.year());
    let counted = CountedFigures { figures: &figures, kept: &kept, faces: &faces };
    let paper = paper(&figure_tables(counted, &config, voice), &month, &config, voice);
    let document = pdf::write(&paper).map_err(|error| {
        tracing::error!(%error, "the figures of a month cannot be set");
        SendFailure::Letter
    })?;
    let page = Page::StaffFigures { office: &config.key };
    let letter = LinkLetter {
        kind: LinkKind::Figures,
        config: &config,
        voice: post.texts.voice(row.office, voice),
        link: post.url(page.asking(format_args!("from={first}&to={last}"))),
        expires_at: post.clock.now(),
        facts: vec![Fact::new(voice.say("mail-figures-month"), month)],
    };
    let name = format!("figures-{}.pdf", first.format("%Y-%m"));
    Ok(letter.message_and_document(&post.envelope(row, &email)?, (name, document))?)
}

/// The document: what it is of, and the tables in which something stands.
fn paper(tables: &[FigureTable], month: &str, config: &OfficeConfig, voice: Voice) -> PaperDocument {
    let title = format!("{}: {month}", voice.say("numbers-title"));
    let mut blocks = vec![
        PaperBlock::Title(title.clone()),
        PaperBlock::Text(voice.of_text(&config.name)),
        PaperBlock::Text(voice.say("numbers-lead")),
    ];
    for table in tables.iter().filter(|table| !table.lines.is_empty()) {
        blocks.push(PaperBlock::Heading(table.title.clone()));
        blocks.extend((0..table.head.len()).step_by(COLUMNS).map(|from| columns(table, from, voice)));
    }
    PaperDocument { title, language: voice.tag().to_owned(), blocks }
}

/// Some columns of a table, from one on.
fn columns(table: &FigureTable, from: usize, voice: Voice) -> PaperBlock {
    let head = std::iter::once(&table.groups).chain(table.head.iter().skip(from).take(COLUMNS));
    let row = |line: &GroupLine| {
        let cells = line.cells.iter().skip(from).take(COLUMNS).map(|cell| cell.said(voice));
        std::iter::once(line.name.clone()).chain(cells).collect()
    };
    PaperBlock::Table { head: head.cloned().collect(), rows: table.lines.iter().map(row).collect() }
}

#[cfg(test)]
mod tests {
    use text::FigureCell;
    use wire::Language;

    use super::*;

    #[test]
    fn fld_10_on_paper_a_table_that_is_too_wide_goes_on_below_with_its_groups() {
        let voice = Voice(Language::En);
        let line = GroupLine { name: "08:00".into(), cells: (1..=6).map(FigureCell::Count).collect() };
        let table = FigureTable {
            id: "hour",
            title: "By hour".into(),
            head: ["a", "b", "c", "d", "e", "f"].map(str::to_owned).into(),
            groups: "Group".into(),
            lines: vec![line],
            plot: None,
        };
        let strings = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let first = PaperBlock::Table {
            head: strings(&["Group", "a", "b", "c", "d"]),
            rows: vec![strings(&["08:00", "1", "2", "3", "4"])],
        };
        let second =
            PaperBlock::Table { head: strings(&["Group", "e", "f"]), rows: vec![strings(&["08:00", "5", "6"])] };
        assert_eq!([columns(&table, 0, voice), columns(&table, COLUMNS, voice)], [first, second]);
    }
}
