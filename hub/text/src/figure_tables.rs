//! The figures of an office as tables in words, once for the page, the files and the monthly report (FLD-10): what each line is called,
//! and what its cells hold.

use std::collections::BTreeMap;

use figures::{
    ArrivalWay, BookingFate, BookingGroup, DeskTime, GROUP_LEAST, KeptTarget, KeptTargets, OfficeFigures, PassedFor,
    PlotRow, RowPlot, Spread, VisitFace, VisitGroup,
};
use office::{DeskId, OfficeConfig, ServiceId};

use crate::{Voice, desks::desk_name};

/// A table, with a plot of it where one says more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureTable {
    /// Its own on the page.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// What stands above its columns, after that of the groups.
    pub head: Vec<String>,
    /// What stands above the first column.
    pub groups: String,
    /// Its groups, from above.
    pub lines: Vec<GroupLine>,
    /// Its plot, as SVG.
    pub plot: Option<String>,
}

/// A line of it: a group with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLine {
    /// What the group is called.
    pub name: String,
    /// As many as the table's head has.
    pub cells: Vec<FigureCell>,
}

/// What stands in a cell, before it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureCell {
    /// So many.
    Count(u32),
    /// Seconds, said in minutes.
    Minutes(Option<u32>),
    /// Minutes, said in days.
    Days(Option<u32>),
    /// Seconds, said in hours.
    Hours(u64),
    /// Of a hundred.
    Percent(Option<u8>),
}

impl FigureCell {
    /// The same for a reader; a dash where there is nothing.
    #[must_use]
    pub fn said(self, voice: Voice) -> String {
        match self {
            Self::Count(count) => count.to_string(),
            Self::Percent(percent) => percent.map_or_else(|| voice.say("numbers-nothing"), |one| format!("{one} %")),
            Self::Minutes(_) | Self::Days(_) | Self::Hours(_) => match self.tenths() {
                Some(tenths) => format!("{}{}{}", tenths / 10, voice.say("numbers-point"), tenths % 10),
                None => voice.say("numbers-nothing"),
            },
        }
    }

    /// The same for a program.
    #[must_use]
    pub fn written(self) -> String {
        match self {
            Self::Count(count) => count.to_string(),
            Self::Percent(percent) => percent.map(|one| one.to_string()).unwrap_or_default(),
            Self::Minutes(_) | Self::Days(_) | Self::Hours(_) => {
                self.tenths().map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)).unwrap_or_default()
            }
        }
    }

    /// The number in tenths of what it is said in, rounded.
    #[must_use]
    pub fn tenths(self) -> Option<u64> {
        let (number, whole) = match self {
            Self::Minutes(seconds) => (seconds.map(u64::from), 60),
            Self::Days(minutes) => (minutes.map(u64::from), 24 * 60),
            Self::Hours(seconds) => (Some(seconds), 3_600),
            Self::Count(_) | Self::Percent(_) => (None, 1),
        };
        number.map(|number| (number * 10 + whole / 2) / whole)
    }
}

/// Says figures of one office.
#[derive(Clone, Copy)]
struct FigureSayer<'a> {
    config: &'a OfficeConfig,
    voice: Voice,
}

/// What is counted of an office, and how it is said.
#[derive(Debug, Clone, Copy)]
pub struct CountedFigures<'a> {
    /// Everything that is counted.
    pub figures: &'a OfficeFigures,
    /// How its targets were kept.
    pub kept: &'a KeptTargets,
    /// How often each face was chosen.
    pub faces: &'a BTreeMap<VisitFace, u32>,
}

/// Everything that is counted, as tables.
#[must_use]
pub fn figure_tables(counted: CountedFigures<'_>, config: &OfficeConfig, voice: Voice) -> Vec<FigureTable> {
    let (figures, sayer) = (counted.figures, FigureSayer { config, voice });
    let all = BTreeMap::from([((), figures.all)]);
    let mut tables = vec![
        sayer.visits("all", "numbers-in-all", &all, |()| voice.say("numbers-everybody")),
        sayer.visits("way", "numbers-by-way", &figures.by_way_in, |way| voice.say(way_sentence(*way))),
        sayer.visits("hour", "numbers-by-hour", &figures.by_hour, |hour| format!("{hour:02}:00–{hour:02}:59")),
        sayer.visits("weekday", "numbers-by-weekday", &figures.by_weekday, |day| sayer.weekday(*day)),
        sayer.visits("service", "numbers-by-service", &figures.by_service, |service| sayer.service(*service)),
        sayer.visits("desk", "numbers-by-desk", &figures.by_desk, |desk| sayer.desk(*desk)),
    ];
    tables.extend(sayer.targets(counted.kept));
    tables.push(sayer.bookings(&figures.bookings, &figures.bookings_by_service));
    tables
        .push(sayer.time("time-weekday", "numbers-time-by-weekday", &figures.time_by_weekday, true, |day| {
            sayer.weekday(*day)
        }));
    tables
        .push(sayer.time("time-desk", "numbers-time-by-desk", &figures.time_by_desk, false, |desk| sayer.desk(*desk)));
    let passed = figures.overtakings.iter().map(|(passed_for, count)| GroupLine {
        name: voice.say(passed_sentence(*passed_for)),
        cells: vec![FigureCell::Count(count.calls), FigureCell::Count(count.passed)],
    });
    tables.push(FigureTable {
        id: "overtaken",
        title: voice.say("numbers-overtakings"),
        head: ["numbers-calls", "numbers-passed"].map(|id| voice.say(id)).into(),
        groups: voice.say("numbers-reason"),
        lines: passed.collect(),
        plot: None,
    });
    tables.extend(sayer.faces(counted.faces));
    tables
}

impl FigureSayer<'_> {
    fn weekday(&self, day: u8) -> String {
        self.voice.say(&format!("weekday-{}", day + 1))
    }

    /// A service that the office has no more is called by its number.
    fn service(&self, id: ServiceId) -> String {
        let service = self.config.services.get(&id);
        service
            .map_or_else(|| format!("{} {id}", self.voice.say("numbers-service")), |one| self.voice.of_text(&one.name))
    }

    fn desk(&self, desk: DeskId) -> String {
        desk_name(self.config, desk.0, self.voice)
    }

    /// Visits by something, with a plot of how long they waited.
    fn visits<K>(
        &self,
        id: &'static str,
        title: &str,
        groups: &BTreeMap<K, VisitGroup>,
        name: impl Fn(&K) -> String,
    ) -> FigureTable {
        let voice = self.voice;
        let head = [
            "numbers-visits",
            "numbers-served",
            "numbers-no-shows",
            "numbers-left",
            "numbers-unserved",
            "numbers-wait-median",
            "numbers-wait-ninety",
            "numbers-behind-median",
            "numbers-behind-ninety",
            "numbers-way-median",
            "numbers-way-ninety",
            "numbers-service-median",
            "numbers-service-ninety",
        ];
        let line = |(key, group): (&K, &VisitGroup)| {
            let counts = [group.visits, group.served(), group.no_shows, group.left, group.unserved];
            let stretches = [group.wait, group.behind, group.way, group.service].into_iter().flat_map(both);
            GroupLine { name: name(key), cells: counts.into_iter().map(FigureCell::Count).chain(stretches).collect() }
        };
        let title = voice.say(title);
        let rows: Vec<PlotRow> = groups.iter().map(|(key, group)| self.plot_row(name(key), group.wait)).collect();
        let plot = RowPlot {
            id: format!("plot-{id}"),
            title: format!("{}: {title}", voice.say("numbers-plot-title")),
            about: voice.say("numbers-plot-about"),
            rows,
            limit: None,
        };
        let has_waits = groups.len() > 1 && groups.values().any(|group| group.wait.is_some());
        FigureTable {
            id,
            title,
            head: head.map(|id| voice.say(id)).into(),
            groups: voice.say("numbers-group"),
            lines: groups.iter().map(line).collect(),
            plot: has_waits.then(|| plot.svg()),
        }
    }

    fn plot_row(&self, label: String, wait: Option<Spread>) -> PlotRow {
        let said = |seconds: u32| FigureCell::Minutes(Some(seconds)).said(self.voice);
        PlotRow {
            label,
            value: wait.map(|wait| wait.median),
            reach: wait.map(|wait| wait.ninety),
            said: wait.map_or_else(
                || self.voice.say("numbers-nothing"),
                |wait| {
                    let values = [("median", said(wait.median).into()), ("ninety", said(wait.ninety).into())];
                    self.voice.say_with("numbers-plot-said", values)
                },
            ),
        }
    }

    /// How the targets were kept; nothing where the office has set itself none.
    fn targets(&self, kept: &KeptTargets) -> Option<FigureTable> {
        let voice = self.voice;
        let line = |sentence: &str, target: Option<KeptTarget>| {
            target.map(|target| GroupLine {
                name: voice.with(sentence, "minutes", u32::from(target.minutes)),
                cells: vec![
                    FigureCell::Count(target.visits),
                    FigureCell::Percent(target.percent()),
                    FigureCell::Percent(Some(kept.percent)),
                ],
            })
        };
        let lines: Vec<GroupLine> =
            [line("numbers-target-booked", kept.booked), line("numbers-target-walk-in", kept.walk_in)]
                .into_iter()
                .flatten()
                .collect();
        (!lines.is_empty()).then(|| FigureTable {
            id: "targets",
            title: voice.say("numbers-targets"),
            head: ["numbers-visits", "numbers-kept", "numbers-target-percent"].map(|id| voice.say(id)).into(),
            groups: voice.say("numbers-target"),
            lines,
            plot: None,
        })
    }

    fn bookings(&self, all: &BookingGroup, by_service: &BTreeMap<ServiceId, BookingGroup>) -> FigureTable {
        let voice = self.voice;
        let head = ["numbers-booked", "numbers-moved", "numbers-lead-median", "numbers-lead-ninety"];
        let head = head.into_iter().chain(BookingFate::ALL.iter().map(|fate| fate_sentence(*fate)));
        let line = |name: String, group: &BookingGroup| {
            let lead = group.lead_minutes;
            let fates = BookingFate::ALL.iter().map(|fate| group.fates.get(fate).copied().unwrap_or_default());
            let first = [
                FigureCell::Count(group.booked),
                FigureCell::Count(group.moved),
                FigureCell::Days(lead.map(|lead| lead.median)),
                FigureCell::Days(lead.map(|lead| lead.ninety)),
            ];
            GroupLine { name, cells: first.into_iter().chain(fates.map(FigureCell::Count)).collect() }
        };
        let services = by_service.iter().map(|(service, group)| line(self.service(*service), group));
        FigureTable {
            id: "bookings",
            title: voice.say("numbers-bookings"),
            head: head.map(|id| voice.say(id)).collect(),
            groups: voice.say("numbers-group"),
            lines: std::iter::once(line(voice.say("numbers-everybody"), all)).chain(services).collect(),
            plot: None,
        }
    }

    /// The desks' time by something; what was booked is booked with no desk.
    fn time<K>(
        &self,
        id: &'static str,
        title: &str,
        times: &BTreeMap<K, DeskTime>,
        with_booked: bool,
        name: impl Fn(&K) -> String,
    ) -> FigureTable {
        let voice = self.voice;
        let booked = with_booked.then_some("numbers-time-booked");
        let head = ["numbers-time-planned", "numbers-time-open"].into_iter().chain(booked);
        let head = head.chain(["numbers-time-used", "numbers-time-share"]);
        let line = |(key, time): (&K, &DeskTime)| {
            let share = (time.used * 100).checked_div(time.open).map(|share| u8::try_from(share).unwrap_or(u8::MAX));
            let booked = with_booked.then_some(FigureCell::Hours(time.booked));
            let first = [FigureCell::Hours(time.planned), FigureCell::Hours(time.open)].into_iter().chain(booked);
            GroupLine {
                name: name(key),
                cells: first.chain([FigureCell::Hours(time.used), FigureCell::Percent(share)]).collect(),
            }
        };
        FigureTable {
            id,
            title: voice.say(title),
            head: head.map(|id| voice.say(id)).collect(),
            groups: voice.say("numbers-group"),
            lines: times.iter().map(line).collect(),
            plot: None,
        }
    }

    /// What visitors thought; nothing while so few have said it that somebody could be known among them.
    fn faces(&self, faces: &BTreeMap<VisitFace, u32>) -> Option<FigureTable> {
        let voice = self.voice;
        let counts = VisitFace::ALL.map(|face| (face, faces.get(&face).copied().unwrap_or_default()));
        let all: u64 = counts.iter().map(|(_, count)| u64::from(*count)).sum();
        let line = |(face, count): (VisitFace, u32)| GroupLine {
            name: voice.say(face_sentence(face)),
            cells: vec![
                FigureCell::Count(count),
                FigureCell::Percent(
                    (u64::from(count) * 100).checked_div(all).and_then(|share| u8::try_from(share).ok()),
                ),
            ],
        };
        (all >= u64::from(GROUP_LEAST)).then(|| FigureTable {
            id: "faces",
            title: voice.say("numbers-faces"),
            head: ["numbers-faces-count", "numbers-faces-share"].map(|id| voice.say(id)).into(),
            groups: voice.say("numbers-group"),
            lines: counts.map(line).into(),
            plot: None,
        })
    }
}

/// The middle of a stretch, and what nine of ten do not exceed.
fn both(stretch: Option<Spread>) -> [FigureCell; 2] {
    [FigureCell::Minutes(stretch.map(|one| one.median)), FigureCell::Minutes(stretch.map(|one| one.ninety))]
}

/// How somebody came.
#[must_use]
pub const fn way_sentence(way: ArrivalWay) -> &'static str {
    match way {
        ArrivalWay::Booked => "numbers-way-booked",
        ArrivalWay::Remote => "numbers-way-remote",
        ArrivalWay::WalkIn => "numbers-way-walk-in",
        ArrivalWay::Direct => "numbers-way-direct",
        ArrivalWay::Paper => "numbers-way-paper",
    }
}

/// What somebody thought of their visit.
#[must_use]
pub const fn face_sentence(face: VisitFace) -> &'static str {
    match face {
        VisitFace::Good => "face-good",
        VisitFace::Middling => "face-middling",
        VisitFace::Bad => "face-bad",
    }
}

const fn fate_sentence(fate: BookingFate) -> &'static str {
    match fate {
        BookingFate::Came => "numbers-fate-came",
        BookingFate::Missed => "numbers-fate-missed",
        BookingFate::CancelledByCitizen => "numbers-fate-citizen",
        BookingFate::CancelledByStaff => "numbers-fate-staff",
        BookingFate::CancelledByOffice => "numbers-fate-office",
        BookingFate::CancelledByLateness => "numbers-fate-lateness",
        BookingFate::Void => "numbers-fate-void",
        BookingFate::Expected => "numbers-fate-expected",
    }
}

const fn passed_sentence(passed_for: PassedFor) -> &'static str {
    match passed_for {
        PassedFor::BookedTime => "passed-booked-time",
        PassedFor::WaitedPastLimit => "passed-waited",
        PassedFor::FitsGap => "passed-fits-gap",
        PassedFor::GapKept => "passed-gap-kept",
        PassedFor::FirstInLine => "passed-first-in-line",
        PassedFor::BookedEarly => "passed-booked-early",
        PassedFor::WithinBound => "passed-within-bound",
        PassedFor::EndOfDay => "passed-end-of-day",
        PassedFor::ParkedHere => "passed-parked",
        PassedFor::Direct => "passed-direct",
        PassedFor::RemoteDue => "passed-remote",
        PassedFor::ShortMatter => "passed-short-matter",
        PassedFor::BroughtDocuments => "passed-brought-documents",
        PassedFor::Urgent => "passed-urgent",
        PassedFor::Mistake => "passed-mistake",
        PassedFor::NoteOfProposal => "passed-note",
        PassedFor::Other => "passed-other",
        PassedFor::Preferred => "passed-preferred",
        PassedFor::Weighed => "passed-weighed",
    }
}

#[cfg(test)]
mod tests {
    use wire::Language;

    use super::*;

    #[test]
    fn fld_10_a_figure_is_said_rounded_and_in_the_readers_way() {
        let (el, en) = (Voice(Language::El), Voice(Language::En));
        let wait = FigureCell::Minutes(Some(427));
        assert_eq!((wait.said(el), wait.said(en), wait.written()), ("7,1".into(), "7.1".into(), "7.1".into()));
        assert_eq!(FigureCell::Days(Some(2_160)).said(en), "1.5");
        assert_eq!(FigureCell::Hours(3_599).said(en), "1.0");
        let nothing = FigureCell::Minutes(None);
        assert_eq!((nothing.said(en), nothing.written()), ("–".into(), String::new()));
        assert_eq!(FigureCell::Percent(Some(91)).said(en), "91 %");
    }
}
