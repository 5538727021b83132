//! The details of a booking (OMB-09), as they are kept: they belong to it, and to no other of the same address.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{behalf::Behalf, postal_address::PostalAddress};

/// What was said with a booking.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Whether somebody booked for themselves or for another.
    pub behalf: Behalf,
    /// Who comes: the person served, or who represents a legal person.
    pub name: String,
    /// Who books, if for somebody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applicant: Option<String>,
    /// The legal person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The legal person's tax number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<String>,
    /// Where the person served has mail, if not at the address that was proven.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub served_email: Option<String>,
    /// Where the person served is called, as E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Where post reaches them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_address: Option<PostalAddress>,
    /// The number of an identity card or a passport.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// The answers to the service's own fields (FLD-28), by key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

impl Details {
    /// As they are kept.
    pub fn from_json(json: &serde_json::Value) -> Option<Self> {
        serde_json::from_value(json.clone()).ok()
    }
}
