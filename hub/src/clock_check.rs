//! What speaks for the machine's clock, and what is done as long as nothing does (PROM-10).

use std::{
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};

use post::{MailConfig, server_date};
use store::Store;
use writer::{AGREES_WITHIN, Belief, Clock, DoubtCause, Writer};

/// A hub that starts no later than this after it was last seen is believed: the longest night between two days of an
/// office, and less than the day by which a clock goes wrong that somebody sets.
const CLOSE: TimeDelta = TimeDelta::hours(20);
/// A machine that was off for longer was in no cupboard: staff are told at once. After less it is believed by itself, when
/// people have worked with it for some hours.
const OFF_MAX: TimeDelta = TimeDelta::days(100);
/// So many hours from the first thing that people did to the last: who opens an office's day sees the wrong date, and the
/// wrong bookings, well before. A hub that stands alone goes on doubting, however long.
const WORKED_MIN: Duration = Duration::from_hours(4);
/// Between two looks for somebody who agrees: soon at first, since a clock is set within minutes of a start.
const LOOK_AGAIN_FIRST: Duration = Duration::from_secs(15);
const LOOK_AGAIN_LAST: Duration = Duration::from_hours(1);
/// The program that knows is not waited for any longer.
const ASKED_FOR_MAX: Duration = Duration::from_secs(5);

/// Whether the clock is believed at a start, by what is known before anybody can be asked.
///
/// # Errors
/// If the store cannot be read or written.
pub fn at_start(store: &Store, clock: Clock, belief: &Belief) -> anyhow::Result<()> {
    if clock.is_rehearsal() {
        return Ok(());
    }
    let seen = store.last_event_at()?.max(store.alive_at()?);
    // What was written while the clock was in doubt says nothing.
    let Some(last) = store.believed_at()?.or(seen) else { return Ok(()) };
    let away = clock.now() - last;
    if (-AGREES_WITHIN..=CLOSE).contains(&away) || is_kernel_synchronised() {
        store.note_believed_at(None)?;
        return Ok(());
    }
    store.note_believed_at(Some(last))?;
    belief.begin(DoubtCause::Start, last, !(-AGREES_WITHIN..=OFF_MAX).contains(&away));
    Ok(())
}

/// While the clock is in doubt, looks for somebody who agrees with it; for ever.
pub async fn keep(belief: Belief, writer: Writer, mail: MailConfig) {
    while let Some(doubt) = belief.doubted().await {
        note(&writer, Some(doubt.believed_at)).await;
        let mut pause = LOOK_AGAIN_FIRST;
        while belief.doubt().is_some() {
            if tokio::task::spawn_blocking(is_kernel_synchronised).await.unwrap_or_default() {
                belief.end("the kernel calls itself synchronised");
            } else if let Some(date) = server_date(&mail).await {
                belief.witness(date, "the mail server agrees");
            }
            if !doubt.is_told && belief.worked_for() >= WORKED_MIN {
                belief.end("people have worked with it for some hours");
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => pause = (pause * 2).min(LOOK_AGAIN_LAST),
                () = belief.believed() => {}
            }
        }
        note(&writer, None).await;
    }
}

async fn note(writer: &Writer, believed_at: Option<DateTime<Utc>>) {
    if let Err(error) = writer.change(move |store| store.note_believed_at(believed_at)).await {
        tracing::warn!(%error, "until when the clock was believed could not be kept");
    }
}

/// Whether the kernel's clock is kept by others (adjtimex(2)). The flag is asked for through the program of the system,
/// since our own code may not call the kernel, and no library that may shows it; where that program is missing, nobody
/// knows.
fn is_kernel_synchronised() -> bool {
    let (tell, told) = mpsc::channel();
    let ask = move || {
        let mut program = Command::new("timedatectl");
        program.args(["show", "--property=NTPSynchronized", "--value"]).stdin(Stdio::null()).stderr(Stdio::null());
        let said = program.output().is_ok_and(|said| said.stdout.trim_ascii() == b"yes");
        let _ = tell.send(said);
    };
    let asked = thread::Builder::new().name("synchronised".into()).spawn(ask);
    asked.is_ok() && told.recv_timeout(ASKED_FOR_MAX).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A store that was last seen so long ago, and what is then believed.
    fn started_after(away: TimeDelta) -> Option<bool> {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        store.note_alive(Clock::Machine.now() - away).unwrap();
        let belief = Belief::new(Clock::Machine);
        at_start(&store, Clock::Machine, &belief).unwrap();
        // Another start, a moment later, knows what the first one did not believe.
        store.note_alive(Clock::Machine.now()).unwrap();
        let again = Belief::new(Clock::Machine);
        at_start(&store, Clock::Machine, &again).unwrap();
        assert_eq!(again.doubt().map(|doubt| doubt.is_told), belief.doubt().map(|doubt| doubt.is_told));
        belief.doubt().map(|doubt| doubt.is_told)
    }

    #[test]
    fn prom_10_a_start_is_believed_after_a_night_and_in_quiet_doubt_after_a_weekend() {
        if is_kernel_synchronised() {
            return;
        }
        assert_eq!(started_after(TimeDelta::zero()), None);
        assert_eq!(started_after(TimeDelta::hours(17)), None, "a night");
        assert_eq!(started_after(TimeDelta::hours(25)), Some(false), "a day ahead: what is for good waits some hours");
        assert_eq!(started_after(TimeDelta::hours(65)), Some(false), "a weekend raises no alarm");
        assert_eq!(started_after(TimeDelta::days(90)), Some(false), "nor does a quarter of a year");
        assert_eq!(started_after(TimeDelta::days(3 * 365)), Some(true), "years ahead");
        assert_eq!(started_after(TimeDelta::days(-30)), Some(true), "back");
    }
}
