# Citizens' pages, and what stands around every page.
language-name = English
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
the-weekday-1 = Monday
the-weekday-2 = Tuesday
the-weekday-3 = Wednesday
the-weekday-4 = Thursday
the-weekday-5 = Friday
the-weekday-6 = Saturday
the-weekday-7 = Sunday
date-label = Date
date-day = Day
date-month = Month
date-year = Year
time-form = HH:MM, e.g. 09:30
time-wrong = { $label }: write the time as HH:MM, from 00:00 to 23:59, e.g. 09:30 or 14:15.
time-past = { $label }: this time has passed. Write one that is still to come.
date-none = There is no such day.
date-wrong = { $label }: there is no such day. Type day, month and year in digits, e.g. 24 11 2026.
date-missing = { $label }: Type day, month and year in digits, e.g. 24 11 2026.
date-beyond = { $label }: type a year from 1900 to 2200.
dates-order = { $last }: this day comes before the one in “{ $first }”. Type the same day or a later one.
choice-unknown = { $label }: there is no such choice. Choose one from the list.
address-unread = The address of the page cannot be read: something is missing, damaged or stands twice. Open the page again by the link, or from the front page.
form-without-cookie = The form was not sent: your browser does not have the cookie with which it was opened. Open the page again and fill it in. If it happens again, allow cookies for this site.
form-of-before = You are signed in, but this page was opened before you did, and its form no longer holds. Go on with the page as it is now.
time-repeated = { $time } ({ $clock })
clock-summer = summer time
clock-winter = winter time
moment-today = at { $time }
moment-on-day = on { $day } at { $time }
until-day = { $day } at { $time }
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
help-office = Citizens reach the office at:
phone-short = phone
privacy-link = Privacy

# Accessibility statement (Decision (EU) 2018/1523)
accessibility-link = Accessibility statement
accessibility-commitment = We want everybody to be able to use this website, as Law 4727/2020 (Directive (EU) 2016/2102) asks. The statement covers all of its pages.
accessibility-status-heading = How far it is accessible
accessibility-status = This website is partly accessible: it follows EN 301 549 and WCAG 2.1 level AA, except for what is listed below.
accessibility-gaps-heading = What is not accessible yet
accessibility-gap-readers = The pages have not been tried yet by people who use a screen reader every day.
accessibility-gap-signs = There are no texts in easy language and no videos in sign language.
accessibility-gap-documents = Files that citizens send are shown as they were sent.
accessibility-made-heading = How this statement was made
accessibility-made = The statement was made on 29 November 2026. It rests on an assessment by the makers: every page was checked with axe-core, with the keyboard alone, with letters at twice their size, and as a screen reader reads it.
accessibility-feedback-heading = Comments and contact
accessibility-feedback = If there is something that you cannot read or use, tell us on which page, and what happened:
accessibility-answer = We will serve you by telephone or at the office, without the website.
accessibility-enforcement-heading = If the answer does not satisfy you
accessibility-enforcement = You can turn to whoever supervises the accessibility of public bodies or takes citizens’ complaints:
accessibility-ministry = Ministry of Digital Governance, Registry of Public Websites and Applications
accessibility-ombudsman = The Greek Ombudsman
error-prefix = Error:
back = Back
continue = Continue
optional = (optional)
to-front = To the front page
reload = Reload
done-before-title = This was done already
done-before = This was done already, on { $when }, and was not done a second time.
done-before-hint = What was shown then, such as codes or a link, is not shown again. If you did not keep it, ask for a new one.
problem-title = This did not work
not-found-title = The page was not found
not-found-next = Check the link, or start from the front page.
visit-unknown = There is no number at this address, or its day is over. Check the link, or scan the code on your ticket again.
until-time = { $time }
stale-since = No connection since
choose = Choose

# Front page
front-title = Book an appointment
front-lead = Book an appointment to be served at a time that suits you, in person or by telephone.
front-free = Free of charge. All you need is an e-mail address. It takes about 3 minutes.
front-most-booked = Most often booked
front-some = Services with appointments
group-services = { $n ->
    [one] 1 service
   *[other] { $n } services
}
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
rules-heading = Rules of the office, and from when they hold
rule-void = An appointment with missing or wrong details is cancelled.
rule-late = Who is late by more than { $n } minutes loses the time.
rule-no-show = Who is called and does not come to the desk loses the turn.
rule-documents = Without the documents nobody is served.
rule-walk-in = Where an appointment is needed, only those who could not book one are served without.
rule-since = In force since { $date }.
rule-from = In force from { $date }. Until then there is only a warning.
rule-tolerant = On trial: there is only a warning.
service-gone-title = This service is not given here any more
service-gone = See which services are given today: { $office }.
service-gone-others = Services that are given
service-unknown-title = There is no such service here
service-unknown = Check the address, or see which services are given: { $office }.

# Booking
step-address = Step 1 of 5
step-service = Step 2 of 5
step-time = Step 3 of 5
step-details = Step 4 of 5
step-review = Step 5 of 5
address-title = Your e-mail address
address-lead = We will send you a link to continue. You need no account.
email-label = E-mail address
email-hint = For example name@example.org
email-wrong = Enter an e-mail address, such as name@example.org
email-letters = What stands before the @ has letters that are not Latin, and mails do not arrive there. Enter an address in Latin letters, such as name@example.org
honeypot-label = Leave this field empty
address-send = Send the link
sent-title = Check your e-mail
sent-to = We have sent a link to your address. Open it to continue.
sent-expires = The link is valid for { $n } minutes and can be used once.
sent-nothing-heading = No message?
sent-nothing = It usually arrives within a minute. Look in your spam folder too, and check that you typed the address correctly.
sent-again = Send the link again or correct the address
start-title = Continue with your appointment
start-lead = Your e-mail address will be confirmed. Then you choose service, day and time.
start-over-title = This link is no longer valid
start-anew = Get a new link
start-used = The link has expired or was already used. Ask for a new one with your e-mail address.
session-over = For your safety this session has ended. Ask for a new link with your e-mail address.
service-title = For which service?
times-title = Day and time
times-none = There are no free times for this service. Try again tomorrow, or call the office.
times-none-on-day = There are no free times on this day. Choose another day.
suspended-service = This service is not given at present, until further notice.
suspended-service-until = This service is not given at present, until { $until }.
suspended-line = Not given at present
suspended-line-until = Not given at present, until { $until }
suspended-tickets = At present no numbers are given without an appointment, until further notice.
suspended-tickets-until = At present no numbers are given without an appointment, until { $until }.
suspended-choose-later = You can book one of the times that you see here. If it is urgent, call the office: { $phone }.
suspended-call = There will be times to book again as soon as it goes on. Until then call the office: { $phone }.
suspended-book = People with an appointment are served as usual. You can book one here, or call: { $phone }.
suspended-booked = Your appointment is kept. Before you set out, call the office: { $phone }.
suspended-waits = Your place is kept.
times-greek = All times are the time in Greece.
times-morning = Morning
times-noon = Midday
times-afternoon = Afternoon
calendar-label = Days with free times
calendar-earlier = Previous month
calendar-later = Next month
calendar-day-wrong = The address of the page names a day that does not exist. Choose one of those below.
calendar-month-wrong = The address of the page names a month that does not exist. Choose one of the days below.
calendar-hint = The small number shows how many times are free.
calendar-day = { $n ->
    [0] { $day }, no free times
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
phone-no-number = The number holds letters or signs. Write digits alone, like 694 000 0000, or with the country’s code, like +49 151 23456789
phone-unknown-country = No country has the code that the number begins with. Check the digits after the +
phone-too-short = Digits of the number are missing. A Greek one has 10; for a number of another country write its code first, like +49
phone-too-long = The number has too many digits. Write one number, without an extension
phone-given-to-nobody = Nobody has such a number. Check the digits; for a number of another country write its code first, like +49
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
qr-hint = Show the QR code at the ticket kiosk when you come, on your phone or on paper.
slip-qr-hint = Show the QR code at the ticket kiosk when you come.
calendar-file = Add to your calendar
cancel-booking = Cancel the booking
cancel-sure = Do you want to cancel the appointment? The time will be given to somebody else.
cancel-yes = Yes, cancel
cancel-no = No, keep it
book-again = Book a new appointment
standing-cancelled = This appointment was cancelled.
standing-displaced = We are sorry. We had to cancel your appointment.
standing-moved-by-office = We are sorry. We had to change the time of your appointment.
moved-by-office-advice = The new time is kept for you. If it does not suit you, choose another.
moved-by-office-other = Another time
standing-why = The reason:
standing-too-late = Your appointment was cancelled, since its time had passed.
when-dead = No longer holds:
when-was = Before:
when-now = Now:
when-no-longer = { $when } (no longer holds)
first-choice-title = Choose a new time before the public
first-choice-lead = Until { $at } you choose among all the times of the office, also those that the public cannot have yet. Your code and your documents stay as they are.
first-choice-kept = Kept for you:
first-choice-take = I want this time
first-choice-other = See all times
change-was = The time that was cancelled: { $when }
standing-void = This appointment is void. Book a new one, or contact the office.
standing-missed = The time of the appointment passed without a check-in.
standing-arrived = You have already checked in.
standing-over = This appointment is over, or no longer valid.

# Way, persons, cases
how-title = How will you be served?
how-cases-title = For how many cases?
how-persons-title = For how many people?
how-counts-title = For how many people and cases?
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
how-cases-label = Number of cases or documents
how-cases-hint = The time that we keep for you follows from this number.
counts-wrong = Write numbers of persons and of cases from 1 to { $n }.
counts-too-long = So many persons or cases do not fit in one appointment. Write fewer, or make several appointments.
channel-not-offered = This service is not given in this way. Choose: { $ways }.
how-wrong = Choose a way and enter numbers from 1 to { $n }. If you are more, call the office.
channel-in-person-hint = You come to the office.
channel-telephone-hint = We call you, at the number that you give.
channel-teleconference-hint = From a computer or a phone with camera and microphone.
views-label = How the times are shown
view-month = Calendar
view-list = Next times
offices-label = The same service in other offices
next-free = First free time: { $when }
next-free-none = none
times-kept-title = You have chosen already
time-kept-until = kept for you until { $at }
hold-entrusted-over = The time that was prepared for you is not kept any more: its term is over, or whoever prepared it withdrew it. Ask them for a new appointment, or choose another time here.
hold-lapsed = The time was kept no longer. Choose a day and a time again; what you typed is still there.
held-left = time left:
held-minutes = minutes
held-soon = The time will soon be kept no longer. Press “I need more time” to keep it.
held-soon-last = The time is kept for a short while more and cannot be kept longer again. Finish the booking or choose another time; what you typed is not lost.
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
field-not-digits = Write digits alone, 20 at most: { $label }
field-no-date = Choose or write a date: { $label }
field-no-choice = Choose one of the answers: { $label }
needs-heading = Assistance while you are served
needs-label = Do you need any of these?
needs-hint = Only the office sees this, to be prepared.
need-sign-language-label = Sign language interpreting
need-other-language-label = Service in another language
need-escort-label = Somebody to take me from my seat to the desk
need-more-time-label = More time
late-label = What would you like to happen, if you are late?
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
fact-needs = What you need
fact-how = Way of being served
notice-changed = The text has changed in the meantime. Read it again before you consent.
privacy-your-data = By the link of your appointment you can see, download and erase your details at any time.

# Check before sending
email-meant = Did you mean { $email }?
email-use = Send to { $email }
email-keep = No, to { $email }
sent-to-address = We have sent a link to { $email }. Open it to continue.
challenge-working = An automatic security check is under way. It takes a few seconds.
challenge-done = The check is done.
challenge-missing = Read or listen to the characters, and type them
challenge-wrong = These are not the characters. Try with the new ones
challenge-late = The page waited too long. Press “Send the link” again
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
change-booking-below = another day or time
change-title = Reschedule: another day or time
change-now = Now: { $when }. This time is kept until you choose another.
change-until = You can change or cancel until: { $at }.
change-too-late = The time is near, and the appointment can no longer be changed here. Call the office.
send-documents = Send documents
documents-originals = What you send is checked before you come. Bring the originals with you.
documents-sent = You have sent
documents-sent-none = You have not sent anything yet.
document-kib = { $n } KB
document-file = File
file-choose = Choose a file
file-none = No file chosen
document-hint = PDF, JPEG or PNG, up to 10 MB each, up to { $n } files
document-send = Send the file
document-remove = Remove
document-none = Choose a file
rehearsal = REHEARSAL
document-kind = The file is not a PDF, JPEG or PNG. Choose another
document-broken = The file is not whole or holds something else too. Save it again as PDF, JPEG or PNG and try again
document-pixels = The picture has far too many pixels. Make it smaller or scan the document again
document-active = The PDF holds commands that run when it is opened. Print it to a new PDF (“Print”, “Save as PDF”), or send a photograph of it
document-heavy = The PDF is far too large when it is opened. Scan it again at a lower resolution, or send fewer pages
document-locked = The PDF is locked, or cannot be checked. Save it without a password (“Print”, “Save as PDF”), or send a photograph of it
document-heif = The photograph is in the HEIC format, which does not open everywhere. See below how to send it
document-encrypted = The PDF is protected with a password, and cannot be checked. If it opens without one, send a photograph or a screenshot of each page. If it asks for one, save it without
photographs-title = How to send the photograph
photographs-iphone = From an iPhone
photographs-iphone-1 = Open “Settings”, “Camera”, “Formats”.
photographs-iphone-2 = Choose “Most Compatible”.
photographs-android = From Android
photographs-android-1 = Open the camera and its settings.
photographs-android-2 = Turn off high efficiency pictures (HEIF or HEIC).
photographs-again = Photograph the document again, and send the new photograph.
photographs-else = If you only have the photograph, open it, take a screenshot, and send that.
document-costly = The PDF is made of far too many parts and cannot be checked. Print it to a new PDF (“Print”, “Save as PDF”), or send a photograph of it
document-late = The file could not be checked in time. Send it again; if that happens again, send a photograph of it
document-crowded = Many files are being checked at this moment. Send it again in a minute
document-large = The file is larger than 10 MB. Choose a smaller one
document-many = You have sent as many files as are allowed. Remove one first
document-corrected = We have received the document that we asked for. Your appointment stands. If another page is missing, send it here.
document-over = The appointment no longer stands; no documents can be sent
my-data = My data
my-data-lead = This is what we keep of you with this appointment.
my-data-json = Download as a file
data-created = Given on
data-consent = Consent
data-agreed = The text that you agreed to
erase-title = Erase my data
erase-sure = Your name, addresses, phone number and files will be erased. This cannot be undone.
erase-open = Your appointment will be cancelled too.
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
    [one] appointments for the next day
   *[other] appointments for the next { $n } days
}
level-a = at the desk you will be asked for your identity card or passport to collect the result
level-b = at the desk you will be asked for your identity card or passport to be identified

# The ticket's page
your-number = Your number
booked-for = appointment at { $at }
as-of = Last updated: { $at }
visit-next = You are among the next
visit-ahead = { $n ->
    [one] 1 person ahead of you
   *[other] { $n } people ahead of you
}
visit-wait = Expected wait: { $from } to { $to } minutes
visit-wait-short = Expected wait: less than { $to } minutes
visit-called = Please go to { $desk }
visit-called-hint = We are calling you now. Go to the desk with your ticket.
visit-serving = You are being served at { $desk }
visit-on-hold = You will be served again shortly
visit-on-hold-hint = Stay near; we will call you again with the same number.
visit-finished = You have been served
visit-finished-hint = Thank you.
visit-no-show = We called you and you did not come
visit-no-show-hint = If you are still here, ask at reception.
visit-left = You have left
visit-left-hint = If you come back, take a new number.
visit-out-of-reach = We will not get to you today
visit-out-of-reach-hint = We are sorry. We close before your turn comes. If somebody leaves and there is time after all, we will call you.
visit-unserved = We could not serve you today
visit-unserved-hint = We are sorry. Book an appointment for another day, or ask at reception.
visit-stay = Please wait; we will call you.

# For whom somebody else booked
served-ask-title = An appointment booked for you
served-ask-lead = Somebody booked an appointment for you at { $office } and gave your e-mail address.
served-ask-what = If you agree, the details of the appointment, the reminders and a link of your own to change or cancel it come to you too.
served-yes = Yes, the address is mine
served-no = This is not about me
served-title = Your address is confirmed
served-mail = The details of the appointment were also sent to { $email }.
served-is-proven = { $email } (confirmed)
served-is-asked = { $email } (a message to confirm it was sent)
served-over-title = This link is no longer valid
served-over = The link has been used already, or the appointment no longer stands. If you have confirmed your address, you find the appointment in the confirmation message.
served-forgotten-title = Your address was erased
served-forgotten = No further message about this appointment will be sent to you.
entrusted-title = An appointment was prepared for you
entrusted-lead = { $agent } prepared this appointment. It is booked only if you finalise it yourself.
entrusted-until = The time is kept for you until { $until }. On the next page you check your details and consent or not.
entrusted-go-on = Check the details
entrusted-not-you = If this is not about you, close the page: the time is given back and the details are erased.
entrusted-over-title = This appointment no longer waits to be finalised
entrusted-over = If you finalised it, you find it in the confirmation message. Otherwise the time for it is over, or whoever prepared it withdrew it: ask them for a new appointment.

# Code by e-mail, new link
code-title = Confirm with a code
code-why = So that nobody else sees or erases your data, you need a code that we send to your e-mail address.
code-goes-to = The code will be sent to { $email }.
code-send = Send the code
code-sent = We sent a code to { $email }.
code-good = It is valid for { $minutes } minutes.
code-label = Code
code-hint = Eight digits, as in the message.
code-go = Continue
code-again = Send a new code
code-wrong = The code is not right or no longer valid. Look at the latest message or ask for a new code.
code-no-address = We have no e-mail address of yours to send a code to. For your data, please ask the office and bring your identity document.
link-ended = This link is no longer valid, because a newer one was sent. Open the link in the latest message about the appointment.
renew-link = New link
renew-title = New link for the appointment
renew-lead = If somebody else has the link of the appointment, it will stop working. We will send a new one to your e-mail address. The appointment stays as it is.
renew-yes = Send a new link
renew-no-address = We have no e-mail address of yours to send a new link to. Please ask the office.
renewed-title = We sent a new link
renewed = Open it in your e-mail. Earlier links no longer work.
