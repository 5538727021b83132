//! What is written of the chaos once everything held: each fault, when staff were told of it and when that was over.

use std::{fmt::Write as _, time::Duration};

use super::{fault::SoakFault, load::SoakLedger};

/// What happened in one round.
pub struct SoakRound {
    pub fault: SoakFault,
    pub lasted: Duration,
    /// From the fault until staff could read of it.
    pub told: Duration,
    /// From its end until they could read of it no longer.
    pub gone: Duration,
    /// Tickets and requests that were acknowledged meanwhile.
    pub given: usize,
    pub submitted: usize,
    pub resident_kib: u64,
}

/// What the story as a whole came to.
pub struct SoakSums {
    pub lasted: Duration,
    /// All that were given, acknowledged or not.
    pub visits: u64,
    pub mails: usize,
    pub calls: usize,
    pub at_kiosk: usize,
    pub disk_is_mounted: bool,
}

pub fn report(sums: &SoakSums, rounds: &[SoakRound], ledger: &SoakLedger) -> String {
    let mut text = format!(
        "# Chaos under load\n\nWritten by `cargo xtask soak`, whose program is `hub/tests/program/soak/`.\n\n\
         It lasted {} minutes and {} rounds. {} tickets were acknowledged, {} of them at a kiosk whose line flapped; each is in \
         the journal, has a number of its own, and is answered again as it was. {} requests were acknowledged; each is there with \
         the number that its receipt showed, and the numbers of the protocol have no gap. {} wishes for level B were stated or \
         dropped, each one step. `hub verify` is content. {} mails left. The board took {} calls, each once.\n\n",
        sums.lasted.as_secs() / 60,
        rounds.len(),
        ledger.given.len() + sums.at_kiosk,
        sums.at_kiosk,
        ledger.submitted.len(),
        ledger.wishes,
        sums.mails,
        sums.calls,
    );
    let disk = if sums.disk_is_mounted {
        "a tmpfs of its own, filled"
    } else {
        "by word of the layer: nothing could be mounted"
    };
    let _ = writeln!(
        text,
        "The full disk was {disk}. Staff were told of each fault while it lasted, and no longer afterwards; of a round the \
         longest time counts.\n\n\
         | fault | what staff see | rounds | told after | gone after | tickets meanwhile | requests meanwhile | longest round | most memory |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    for fault in SoakFault::ALL {
        let of: Vec<&SoakRound> = rounds.iter().filter(|round| round.fault == fault).collect();
        let sum = |count: fn(&SoakRound) -> usize| of.iter().map(|round| count(round)).sum::<usize>();
        let most = |time: fn(&SoakRound) -> Duration| {
            of.iter().map(|round| time(round)).max().unwrap_or_default().as_secs_f64()
        };
        let memory = of.iter().map(|round| round.resident_kib).max().unwrap_or_default() / 1024;
        let _ = writeln!(
            text,
            "| {fault} | {} | {} | {:.1} s | {:.1} s | {} | {} | {:.0} s | {memory} MiB |",
            fault.shown_as(),
            of.len(),
            most(|round| round.told),
            most(|round| round.gone),
            sum(|round| round.given),
            sum(|round| round.submitted),
            most(|round| round.lasted),
        );
    }
    text.push_str("\nWhat whoever asked was told besides:\n\n");
    for (said, times) in &ledger.otherwise {
        let _ = writeln!(text, "- {said}: {times} times");
    }
    let (first, last) = memory(rounds);
    let _ = writeln!(
        text,
        "\nMemory: {} MiB on average in the first third of the rounds, {} MiB in the last, when {} visits of the day were held.",
        first / 1024,
        last / 1024,
        sums.visits
    );
    text
}

/// On average, in the first third of the rounds and in the last.
pub fn memory(rounds: &[SoakRound]) -> (u64, u64) {
    let third = (rounds.len() / 3).max(1);
    let mean = |some: &[SoakRound]| some.iter().map(|round| round.resident_kib).sum::<u64>() / some.len().max(1) as u64;
    (mean(&rounds[..third]), mean(&rounds[rounds.len() - third..]))
}
