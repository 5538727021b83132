//! What other houses are asked for the body: official numbers of its protocol system (PET-02), and citizens' records of its
//! register of debts and pending matters. What is asked and how an answer is read is pure; one small part speaks.
//!
//! As with sign-in, nobody out there is trusted with more than an answer: it is bounded in time and size, another address than
//! the configured one is never followed, and nothing that was said goes into a log.

mod door;
mod protocol;
mod records;

use std::sync::Arc;

use crew::WorkCrew;

pub use door::{AuditWords, OutsideDoor, OutsideDoorConfig, OutsideFault};
pub use protocol::{NumberQuestion, ProtocolSystem};
pub use records::{CitizenRecords, OpenDebt, PendingMatter, RecordsQuestion, RecordsRegister};

/// What the protocol system is asked and answers, as OpenAPI.
pub const PROTOCOL_CONTRACT: &str = include_str!("../../../docs/outside/protocol.openapi.json");
/// What the register of records is asked and answers, as OpenAPI.
pub const RECORDS_CONTRACT: &str = include_str!("../../../docs/outside/records.openapi.json");

/// So many answers are awaited at once: numbers are asked for one after the other, records by whoever looks.
const CREW_THREADS: usize = 4;
/// So many more people may wait for their turn; whoever comes then is told to come again in a moment.
const CREW_QUEUE: usize = 32;

/// Which other houses the body has asked, as its file says.
#[derive(Debug, Clone, Default)]
pub struct OutsideConfig {
    /// `[protocol]`, where it names an address.
    pub protocol: Option<OutsideDoorConfig>,
    /// `[records]`, where it names an address.
    pub records: Option<OutsideDoorConfig>,
}

/// The other houses, as the hub speaks to them.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// Who gives official numbers.
    pub protocol: Option<ProtocolSystem>,
    /// Who keeps citizens' records.
    pub records: Option<RecordsRegister>,
}

impl Outside {
    /// Opens the doors. Nobody is asked here: the hub starts while all of them are away.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn new(config: &OutsideConfig) -> anyhow::Result<Self> {
        let crew = Arc::new(WorkCrew::new("outside", CREW_THREADS, CREW_QUEUE));
        let open = |one: &Option<OutsideDoorConfig>| one.as_ref().map(|one| OutsideDoor::new(one, &crew)).transpose();
        Ok(Self {
            protocol: open(&config.protocol)?.map(ProtocolSystem),
            records: open(&config.records)?.map(RecordsRegister),
        })
    }
}
