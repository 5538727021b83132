//! What a citizen with an account says of themselves: once, and not with every booking. What a certificate says of it
//! is needed for level B (PET-05).

use std::collections::BTreeSet;

use body::CertifiedField;
use serde::{Deserialize, Serialize};
use vocabulary::is_unseen;

use crate::{
    behalf::Behalf, detail::DetailKind, details::Details, form::LINE_CHARACTERS_MAX, postal_address::PostalAddress,
};

/// What somebody says of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// First and last name.
    pub name: String,
    /// Where they are called, as E.164.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// The number by which the tax register knows them (ΑΦΜ).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tax_number: String,
    /// The tax office (ΔΟΥ).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tax_office: String,
    /// Street and number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub street: String,
    /// Five digits in Greece.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// The town to which the postcode belongs.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub town: String,
}

/// One field of a profile.
#[derive(Debug, Clone, Copy)]
pub struct ProfileRow {
    /// Its name in forms; its label is the sentence with `profile-` before it.
    pub input: &'static str,
    /// How it is written.
    pub kind: DetailKind,
    /// The sentence that says what to write where nothing or something else stands.
    pub fault: &'static str,
    /// Whether nobody has an account without it (PET-03).
    pub is_required: bool,
    /// What of it a certificate of level B says: whoever changes that is to be certified again.
    pub certified: Option<CertifiedField>,
    /// What a browser may fill in.
    pub autocomplete: &'static str,
    get: fn(&Profile) -> &String,
    set: fn(&mut Profile) -> &mut String,
}

macro_rules! row {
    ($field:ident, $input:literal, $kind:ident, $fault:literal, $required:literal, $certified:expr, $auto:literal) => {
        ProfileRow {
            input: $input,
            kind: DetailKind::$kind,
            fault: $fault,
            is_required: $required,
            certified: $certified,
            autocomplete: $auto,
            get: |profile| &profile.$field,
            set: |profile| &mut profile.$field,
        }
    };
}

/// Every field, in the order of the forms.
pub const PROFILE: [ProfileRow; 7] = [
    row!(name, "full-name", Line, "profile-name-wrong", true, Some(CertifiedField::Name), "name"),
    row!(phone, "phone", Phone, "profile-phone-wrong", false, None, "tel"),
    row!(
        tax_number,
        "tax-number",
        TaxNumber,
        "profile-tax-number-wrong",
        false,
        Some(CertifiedField::TaxNumber),
        "off"
    ),
    row!(tax_office, "tax-office", Line, "profile-tax-office-wrong", false, Some(CertifiedField::TaxOffice), "off"),
    row!(street, "street", Line, "profile-street-wrong", false, Some(CertifiedField::Address), "street-address"),
    row!(postcode, "postcode", Postcode, "profile-postcode-wrong", false, Some(CertifiedField::Address), "postal-code"),
    row!(town, "town", Line, "profile-town-wrong", false, Some(CertifiedField::Address), "address-level2"),
];

impl ProfileRow {
    /// What stands there, as people read it.
    pub fn readable(&self, profile: &Profile) -> String {
        let kept = (self.get)(profile);
        if kept.is_empty() { String::new() } else { self.kind.readable(kept) }
    }

    /// Keeps what was typed.
    ///
    /// # Errors
    /// The sentence that says what to write instead.
    pub fn take(&self, profile: &mut Profile, typed: &str) -> Result<(), &'static str> {
        let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            (self.set)(profile).clear();
            return if self.is_required { Err(self.fault) } else { Ok(()) };
        }
        if line.chars().count() > LINE_CHARACTERS_MAX || line.chars().any(is_unseen) {
            return Err(self.fault);
        }
        let kept = self.kind.parse(&line).ok_or_else(|| self.kind.flaw(&line).unwrap_or(self.fault))?;
        *(self.set)(profile) = kept;
        Ok(())
    }
}

impl Profile {
    /// As it is kept.
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// The fields that level B needs and that are empty.
    pub fn missing_for_level_b(&self) -> Vec<&'static ProfileRow> {
        PROFILE.iter().filter(|row| row.certified.is_some() && (row.get)(self).is_empty()).collect()
    }

    /// What a certificate would say, as far as all of it stands here.
    pub fn certifiable(&self) -> BTreeSet<CertifiedField> {
        let missing: Vec<_> = self.missing_for_level_b().into_iter().filter_map(|row| row.certified).collect();
        CertifiedField::ALL.into_iter().filter(|field| !missing.contains(field)).collect()
    }

    /// What a certificate says, as far as it is another than before.
    pub fn certified_anew(&self, before: &Self) -> BTreeSet<CertifiedField> {
        let differs = |row: &&ProfileRow| (row.get)(self) != (row.get)(before);
        PROFILE.iter().filter(differs).filter_map(|row| row.certified).collect()
    }

    /// Everything that a clerk reads before certifying, in one text: what was shown is compared by it with what stands there.
    pub fn as_read(&self) -> String {
        PROFILE.iter().map(|row| (row.get)(self).as_str()).collect::<Vec<_>>().join("\n")
    }

    /// As the details of a booking for themselves.
    pub fn as_details(&self) -> Details {
        let has_address = !self.street.is_empty();
        Details {
            behalf: Behalf::Oneself,
            name: self.name.clone(),
            phone: Some(self.phone.clone()).filter(|phone| !phone.is_empty()),
            postal_address: has_address.then(|| PostalAddress {
                street: self.street.clone(),
                postcode: self.postcode.clone(),
                town: self.town.clone(),
            }),
            ..Details::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pet_05_level_b_needs_every_field_and_a_certified_one_that_changes_ends_it() {
        let mut profile = Profile::default();
        let typed = [
            ("full-name", " Μαρία   Παπαδάκη "),
            ("phone", "694 000 0000"),
            ("tax-number", "EL 090000045"),
            ("tax-office", "Αγίου Νικολάου"),
            ("street", "Κούνδουρου 12"),
            ("postcode", "721 00"),
            ("town", "Άγιος Νικόλαος"),
        ];
        assert_eq!(profile.missing_for_level_b().len(), PROFILE.len() - 1, "a telephone is on no certificate");
        assert!(profile.certifiable().is_empty());
        for (row, (input, text)) in PROFILE.iter().zip(typed) {
            assert_eq!((row.input, row.take(&mut profile, text)), (input, Ok(())));
        }
        assert!(profile.missing_for_level_b().is_empty());
        assert_eq!(profile.certifiable(), CertifiedField::ALL.into());
        assert_eq!((profile.name.as_str(), profile.tax_number.as_str()), ("Μαρία Παπαδάκη", "090000045"));
        let mut moved = profile.clone();
        PROFILE[1].take(&mut moved, "2841000000").unwrap();
        assert_eq!(moved.certified_anew(&profile), [].into());
        PROFILE[4].take(&mut moved, "Κούνδουρου 14").unwrap();
        assert_eq!(moved.certified_anew(&profile), [CertifiedField::Address].into());
        PROFILE[6].take(&mut moved, "").unwrap();
        assert!(!moved.certifiable().contains(&CertifiedField::Address), "half an address is none");
        assert_eq!(PROFILE[2].take(&mut moved, "090000046"), Err("profile-tax-number-wrong"));
        assert_eq!(PROFILE[0].take(&mut moved, "  "), Err("profile-name-wrong"));
        assert_eq!(profile.as_details().postal_address.unwrap().postcode, "72100");
    }
}
