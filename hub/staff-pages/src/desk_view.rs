//! A desk as its page shows it: who is there and why, what can be done, who waits, and who is aside.

use std::borrow::Borrow;

use acts::{held_person::HeldPerson, requests::at_visit::DeskResult, unread_note::UnreadNote};
use askama::Template;
use office::{
    ClerkId, DeskId, DocumentState, Enforcement, Office, OfficeConfig, Outcome, OverrideReason, PublicId, Rule,
    ServiceId, VisitState, calendar,
};
use paths::Page;
use people::{needs_line, readable};
use secrets::draw_id;
use stationery::{
    frame::Frame,
    problem::{self, marks},
    signed::StaffVisitor,
    view::{clerk_at, desk_name, desk_state, visit_state, zone},
};
use text::{Dates, Voice, override_reason};
use wire::{FloorDesk, FloorDeskState, FloorHelp, FloorView, FloorVisit, FloorVisitState, Remote};
use writer::OfficeHandle;

use crate::{
    desk_commands::{DeskCommands, id},
    desk_form::{DeskAction, DeskRefusal, why_id},
    desk_now::{InHand, OwnStint, UndoOffer, WaitedTime},
    requests::one::papers,
};

/// The page of a desk, made anew with each change of the office.
#[derive(Template)]
#[template(path = "staff/desk.html")]
pub struct DeskPage {
    f: Frame,
    office: String,
    number: u16,
    desk: String,
    feed: String,
    state: String,
    state_class: &'static str,
    /// The hub's time, in milliseconds, from which the browser goes on.
    hub_now: i64,
    refusal: Option<String>,
    /// The clerk's own day, for that clerk alone.
    stint: Option<OwnStint>,
    /// What was done last, while it can be undone.
    undo: Option<UndoOffer>,
    note: Option<UnreadNote>,
    alarms: Vec<String>,
    help: Vec<HelpRow>,
    mine: bool,
    closed: bool,
    on_break: bool,
    called: bool,
    /// It calls by itself as soon as somebody can be called (FLD-07).
    ready: bool,
    /// What the desk serves.
    own_services: Vec<DeskChoice>,
    /// Where a visit that follows is booked.
    follow_up: String,
    can_finish: bool,
    holds: String,
    holding: Option<Holding>,
    idle: String,
    remote: Vec<RemoteRow>,
    queue: Vec<QueueRow>,
    aside: Vec<AsideRow>,
    floor: Vec<OtherDesk>,
    desks: Vec<DeskChoice>,
    services: Vec<DeskChoice>,
    overrides: Vec<DeskChoice>,
    commands: DeskCommands,
    /// The form that was refused: its menu is open again.
    refused: Option<DeskRefusal>,
    /// What was written in a menu that is not there any more.
    lost: Option<String>,
    /// Papers that can be shown.
    papers: Vec<(&'static str, String)>,
}

impl DeskPage {
    /// Where a form of the page is sent.
    fn action(&self, action: DeskAction) -> String {
        Page::DeskAction { office: &self.office, desk: self.number, action: action.name() }.to_string()
    }

    /// The page itself.
    fn here(&self) -> String {
        Page::Desk { office: &self.office, desk: self.number }.to_string()
    }

    /// Where the next clerk's name and password are sent.
    fn handover(&self) -> String {
        Page::DeskHandover { office: &self.office, desk: self.number }.to_string()
    }

    /// The form that was refused, if it is this one, about this visit where one is named.
    fn refused(&self, action: &str, visit: Option<&str>) -> Option<&DeskRefusal> {
        self.refused.as_ref().filter(|refused| refused.is_of(action, visit))
    }

    /// The menu of a form that was refused is open.
    fn open(&self, action: &str) -> &'static str {
        if self.refused(action, None).is_some() { " open" } else { "" }
    }

    /// The menu of somebody in the list is open where one of its forms was refused.
    fn open_of(&self, visit: &str) -> &'static str {
        let is_refused = |action: &&str| self.refused(action, Some(visit)).is_some();
        if ["chosen-calls", "leave"].iter().any(is_refused) { " open" } else { "" }
    }

    /// The menu about missing documents has two forms.
    fn open_lacking(&self) -> &'static str {
        let ended = self.refused("finishes", None).filter(|refused| refused.text("outcome") == "documents-missing");
        if ended.is_some() { " open" } else { self.open("missing-documents") }
    }

    /// What stood in a field of a form that was refused.
    fn typed(&self, action: &str, field: &str) -> &str {
        self.refused(action, None).map_or("", |refused| refused.text(field))
    }

    /// What stood in a field of the refused form of this result.
    fn typed_for(&self, request: &str, field: &str) -> &str {
        let refused = self.refused("hand-outs", None).filter(|refused| refused.text("request") == request);
        refused.map_or("", |refused| refused.text(field))
    }

    /// Marks what was chosen in a form that was refused; in another, what is proposed.
    fn selected(&self, action: &str, field: &str, value: &str, is_proposed: impl Borrow<bool>) -> &'static str {
        let chosen = self.refused(action, None).map(|refused| refused.text(field) == value);
        if chosen.unwrap_or(*is_proposed.borrow()) { " selected" } else { "" }
    }

    /// The same of the reason for calling this visit out of order.
    fn selected_why(&self, visit: &str, value: &str) -> &'static str {
        let refused = self.refused("chosen-calls", Some(visit));
        if refused.is_some_and(|refused| refused.text("because") == value) { " selected" } else { "" }
    }

    /// The same of a box to tick.
    fn checked(&self, action: &str, field: &str, is_proposed: impl Borrow<bool>) -> &'static str {
        let ticked = self.refused(action, None).map(|refused| refused.text(field) == "yes");
        if ticked.unwrap_or(*is_proposed.borrow()) { " checked" } else { "" }
    }

    /// What describes the field in which it is said why this visit is called out of order.
    fn mark_why(&self, visit: &str) -> String {
        self.f.mark_choice(&why_id(visit), "")
    }
}

/// Somebody who rings for help at a kiosk.
struct HelpRow {
    ring: String,
    said: String,
    /// Nobody has said yet that they go, and whoever looks is not the one who rang.
    open: bool,
    command: String,
}

/// The visit at the desk.
struct Holding {
    id: String,
    number: String,
    state: String,
    service: String,
    /// Its key, by which a form names it.
    service_key: String,
    /// How many persons, and with how many cases.
    persons: u8,
    cases: u8,
    booked: Option<String>,
    priority: bool,
    reason: Option<String>,
    about: Option<InHand>,
    /// The note, which was read before the call.
    note: Option<String>,
    /// The card's page, where there is more to know than the number.
    card: Option<String>,
    /// Why interrupting is proposed now, if it is (TRN-13).
    interrupt_for: Option<String>,
    /// To be called, and not waited for: how often that was tried (OMB-20).
    remote: Option<String>,
    /// What kind of appointment that is.
    remote_kind: &'static str,
    /// By telephone people are only told what they want to know.
    informs: bool,
    /// Where the room of a teleconference is, unless it goes on by telephone.
    room: Option<String>,
    phone: Option<String>,
    shown: ShownForm,
    /// Without the documents nobody is served (TRN-10, TRN-12).
    strict: bool,
    /// That documents are missing was noted as a warning.
    warned: bool,
    /// The request that they come for.
    result: Option<HandOutForm>,
}

/// The result of a request that is to be handed out (PLA-03).
struct HandOutForm {
    /// Whether it is there; else the visit is about the request.
    is_ready: bool,
    request: String,
    number: String,
    /// Whose paper must be shown.
    applicant: Option<String>,
    category: String,
    text_id: String,
    command: String,
}

/// Somebody to be called by telephone or teleconference, whose time has come (OMB-20).
struct RemoteRow {
    id: String,
    number: String,
    service: String,
    when: String,
    /// What kind of appointment it is.
    kind: &'static str,
    /// By teleconference, and not by telephone.
    by_video: bool,
    attempts: String,
    again: bool,
    command: Option<String>,
}

/// What must be shown, and what was (OMB-17).
struct ShownForm {
    identity: bool,
    representation: bool,
    asks_representation: bool,
    papers: [(&'static str, &'static str, bool); 4],
    said: &'static str,
}

/// Somebody in the list.
struct QueueRow {
    id: String,
    card: String,
    number: String,
    service: String,
    state: Option<String>,
    booked: Option<String>,
    arrived: String,
    waited: Option<WaitedTime>,
    needs: Option<String>,
    priority: bool,
    note: bool,
    act: Option<QueueForms>,
}

/// What can be done about somebody in particular.
struct QueueForms {
    call: String,
    leave: String,
}

/// Somebody who does not wait: parked, called in vain, or gone for documents that were missing (TRN-09).
struct AsideRow {
    id: String,
    number: String,
    service: String,
    state: String,
    call: Option<String>,
    come_back: Option<String>,
}

struct OtherDesk {
    name: String,
    state: String,
}

struct DeskChoice {
    value: String,
    name: String,
}

/// A desk within the floor.
pub struct DeskOnFloor<'a> {
    /// Who looks.
    pub signed: &'a StaffVisitor,
    /// The office.
    pub handle: &'a OfficeHandle,
    /// What staff see of it.
    pub view: FloorView,
    /// The desk's number.
    pub desk: u16,
    /// The person whom it holds.
    pub person: HeldPerson,
    /// Its note, which was read before the call.
    pub read: Option<String>,
    /// The request that they come for.
    pub result: Option<DeskResult>,
    /// The visit whose missing documents were just noted and tolerated.
    pub warned: Option<uuid::Uuid>,
}

impl DeskOnFloor<'_> {
    fn voice(&self) -> Voice {
        self.signed.visitor.voice
    }

    fn dates(&self) -> Dates {
        Dates { voice: self.voice(), zone: zone(&self.view), now: self.signed.visitor.state.clock.now() }
    }

    fn visit(&self, id: uuid::Uuid) -> Option<&FloorVisit> {
        self.view.visits.iter().find(|visit| visit.visit == id)
    }

    /// Where a visit's card is.
    fn card(&self, visit: &FloorVisit) -> String {
        Page::Card { office: &self.handle.key, visit: visit.visit }.to_string()
    }

    /// Where the room of a booking by teleconference is.
    fn room(&self, reference: &str) -> String {
        Page::StaffCall { office: &self.handle.key, reference }.to_string()
    }

    /// The page, if there is such a desk; with a form that was refused, and the note that caused it.
    pub fn page(&self, refused: Option<DeskRefusal>, note: Option<UnreadNote>) -> Option<DeskPage> {
        let (visitor, voice) = (&self.signed.visitor, self.voice());
        let office = self.handle.read();
        let config = office.config.as_ref()?;
        let here = self.view.desks.iter().find(|desk| desk.number == self.desk)?;
        let clerk = clerk_at(&office, self.desk);
        let mine = clerk == Some(ClerkId(self.signed.session.account.id));
        let held = here.holds.and_then(|held| self.visit(held));
        let called = held.is_some_and(|visit| matches!(visit.state, FloorVisitState::Called { .. }));
        let on_break = matches!(here.state, FloorDeskState::Break { .. });
        let key: &str = &self.handle.key;
        let idle = match (clerk.is_none(), on_break) {
            (true, _) => "idle-closed",
            (false, true) => "idle-break",
            (false, false) => "idle-desk",
        };
        let floor = self.view.desks.iter().map(|desk| OtherDesk {
            name: desk_name(config, desk.number, voice),
            state: desk_state(&self.view, desk, self.dates()),
        });
        let fault = refused.as_ref().map(|refused| &refused.fault);
        let wrong = fault.map(marks).unwrap_or_default();
        // The menu about what was shown is there while its visit is served.
        let shown = held.filter(|_| mine && !called).map(|visit| visit.visit.to_string());
        let lost = refused.as_ref().filter(|refused| refused.is_of("shown", None));
        let lost = lost.filter(|refused| shown.as_deref() != Some(refused.text("visit")));
        let lost = lost.map(|refused| refused.text("note").to_owned()).filter(|note| !note.is_empty());
        let (desks, services) = held.map(|visit| self.transfer_targets(config, visit)).unwrap_or_default();
        Some(DeskPage {
            f: visitor.frame().at(Page::Desk { office: key, desk: self.desk }.to_string()).marking(wrong),
            office: key.to_owned(),
            number: self.desk,
            desk: desk_name(config, self.desk, voice),
            feed: format!("/api/v1/offices/{key}/feeds/floor"),
            state: desk_state(&self.view, here, self.dates()),
            hub_now: self.dates().now.timestamp_millis(),
            state_class: if on_break || clerk.is_none() { "tag-off" } else { "tag-on" },
            stint: mine.then(|| OwnStint::of(&office, DeskId(self.desk), self.dates())).flatten(),
            undo: mine.then(|| UndoOffer::of(&office, DeskId(self.desk), self.dates().now, voice)).flatten(),
            refusal: fault.filter(|_| note.is_none()).map(|fault| problem::sentence(visitor, fault)),
            lost,
            overrides: self.overrides(note.is_some()),
            note,
            alarms: self.view.alarms.iter().map(|alarm| voice.of_text(alarm)).collect(),
            help: self.help(config, mine),
            mine,
            closed: clerk.is_none(),
            on_break,
            called,
            ready: office.desks.get(&DeskId(self.desk)).is_some_and(|open| open.ready),
            own_services: self.own_services(config),
            follow_up: Page::NewBooking { office: key }.to_string(),
            can_finish: held.is_some() && !called,
            holds: here.holds.map(|held| held.to_string()).unwrap_or_default(),
            holding: held.map(|visit| self.holding(&office, here, visit)),
            idle: voice.say(idle),
            remote: self.remote(config, mine),
            queue: self.queue(&office, config),
            aside: self.aside(&office, config),
            floor: floor.collect(),
            desks,
            services,
            commands: DeskCommands::draw(),
            papers: papers(voice),
            refused,
        })
    }

    /// Those who ring for help, and who goes there.
    fn help(&self, config: &OfficeConfig, mine: bool) -> Vec<HelpRow> {
        let (voice, accounts) = (self.voice(), &self.signed.visitor.state.access.accounts);
        let row = |help: &FloorHelp| {
            let since = self.dates().time(help.since);
            let who = help.account.map(|account| {
                accounts.with_number(account).map_or_else(|| voice.say("help-somebody"), |account| account.name.clone())
            });
            let place = help.desk.map_or_else(|| help.place.clone(), |desk| desk_name(config, desk, voice));
            let values = [("place", place.into()), ("since", since.into())];
            let said = match &who {
                None if help.desk.is_some() => voice.say_with("help-emergency", values),
                None => voice.say_with("help-rings", values),
                Some(who) => {
                    let [place, since] = values;
                    voice.say_with("help-goes", [place, since, ("who", who.clone().into())])
                }
            };
            let rang = mine && help.desk == Some(self.desk);
            let open = who.is_none() && !rang;
            HelpRow { ring: help.ring.to_string(), said, open, command: draw_id().to_string() }
        };
        self.view.help.iter().map(row).collect()
    }

    /// What the desk serves.
    fn own_services(&self, config: &OfficeConfig) -> Vec<DeskChoice> {
        let own = config.desks.get(&DeskId(self.desk)).map(|desk| desk.services.as_slice()).unwrap_or_default();
        let choice = |service: &office::Service| DeskChoice {
            value: service.key.clone(),
            name: self.voice().of_text(&service.name),
        };
        own.iter().filter_map(|id| config.services.get(id)).map(choice).collect()
    }

    /// Open desks that serve what the visit needs, and other services that some desk serves.
    fn transfer_targets(&self, config: &OfficeConfig, visit: &FloorVisit) -> (Vec<DeskChoice>, Vec<DeskChoice>) {
        let voice = self.voice();
        let needs = config.services.iter().find(|(_, service)| service.key == visit.service).map(|(id, _)| *id);
        let serves = |desk: &FloorDesk, service: ServiceId| {
            config.desks.get(&DeskId(desk.number)).is_some_and(|desk| desk.services.contains(&service))
        };
        let open = |desk: &&FloorDesk| desk.number != self.desk && !matches!(desk.state, FloorDeskState::Closed);
        let desks = self.view.desks.iter().filter(open).filter(|desk| needs.is_some_and(|needs| serves(desk, needs)));
        let services = config.services.iter().filter(|(id, service)| {
            service.key != visit.service && self.view.desks.iter().any(|desk| serves(desk, **id))
        });
        (
            desks
                .map(|desk| DeskChoice {
                    value: format!("desk:{}", desk.number),
                    name: desk_name(config, desk.number, voice),
                })
                .collect(),
            services
                .map(|(_, service)| DeskChoice {
                    value: format!("service:{}", service.key),
                    name: voice.of_text(&service.name),
                })
                .collect(),
        )
    }

    /// Reasons for calling out of order; after a note was read, that it says so comes first.
    fn overrides(&self, note_was_read: bool) -> Vec<DeskChoice> {
        let note = [(OverrideReason::NoteOfProposal, "note-of-proposal")];
        let reasons = [
            (OverrideReason::ShortMatter, "short-matter"),
            (OverrideReason::BroughtDocuments, "brought-documents"),
            (OverrideReason::Urgent, "urgent"),
            (OverrideReason::Mistake, "mistake"),
            (OverrideReason::Other, "other"),
        ];
        let choice = |(reason, value): (OverrideReason, &str)| DeskChoice {
            value: value.to_owned(),
            name: override_reason(reason, self.voice()),
        };
        note.into_iter().filter(|_| note_was_read).chain(reasons).map(choice).collect()
    }

    fn holding(&self, office: &Office, here: &FloorDesk, visit: &FloorVisit) -> Holding {
        let dates = self.dates();
        let interrupt_for = here.interrupt_for.and_then(|other| self.visit(other)).map(|other| {
            let at = other.booked_for.map(|at| dates.time(at)).unwrap_or_default();
            dates.voice.say_with("interrupt-proposed", [("number", other.number.clone().into()), ("at", at.into())])
        });
        let known = office.visits_by_public.get(&PublicId(visit.visit)).and_then(|id| office.visits.get(id));
        let room = self.person.room.as_ref();
        let by_telephone = room.is_some_and(|room| room.by_telephone);
        let by_phone = visit.remote.is_some_and(|remote| !remote.by_video || by_telephone);
        Holding {
            id: visit.visit.to_string(),
            number: visit.number.clone(),
            state: visit_state(visit, self.desk, dates),
            service: dates.voice.of_text(&visit.service_name),
            service_key: visit.service.clone(),
            persons: known.map_or(1, |known| known.persons),
            cases: known.map_or(1, |known| known.cases),
            booked: visit.booked_for.map(|at| dates.time(at)),
            priority: visit.priority,
            reason: visit.reason.as_ref().map(|reason| dates.voice.of_text(&reason.words)),
            about: office
                .config
                .as_ref()
                .and_then(|config| InHand::of(office, config, visit.visit, DeskId(self.desk), dates)),
            note: self.read.clone(),
            card: (visit.booked_for.is_some() || visit.note).then(|| self.card(visit)),
            interrupt_for,
            remote: visit.remote.map(|remote| self.attempts(remote)),
            remote_kind: remote_kind(!by_phone),
            informs: by_phone && self.informs(office, visit),
            room: room.filter(|room| !room.by_telephone).map(|room| self.room(&room.reference)),
            phone: self.person.phone.as_deref().map(readable),
            shown: self.shown(office, visit),
            strict: self.wants_documents(office),
            warned: self.warned == Some(visit.visit),
            result: self.result.as_ref().map(|one| self.result(one)),
        }
    }

    /// Whether a visit's service is not settled by telephone.
    fn informs(&self, office: &Office, visit: &FloorVisit) -> bool {
        let mut services = office.config.iter().flat_map(|config| config.services.values());
        services.any(|service| service.key == visit.service && service.telephone_informs)
    }

    /// What is handed out, with its form.
    fn result(&self, DeskResult { row, is_ready, applicant }: &DeskResult) -> HandOutForm {
        let category = self.signed.visitor.state.body.categories.get(&row.case.category);
        HandOutForm {
            is_ready: *is_ready,
            request: row.public.to_string(),
            number: row.case.shown_number().to_string(),
            applicant: applicant.clone(),
            category: category.map(|category| self.voice().of_text(&category.name)).unwrap_or_default(),
            text_id: id(),
            command: id(),
        }
    }

    /// Whether nobody is served without the documents today (TRN-12).
    fn wants_documents(&self, office: &Office) -> bool {
        let now = self.signed.visitor.state.clock.now();
        office.config.as_ref().is_some_and(|config| {
            let today = calendar::local_date(config.zone, now);
            config.rules.enforcement(Rule::Documents, today) == Enforcement::Strict
        })
    }

    /// «2 από 3 προσπάθειες»
    fn attempts(&self, remote: Remote) -> String {
        let values = [("n", remote.attempts.into()), ("of", remote.attempts_max.into())];
        self.voice().say_with("remote-attempts", values)
    }

    fn shown(&self, office: &Office, visit: &FloorVisit) -> ShownForm {
        let id = office.visits_by_public.get(&PublicId(visit.visit));
        let shown = id.and_then(|id| office.visits.get(id)).and_then(|visit| visit.shown);
        let papers = shown.map(|shown| shown.papers).unwrap_or_default();
        let choices = [
            ("unseen", "paper-unseen", DocumentState::Unseen),
            ("complete", "papers-complete", DocumentState::Complete),
            ("missing", "papers-missing", DocumentState::Missing),
            ("waived", "papers-waived", DocumentState::Waived),
        ];
        ShownForm {
            identity: shown.is_some_and(|shown| shown.identity),
            representation: shown.is_some_and(|shown| shown.representation),
            asks_representation: self.person.represents,
            papers: choices.map(|(value, id, one)| (value, id, one == papers)),
            said: match shown {
                None => "shown-nothing-yet",
                Some(shown) if shown.identity => "shown-identity-seen",
                Some(_) => "shown-identity-unseen",
            },
        }
    }

    /// Appointments from afar whose time has come: due ones, and those that this desk tried in vain.
    fn remote(&self, config: &OfficeConfig, mine: bool) -> Vec<RemoteRow> {
        let dates = self.dates();
        let serves = config.desks.get(&DeskId(self.desk)).map(|desk| desk.services.as_slice()).unwrap_or_default();
        let row = |visit: &FloorVisit| {
            let remote = visit.remote?;
            let here = match visit.state {
                FloorVisitState::Waiting { .. } => {
                    serves.iter().filter_map(|id| config.services.get(id)).any(|service| service.key == visit.service)
                }
                FloorVisitState::Parked { desk, .. } => desk == self.desk,
                FloorVisitState::Called { .. }
                | FloorVisitState::Serving { .. }
                | FloorVisitState::Interrupted { .. }
                | FloorVisitState::NoShow { .. } => false,
            };
            let at = visit.booked_for.map(|at| dates.time(at)).unwrap_or_default();
            here.then(|| RemoteRow {
                id: visit.visit.to_string(),
                number: visit.number.clone(),
                service: dates.voice.of_text(&visit.service_name),
                when: format!("{at} {}", dates.voice.say("greek-time")),
                kind: remote_kind(remote.by_video),
                by_video: remote.by_video,
                attempts: self.attempts(remote),
                again: remote.attempts > 0,
                command: mine.then(id),
            })
        };
        self.view.visits.iter().filter_map(row).collect()
    }

    /// Those who wait, in the order in which they are expected to be called.
    fn queue(&self, office: &Office, config: &OfficeConfig) -> Vec<QueueRow> {
        let dates = self.dates();
        let serves = config.desks.get(&DeskId(self.desk)).map(|desk| desk.services.as_slice()).unwrap_or_default();
        let serves: Vec<&str> =
            serves.iter().filter_map(|id| config.services.get(id)).map(|service| service.key.as_str()).collect();
        let row = |visit: &FloorVisit| QueueRow {
            id: visit.visit.to_string(),
            card: self.card(visit),
            number: visit.number.clone(),
            service: dates.voice.of_text(&visit.service_name),
            state: (!matches!(visit.state, FloorVisitState::Waiting { .. }))
                .then(|| visit_state(visit, self.desk, dates)),
            booked: visit.booked_for.map(|at| dates.time(at)),
            arrived: dates.time(visit.arrived_at),
            waited: WaitedTime::of(office, config, visit.visit, dates.now),
            needs: needs_line(&visit.needs, dates.voice).map(|(_, needs)| needs),
            priority: visit.priority,
            note: visit.note,
            act: serves.contains(&visit.service.as_str()).then(|| QueueForms { call: id(), leave: id() }),
        };
        self.view.visits.iter().filter(|visit| waits(visit) && visit.remote.is_none()).map(row).collect()
    }

    /// Those who are parked (FLD-03), those who did not appear and may come back (FLD-04), and those who went for what
    /// was missing and may come back today (TRN-09).
    fn aside(&self, office: &Office, config: &OfficeConfig) -> Vec<AsideRow> {
        let dates = self.dates();
        let row = |visit: &FloorVisit| {
            let (call, come_back) = match visit.state {
                // Whom this desk tried to reach stands with those to be called.
                FloorVisitState::Parked { desk, .. } if visit.remote.is_some() && desk == self.desk => return None,
                FloorVisitState::Parked { desk, .. } => ((desk == self.desk).then(id), None),
                FloorVisitState::NoShow { .. } => (None, Some(id())),
                FloorVisitState::Waiting { .. }
                | FloorVisitState::Interrupted { .. }
                | FloorVisitState::Called { .. }
                | FloorVisitState::Serving { .. } => return None,
            };
            Some(AsideRow {
                id: visit.visit.to_string(),
                number: visit.number.clone(),
                service: dates.voice.of_text(&visit.service_name),
                state: visit_state(visit, self.desk, dates),
                call,
                come_back,
            })
        };
        let gone = office.visits.values().filter_map(|visit| {
            let VisitState::Finished { at, outcome: Outcome::DocumentsMissing, .. } = visit.state else { return None };
            let service = config.services.get(&visit.service)?;
            Some(AsideRow {
                id: visit.public.0.to_string(),
                number: visit.number.to_string(),
                service: dates.voice.of_text(&service.name),
                state: dates.voice.text("aside-documents", "at", &dates.time(at)),
                call: None,
                come_back: Some(id()),
            })
        });
        self.view.visits.iter().filter_map(row).chain(gone).collect()
    }
}

/// What an appointment is called at which nobody comes.
const fn remote_kind(by_video: bool) -> &'static str {
    if by_video { "remote-by-video" } else { "remote-by-phone" }
}

/// Whether somebody waits to be called.
const fn waits(visit: &FloorVisit) -> bool {
    matches!(visit.state, FloorVisitState::Waiting { .. } | FloorVisitState::Interrupted { .. })
}
