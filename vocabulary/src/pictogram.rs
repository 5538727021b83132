//! The pictures by which a service is found without reading.

use serde::{Deserialize, Serialize};

/// A picture of what a service is about; an office names one for each of its services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Pictogram {
    /// A written page: what every office gives.
    #[default]
    Document,
    /// A certificate with its seal.
    Certificate,
    /// Several people of one house.
    Family,
    /// An identity card.
    Identity,
    /// A hand that signs.
    Signature,
    /// Two equal pages.
    Copy,
    /// A car, for licences and vehicles.
    Car,
    /// Somebody in a wheelchair.
    Disability,
    /// A stethoscope.
    Health,
    /// A pram: births and small children.
    Child,
    /// A dwelling.
    Home,
    /// Buildings, for works and permits.
    Building,
    /// A sheet of a tax office.
    Tax,
    /// Coins: payments and allowances.
    Money,
    /// A drop of water.
    Water,
    /// A tree: cleaning and parks.
    Green,
    /// A lamp: lighting and electricity.
    Light,
    /// A school: education and enrolment.
    School,
    /// A briefcase: work and trades.
    Work,
    /// A shop: businesses and their licences.
    Shop,
    /// Scales: law and records.
    Law,
    /// A globe: residence and foreigners.
    World,
    /// A shield with a tick: being certified.
    Shield,
    /// A letter i: information.
    Information,
}

impl Pictogram {
    /// Every picture, in the order of the list in the documentation.
    pub const ALL: [Self; 24] = [
        Self::Document,
        Self::Certificate,
        Self::Family,
        Self::Identity,
        Self::Signature,
        Self::Copy,
        Self::Car,
        Self::Disability,
        Self::Health,
        Self::Child,
        Self::Home,
        Self::Building,
        Self::Tax,
        Self::Money,
        Self::Water,
        Self::Green,
        Self::Light,
        Self::School,
        Self::Work,
        Self::Shop,
        Self::Law,
        Self::World,
        Self::Shield,
        Self::Information,
    ];

    /// Whether it is the usual one, which need not be said.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}
