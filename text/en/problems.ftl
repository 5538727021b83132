# Why not, and what to do next. Every sentence names the next step.
# Where there is a time ($at), the variant ending in -at is used.

problem-malformed = What was sent does not have the right form. Check it and try again.
problem-too-large = The text is too long. Shorten it and try again.
problem-not-signed-in = Your session has ended. Sign in again to go on.
problem-second-factor-needed = The second step of signing in is needed too. Send the app’s code along as “code” or, if you have not set it up yet, sign in on the pages first.
second-factor-passkeys = The account has passkeys and no code app. A program does not sign in with a passkey: send a recovery code in “code”, or add a code app on the page “My account”.
problem-not-allowed = You may not do this. If you need to, ask the head of the office.
problem-session-locked = The page is locked. Give your password to go on. Nothing that was done is lost.
problem-not-found = The page was not found. Check the link, or start from the front page.
problem-method-not-allowed = This cannot be done from here. Start again from the front page.
problem-command-reused = This was already sent with other details. Reload the page and try again.
problem-too-many-requests = There were many attempts in a short time. Wait a few minutes and try again.
problem-storage-full = We cannot save anything right now. Nothing that was already recorded is lost. Try again later, or ask at reception.
problem-unavailable = The service is temporarily unavailable. Try again shortly, or ask at reception.
problem-internal-error = Something went wrong on our side, and nothing was changed. Try again; if it happens again, tell the office.
problem-office-set-aside = This office cannot be reached at the moment because of a fault of ours. Nothing recorded is lost, and whoever runs the system has been told. Please ask at reception.
problem-too-far-ahead = This time lies too far ahead. Choose an earlier one.
problem-too-far-ahead-at = This time lies too far ahead. Choose one { $at } at the latest.
problem-too-long-ago = This time lies too far back. Choose a later one.
problem-too-long-ago-at = This time lies too far back. Choose one { $at } at the earliest.
in-a-moment = Very many requests are arriving just now. Try again in a few seconds.
too-fast =
    { $n ->
        [one] More requests came from your network than we answer at once. Wait a second and open the page again.
       *[other] More requests came from your network than we answer at once. Wait { $n } seconds and open the page again.
    }
form-foreign = This form was not sent from a page of ours, and nothing was done. Open the page anew and fill it in again.
sign-in-origin-unsaid = Your browser does not say from which page the form was sent, so nobody was signed in. Update it or use another one; if an extension hides this, turn it off for this page.

problem-unknown-code = We found no appointment with this code. Try again or ask at reception.
problem-other-office = This appointment is at another office. See the address in your confirmation, or ask at reception.
problem-other-day = Your appointment is not today. See the day in your confirmation.
problem-other-day-at = Your appointment is { $at }. We expect you then.
problem-booking-cancelled = This appointment was cancelled. You may take a number without an appointment, or book a new one.
problem-booking-void = This appointment is void. Ask at reception, or book a new one.
problem-booking-expired = The time was kept for you only for a while, and is free again. Choose day and time again.
problem-booking-missed = The time of this appointment has passed. You may take a number without an appointment, or book a new one.
problem-late-choice-needed = Your appointment time has passed. Would you like to be served today after the appointments, or book a new time?
problem-late-choice-needed-at = Your appointment was { $at }, and its time has passed. Would you like to be served today after the appointments, or book a new time?
problem-slot-taken = Somebody else has just booked this time. Choose one of the other free times.
problem-slot-in-past = This time has passed or is too near. Choose a later one.
problem-slot-not-offered = This time is not offered for appointments. Choose one of the free times.
problem-too-many-holds = You are already keeping as many times as allowed. Finish or give back one of them, or wait a few minutes until they lapse.
problem-too-many-bookings = You already have as many appointments as allowed with this e-mail address. Cancel one that you do not need, or contact the office.
problem-agent-day-full = You already have as many appointments on that day as one agent may have. Choose another day.
problem-agents-share-full = Agents already have their share of that day. Choose another day.
problem-change-too-late = Your appointment is too near to be changed here. Please call the office.

problem-unknown-service = This service is not offered here. Choose one from the list.
problem-office-closed = We are closed now. See the opening hours, or book an appointment.
problem-office-closed-at = We are closed now. We open { $at }. You can book an appointment.
problem-tickets-closed = No numbers are given at this hour. Book an appointment, or ask at reception.
problem-tickets-closed-at = No numbers are given at this hour. They are given again { $at }. You can also book an appointment.
problem-suspended = The service is temporarily unavailable. Ask at reception when it goes on.
problem-suspended-at = The service is temporarily unavailable. It goes on { $at }.
problem-booking-required = This service needs an appointment. Book one here. If you cannot, tell reception.
problem-no-time-left = There is not enough time left today for this service. You can book an appointment here or at reception.
problem-too-many-tickets = As many people as can be served are already waiting. Book another day, or ask at reception.
problem-result-not-ready = The document of the request is not ready to be handed over, or was handed over already.

problem-unknown-desk = There is no such desk. Choose one from the list.
problem-unknown-visit = This number is no longer valid. Reload the page.
problem-desk-closed = The desk is closed. Open it first.
problem-desk-on-break = The desk is on a break. Resume serving first.
problem-desk-taken = The desk is open already, or you have another desk open. Close that one first, or choose another.
problem-desk-busy = Somebody is at the desk. Finish serving them first.
problem-desk-holds-another = The screen was not up to date: the call has already been made. See who is at the desk now.
problem-nobody-next = Nobody can be called now.
problem-nobody-next-at = Nobody can be called now. The next is expected { $at }.
problem-note-first = There is a note about the next visitor. Read it, and call again.
problem-not-callable = This number cannot be called: it has already been called or served. See the waiting list.
problem-not-served-here = This desk does not offer that service. Transfer to another desk.
problem-not-called-here = This number was not called to this desk. See who is at the desk now.
problem-recall-too-soon = The call was made a moment ago. Wait a little and repeat it.
problem-recall-first = Repeat the call first; it may not have been heard.
problem-reason-needed = A call out of order needs a reason. Choose one and call again.
problem-too-late-to-undo = It is too late to undo this. Ask for a new number, or ask at reception.
problem-configuration = The settings contradict each other. Check the configuration file; nothing has changed.

# Refusals that share their code with others and need a sentence of their own.
refusal-not-suspended = There is no such suspension; service goes on as usual.
refusal-already-here = This arrival was noted already and the number is valid. See it in the waiting list.
refusal-person-here = This person has come, and the desk needs their details today. Erase them from tomorrow on.
refusal-no-check-in-needed = This appointment is by telephone or teleconference and needs no check-in. Please wait for our call at its time.
refusal-not-late = This number is not late; it keeps its place and there is nothing to choose.
refusal-not-no-show = This number is not marked as a no-show. See it in the waiting list.
refusal-not-remote = This appointment is not by telephone or teleconference. Repeat the call, or mark a no-show.
refusal-no-reason-to-interrupt = No appointment is waiting for this desk now. Go on serving, or put the visit on hold.
refusal-desk-not-on-break = The desk is not on a break. You can call the next person.
refusal-bad-times = These times cannot be right: they contradict each other, or have passed. Check them and try again.
refusal-already-over = This day, or these hours, are over already and can no longer change. Choose a day and hours that are still to come.
refusal-bad-count = This number of persons or cases is not accepted. Give a smaller one, at least one.

refusal-nothing-to-correct = No correction was asked for, or it was made already.
refusal-not-open = This appointment can no longer be changed: it was cancelled, is void, or the person has already come.
