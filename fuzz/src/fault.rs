//! What the readers of providers' answers say is wrong, as `identity` has it (`hub/identity/src/fault.rs`, which stands on the
//! lines and the crew that ask).

/// Why a provider signed nobody in, as far as its answer says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderFault {
    /// It says no to the hub.
    Refused(u16),
    /// Its answer is none that it may give.
    Unreadable(UnreadCause),
    /// The account there is no natural person's.
    NotAPerson,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadCause {
    /// It is not in the form that was asked for.
    Form,
    /// It is XML with a document type.
    DocumentType,
    /// What it says of a person is not what it should be.
    Value,
}
