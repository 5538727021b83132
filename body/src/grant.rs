//! Who may do what, and where: one table of role, action and scope, as data.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{CategoryId, ListId, OfficeId, UnitId};

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$of])* $variant,)*
        }

        impl $name {
            /// Every one, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in what is kept.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl FromStr for $name {
            type Err = NoGrant;

            fn from_str(text: &str) -> Result<Self, NoGrant> {
                Self::ALL.iter().copied().find(|one| one.name() == text).ok_or(NoGrant)
            }
        }
    };
}

/// What is no role, no scope, or not both together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no role that is given in this scope")]
pub struct NoGrant;

named! {
    /// What somebody is to the body beside a citizen.
    Role {
        /// Sets up the body or an office, and looks after accounts.
        Administrator = "administrator",
        /// Serves at a desk.
        Clerk = "clerk",
        /// Books for citizens (TRN-07).
        Agent = "agent",
        /// Certifies who somebody is, at a desk (PLA-04).
        Certifier = "certifier",
        /// Works on requests (PET-02).
        CaseWorker = "case-worker",
        /// Shares requests out among those who work on them.
        RequestSupervisor = "request-supervisor",
        /// Looks after a list. No action is theirs yet, so that nobody can be made one.
        Coordinator = "coordinator",
        /// Runs the conferences of the whole body (PRE-06).
        CoordinatorOfOrganisation = "coordinator-of-organisation",
        /// Holds conferences for a unit (PRE-07).
        CoordinatorOfUnit = "coordinator-of-unit",
    }
}

named! {
    /// Something that not everybody may do.
    Action {
        /// Calls, serves, finishes.
        ServeAtDesk = "serve-at-desk",
        /// Books for callers, moves, cancels.
        KeepBookings = "keep-bookings",
        /// Books for citizens of one's own.
        BookForCitizens = "book-for-citizens",
        /// Hours, closures, texts, devices of an office.
        SetUpOffice = "set-up-office",
        /// What holds for the whole body.
        SetUpBody = "set-up-body",
        /// Looks for an account; each look is written down.
        FindAccounts = "find-accounts",
        /// Blocks an account and lets it in again.
        BlockAccounts = "block-accounts",
        /// Helps with a lost second factor.
        HelpWithFactors = "help-with-factors",
        /// Gives and takes grants.
        GrantRoles = "grant-roles",
        /// Reads who came in and what was done to accounts.
        ReadAudit = "read-audit",
        /// Certifies who somebody is.
        Certify = "certify",
        /// Takes a certification back.
        RevokeCertification = "revoke-certification",
        /// Closes and opens level B for a service or category (PLA-07).
        SwitchLevelB = "switch-level-b",
        /// Opens the list of requests and reads what stands in each.
        ReadRequests = "read-requests",
        /// Takes, asks, decides, readies.
        WorkOnRequests = "work-on-requests",
        /// Assigns requests to others.
        AssignRequests = "assign-requests",
        /// Hands a result out against identity (PLA-03).
        HandOutResults = "hand-out-results",
        /// Posts results (PET-06).
        PostResults = "post-results",
        /// Sees counts and times of requests, and nothing of anybody.
        SeeRequestFigures = "see-request-figures",
        /// Plans conferences, and manages those that one planned oneself.
        CreateConferences = "create-conferences",
        /// Invites whomever, of whichever body, to a conference that one manages.
        InviteToConferences = "invite-to-conferences",
        /// Goes into conferences that others planned.
        TakePartInConferences = "take-part-in-conferences",
        /// Oversees and manages conferences that others planned.
        ManageConferences = "manage-conferences",
        /// Decides who becomes a coordinator of a unit by request.
        DecideUnitCoordinators = "decide-unit-coordinators",
        /// Decides who becomes a coordinator of the organisation.
        DecideOrganisationCoordinators = "decide-organisation-coordinators",
        /// Adds units to those of the body's file.
        MakeUnits = "make-units",
        /// Makes somebody the coordinator of a unit by an invitation, and ends that.
        AppointUnitCoordinators = "appoint-unit-coordinators",
        /// Sees the figures of an office, of all its desks, and what visitors wrote afterwards.
        SeeFigures = "see-figures",
    }
}

named! {
    /// What a grant can be tied to.
    ScopeKind {
        /// The whole body, with everything that belongs to it.
        Body = "body",
        /// One unit, with the requests that it works on.
        Unit = "unit",
        /// One office, with its desks and bookings.
        Office = "office",
        /// One list of people whom somebody looks after.
        List = "list",
        /// A category of requests.
        Category = "category",
    }
}

/// Where a grant holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GrantScope {
    /// It holds everywhere.
    Body,
    /// It holds for what this unit works on.
    Unit(UnitId),
    /// It holds in this office.
    Office(OfficeId),
    /// It holds for the people of this list.
    List(ListId),
    /// For a category of requests.
    Category(CategoryId),
}

impl GrantScope {
    /// What it is tied to, without which one.
    #[must_use]
    pub const fn kind(self) -> ScopeKind {
        match self {
            Self::Body => ScopeKind::Body,
            Self::Unit(_) => ScopeKind::Unit,
            Self::Office(_) => ScopeKind::Office,
            Self::List(_) => ScopeKind::List,
            Self::Category(_) => ScopeKind::Category,
        }
    }
}

impl fmt::Display for GrantScope {
    /// `body`, `unit:3`, as it is kept.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind().name();
        match self {
            Self::Body => f.write_str(kind),
            Self::Unit(unit) => write!(f, "{kind}:{unit}"),
            Self::Office(office) => write!(f, "{kind}:{office}"),
            Self::List(list) => write!(f, "{kind}:{list}"),
            Self::Category(category) => write!(f, "{kind}:{category}"),
        }
    }
}

impl FromStr for GrantScope {
    type Err = NoGrant;

    fn from_str(text: &str) -> Result<Self, NoGrant> {
        let Some((kind, number)) = text.split_once(':') else {
            return (text == ScopeKind::Body.name()).then_some(Self::Body).ok_or(NoGrant);
        };
        match kind.parse()? {
            ScopeKind::Body => Err(NoGrant),
            ScopeKind::Unit => number.parse().map(Self::Unit).map_err(|_| NoGrant),
            ScopeKind::Office => number.parse().map(Self::Office).map_err(|_| NoGrant),
            ScopeKind::List => number.parse().map(Self::List).map_err(|_| NoGrant),
            ScopeKind::Category => number.parse().map(Self::Category).map_err(|_| NoGrant),
        }
    }
}

/// What an action is about: everything that it lies in, so that a grant for any of it is one for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ActionPlace {
    unit: Option<UnitId>,
    office: Option<OfficeId>,
    list: Option<ListId>,
    category: Option<CategoryId>,
}

impl ActionPlace {
    /// The body itself.
    pub const BODY: Self = Self { unit: None, office: None, list: None, category: None };

    /// Where something is done that is about one office alone.
    #[must_use]
    pub const fn office(office: OfficeId) -> Self {
        Self { office: Some(office), ..Self::BODY }
    }

    /// Where something is done that is about one list alone.
    #[must_use]
    pub const fn list(list: ListId) -> Self {
        Self { list: Some(list), ..Self::BODY }
    }

    /// A request, of a category, in a unit.
    #[must_use]
    pub const fn case(category: CategoryId, unit: UnitId) -> Self {
        Self { unit: Some(unit), category: Some(category), ..Self::BODY }
    }

    /// Everything that belongs to one unit.
    #[must_use]
    pub const fn unit(unit: UnitId) -> Self {
        Self { unit: Some(unit), ..Self::BODY }
    }

    /// A category of requests, wherever its requests lie.
    #[must_use]
    pub const fn category(category: CategoryId) -> Self {
        Self { category: Some(category), ..Self::BODY }
    }

    /// The same, done at an office: a result that is handed out at its desk.
    #[must_use]
    pub const fn at(self, office: OfficeId) -> Self {
        Self { office: Some(office), ..self }
    }

    /// The scopes in which it lies, the widest first.
    fn scopes(self) -> impl Iterator<Item = GrantScope> {
        let Self { unit, office, list, category } = self;
        [
            Some(GrantScope::Body),
            unit.map(GrantScope::Unit),
            office.map(GrantScope::Office),
            list.map(GrantScope::List),
            category.map(GrantScope::Category),
        ]
        .into_iter()
        .flatten()
    }

    /// Whether it lies in a scope.
    #[must_use]
    pub fn is_in(&self, scope: GrantScope) -> bool {
        match scope {
            GrantScope::Body => true,
            GrantScope::Unit(unit) => self.unit == Some(unit),
            GrantScope::Office(office) => self.office == Some(office),
            GrantScope::List(list) => self.list == Some(list),
            GrantScope::Category(category) => self.category == Some(category),
        }
    }
}

/// A role in a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grant {
    role: Role,
    scope: GrantScope,
}

impl Grant {
    /// A role in a scope, if it may do anything there.
    ///
    /// # Errors
    /// [`NoGrant`] where the role has no action in such a scope.
    pub fn new(role: Role, scope: GrantScope) -> Result<Self, NoGrant> {
        role.scopes().any(|kind| kind == scope.kind()).then_some(Self { role, scope }).ok_or(NoGrant)
    }

    /// What its holder may do there.
    #[must_use]
    pub const fn role(self) -> Role {
        self.role
    }

    /// What it is tied to.
    #[must_use]
    pub const fn scope(self) -> GrantScope {
        self.scope
    }

    /// Whether it allows something somewhere.
    #[must_use]
    pub fn allows(self, action: Action, place: &ActionPlace) -> bool {
        place.is_in(self.scope) && allowed_in(self.role, action).contains(&self.scope.kind())
    }
}

impl Role {
    /// The kinds of scope in which it is given.
    pub fn scopes(self) -> impl Iterator<Item = ScopeKind> {
        let has = move |kind: &ScopeKind| TABLE.iter().any(|(role, _, kinds)| *role == self && kinds.contains(kind));
        ScopeKind::ALL.iter().copied().filter(has)
    }
}

/// Whether any of somebody's grants allows something somewhere.
#[must_use]
pub fn may(grants: &[Grant], action: Action, place: &ActionPlace) -> bool {
    grants.iter().any(|grant| grant.allows(action, place))
}

/// The scopes in which somebody may do something: what a list shows follows from it.
pub fn scopes_of(grants: &[Grant], action: Action) -> impl Iterator<Item = GrantScope> {
    let has = move |grant: &&Grant| allowed_in(grant.role, action).contains(&grant.scope.kind());
    grants.iter().filter(has).map(|grant| grant.scope)
}

/// Every grant that allows something somewhere: whoever holds one of them may do it.
pub fn grants_for(action: Action, place: ActionPlace) -> impl Iterator<Item = Grant> {
    let every = place.scopes().flat_map(|scope| Role::ALL.iter().map(move |role| Grant { role: *role, scope }));
    every.filter(move |grant| grant.allows(action, &place))
}

/// In which kinds of scope a role may do something.
fn allowed_in(role: Role, action: Action) -> &'static [ScopeKind] {
    TABLE.iter().find(|(of, does, _)| (*of, *does) == (role, action)).map_or(&[], |(_, _, kinds)| kinds)
}

const BODY: &[ScopeKind] = &[ScopeKind::Body];
const HOUSE: &[ScopeKind] = &[ScopeKind::Body, ScopeKind::Office];
const REQUESTS: &[ScopeKind] = &[ScopeKind::Body, ScopeKind::Unit, ScopeKind::Category];
const CATEGORIES: &[ScopeKind] = &[ScopeKind::Body, ScopeKind::Category];
const UNIT: &[ScopeKind] = &[ScopeKind::Unit];

/// The table. What has no row is not allowed; later rooms add rows to it.
const TABLE: &[(Role, Action, &[ScopeKind])] = &[
    (Role::Administrator, Action::ServeAtDesk, HOUSE),
    (Role::Administrator, Action::KeepBookings, HOUSE),
    (Role::Administrator, Action::SetUpOffice, HOUSE),
    (Role::Administrator, Action::SetUpBody, BODY),
    (Role::Administrator, Action::FindAccounts, HOUSE),
    (Role::Administrator, Action::BlockAccounts, BODY),
    (Role::Administrator, Action::HelpWithFactors, HOUSE),
    (Role::Administrator, Action::GrantRoles, HOUSE),
    (Role::Administrator, Action::ReadAudit, HOUSE),
    (Role::Administrator, Action::RevokeCertification, BODY),
    (Role::Administrator, Action::SwitchLevelB, BODY),
    (Role::Administrator, Action::HandOutResults, HOUSE),
    (Role::Administrator, Action::SeeRequestFigures, BODY),
    // A clerk sees nobody else's: a desk's figures are those of whoever sits there.
    (Role::Administrator, Action::SeeFigures, HOUSE),
    (Role::Clerk, Action::ServeAtDesk, HOUSE),
    (Role::Clerk, Action::KeepBookings, HOUSE),
    (Role::Clerk, Action::HandOutResults, HOUSE),
    (Role::Agent, Action::BookForCitizens, HOUSE),
    (Role::Certifier, Action::FindAccounts, HOUSE),
    (Role::Certifier, Action::HelpWithFactors, HOUSE),
    (Role::Certifier, Action::Certify, HOUSE),
    // A level holds in the whole body, whichever office gave it.
    (Role::Certifier, Action::RevokeCertification, BODY),
    (Role::CaseWorker, Action::ReadRequests, REQUESTS),
    (Role::CaseWorker, Action::WorkOnRequests, REQUESTS),
    (Role::CaseWorker, Action::HandOutResults, REQUESTS),
    (Role::CaseWorker, Action::PostResults, REQUESTS),
    (Role::RequestSupervisor, Action::SwitchLevelB, CATEGORIES),
    (Role::RequestSupervisor, Action::ReadRequests, REQUESTS),
    (Role::RequestSupervisor, Action::WorkOnRequests, REQUESTS),
    (Role::RequestSupervisor, Action::AssignRequests, REQUESTS),
    (Role::RequestSupervisor, Action::HandOutResults, REQUESTS),
    (Role::RequestSupervisor, Action::PostResults, REQUESTS),
    (Role::RequestSupervisor, Action::SeeRequestFigures, REQUESTS),
    // Somebody has to be able to decide where no coordinator of the organisation is there yet.
    (Role::Administrator, Action::DecideUnitCoordinators, BODY),
    (Role::Administrator, Action::DecideOrganisationCoordinators, BODY),
    (Role::CoordinatorOfOrganisation, Action::CreateConferences, BODY),
    (Role::CoordinatorOfOrganisation, Action::InviteToConferences, BODY),
    (Role::CoordinatorOfOrganisation, Action::TakePartInConferences, BODY),
    (Role::CoordinatorOfOrganisation, Action::ManageConferences, BODY),
    (Role::CoordinatorOfOrganisation, Action::DecideUnitCoordinators, BODY),
    (Role::CoordinatorOfOrganisation, Action::MakeUnits, BODY),
    (Role::CoordinatorOfOrganisation, Action::AppointUnitCoordinators, BODY),
    (Role::CoordinatorOfUnit, Action::CreateConferences, UNIT),
    (Role::CoordinatorOfUnit, Action::InviteToConferences, UNIT),
    (Role::CoordinatorOfUnit, Action::TakePartInConferences, UNIT),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as people read it: letters of the scopes (Body, Unit, Office, List, Category) in which a role may do something.
    const READ: &str = "
        action                           | administrator | clerk | agent | certifier | case-worker | request-supervisor | coordinator | coordinator-of-organisation | coordinator-of-unit
        serve-at-desk                    | BO            | BO    | -     | -         | -           | -                  | -           | -                           | -
        keep-bookings                    | BO            | BO    | -     | -         | -           | -                  | -           | -                           | -
        book-for-citizens                | -             | -     | BO    | -         | -           | -                  | -           | -                           | -
        set-up-office                    | BO            | -     | -     | -         | -           | -                  | -           | -                           | -
        set-up-body                      | B             | -     | -     | -         | -           | -                  | -           | -                           | -
        find-accounts                    | BO            | -     | -     | BO        | -           | -                  | -           | -                           | -
        block-accounts                   | B             | -     | -     | -         | -           | -                  | -           | -                           | -
        help-with-factors                | BO            | -     | -     | BO        | -           | -                  | -           | -                           | -
        grant-roles                      | BO            | -     | -     | -         | -           | -                  | -           | -                           | -
        read-audit                       | BO            | -     | -     | -         | -           | -                  | -           | -                           | -
        certify                          | -             | -     | -     | BO        | -           | -                  | -           | -                           | -
        revoke-certification             | B             | -     | -     | B         | -           | -                  | -           | -                           | -
        switch-level-b                   | B             | -     | -     | -         | -           | BC                 | -           | -                           | -
        read-requests                    | -             | -     | -     | -         | BUC         | BUC                | -           | -                           | -
        work-on-requests                 | -             | -     | -     | -         | BUC         | BUC                | -           | -                           | -
        assign-requests                  | -             | -     | -     | -         | -           | BUC                | -           | -                           | -
        hand-out-results                 | BO            | BO    | -     | -         | BUC         | BUC                | -           | -                           | -
        post-results                     | -             | -     | -     | -         | BUC         | BUC                | -           | -                           | -
        see-request-figures              | B             | -     | -     | -         | -           | BUC                | -           | -                           | -
        create-conferences               | -             | -     | -     | -         | -           | -                  | -           | B                           | U
        invite-to-conferences            | -             | -     | -     | -         | -           | -                  | -           | B                           | U
        take-part-in-conferences         | -             | -     | -     | -         | -           | -                  | -           | B                           | U
        manage-conferences               | -             | -     | -     | -         | -           | -                  | -           | B                           | -
        decide-unit-coordinators         | B             | -     | -     | -         | -           | -                  | -           | B                           | -
        decide-organisation-coordinators | B             | -     | -     | -         | -           | -                  | -           | -                           | -
        make-units                       | -             | -     | -     | -         | -           | -                  | -           | B                           | -
        appoint-unit-coordinators        | -             | -     | -     | -         | -           | -                  | -           | B                           | -
        see-figures                      | BO            | -     | -     | -         | -           | -                  | -           | -                           | -
    ";

    fn scope(kind: ScopeKind, number: u16) -> GrantScope {
        match kind {
            ScopeKind::Body => GrantScope::Body,
            ScopeKind::Unit => GrantScope::Unit(UnitId(number)),
            ScopeKind::Office => GrantScope::Office(OfficeId(number.into())),
            ScopeKind::List => GrantScope::List(ListId(number.into())),
            ScopeKind::Category => GrantScope::Category(CategoryId(number)),
        }
    }

    fn place(scope: GrantScope) -> ActionPlace {
        match scope {
            GrantScope::Body => ActionPlace::BODY,
            GrantScope::Unit(unit) => ActionPlace::case(CategoryId(99), unit),
            GrantScope::Office(office) => ActionPlace::office(office),
            GrantScope::List(list) => ActionPlace::list(list),
            GrantScope::Category(category) => ActionPlace::category(category),
        }
    }

    #[test]
    fn pla_02_role_by_action_by_scope_is_as_it_is_read() {
        let lines: Vec<Vec<&str>> = READ.trim().lines().map(|line| line.split('|').map(str::trim).collect()).collect();
        let roles: Vec<Role> = lines[0][1..].iter().map(|name| name.parse().unwrap()).collect();
        assert_eq!(roles, Role::ALL);
        let mut read = Vec::new();
        for line in &lines[1..] {
            let action: Action = line[0].parse().unwrap();
            read.push(action);
            for (role, letters) in roles.iter().zip(&line[1..]) {
                for (kind, letter) in ScopeKind::ALL.iter().zip(["B", "U", "O", "L", "C"]) {
                    let here = scope(*kind, 7);
                    let is_allowed = Grant::new(*role, here).is_ok_and(|grant| grant.allows(action, &place(here)));
                    assert_eq!(is_allowed, letters.contains(letter), "{role:?} {action:?} {kind:?}");
                    // The same grant is nothing elsewhere, unless it is for everything.
                    let elsewhere = place(scope(*kind, 8));
                    let there = Grant::new(*role, here).is_ok_and(|grant| grant.allows(action, &elsewhere));
                    assert_eq!(there, is_allowed && *kind == ScopeKind::Body, "{role:?} {action:?} {kind:?}");
                }
            }
        }
        assert_eq!(read, Action::ALL);
        // No row stands twice: the first alone would count.
        for (at, (role, action, _)) in TABLE.iter().enumerate() {
            assert!(!TABLE[..at].iter().any(|(of, does, _)| (of, does) == (role, action)), "{role:?} {action:?}");
        }
    }

    #[test]
    fn pla_02_a_request_is_reached_by_its_unit_its_category_and_the_body_alone() {
        let here = ActionPlace::case(CategoryId(3), UnitId(2));
        let worker = |scope| vec![Grant::new(Role::CaseWorker, scope).unwrap()];
        for scope in [GrantScope::Body, GrantScope::Unit(UnitId(2)), GrantScope::Category(CategoryId(3))] {
            assert!(may(&worker(scope), Action::WorkOnRequests, &here), "{scope}");
        }
        for scope in [GrantScope::Unit(UnitId(3)), GrantScope::Category(CategoryId(2))] {
            assert!(!may(&worker(scope), Action::WorkOnRequests, &here), "{scope}");
        }
        assert!(!may(&[], Action::ReadRequests, &here));
        let clerk = [Grant::new(Role::Clerk, GrantScope::Office(OfficeId(1))).unwrap()];
        assert!(
            !may(&clerk, Action::HandOutResults, &here) && may(&clerk, Action::HandOutResults, &here.at(OfficeId(1)))
        );
        assert_eq!(scopes_of(&clerk, Action::ServeAtDesk).collect::<Vec<_>>(), [GrantScope::Office(OfficeId(1))]);
        assert_eq!(scopes_of(&clerk, Action::ReadRequests).count(), 0);
        let workers: Vec<String> = grants_for(Action::WorkOnRequests, here)
            .map(|grant| format!("{}@{}", grant.role.name(), grant.scope))
            .collect();
        let (worker, supervisor) = ("case-worker", "request-supervisor");
        let of = |role: &str, scope: &str| format!("{role}@{scope}");
        let all = ["body", "unit:2", "category:3"].map(|scope| [of(worker, scope), of(supervisor, scope)]).concat();
        assert_eq!(workers, all);
    }

    #[test]
    fn pla_02_grants_are_read_as_they_are_kept_and_no_role_is_given_where_it_does_nothing() {
        for kind in ScopeKind::ALL {
            let kept = scope(*kind, 12);
            assert_eq!(kept.to_string().parse(), Ok(kept));
        }
        for wrong in ["", "body:1", "unit", "unit:", "unit:x", "unit:99999", "office:-1", "world"] {
            assert_eq!(wrong.parse::<GrantScope>(), Err(NoGrant), "{wrong}");
        }
        for role in Role::ALL {
            assert_eq!(role.name().parse(), Ok(*role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
        assert_eq!("boss".parse::<Role>(), Err(NoGrant));
        assert_eq!(Grant::new(Role::Clerk, GrantScope::Category(CategoryId(1))), Err(NoGrant));
        assert_eq!(Grant::new(Role::Coordinator, GrantScope::List(ListId(1))), Err(NoGrant));
    }
}
