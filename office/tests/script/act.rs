//! What somebody does in a story: one line becomes one command.

use chrono::{DateTime, Utc};
use office::{
    AddressId, AgentId, Audience, AwayArrival, AwayCame, AwayTold, BookingEvent, BookingId, BreakReason, CancelledBy,
    Channel, ClerkId, Command, CorrectedBy, DeskId, DeskProof, DocumentState, EventKind, KioskId, Language, LateChoice,
    MovedBy, Needs, NoteId, NumberBlock, Outcome, OverrideReason, Party, PersonId, PublicId, Reference, Refusal,
    ResumeWhen, ServiceId, SuspensionScope, TicketNumber, TimeWish, TransferTarget, VisitEvent, VisitId, VoidReason,
    Words,
};
use uuid::Uuid;

use super::{setup, story::Story, words};

/// The one ring of a story.
const HELP_RING: u128 = 77;

impl Story {
    /// Does what a line says, and tells what followed.
    pub fn act(&mut self, now: DateTime<Utc>, tokens: &[&str]) -> Result<String, String> {
        match tokens {
            ["time", "passes"] => {
                let passed = std::mem::take(&mut self.passed);
                return Ok(self.tell(&passed));
            }
            ["state", name] => return Ok(words::state(self, self.visit(name)?)),
            ["booking", name] => return Ok(words::booking(self, self.booking(name)?)),
            ["periods", name] => return Ok(words::periods(self, self.visit(name)?)),
            _ => {}
        }
        self.passed.clear();
        let command = self.command(tokens)?;
        match self.ask(&command, now) {
            Ok(events) => {
                self.name_new(tokens, &events);
                Ok(self.tell(&events))
            }
            Err(Refusal::Nobody(nobody)) => Ok(format!("nobody: {}", words::nobody(self, nobody))),
            Err(refusal) => Ok(format!("refused: {}", words::refusal(self, refusal))),
        }
    }

    /// The command that a line stands for.
    fn command(&mut self, tokens: &[&str]) -> Result<Command, String> {
        if let Some(command) = self.about_the_house(tokens)? {
            return Ok(command);
        }
        if let Some(command) = self.about_a_booking(tokens)? {
            return Ok(command);
        }
        if let Some(command) = self.about_an_arrival(tokens)? {
            return Ok(command);
        }
        if let Some(command) = self.about_a_kiosk(tokens)? {
            return Ok(command);
        }
        if let Some(command) = self.about_a_desk(tokens)? {
            return Ok(command);
        }
        self.about_a_visit(tokens)?.ok_or_else(|| format!("nobody knows how to `{}`", tokens.join(" ")))
    }

    /// `suspend …`, `resume …`, `outage since …`, and every line that describes the office.
    fn about_the_house(&mut self, tokens: &[&str]) -> Result<Option<Command>, String> {
        Ok(Some(match tokens {
            ["suspend", rest @ ..] => {
                let (scope, rest) = self.scope(rest)?;
                let until = match rest {
                    ["until", time] => Some(self.at(time)),
                    _ => None,
                };
                Command::Suspend { scope, until, because: Words::new("βλάβη", "out of order") }
            }
            ["resume", rest @ ..] if rest.len() > 1 || rest == ["tickets"] => {
                Command::Resume { scope: self.scope(rest)?.0 }
            }
            ["outage", "since", time] => Command::NoteOutage { from: self.at(time) },
            ["tick"] => Command::Tick,
            ["without", "service", key] => {
                let id = self.service(key)?;
                self.config.services.remove(&id);
                for desk in self.config.desks.values_mut() {
                    desk.services.retain(|service| *service != id);
                }
                self.config.desks.retain(|_, desk| !desk.services.is_empty());
                Command::Configure(Box::new(self.config.clone()))
            }
            ["without", "desk", desk] => {
                self.config.desks.remove(&number(desk)?);
                Command::Configure(Box::new(self.config.clone()))
            }
            _ => {
                let mut config = self.config.clone();
                if !setup::describe(&mut config, tokens)? {
                    return Ok(None);
                }
                self.config = config;
                Command::Configure(Box::new(self.config.clone()))
            }
        }))
    }

    fn scope<'a>(&self, tokens: &'a [&'a str]) -> Result<(SuspensionScope, &'a [&'a str]), String> {
        match tokens {
            ["tickets", rest @ ..] => Ok((SuspensionScope::Tickets, rest)),
            ["desk", desk, rest @ ..] => Ok((SuspensionScope::Desk(number(desk)?), rest)),
            ["service", key, rest @ ..] => Ok((SuspensionScope::Service(self.service(key)?), rest)),
            _ => Err("suspend tickets, desk N or service KEY".to_owned()),
        }
    }

    /// `A books KEY at 10:15 …`, `A holds …`, `A confirms`, `A moves to …`, `A cancels`, `void A`, ….
    fn about_a_booking(&mut self, tokens: &[&str]) -> Result<Option<Command>, String> {
        Ok(Some(match tokens {
            [name, "books", key, "at", time, rest @ ..] => {
                let wish = Wish::read(rest)?;
                let wanted = self.wanted(key, time, &wish)?;
                Command::Book { reference: wish.reference(self), wanted, party: wish.party(name) }
            }
            [_, "holds", key, "at", time, rest @ ..] => {
                let wish = Wish::read(rest)?;
                let wanted = self.wanted(key, time, &wish)?;
                Command::Hold { reference: wish.reference(self), wanted, owner: wish.address }
            }
            [name, "extends"] => Command::ExtendHold { booking: self.booking(name)? },
            [name, "is", "entrusted", "to", one] => {
                let to = AddressId(Uuid::from_u128(one.parse().map_err(|_| "which address?")?));
                Command::Entrust { booking: self.booking(name)?, to }
            }
            [name, "releases"] => Command::ReleaseHold { booking: self.booking(name)? },
            [name, "confirms", rest @ ..] => {
                Command::Confirm { booking: self.booking(name)?, party: Wish::read(rest)?.party(name) }
            }
            [name, "moves", "to", time, rest @ ..] => {
                let wish = Wish::read(rest)?;
                let start = wish.date.map_or_else(|| self.at(time), |date| self.on(date, time));
                Command::Move { booking: self.booking(name)?, start, audience: wish.audience, by: MovedBy::Citizen }
            }
            ["office", "moves", name, "to", time, rest @ ..] => {
                let wish = Wish::read(rest)?;
                let start = wish.date.map_or_else(|| self.at(time), |date| self.on(date, time));
                let (booking, audience) = (self.booking(name)?, Audience::Internal);
                Command::Move { booking, start, audience, by: MovedBy::Office }
            }
            [name, "cancels"] => Command::Cancel { booking: self.booking(name)?, by: CancelledBy::Citizen },
            ["office", "cancels", name] => Command::Cancel { booking: self.booking(name)?, by: CancelledBy::Office },
            [name, "takes", time, rest @ ..] => {
                let wish = Wish::read(rest)?;
                let start = wish.date.map_or_else(|| self.at(time), |date| self.on(date, time));
                Command::ChooseAnew { booking: self.booking(name)?, start }
            }
            ["staff", "cancels", name] => Command::Cancel { booking: self.booking(name)?, by: CancelledBy::Staff },
            ["ask", name, "to", "correct", "until", time] => Command::AskCorrection {
                booking: self.booking(name)?,
                because: VoidReason::DetailsWrong,
                note: None,
                until: self.at(time),
            },
            [name, "corrects"] => Command::Correct { booking: self.booking(name)?, by: CorrectedBy::Citizen },
            ["change", "details", "of", name] => Command::ChangeDetails { booking: self.booking(name)? },
            ["void", name] => Command::Void { booking: self.booking(name)?, because: VoidReason::DetailsWrong },
            _ => return Ok(None),
        }))
    }

    fn wanted(&self, key: &str, time: &str, wish: &Wish) -> Result<TimeWish, String> {
        let start = wish.date.map_or_else(|| self.at(time), |date| self.on(date, time));
        let Wish { channel, persons, cases, audience, .. } = *wish;
        Ok(TimeWish { service: self.service(key)?, channel, start, persons, cases, audience })
    }

    /// `A checks in`, `W1 walks in for KEY`, `W2 comes to desk 1 for KEY`, `W3 was served on paper at 1 …`.
    fn about_an_arrival(&mut self, tokens: &[&str]) -> Result<Option<Command>, String> {
        Ok(Some(match tokens {
            [name, "checks", "in", rest @ ..] => Command::CheckIn {
                booking: self.booking(name)?,
                public: self.public(),
                language: rest.contains(&"english").then_some(Language::En),
                late: rest.iter().find_map(|word| late_choice(word)),
                priority: rest.contains(&"priority"),
            },
            [_, "walks", "in", "for", key, rest @ ..] => {
                let wish = Wish::read(rest)?;
                Command::TakeTicket {
                    service: self.service(key)?,
                    public: self.public(),
                    persons: wish.persons,
                    cases: wish.cases,
                    priority: wish.priority,
                    needs: wish.needs,
                    language: Language::El,
                    could_not_book: wish.could_not_book,
                    told: None,
                }
            }
            [_, "comes", "to", "desk", desk, "for", key, rest @ ..] => {
                let desk = number(desk)?;
                let holds = self.holding(desk, rest)?;
                Command::ServeDirect { desk, holds, service: self.service(key)?, public: self.public() }
            }
            [_, "on", "paper", "at", desk, "for", key, "came", came, "served", from, to, rest @ ..] => {
                Command::EnterOutageVisit {
                    desk: number(desk)?,
                    service: self.service(key)?,
                    number: after(rest, "as").map(ticket_number).transpose()?,
                    public: self.public(),
                    arrived_at: self.at(came),
                    served_from: self.at(from),
                    served_to: self.at(to),
                    outcome: Outcome::Done,
                }
            }
            _ => return Ok(None),
        }))
    }

    /// `kiosk 1 leases numbers`, `kiosk 1 gives back 500`, and who came to it while the hub was away: `W1 came to kiosk 1 at
    /// 08:05 for KEY as A500`, `A came to kiosk 1 at 09:55 as P500 [told late]`, `somebody …` whose code nobody knows.
    fn about_a_kiosk(&mut self, tokens: &[&str]) -> Result<Option<Command>, String> {
        let kiosk =
            |one: &str| one.parse().map(|id| KioskId(Uuid::from_u128(id))).map_err(|_| "which kiosk?".to_owned());
        Ok(Some(match tokens {
            ["kiosk", one, "leases", "numbers", rest @ ..] => {
                let kiosk = kiosk(one)?;
                let own = self.office.leases.iter().filter(|lease| lease.kiosk == kiosk);
                let holds = own.filter(|_| !rest.contains(&"anew")).map(|lease| lease.block).collect();
                Command::LeaseNumbers { kiosk, holds }
            }
            ["kiosk", one, "gives", "back", first] => {
                let first = first.parse().map_err(|_| "which number?")?;
                Command::ReturnNumbers {
                    kiosk: kiosk(one)?,
                    block: NumberBlock { date: self.date, first, last: first + 249 },
                }
            }
            [_, "came", "to", "kiosk", one, "at", time, "for", key, "as", number, rest @ ..] => {
                let (service, wish) = (self.service(key).ok(), Wish::read(rest)?);
                let came = AwayCame::WalkIn {
                    service,
                    persons: wish.persons,
                    cases: wish.cases,
                    priority: wish.priority,
                    needs: wish.needs,
                };
                self.handed_in(kiosk(one)?, time, number, came, None)?
            }
            [name, "came", "to", "kiosk", one, "at", time, "as", number, rest @ ..] => {
                let told = match after(rest, "told") {
                    Some("late") => AwayTold::Late,
                    Some("nothing") => AwayTold::Nothing,
                    _ => AwayTold::InTime,
                };
                let came = AwayCame::Booked { booking: self.booking(name).ok(), told };
                let unheard = after(rest, "unheard").map(|name| self.visit(name)).transpose()?;
                self.handed_in(kiosk(one)?, time, number, came, unheard)?
            }
            ["find", "booking", name, "for", visit] => {
                Command::FindBooking { visit: self.visit(visit)?, booking: self.booking(name)? }
            }
            ["settle", number] => {
                let number = ticket_number(number)?;
                let note = self.office.hand_in_notes.iter().find(|note| note.number == number);
                Command::SettleConflict { public: note.map_or(PublicId(Uuid::nil()), |note| note.public) }
            }
            _ => return Ok(None),
        }))
    }

    fn handed_in(
        &mut self,
        kiosk: KioskId,
        time: &str,
        number: &str,
        came: AwayCame,
        unheard: Option<VisitId>,
    ) -> Result<Command, String> {
        let (public, arrived_at, number) = (self.public(), self.at(time), ticket_number(number)?);
        let arrival = AwayArrival { public, number, arrived_at, language: Language::El, unheard, came };
        Ok(Command::HandIn { kiosk, arrival })
    }

    /// `open 1`, `close 1`, `break 1 until 11:00`, `resume 1`, `ready 1`, `next at 1 …`, `call W1 to 1 …`.
    fn about_a_desk(&mut self, tokens: &[&str]) -> Result<Option<Command>, String> {
        Ok(Some(match tokens {
            ["open", desk, rest @ ..] => {
                let (mut clerk, mut until, mut rest) = (u32::from(number(desk)?.0), None, rest);
                loop {
                    rest = match rest {
                        [] => break,
                        ["by", one, rest @ ..] => {
                            clerk = one.parse().map_err(|_| "a clerk has a number")?;
                            rest
                        }
                        ["until", time, rest @ ..] => {
                            until = Some(self.at(time));
                            rest
                        }
                        _ => return Err("open 1 [by 7] [until 13:00]".to_owned()),
                    };
                }
                Command::OpenDesk { desk: number(desk)?, clerk: ClerkId(clerk), until }
            }
            ["hand", "over", desk, "from", from, "to", to] => {
                let clerk = |text: &str| text.parse().map(ClerkId).map_err(|_| "a clerk has a number".to_owned());
                Command::HandOverDesk { desk: number(desk)?, from: clerk(from)?, to: clerk(to)? }
            }
            ["close", desk] => Command::CloseDesk { desk: number(desk)? },
            ["break", desk, rest @ ..] => {
                let until = match rest {
                    ["until", time] => Some(self.at(time)),
                    _ => None,
                };
                Command::StartBreak { desk: number(desk)?, because: BreakReason::Rest, until }
            }
            ["resume", desk] => Command::EndBreak { desk: number(desk)? },
            ["ready", desk] => Command::SetReady { desk: number(desk)?, ready: true },
            ["not", "ready", desk] => Command::SetReady { desk: number(desk)?, ready: false },
            ["next", "at", desk, rest @ ..] => {
                let desk = number(desk)?;
                let finish = rest.contains(&"finish").then_some(Outcome::Done);
                let note_read = match after(rest, "read") {
                    Some(name) => Some(self.visit(name)?),
                    None => None,
                };
                Command::CallNext { desk, holds: self.holding(desk, rest)?, finish, note_read }
            }
            ["call", name, "to", desk, rest @ ..] => {
                let desk = number(desk)?;
                let because = after(rest, "because").map(because).transpose()?;
                Command::CallVisit {
                    desk,
                    holds: self.holding(desk, rest)?,
                    visit: self.visit(name)?,
                    because,
                    note: None,
                }
            }
            _ => return Ok(None),
        }))
    }

    /// What happens to a visit. The desk is the one that holds it, unless `at N` says another.
    fn about_a_visit(&mut self, tokens: &[&str]) -> Result<Option<Command>, String> {
        Ok(Some(match tokens {
            ["recall", name, rest @ ..] => Command::Recall { desk: self.desk(name, rest)?, visit: self.visit(name)? },
            ["put", "back", name, rest @ ..] => {
                Command::PutBack { desk: self.desk(name, rest)?, visit: self.visit(name)? }
            }
            [name, "appears", rest @ ..] => {
                Command::Appeared { desk: self.desk(name, rest)?, visit: self.visit(name)? }
            }
            [name, "does", "not", "appear", rest @ ..] => {
                Command::NoShow { desk: self.desk(name, rest)?, visit: self.visit(name)? }
            }
            [name, "does", "not", "answer", rest @ ..] => {
                Command::AttemptFailed { desk: self.desk(name, rest)?, visit: self.visit(name)? }
            }
            ["interrupt", name, rest @ ..] => Command::Interrupt {
                desk: self.desk(name, rest)?,
                visit: self.visit(name)?,
                resume: if rest.contains(&"end-of-day") { ResumeWhen::EndOfDay } else { ResumeWhen::NextGap },
                same_desk: rest.contains(&"same"),
            },
            ["park", name, rest @ ..] => Command::Park { desk: self.desk(name, rest)?, visit: self.visit(name)? },
            ["transfer", name, "to", "desk", target, rest @ ..] => Command::Transfer {
                desk: self.desk(name, rest)?,
                visit: self.visit(name)?,
                to: TransferTarget::Desk(number(target)?),
                first_in_line: after(rest, "because").map(because).transpose()?,
            },
            ["transfer", name, "to", key, rest @ ..] => Command::Transfer {
                desk: self.desk(name, rest)?,
                visit: self.visit(name)?,
                to: TransferTarget::Service(self.service(key)?),
                first_in_line: after(rest, "because").map(because).transpose()?,
            },
            ["finish", name, rest @ ..] => {
                let delivered = match after(rest, "delivered") {
                    Some(list) => {
                        list.split(',').map(|key| Ok((self.service(key)?, 1))).collect::<Result<_, String>>()?
                    }
                    None => Vec::new(),
                };
                let outcome = if rest.contains(&"not-possible") {
                    Outcome::NotPossible
                } else if rest.contains(&"documents-missing") {
                    Outcome::DocumentsMissing
                } else {
                    Outcome::Done
                };
                Command::Finish { desk: self.desk(name, rest)?, visit: self.visit(name)?, outcome, delivered }
            }
            [name, "shows", "identity", rest @ ..] => {
                let papers = match after(rest, "papers") {
                    Some("complete") => DocumentState::Complete,
                    Some("missing") => DocumentState::Missing,
                    Some("waived") => DocumentState::Waived,
                    _ => DocumentState::Unseen,
                };
                let note = rest.contains(&"because").then(|| NoteId(Uuid::from_u128(self.draw())));
                let shown = DeskProof { identity: true, representation: rest.contains(&"representation"), papers };
                Command::RecordShown { desk: self.desk(name, rest)?, visit: self.visit(name)?, shown, note }
            }
            [name, "lacks", "documents", rest @ ..] => {
                Command::LackDocuments { desk: self.desk(name, rest)?, visit: self.visit(name)? }
            }
            [name, "leaves"] => Command::Leave { visit: self.visit(name)? },
            [name, "stays"] => Command::UndoLeave { visit: self.visit(name)? },
            [name, "comes", "back"] => Command::ComeBack { visit: self.visit(name)? },
            ["admit", name] => Command::Admit { visit: self.visit(name)? },
            [name, "chooses", choice] => {
                let choice = late_choice(choice).ok_or("end-of-day or book-anew")?;
                Command::ChooseLate { visit: self.visit(name)?, choice }
            }
            [name, "fixes", time] => {
                Command::FixTime { visit: self.visit(name)?, reference: self.reference(), start: self.at(time) }
            }
            ["amend", name, rest @ ..] => {
                let wish = Wish::read(rest)?;
                let Wish { persons, cases, minutes: planned_minutes, .. } = wish;
                Command::Amend { visit: self.visit(name)?, persons, cases, planned_minutes }
            }
            [name, "says", "early", yes] => {
                let early = Some(*yes == "yes");
                Command::Wish { visit: self.visit(name)?, early, priority: None, needs: None }
            }
            [name, "says", "priority", yes] => {
                let priority = Some(*yes == "yes");
                Command::Wish { visit: self.visit(name)?, early: None, priority, needs: None }
            }
            [name, "needs", "escort"] => {
                let needs = Some(Needs { escort: true, ..Needs::default() });
                Command::Wish { visit: self.visit(name)?, early: None, priority: None, needs }
            }
            ["help", "rings", "at", place] => {
                Command::RingForHelp { ring: PublicId(Uuid::from_u128(HELP_RING)), place: (*place).to_owned() }
            }
            ["clerk", clerk, "goes", "to", "help"] => Command::AcceptHelp {
                ring: PublicId(Uuid::from_u128(HELP_RING)),
                clerk: ClerkId(clerk.parse().map_err(|_| "a number of a clerk")?),
            },
            ["help", "ends"] => Command::EndHelp { ring: PublicId(Uuid::from_u128(HELP_RING)) },
            ["note", name] => {
                Command::SetNote { visit: self.visit(name)?, note: Some(NoteId(Uuid::from_u128(self.draw()))) }
            }
            ["no", "note", name] => Command::SetNote { visit: self.visit(name)?, note: None },
            ["gone", names @ ..] => {
                let gone = names.iter().map(|name| self.visit(name)).collect::<Result<_, _>>()?;
                Command::RollCall { gone }
            }
            _ => return Ok(None),
        }))
    }

    /// The first name of a line names the booking or visit that began with it.
    fn name_new(&mut self, tokens: &[&str], events: &[office::Event]) {
        let Some(name) = tokens.first() else { return };
        for event in events {
            match &event.kind {
                EventKind::Booking(BookingEvent::Held { booking, .. }) => {
                    self.bookings.insert((*name).to_owned(), *booking);
                }
                EventKind::Booking(BookingEvent::Booked(booking))
                | EventKind::Visit(VisitEvent::TimeFixed { booking, .. }) => {
                    self.bookings.insert((*name).to_owned(), booking.id);
                }
                EventKind::Visit(
                    VisitEvent::TicketTaken(visit)
                    | VisitEvent::CameDirectly(visit)
                    | VisitEvent::OutageVisitEntered(visit),
                ) => {
                    self.visits.insert((*name).to_owned(), visit.id);
                }
                _ => {}
            }
        }
    }

    /// A service by its key, as the office knows it or as the script describes it.
    pub fn service(&self, key: &str) -> Result<ServiceId, String> {
        let known = self.office.config.as_ref().map(|config| setup::service_id(config, key));
        known.and_then(Result::ok).map_or_else(|| setup::service_id(&self.config, key), Ok)
    }

    /// A booking by its name.
    pub fn booking(&self, name: &str) -> Result<BookingId, String> {
        self.bookings.get(name).copied().ok_or_else(|| format!("there is no booking {name}"))
    }

    /// A visit by its name.
    pub fn visit(&self, name: &str) -> Result<VisitId, String> {
        self.visits.get(name).copied().ok_or_else(|| format!("there is no visit {name}"))
    }

    /// The visit that a desk holds, unless the line says what the clerk believes: `holding W1`, `holding nobody`.
    fn holding(&self, desk: DeskId, rest: &[&str]) -> Result<Option<VisitId>, String> {
        match after(rest, "holding") {
            Some("nobody") => Ok(None),
            Some(name) => Ok(Some(self.visit(name)?)),
            None => Ok(self.office.desks.get(&desk).and_then(|open| open.holds)),
        }
    }

    /// The desk that a line speaks of.
    fn desk(&self, name: &str, rest: &[&str]) -> Result<DeskId, String> {
        if let Some(desk) = after(rest, "at") {
            return number(desk);
        }
        let visit = self.office.visits.get(&self.visit(name)?);
        Ok(visit.and_then(|visit| visit.state.held_by()).unwrap_or(DeskId(1)))
    }

    fn draw(&mut self) -> u128 {
        self.drawn += 1;
        self.drawn
    }

    fn public(&mut self) -> PublicId {
        PublicId(Uuid::from_u128(self.draw()))
    }

    fn reference(&mut self) -> Reference {
        Reference(format!("R{:07}", self.draw()))
    }
}

/// What the rest of a line says about a booking or a ticket.
struct Wish {
    date: Option<chrono::NaiveDate>,
    channel: Channel,
    persons: u8,
    cases: u8,
    audience: Audience,
    address: Option<AddressId>,
    if_late: Option<LateChoice>,
    needs: Needs,
    priority: bool,
    could_not_book: bool,
    minutes: Option<u16>,
    reference: Option<String>,
}

impl Wish {
    /// `[on DATE] [by telephone] [2 persons] [3 cases] [public] [agent 1] [address 1] [late end-of-day] [priority] [as REF] …`
    fn read(tokens: &[&str]) -> Result<Self, String> {
        let mut wish = Self {
            date: None,
            channel: Channel::InPerson,
            persons: 1,
            cases: 1,
            audience: Audience::Internal,
            address: None,
            if_late: None,
            needs: Needs::default(),
            priority: false,
            could_not_book: false,
            minutes: None,
            reference: None,
        };
        let mut rest = tokens;
        loop {
            rest = match rest {
                [] => return Ok(wish),
                ["on", date, rest @ ..] => {
                    wish.date = Some(date.parse().map_err(|_| format!("`{date}` is no date"))?);
                    rest
                }
                ["by", "telephone", rest @ ..] => {
                    wish.channel = Channel::Telephone;
                    rest
                }
                [count, "person" | "persons", rest @ ..] => {
                    wish.persons = count.parse().map_err(|_| "how many persons?")?;
                    rest
                }
                [count, "case" | "cases", rest @ ..] => {
                    wish.cases = count.parse().map_err(|_| "how many cases?")?;
                    rest
                }
                [count, "minutes", rest @ ..] => {
                    wish.minutes = Some(count.parse().map_err(|_| "how many minutes?")?);
                    rest
                }
                ["public", rest @ ..] => {
                    wish.audience = Audience::Public;
                    rest
                }
                ["agent", one, rest @ ..] => {
                    wish.audience = Audience::Agent(AgentId(one.parse().map_err(|_| "which agent?")?));
                    rest
                }
                ["address", one, rest @ ..] => {
                    if wish.audience == Audience::Internal {
                        wish.audience = Audience::Public;
                    }
                    wish.address = Some(AddressId(Uuid::from_u128(one.parse().map_err(|_| "which address?")?)));
                    rest
                }
                ["late", choice, rest @ ..] => {
                    wish.if_late = late_choice(choice);
                    rest
                }
                ["priority", rest @ ..] => {
                    wish.priority = true;
                    rest
                }
                ["escort", rest @ ..] => {
                    wish.needs.escort = true;
                    rest
                }
                ["could", "not", "book", rest @ ..] => {
                    wish.could_not_book = true;
                    rest
                }
                ["as", reference, rest @ ..] => {
                    wish.reference = Some((*reference).to_owned());
                    rest
                }
                [word, ..] => return Err(format!("nobody understands `{word}` here")),
            };
        }
    }

    fn reference(&self, story: &mut Story) -> Reference {
        self.reference.clone().map_or_else(|| story.reference(), Reference)
    }

    fn party(&self, name: &str) -> Party {
        let person = name.bytes().fold(0u128, |id, byte| id << 8 | u128::from(byte));
        let Self { address, if_late, needs, .. } = *self;
        Party { person: PersonId(Uuid::from_u128(person)), address, language: Language::El, needs, if_late }
    }
}

/// The number of a desk.
fn number(text: &str) -> Result<DeskId, String> {
    text.parse().map(DeskId).map_err(|_| format!("`{text}` is no desk"))
}

/// The number of a ticket.
fn ticket_number(text: &str) -> Result<TicketNumber, String> {
    let (letter, count) = text.split_at(1);
    let count = count.parse().map_err(|_| format!("`{text}` is no number"))?;
    Ok(TicketNumber { letter: letter.chars().next().unwrap_or_default(), count })
}

/// The word that follows another.
fn after<'a>(tokens: &[&'a str], word: &str) -> Option<&'a str> {
    tokens.iter().position(|token| *token == word).and_then(|at| tokens.get(at + 1).copied())
}

fn late_choice(word: &str) -> Option<LateChoice> {
    match word {
        "end-of-day" => Some(LateChoice::EndOfDay),
        "book-anew" => Some(LateChoice::BookAnew),
        _ => None,
    }
}

fn because(word: &str) -> Result<OverrideReason, String> {
    serde_json::from_value(word.into()).map_err(|fault| fault.to_string())
}
