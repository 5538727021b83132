//! The figures of an office (FLD-10): what its journal says of its days, in numbers and without people.
//!
//! A day that is closed becomes [`DayFacts`], once and for good; [`OfficeFigures`] are counted from any number of them. There is
//! no I/O here and no clock: the same journal gives the same figures on every machine.

mod code;
mod day;
mod face;
mod fact;
mod kept;
mod open;
mod overtaken;
mod plot;
mod spread;
mod tables;

pub use day::{DayFacts, DeskFact, closed_by, days_of};
pub use face::VisitFace;
pub use fact::{ArrivalWay, BookedBy, BookingFact, BookingFate, VisitEnd, VisitFact};
pub use kept::{KeptTarget, KeptTargets};
pub use open::{GROUP_LEAST, OpenFigures, OpenGroup, OpenMonth};
pub use overtaken::{PassedCount, PassedFor};
pub use plot::{PlotRow, RowPlot};
pub use spread::Spread;
pub use tables::{BookingGroup, DeskTime, FigureChoice, OfficeFigures, VisitGroup};
