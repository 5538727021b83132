# The pages: citizens, staff, administration.

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-name-1 = January
month-name-2 = February
month-name-3 = March
month-name-4 = April
month-name-5 = May
month-name-6 = June
month-name-7 = July
month-name-8 = August
month-name-9 = September
month-name-10 = October
month-name-11 = November
month-name-12 = December

# On every page
skip-to-main = Skip to content
language-choice = Language
help-heading = Need help?
phone-short = phone
privacy-link = Privacy
error-prefix = Error:
back = Back
continue = Continue
optional = (optional)
to-front = To the front page
reload = Reload
problem-title = This did not work
stale-since = No connection since
choose = Choose

# Front page
front-title = Book an appointment
front-lead = Book an appointment to be served at a time that suits you, in person or by telephone.
front-free = Free of charge. All you need is an e-mail address. It takes about 3 minutes.
book-now = Book an appointment
hours-heading = Opening hours
about-minutes = { $n ->
    [one] takes about 1 minute
   *[other] takes about { $n } minutes
}
booking-only = by appointment only
walk-in-only = without an appointment, in order of arrival
channel-in-person = in person
channel-telephone = by telephone
channel-teleconference = by teleconference
documents-heading = What you will need
walk-in-heading = No appointment?
walk-in-text = Without an appointment you are served in the gaps between appointments. Come to the office and take a number from the ticket kiosk at the entrance.

# Booking
step-address = Step 1 of 5
step-service = Step 2 of 5
step-time = Step 3 of 5
step-details = Step 4 of 5
step-review = Step 5 of 5
address-title = Your e-mail address
address-lead = We will send you a link to go on with. You need no account.
email-label = E-mail address
email-hint = For example name@example.org
email-wrong = Enter an e-mail address, such as name@example.org
honeypot-label = Leave this field empty
address-send = Send the link
sent-title = Look at your mail
sent-to = We have sent a link to your address. Open it to go on.
sent-expires = The link is good for { $n } minutes and can be used once.
sent-nothing-heading = No message?
sent-nothing = It usually arrives within a minute. Look in your spam folder too, and check that you typed the address correctly.
sent-again = Send it again or correct the address
start-title = Go on with your appointment
start-lead = Your e-mail address will be confirmed. Then you choose service, day and time.
start-over-title = This link is no longer good
start-anew = Get a new link
start-used = The link has expired or was already used. Ask for a new one with your e-mail address.
session-over = For your safety this session has ended. Ask for a new link with your e-mail address.
service-title = For which service?
times-title = Day and time
times-none = There are no free times for this service. Try again tomorrow, or call the office.
times-none-on-day = There are no free times on this day. Choose another day.
times-morning = Morning
times-noon = Midday
times-afternoon = Afternoon
calendar-label = Days with free times
calendar-earlier = Earlier
calendar-later = Later
calendar-hint = The small number shows how many times are free.
calendar-day = { $n ->
    [one] { $day }, 1 free time
   *[other] { $day }, { $n } free times
}
held-until = This time is kept for you until { $at }.
held-extend = I need more time
details-title = Your details
details-email = The confirmation will be sent to { $email }.
name-label = Full name
name-hint = As on your identity card or passport
name-missing = Enter the full name
phone-label = Mobile phone
phone-hint = So that we can tell you if something changes
phone-wrong = Enter a phone number that exists, such as +30 694 000 0000
review-title = Check and finalise
fact-service = Service
fact-when = Day and time
fact-where = Where
fact-name = Full name
fact-phone = Mobile phone
fact-email = E-mail address
fact-code = Booking code
privacy-heading = How your personal data is used
privacy-what = Responsible: { $office }. It uses the details that you give and the files that you send only for this appointment: to confirm it, to notify you and to serve you.
privacy-how-long = Your details are erased { $n } days after the appointment. They are given to nobody else, and are shown on no screen, ticket or link.
privacy-rights = You have the right to see, correct and erase your data. Write to { $email }.
privacy-complaint = If you believe that the processing breaks the law, you have the right to complain to the Hellenic Data Protection Authority (Kifissias 1-3, 115 23 Athens, Greece, complaints@dpa.gr).
privacy-walk-in = For a number without an appointment no personal data is asked.
privacy-cookies = We only use the cookies that are needed for the language, for security and for the booking itself.
consent-yes = I consent – finalise
consent-no = I do not consent
consent-no-hint = If you do not consent, the booking stops, the time becomes free again, and we keep none of your details.
consent-refused-title = The booking was stopped
consent-refused = The time is free again, and we kept none of your details. You can also be served without an appointment, with a number from the ticket kiosk.

# The booking
booked-title = Your appointment is booked
booked-mail = We have sent a confirmation to { $email }.
booking-title = Your appointment
qr-alt = QR code of appointment { $code }
qr-hint = Show it at the ticket kiosk when you come, on your phone or on paper.
calendar-file = Add to your calendar
cancel-booking = Cancel the booking
cancel-sure = Do you want to cancel the appointment? The time will be given to somebody else.
cancel-yes = Yes, cancel
cancel-no = No, keep it
book-again = Book a new appointment
standing-cancelled = This appointment was cancelled.
standing-void = This appointment is void. Book a new one, or contact the office.
standing-missed = The time of the appointment passed without a check-in.
standing-arrived = You have already checked in.
standing-over = This appointment is over, or no longer valid.

# Way, persons, cases
how-title = How will you be served?
how-channel = Way of being served
how-change = Change
how-persons = { $n ->
    [one] 1 person
   *[other] { $n } persons
}
how-cases = { $n ->
    [one] 1 case
   *[other] { $n } cases
}
how-persons-label = How many people will be served?
how-persons-hint = Counting you. One appointment is for all of you.
how-cases-label = For how many cases or documents?
how-cases-hint = The time that we keep for you follows from this number.
how-wrong = Choose a way and enter numbers from 1 to { $n }. If you are more, call the office.
channel-in-person-hint = You come to the office.
channel-telephone-hint = We call you, at the number that you give.
channel-teleconference-hint = From a computer or a phone with camera and microphone.
views-label = How the times are shown
view-month = Calendar
view-list = The next 20 free times
offices-label = The same service in other offices
next-free = First free time: { $when }
next-free-none = none
hold-lapsed = The time was kept no longer. Choose a day and a time again; what you typed is still there.
held-left = time left
held-soon = The time will soon be kept no longer. Press “I need more time” to keep it.
held-over = The time is kept no longer. Press “Continue” to choose a time again; nothing that you typed is lost.
held-change = Another day or time

# Details
behalf-label = For whom are you booking?
behalf-oneself = For myself
behalf-other = For somebody else
behalf-company = For a legal person (company, association)
name-other-label = Full name of the person to be served
name-company-label = Full name of the legal representative
company-label = Registered name
company-missing = Enter the name of the legal person
tax-label = Tax number (AFM) of the legal person
tax-hint = 9 digits
tax-wrong = Enter the tax number with its 9 digits; check whether one of them is wrong
applicant-label = Your own full name
applicant-hint = We write to you about the appointment
applicant-missing = Enter your own full name
served-email-label = E-mail address of the person to be served
served-email-hint = If they have none, leave this empty; messages come to you
phone-wrong-optional = Enter a phone number that exists, such as +30 694 000 0000, or leave the field empty
postal-label = Postal address
street-label = Street and number
street-missing = Enter street and number
postcode-label = Postcode
postcode-wrong = Enter the postcode, such as 721 00
town-label = Town or village
town-missing = Enter the town or village
identity-label = Number of identity card or passport
identity-hint = If you give it, you are identified faster at the desk
identity-wrong = The number of an identity card or passport has 4 to 20 letters and digits. Correct it, or leave the field empty
text-long = The text is too long. Enter up to { $n } characters
text-control = The text has characters that cannot be seen, perhaps from copying. Please type it again
field-missing = Fill in: { $label }
field-wrong = Correct: { $label }
needs-heading = Special needs, and being late
needs-label = Do you need any of these?
needs-hint = Only the office sees this, to be prepared.
need-sign-language-label = Sign language interpreting
need-other-language-label = Service in another language
need-escort-label = Somebody to take me from my seat to the desk
need-more-time-label = More time
late-label = If you are late and your time has passed
late-anew = The appointment is cancelled and I book a new one
late-end-of-day = I want to be served the same day, after the appointments
review-change = Correct the details
fact-name-other = To be served
fact-name-company = Legal representative
fact-company = Legal person
fact-tax-number = Tax number
fact-applicant = Booked on their behalf by
fact-served-email = E-mail of the person to be served
fact-postal-address = Postal address
fact-identity = Number of identity card or passport
fact-how = How
notice-version = Version of this text: { $version }
notice-changed = The text has changed in the meantime. Read it again before you consent.
privacy-your-data = By the link of your appointment you can see, download and erase your details at any time.

# Check before sending
email-meant = Did you mean { $email }?
email-use = Send to { $email }
email-keep = No, to { $email }
sent-to-address = We have sent a link to { $email }. Open it to go on.
challenge-working = An automatic security check is under way. It takes a few seconds.
challenge-done = The check is done.
challenge-missing = Read or listen to the characters, and type them
challenge-wrong = These are not the characters. Try with the new ones
challenge-used = This check was already used. Try again
letters-heading = Security check
letters-alt = Five letters and digits. You can listen to them below.
letters-listen = Listen to the characters
letters-label = Type the characters
letters-hint = 5 letters and digits, capitals or not
spoken-letters = The characters are:
spoken-a = A
spoken-e = E
spoken-h = H
spoken-k = K
spoken-m = M
spoken-n = N
spoken-t = T
spoken-x = X
spoken-y = Y
spoken-z = Z
spoken-3 = three
spoken-4 = four
spoken-5 = five
spoken-6 = six
spoken-7 = seven
spoken-9 = nine

# Managing a booking
moved-title = Your appointment was moved
moved-mail = We have sent the new details to { $email }.
standing-confirmed = Your appointment stands.
greek-time = (time in Greece)
map-link = Map
remote-telephone = We will call you at { $phone }. You need not come.
remote-teleconference = The link to the teleconference will be sent by mail. You need not come.
forms-heading = Forms to fill in
booking-actions = My appointment
change-booking = Reschedule
change-title = Reschedule: another day or time
change-now = Now: { $when }. It is kept until you choose another time.
change-until = You can change or cancel until: { $at }.
change-too-late = The time is near, and the appointment can no longer be changed here. Call the office.
send-documents = Send documents
documents-originals = What you send is checked before you come. Bring the originals with you.
documents-sent = You have sent
documents-sent-none = You have not sent anything yet.
document-kib = { $n } KB
document-file = File
document-hint = PDF, JPEG or PNG, up to 10 MB each, up to { $n } files
document-send = Send the file
document-remove = Remove
document-none = Choose a file
document-kind = The file is no PDF, JPEG or PNG. Choose another
document-broken = The file is not whole or holds something else too. Save it again as PDF, JPEG or PNG and try again
document-pixels = The picture has far too many pixels. Make it smaller or scan the document again
document-large = The file is larger than 10 MB. Choose a smaller one
document-many = You have sent as many files as are allowed. Remove one first
document-over = The appointment no longer stands; no documents can be sent
my-data = My data
my-data-lead = This is what we keep of you with this appointment.
my-data-json = Download as a file
data-created = Given on
data-consent = Consent, version of the text
erase-title = Erase my data
erase-sure = Your name, addresses, phone number and files will be erased. This cannot be undone.
erase-open = Your appointment still stands, and will be cancelled.
erase-yes = Yes, erase
erase-no = No, go back
erased-title = Your data was erased
erased = We keep nothing of you any more from this appointment.

# Front page: finding a service
search-label = Find a service
search-button = Search
search-found = { $n ->
    [one] 1 service found
   *[other] { $n } services found
}
search-none = No service found for “{ $what }”. Try with fewer letters.
search-all = All services
lead-days = { $n ->
    [one] to be booked at least 1 day ahead
   *[other] to be booked at least { $n } days ahead
}
lead-hours = { $n ->
    [one] to be booked at least 1 hour ahead
   *[other] to be booked at least { $n } hours ahead
}
lead-minutes = to be booked at least { $n } minutes ahead
horizon-days = { $n ->
    [one] at the earliest 1 day ahead
   *[other] at the earliest { $n } days ahead
}
level-a = needs registration of Level A
level-b = needs certification of Level B

# The ticket's page
your-number = Your number
booked-for = appointment at { $at }
as-of = Updated: { $at }
visit-waiting = Waiting
visit-next = You are among the next
visit-ahead = { $n ->
    [one] 1 person ahead of you
   *[other] { $n } people ahead of you
}
visit-wait = Expected wait: { $from } to { $to } minutes
visit-wait-short = Expected wait: less than { $to } minutes
visit-called = Please go to: { $desk }
visit-called-hint = We are calling you now. Go to the desk with your ticket.
visit-serving = You are being served: { $desk }
visit-on-hold = You will be served again shortly
visit-on-hold-hint = Stay near; we will call you again with the same number.
visit-finished = You have been served
visit-finished-hint = Thank you.
visit-no-show = We called you and you did not come
visit-no-show-hint = If you are still here, ask at reception.
visit-left = You have left
visit-left-hint = If you come back, take a new number.
visit-unserved = We could not serve you today
visit-unserved-hint = We are sorry. Book an appointment for another day, or ask at reception.
visit-stay = Please wait; we will call you.

# Staff
staff-nav = Staff menu
tab-desk = Desk
tab-admin = Administration
sign-out = Sign out ({ $name })
login-title = Staff sign-in
login-name = User name
login-password = Password
login-button = Sign in
login-hint = Forgotten your password? Ask your office's administrator.
login-wrong = The user name or the password is not right. Try again.
desks-title = Choose a desk
desk-name = { $word } { $number }
desk-go = Continue
desk-open = Open
desk-close = Close
desk-look = View
desk-not-mine = Another clerk is at this desk.
desk-state-open = open
desk-state-closed = desk closed
desk-state-break = break
desk-state-break-until = break until { $at }
desk-serves = serving { $number }
desk-calls = calling { $number }
office-state-open = Open. Numbers until { $tickets }, serving until { $serves }.
office-state-closed = Closed.
office-state-closed-until = Closed. We open: { $at }.
office-state-suspended = Numbers without an appointment are temporarily unavailable.
break-start = Break
break-end = Resume serving
break-why = Reason
break-rest = Break
break-back-office = Work away from the public
break-technical = Technical problem
break-minutes = Length (minutes)
break-open-end = no stated end
other-desks = Other desks
now-at-desk = Now at the desk
call-next = Call next
finish-and-next = Finish and call next
why = Why:
card-open = Visitor's details
appeared = Arrived
recall = Repeat the call
recalls = { $n ->
    [one] 1 repeat
   *[other] { $n } repeats
}
no-show = Did not appear
put-back = Called by mistake
finish = Finish
park = Put on hold
interrupt = Interrupt
interrupt-hint = Serving is interrupted for a booked citizen. The visitor chooses when to go on.
interrupt-proposed = The booking { $number } of { $at } is waiting for this desk.
interrupt-same-desk = Go on at this desk only
interrupt-next-gap = In the next gap
interrupt-end-of-day = After the appointments
transfer = Transfer
transfer-to = Transfer to
transfer-desks = Another desk
transfer-services = Another service
transfer-place = Place in the line
transfer-by-arrival = by arrival
transfer-first = first: { $because }
note-before = Note about { $number }, who is next:
note-call = I have read the note; call { $number }
note-or = Or call somebody else from the list, for the reason "as the note says".
aside-heading = On hold, and no-shows
came-back = Came back
row-left = Has left
row-has-note = has a note
outcome-done = Done
outcome-documents-missing = Documents were missing
outcome-not-possible = Could not be done
idle-desk = Nobody is at the desk.
idle-closed = The desk is closed.
idle-break = The desk is on a break.
queue-heading = Waiting
queue-empty = Nobody is waiting.
floor-heading = All desks
col-number = Number
col-service = Service
col-booked = Booked
col-wait = Arrived
col-actions = Actions
arrived-at = { $at }
walk-in = without an appointment
by-priority = priority service
priority-short = priority
row-call = Call
row-actions = Call { $number } out of order
call-number = Call { $number }
override-why = Reason for calling out of order
override-short-matter = short matter
override-brought-documents = brought the missing documents
override-urgent = urgent need
override-mistake = correcting a mistake
override-note-of-proposal = as the note says
override-other = another reason
state-waiting = Waiting since { $at }
state-called = Called at { $at }
state-serving = Being served since { $at }
state-parked = On hold, desk { $desk }
state-interrupted = Interrupted at desk { $desk } at { $at }
state-no-show = Did not appear at { $at }
state-elsewhere-called = Called to desk { $desk }
state-elsewhere-serving = Being served at desk { $desk }
card-documents = Ask to see
card-logged = Viewing these details is recorded.
card-erased = (the details were erased)
alarm-printer-paper-out = Device “{ $device }”: out of paper. Numbers are shown on its screen; put paper in.
alarm-printer-paper-low = Device “{ $device }”: paper is running low. Have a new roll ready.
alarm-printer-cover-open = Device “{ $device }”: the printer’s cover is open. Close it.
alarm-printer-offline = Device “{ $device }”: the printer does not answer. Numbers are shown on its screen; check power and cable.
alarm-scanner-offline = Device “{ $device }”: the scanner does not answer. Citizens type their code; check the cable.
alarm-sound-failed = Device “{ $device }”: no sound. Check the loudspeakers.
alarm-other = Device “{ $device }” needs attention.
alarm-unreachable = { $number } is waiting, and no open desk offers that service.

# Why this one (after "Why:")
filler-walk-in = walk-in
filler-late = late
filler-transferred = transferred
filler-interrupted = goes on after an interruption
filler-returned = came back
reason-booked-and-due = booked for { $booked }, arrived { $arrived }
reason-waited-past-limit = waiting since { $arrived }, past the limit of { $limit } min
reason-fits-gap = { $kind }, in order of arrival; no booking is delayed
reason-fits-gap-before = { $kind }, { $free } min free before the booking of { $before }
reason-by-priority = { $reason } · priority service
reason-gap-kept = the gap was kept, since { $n } others went first
reason-first-in-line = has the next free turn
reason-booked-early = booked for { $booked }, came early and there is time
reason-within-bound = { $kind }; the booking of { $booked } may start up to { $minutes } min late
reason-end-of-day = after the last appointment
reason-out-of-order = out of order: { $because }
reason-parked-here = was on hold at this desk
reason-direct = came to the desk directly
reason-remote-due = remote appointment at { $booked }
nobody-none-waiting = Nobody is waiting.
nobody-none-for-this-desk = Nobody is waiting for this desk's services.
nobody-left-to-desk = { $number } is left to desk { $desk }; so everybody is served in time.
nobody-no-gap = { $number } needs { $needs } min and does not fit before the booking of { $booked }.
nobody-fits-at = Expected to fit at { $at }.
nobody-too-early = Only people who came early are waiting. { $number } may be called from { $at }.
nobody-closing = { $number } cannot be served here before { $at }.

# Administration
admin-title = Administration
admin-health = Health
admin-devices = Devices
admin-clerks = Clerks
admin-office = Desks and services
admin-outbox = Mail
admin-desks = Desks
admin-services = Services
admin-read-only = These are changed in the office's configuration file.
pair-title = Connect a new device
pair-lead = Start the device, and type the code that its screen shows.
pair-code = Code on the device's screen
pair-office = Office
pair-button = Connect device
pair-done = Device connected: { $name }
pair-wrong = No device shows this code. Check it; it may have expired, and the screen shows a new one.
devices-none = No device is connected.
device-kiosk = kiosk
device-display = waiting-room display
device-revoke = Disconnect
device-revoked = disconnected
device-revoke-done = The device was disconnected.
col-name = Name
col-kind = Kind
col-office = Office
col-since = Since
col-role = Role
col-desk = Desk
col-services = Services
col-shifts = Hours
col-letter = Letter
col-minutes = Minutes
col-booking = Booking
col-mail = Message
col-attempts = Attempts
col-next = Next
col-why = Why
role-admin = administrator
role-clerk = clerk
clerk-new = New clerk
clerk-admin = May also administer
clerk-create = Create
clerk-created = The account { $name } was created.
clerk-name-taken = This user name exists already. Choose another.
clerk-name-wrong = Enter a user name of up to 60 characters, without blanks.
password-hint = At least 10 characters
password-short = The password needs at least { $n } characters.
booking-required = required
booking-preferred = preferred
booking-not-offered = not offered
outbox-lead = Messages that have not been sent yet. They are tried again for days; none is sent twice.
outbox-empty = All messages have been sent.
outbox-not-tried = not tried yet
outbox-given-up = given up
outbox-try-now = Try all of them now
outbox-trying = They are being tried again. Reload the page in a moment.
outbox-attempts = { $n ->
    [0] none
    [one] 1
   *[other] { $n }
}
outbox-why-gone = It is true no more, and need not be sent.
outbox-why-address = No e-mail address was given. Tell the citizen by telephone.
outbox-why-letter = The mail could not be written. Tell technical support.
outbox-why-store = The database cannot be read. Check the disk.
outbox-why-timeout = The mail server did not answer in time. It is tried again.
outbox-why-connection = The mail server cannot be reached, or the line broke. Check the network and the server.
outbox-why-untrusted = The mail server's certificate is not trusted. Check mail.host and mail.ca_file.
outbox-why-unfit = The mail server does not offer the encryption or the login that is set. Check mail.tls and mail.user.
outbox-why-folder = The folder for mails cannot be written. Check its permissions and the space on the disk.
outbox-why-mailbox = The receiver's address does not exist, or takes no mail (code { $code }). Tell the citizen by telephone.
outbox-why-login = The mail server did not accept user name or password (code { $code }). Check mail.user and mail.password_file.
outbox-why-refused = The mail server refused the mail (code { $code }). Ask who runs it.
outbox-why-later = The mail server asked to try later (code { $code }). It is tried again.
mail-kind-start = Link
mail-kind-confirmation = Confirmation
mail-kind-reminder = Reminder
mail-kind-cancellation = Cancellation
mail-kind-notice = Notice
mail-kind-other = Other
health-now = Time
health-mails = Messages waiting
health-devices = Devices
health-waiting = Waiting
health-desks-open = Open desks
health-bookings-today = Appointments today
health-events = Events in the journal
health-served = Served today
health-office-state = State
site-several = Public office appointments
card-note = Note
admin-people = People
people-heading = One person's data
people-lead = Export or erase what we keep of a person, when they ask for it. Each look is logged.
people-none = We keep nothing for this e-mail address.
people-erase = Erase, and cancel the booking
people-erased = The data was erased.
card-sent = Sent beforehand

# For whom somebody else booked
served-ask-title = An appointment booked for you
served-ask-lead = Somebody booked an appointment for you at { $office } and gave your e-mail address.
served-ask-what = If you agree, the details of the appointment, the reminders and a link of your own to change or cancel it come to you too.
served-yes = Yes, the address is mine
served-no = This is not about me
served-title = Your address is confirmed
served-mail = The details of the appointment were also sent to { $email }.
served-over-title = This link is no longer valid
served-over = The link has been used already, or the appointment no longer stands. If you have confirmed your address, you find the appointment in the confirmation message.
served-forgotten-title = Your address was erased
served-forgotten = No further message about this appointment will be sent to you.
