# The office's pages: bookings, corrections, closures.

tab-bookings = Bookings
bookings-title = Bookings
bookings-new = Book for a caller
bookings-back = Bookings
bookings-search-label = Search by code, name or mobile
bookings-day-label = Day
bookings-day-show = Show
day-earlier = Previous day
day-today = Today
day-later = Next day
bookings-all-of-today = All of today’s bookings
bookings-none = There are no bookings on this day.
bookings-none-found = No booking was found. Try the code, a part of the name, or the last digits of the mobile.
bookings-expected = { $n ->
    [one] 1 person is expected.
   *[other] { $n } people are expected.
}
bookings-found = { $n ->
    [one] 1 booking found
   *[other] { $n } bookings found
}
papers-sent = { $n ->
    [one] Sent 1 document
   *[other] Sent { $n } documents
}
col-time = Time
col-reference = Code
col-standing = Standing
staff-standing-expected = expected
staff-standing-arrived = has come
staff-standing-cancelled = cancelled
staff-standing-void = void
staff-standing-missed = did not come
staff-standing-held = time held
booking-of-walk-in = (walk-in with a fixed time)
correction-awaited = To be corrected by { $at }
correction-made = Corrected: { $at }
correction-lapsed = Not corrected by { $at }
booking-of = Booking { $reference }
booking-who = Details
booking-no-email = No e-mail: the citizen gets no messages. Tell them by telephone, and print the slip.
papers-none = The service asks for no documents.
papers-needed = What is needed
papers-state = Check
papers-nothing-sent = No documents were sent.
papers-save = Save the check
paper-unseen = not checked yet
paper-complete = complete
paper-missing = missing
paper-right = suitable
paper-wrong = not suitable
correction-heading = Correction
correction-ask = Ask for a correction
correction-hint = The citizen gets a message with a link to correct the details or send documents. If they do not before the deadline, the booking becomes void, and they are told by mail.
correction-why = What needs correcting
correction-note = Note to the citizen
correction-note-hint = E.g. which detail or document. It stands in the message.
correction-until = Deadline
correction-date = Day
correction-time = Time
correction-send = Send the request
correction-done-by-staff = The correction is made
void-heading = Make the booking void
void-hint = The time is freed. The citizen is told the reason by mail, and books a new time.
void-hint-tolerant = Pilot phase: the booking stands, and the citizen gets a warning by mail.
void-why = Reason
void-button = Make it void
void-warn-button = Send the warning
staff-cancel-hint = The time is freed at once, and the citizen is told by mail.
booking-done-new = The appointment is booked.
booking-done-papers = The check of the documents is saved.
booking-done-correction = A correction was asked for.
booking-done-corrected = It is recorded that the correction was made.
booking-done-void = The booking is void.
booking-done-warned = A warning was sent. The booking stands.
booking-done-cancel = The booking is cancelled.
booking-done-moved = The booking has a new time.
book-show-times = Show free times
book-other-time = Another service or day
book-caller = The citizen’s details
book-now-for-caller = Book the appointment
caller-email-hint = If there is one, a confirmation is sent. Otherwise print the slip.
caller-language = Language of messages and slip
slip-title = Your appointment
slip-print = Print the slip
correct-title = Correct your details
correct-heading = A correction is needed
correct-until = Deadline: { $at }. After it the appointment becomes void.
correct-go = Correct it
correct-documents-first = If documents are asked for, send them first, then submit the correction.
correct-button = Submit the correction
corrected-title = The correction was submitted
corrected-mail = We have sent a confirmation to { $email }.
closures-title = Close a day or a desk
tab-house = Operation
house-title = Running the office
house-suspensions = Suspensions
house-nothing-suspended = Nothing is suspended.
house-suspend = Suspend
house-resume = Resume
suspended-tag = temporarily unavailable
suspended-since = Since { $since }, until further notice
suspended-until = From { $since } until { $until }
suspend-what = What is suspended
suspend-tickets = The giving of tickets
suspend-why = Reason, as people are told
suspend-registry = The registry is temporarily out of order.
suspend-clerk = A member of staff is absent.
suspend-strike = Work stoppage.
suspend-technical = Technical fault.
suspend-until = Until today at
suspend-until-hint = Empty: until further notice.
suspend-own-words = In your own words
house-suspended = The suspension is in force. Kiosks, boards and pages say so; those who wait keep their places.
house-resumed = Service goes on.
house-roll-called = The roll call is recorded.
house-paper-entered = The visit is recorded with its true times.
roll-call-title = Roll call after an outage
roll-call-lead = After an outage, see who has gone. The outage makes nobody late, and nobody a no-show.
roll-call-outages = Outages today:
roll-call-gone = Tick those who have left
roll-call-button = Record the roll call
paper-title = Served on paper
paper-enter = Enter a visit with its true times
paper-arrived = Arrived
paper-from = Began
paper-to = Ended
paper-outcome = Outcome
paper-done = Done
paper-button = Record it
remote-heading = Telephone appointments
remote-call = Call by telephone
remote-again = Try again
remote-number = Call
remote-by-phone = Telephone appointment
remote-attempts = { $n } of { $of } attempts
remote-reached = Reached
remote-not-reached = Not reached
shown-title = Check of documents
shown-identity = Showed an identity document (identity card or passport)
shown-representation = Showed proof of representation
shown-needed = needed
shown-nothing-yet = not done yet
shown-identity-seen = identified
shown-identity-unseen = not identified
shown-waived-why = Reason, if what is missing is waived
shown-save = Record the check
papers-complete = complete
papers-missing = some missing
papers-waived = some missing, waived
closures-from = From
closures-to = To
closures-hours-hint = Without hours the whole day is closed.
closures-what = What closes
closures-office = The whole office
closures-whole-day = all day
closures-because-el = Reason, as people are told (Greek)
closures-because-en = Reason, as people are told (English)
closures-because-missing = Write the reason.
closures-wrong = Look at day and hours again: the end must come after the beginning.
closures-preview = See which bookings are touched
closures-touched = { $n ->
    [0] No booking is touched.
    [one] 1 booking is touched.
   *[other] { $n } bookings are touched.
}
closures-becomes = What becomes of it
closures-move = Move to { $when }
closures-cancel = Cancel, with a mail and new times
closures-leave = Leave as it is
closures-hint = Every citizen gets a mail. With a cancellation it offers the next free times.
closures-go = Close and tell them
closures-standing = Closures in force
closures-none = None.
closures-left = { $n ->
    [one] 1 booking is left within the closure.
   *[other] { $n } bookings are left within the closure.
}
closures-open = Open again
closures-done = The closure is in force, and the citizens are being told.
closures-opened = The closure was taken back. The times are free again.
papers-title = Documents
shown-reason-needed = Write why what is missing is waived.
card-identity = Identity document (identity card or passport)
card-representation = Proof of representation
