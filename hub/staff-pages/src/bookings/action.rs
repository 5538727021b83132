//! What the forms on the page of a booking can do about it, each under its name in the form's address.

use stationery::page_actions;

page_actions! {
    /// What can be done by a form on the page of a booking.
    BookingAction {
        /// The address is right after all.
        MailAgain = "mail-again",
        /// The links before end, and new ones go out.
        NewLink = "new-link",
        /// What was found of the documents.
        Papers = "papers",
        /// Something is to be put right.
        Correction = "correction",
        /// It has been put right.
        Corrected = "corrected",
        /// It ends, since something is missing or wrong.
        Void = "void",
        /// It is given up.
        Cancel = "cancel",
        /// The citizen tells the code from a message: what an agent prepared is final.
        ToldCode = "told-code",
        /// The citizen is sent another code.
        NewCode = "new-code",
    }
}
