//! What only this hub can make: codes of bookings, links in mails, tokens; and what is drawn at random.

mod account_links;
mod call_pass;
mod codes;
mod conference_links;
mod factor;
mod head_line;
mod keys;
mod links;
mod mobile_letter;
mod passkey_note;
mod provider_note;

pub use account_links::{
    AccountErrand, AccountLink, JoinPass, LinkOwner, account_link, read_account_link, read_step_pass, step_pass,
};
pub use call_pass::{
    CallPass, CallSubject, CoordinatorPass, HelperPass, HostPass, call_link, coordinator_pass, helper_pass, host_pass,
    read_call_pass, turn_credential,
};
pub use codes::{
    booking_code, draw_id, draw_octets, draw_public, draw_reference, draw_token, draw_word, is_ours, readable,
};
pub use conference_links::{
    ConferencePass, conference_link, coordinator_link, minutes_link, read_conference, read_coordinator,
};
pub use factor::FactorSecret;
pub use head_line::{BODY_HEAD, HeadKey, HeadLine, NoHeadLine, SignedHead};
pub use keys::{KEY_BYTES, ServerKey, mac, same, text_digest, token_hash};
pub use links::{
    BookingKey, EntrustedLink, Holder, HolderLetter, Invitation, ServedLink, Start, address_code, booking_link,
    data_proof, entrusted_link, invitation_link, is_address_code, is_data_proof, proof, read_booking, read_entrusted,
    read_invitation, read_proof, read_served, read_start, served_link, start_link,
};
pub use mobile_letter::MobileLetter;
pub use passkey_note::{PasskeyErrand, PasskeyNote};
pub use provider_note::ProviderNote;
