//! The line to a page that is open before a room: it is told how the door stands, and at each change of it, by time, by what
//! becomes of the visit, by what a clerk decides. While the door is open it has a seat. What ends a line ends in words.

use std::sync::Arc;

use access::Session;
use acts::Fault;
use chrono::TimeDelta;
use rooms::{
    JitsiEntry, LineId, RoomDoor, RoomEnd, RoomProvider, SEAT_KEPT_SECONDS, SeatRefusal, Signal, SignalRefusal,
};
use secrets::{CallPass, CallSubject};
use tokio::sync::{mpsc, watch};
use wire::ProblemCode;

use crate::{
    exchange::CallExchange,
    live::RoomWatch,
    standing::{CallStanding, room_of, room_pass},
    told::{DoorTold, frame},
};

/// So much waits for a reader; one that does not keep up is let go of, and comes again.
const FRAMES_MAX: usize = 256;

/// Somebody before a room, or in it.
#[derive(Debug, Clone)]
pub struct CallLine {
    /// Where lines and seats are kept.
    pub exchange: CallExchange,
    /// By what they come.
    pub pass: CallPass,
    /// The session of who comes as a clerk.
    pub session: Option<Arc<Session>>,
}

/// What has come of looking at the door.
enum Looked {
    /// The line goes on.
    On,
    /// It goes on, and waits for a seat.
    Full,
    /// The room leads nowhere any more, and the line ends.
    Over,
}

impl CallLine {
    /// Whether a clerk's pass comes with the session that it was made for; nobody else's is asked.
    ///
    /// # Errors
    /// `not-signed-in` or `not-allowed`.
    fn check_host(&self) -> Result<(), ProblemCode> {
        let Some(account) = self.pass.account() else { return Ok(()) };
        let session = self.session.as_ref().ok_or(ProblemCode::NotSignedIn)?;
        let works = match self.pass.subject() {
            CallSubject::Booking(office, _) => session.works_in(&*self.exchange.office(office)?),
            // What they were granted is asked for with each look at the door.
            CallSubject::Conference(_) => true,
        };
        if session.account.id == account && works { Ok(()) } else { Err(ProblemCode::NotAllowed) }
    }

    /// Opens the line of a page.
    ///
    /// # Errors
    /// That the pass is none, that there is no such room, that too many pages are before it, or that the hub cannot read.
    pub async fn follow(self, page: LineId) -> Result<mpsc::Receiver<String>, Fault> {
        self.check_host()?;
        let changes = match self.pass.subject() {
            CallSubject::Booking(office, _) => self.exchange.office(office)?.changes(),
            CallSubject::Conference(_) => self.exchange.conferences.clone(),
        };
        let standing = self.exchange.standing(&self.pass).await?;
        let watch = self.exchange.house.watch(standing.doors.room).ok_or(ProblemCode::TooManyRequests)?;
        let (frames, receiver) = mpsc::channel(FRAMES_MAX);
        let kept = KeptLine { line: self, page, changes, frames, told: String::new(), serial: None };
        tokio::spawn(kept.keep(watch));
        Ok(receiver)
    }

    /// Passes on what a page sends.
    ///
    /// # Errors
    /// That it has no seat, or that this cannot be sent.
    pub fn say(&self, signal: &Signal) -> Result<(), Fault> {
        self.check_host()?;
        let (room, pass) = (room_of(&self.exchange.key, self.pass.subject()), room_pass(&self.pass));
        let now = self.exchange.ledger.clock.now();
        self.exchange.house.pass_on(room, pass, signal, now).map_err(refused)?;
        if signal.kind == rooms::SignalKind::Bye {
            self.exchange.house.leave(room, pass, now);
        }
        Ok(())
    }
}

fn refused(refusal: SignalRefusal) -> Fault {
    match refusal {
        SignalRefusal::NoSeat => {
            Fault { words: Some(text::words("call-no-seat", &[])), ..ProblemCode::NotCallable.into() }
        }
        SignalRefusal::NobodyThere => {
            Fault { words: Some(text::words("call-nobody-there", &[])), ..ProblemCode::NotCallable.into() }
        }
        SignalRefusal::TooLong => ProblemCode::TooLarge.into(),
        SignalRefusal::TooFast => ProblemCode::TooManyRequests.into(),
    }
}

/// A line while it is open.
struct KeptLine {
    line: CallLine,
    page: LineId,
    /// Told of each change of what the room belongs to.
    changes: watch::Receiver<u64>,
    frames: mpsc::Sender<String>,
    /// What was said last of the door.
    told: String,
    /// What tells this line from another of the same seat, while it has one.
    serial: Option<u64>,
}

impl KeptLine {
    async fn keep(mut self, mut watch: RoomWatch) {
        let exchange = self.line.exchange.clone();
        let clock = exchange.ledger.clock;
        let mut changes = self.changes.clone();
        let mut endings = exchange.access.accounts.endings();
        let mut standing = None;
        loop {
            // Whatever changes from here on is looked at again.
            changes.mark_unchanged();
            watch.changed.mark_unchanged();
            endings.mark_unchanged();
            // A pass that has ended meanwhile is as good as one that was taken away.
            let Ok(fresh) = exchange.standing(&self.line.pass).await else {
                self.tell(&DoorTold::Over { why: RoomEnd::Removed });
                break;
            };
            let now = clock.now();
            let next = fresh.doors.state.next_change(fresh.pass, now);
            let sat = self.serial.is_some();
            let next = match self.look(&fresh) {
                Looked::On => next,
                // Who must wait for a seat looks again when one may be given up.
                Looked::Full => next.map(|next| next.min(now + TimeDelta::seconds(SEAT_KEPT_SECONDS))),
                Looked::Over => None,
            };
            if sat != self.serial.is_some() {
                exchange.note_seat(&self.line.pass, !sat).await;
            }
            standing = Some(fresh);
            let Some(next) = next.filter(|_| self.is_good()) else { break };
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { break },
                changed = watch.changed.changed() => if changed.is_err() { break },
                _ = endings.changed() => {}
                () = clock.sleep_until(next) => {}
                () = self.frames.closed() => break,
            }
        }
        if let (Some(CallStanding { doors, pass }), Some(serial)) = (standing, self.serial) {
            // Whose seat another page of theirs has taken is still there.
            let has_gone = exchange.house.has(doors.room, pass, serial) || !exchange.house.sits(doors.room, pass);
            exchange.house.drop_line(doors.room, pass, serial, clock.now());
            if has_gone {
                exchange.note_seat(&self.line.pass, false).await;
            }
            // Another page of theirs may have come while that was written.
            if has_gone && exchange.house.sits(doors.room, pass) {
                exchange.note_seat(&self.line.pass, true).await;
            }
        }
    }

    /// Looks at the door, says how it stands, and takes a seat where it is open.
    fn look(&mut self, CallStanding { doors, pass }: &CallStanding) -> Looked {
        let exchange = self.line.exchange.clone();
        let now = exchange.ledger.clock.now();
        match doors.state.door(*pass, now) {
            RoomDoor::Waiting { opens } => {
                self.tell(&DoorTold::Waiting { opens });
                Looked::On
            }
            RoomDoor::Over(why) => {
                self.tell(&DoorTold::Over { why });
                exchange.house.leave(doors.room, *pass, now);
                Looked::Over
            }
            RoomDoor::Outside { .. } => {
                self.tell(&DoorTold::Outside);
                exchange.house.leave(doors.room, *pass, now);
                self.serial = None;
                Looked::On
            }
            RoomDoor::Open { until } => match (&doors.provider, self.serial) {
                // Nobody sits in a room of ours then; the line stays, so that the page learns when the room is over.
                (RoomProvider::Link(address), _) => {
                    self.tell(&DoorTold::Led { to: address.as_str(), ends: doors.state.hours.ends });
                    Looked::On
                }
                (RoomProvider::Jitsi(server), _) => {
                    let opens = doors.state.hours.opens_for(pass.role);
                    let entry = JitsiEntry { room: doors.name, role: pass.role, opens, closes: until };
                    match server.led(&entry) {
                        Some(to) => self.tell(&DoorTold::Within { to: &to, ends: doors.state.hours.ends }),
                        None => self.tell(&DoorTold::Full),
                    }
                    Looked::On
                }
                (RoomProvider::BuiltIn, Some(serial)) if exchange.house.has(doors.room, *pass, serial) => Looked::On,
                (RoomProvider::BuiltIn, Some(_)) => {
                    self.tell(&DoorTold::Elsewhere);
                    Looked::Over
                }
                (RoomProvider::BuiltIn, None) => {
                    let relay = exchange.ice.relay_only;
                    let (ice, ends) = (exchange.servers(until), doors.state.hours.ends);
                    let hello = frame("door", &DoorTold::Open { until, ends, ice, relay });
                    let seat = exchange.house.sit(doors.room, (*pass, self.page), (&self.frames, hello), now);
                    match seat {
                        Ok(serial) => {
                            self.serial = Some(serial);
                            Looked::On
                        }
                        Err(SeatRefusal::Full) => {
                            self.tell(&DoorTold::Full);
                            Looked::Full
                        }
                    }
                }
            },
        }
    }

    /// Says how the door stands, if it was said otherwise before.
    fn tell(&mut self, door: &DoorTold<'_>) {
        let told = frame("door", door);
        if told != self.told {
            drop(self.frames.try_send(told.clone()));
            self.told = told;
        }
    }

    /// Whether who comes as a clerk is still signed in.
    fn is_good(&self) -> bool {
        let access = &self.line.exchange.access;
        self.line.session.as_ref().filter(|_| self.line.pass.account().is_some()).is_none_or(|session| {
            access.accounts.is_good(session, self.line.exchange.ledger.clock.now()) && !access.is_locked(session)
        })
    }
}
