//! How an event is read: its name tells to what it happened, and what it happened to knows the rest.
//!
//! Nothing is buffered on the way, since a start reads a journal of a million events. The names are those that the derived
//! readers of the groups expect, asked of them once.

use std::{fmt, sync::LazyLock};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, EnumAccess, Error, IntoDeserializer, Visitor, value::StrDeserializer},
    forward_to_deserialize_any,
};

use super::{BookingEvent, DeskEvent, EventKind, HouseEvent, VisitEvent};

/// To what an event happens.
#[derive(Clone, Copy)]
enum EventGroup {
    House,
    Booking,
    Visit,
    Desk,
}

/// The names of all events.
struct Names {
    /// In the order in which the groups have them.
    all: Vec<&'static str>,
    /// By their length: few have the same, so that a name is found with few looks.
    groups: Vec<Vec<(&'static str, EventGroup)>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { all: Vec::new(), groups: Vec::new() };
    names.add(ExpectedNames::by::<HouseEvent>(), EventGroup::House);
    names.add(ExpectedNames::by::<BookingEvent>(), EventGroup::Booking);
    names.add(ExpectedNames::by::<VisitEvent>(), EventGroup::Visit);
    names.add(ExpectedNames::by::<DeskEvent>(), EventGroup::Desk);
    names
});

impl Names {
    fn add(&mut self, names: &'static [&'static str], group: EventGroup) {
        self.all.extend_from_slice(names);
        for name in names {
            self.groups.resize(self.groups.len().max(name.len() + 1), Vec::new());
            self.groups[name.len()].push((name, group));
        }
    }

    fn find(&self, name: &str) -> Option<(&'static str, EventGroup)> {
        self.groups.get(name.len())?.iter().find(|(known, _)| *known == name).copied()
    }
}

impl<'de> Deserialize<'de> for EventKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_enum("EventKind", &NAMES.all, EventReader)
    }
}

/// Reads an event of any group.
struct EventReader;

impl<'de> Visitor<'de> for EventReader {
    type Value = EventKind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an event")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, event: A) -> Result<EventKind, A::Error> {
        let ((name, group), variant) = event.variant_seed(NameReader)?;
        let named = NamedEvent { name, variant };
        Ok(match group {
            EventGroup::House => HouseEvent::deserialize(named)?.into(),
            EventGroup::Booking => BookingEvent::deserialize(named)?.into(),
            EventGroup::Visit => VisitEvent::deserialize(named)?.into(),
            EventGroup::Desk => DeskEvent::deserialize(named)?.into(),
        })
    }
}

/// Reads the name of an event, and finds its group.
struct NameReader;

impl<'de> DeserializeSeed<'de> for NameReader {
    type Value = (&'static str, EventGroup);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for NameReader {
    type Value = (&'static str, EventGroup);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an event")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        NAMES.find(name).ok_or_else(|| E::unknown_variant(name, &NAMES.all))
    }
}

/// An event whose name is read already, and the rest not yet.
struct NamedEvent<A> {
    name: &'static str,
    variant: A,
}

impl<'de, A: serde::de::VariantAccess<'de>> Deserializer<'de> for NamedEvent<A> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, A: serde::de::VariantAccess<'de>> EnumAccess<'de> for NamedEvent<A> {
    type Error = A::Error;
    type Variant = A;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, A), A::Error> {
        let name: StrDeserializer<'_, A::Error> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.variant))
    }
}

/// Has nothing to read, and so learns which names an enum expects.
struct ExpectedNames<'a>(&'a mut &'static [&'static str]);

impl ExpectedNames<'_> {
    /// The names that an enum is read by.
    fn by<T: for<'de> Deserialize<'de>>() -> &'static [&'static str] {
        let mut names: &'static [&'static str] = &[];
        // What comes back is the refusal to go on.
        let _ = T::deserialize(ExpectedNames(&mut names));
        names
    }
}

impl<'de> Deserializer<'de> for ExpectedNames<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Error::custom("there is nothing to read"))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = names;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
