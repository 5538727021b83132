//! The form of the details under the names that other pages still call it by.

pub use people::{DetailFaults as Faults, DetailForm as Typed, DetailRules as Form, Particulars as Right};
