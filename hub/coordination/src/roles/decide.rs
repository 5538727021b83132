//! Whoever may decides that somebody becomes a coordinator, or does not; who asked is told by mail (PRE-05).

use access::{Access, AccountChange, AuditParty, AuditRecord, Session};
use acts::Fault;
use body::{AccountId, RoleRequestCommand, RoleRequestContext, RoleRequestStep, WordsId, role_request};
use people::is_unseen;
use secrets::draw_id;
use store::{BodyWords, RoleRequestRow, WordsSubject};
use uuid::Uuid;
use writer::MemberNews;

use super::{PURPOSE_MAX, RoleFlaw, told};
use crate::conferences::ConferenceRoom;

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleDecision {
    /// They are a coordinator from now on.
    Approve,
    /// They are not, and this is why.
    Refuse(String),
}

/// Decides; what is so already stays so, and nobody is told again.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: ConferenceRoom<'_>,
    access: &Access,
    session: &Session,
    public: Uuid,
    decision: RoleDecision,
) -> Result<Result<(), RoleFlaw>, Fault> {
    let by = AccountId(session.account.id);
    let decided = room
        .change(move |store, _, now| {
            let Some(row) = store.role_request(public)? else { return Ok(Err(RoleFlaw::NotFound)) };
            let (mut kept, mut command) = (None, RoleRequestCommand::Approve);
            if let RoleDecision::Refuse(reason) = &decision {
                let seen = reason.chars().filter(|one| *one == '\n' || !is_unseen(*one));
                let text = seen.collect::<String>().trim().to_owned();
                let id = WordsId(draw_id());
                command = RoleRequestCommand::Refuse { reason: id };
                kept = Some((id, text));
            }
            let grants = store.grants_of(by)?;
            let context = RoleRequestContext { by, now, grants: &grants, is_staff: true, has_open: false };
            let events = match role_request::decide(Some(&row.request), &command, &context) {
                Ok(events) => events,
                Err(refusal) => return Ok(Err(RoleFlaw::Request(refusal))),
            };
            if events.is_empty() {
                return Ok(Ok(None));
            }
            if let Some((id, text)) = kept {
                if text.is_empty() {
                    return Ok(Err(RoleFlaw::ReasonMissing));
                }
                if text.chars().count() > PURPOSE_MAX {
                    return Ok(Err(RoleFlaw::TooLong));
                }
                let subject = WordsSubject::RoleRequest(row.request.id);
                store.put_body_words(&BodyWords { id, subject, author: Some(by), text }, now)?;
            }
            let (asker, post) = (row.request.account, row.request.post);
            let Some(after) = events.iter().fold(Some(row.request), role_request::apply) else {
                return Ok(Err(RoleFlaw::NotFound));
            };
            store.keep_role_request(&RoleRequestRow { request: after, ..row }, &events)?;
            let is_approved = events.iter().any(|event| event.step == RoleRequestStep::RoleApproved);
            if let (true, Some(grant)) = (is_approved, post.grant()) {
                store.give_grant(asker, grant, Some(by), now)?;
            }
            let news = if is_approved { MemberNews::RoleApproved } else { MemberNews::RoleRefused };
            told::one(store, asker, news, now)?;
            Ok(Ok(is_approved.then_some(asker)))
        })
        .await?;
    match decided {
        Ok(approved) => {
            let account = approved.and_then(|asker| access.accounts.with_number(asker.0));
            if let Some(account) = account {
                let change = AccountChange::by(&account, AuditParty::from(session.account.as_ref()));
                access.audit.note(AuditRecord::RoleGiven(change));
            }
            Ok(Ok(()))
        }
        Err(flaw) => Ok(Err(flaw)),
    }
}
