# The ticket kiosk. Its ten sentences were worded by people of the trade.

kiosk-language-name = English
kiosk-large = A+
kiosk-large-said = Large letters
kiosk-contrast = Contrast
kiosk-contrast-said = Strong colours
kiosk-low = Low
kiosk-low-said = All buttons low
kiosk-listen = Listen
kiosk-listen-said = Read aloud
kiosk-is-on = on
kiosk-is-off = off
kiosk-help = Help
kiosk-home = Start over
kiosk-back = Back
kiosk-try-again = Try again
kiosk-wait = One moment…
kiosk-wait-below = Please wait.
kiosk-starting = The kiosk is starting…
kiosk-scan-anytime = Hold your QR code in front of the scanner at any time.

kiosk-welcome = Welcome. What would you like?
kiosk-have-booking = I have an appointment
kiosk-have-booking-below = With a QR code or a booking code
kiosk-no-booking = I would like a number
kiosk-no-booking-below = For today, without an appointment
kiosk-number-instead = Take a number without an appointment
kiosk-not-sure = I am not sure, I need help
kiosk-not-sure-short = I am not sure
kiosk-not-sure-below = We help you find what you need
kiosk-not-sure-heading = How can we help?
kiosk-information = A number for information
kiosk-information-below = You keep your turn if you are sent to another desk
kiosk-help-here = Let somebody come here
kiosk-help-below = We tell staff at once
kiosk-all-services = Show me the services
kiosk-help-rung = We have told staff.
kiosk-help-coming = Somebody is coming to help you.
kiosk-help-waited = Staff are busy.
kiosk-help-unheard = We cannot call anybody now.
kiosk-help-stay = Please stay here.
kiosk-help-where = Please go to reception.
kiosk-help-go-on = Go on meanwhile
kiosk-help-end = I need no more help
kiosk-remote = With your phone: scan the code and give the number { $digits }.

kiosk-code = Hold your QR code in front of the scanner or type it.
kiosk-code-plain = Type your booking code.
kiosk-code-where = The code is in your confirmation. It has these letters only.
kiosk-code-none = Nothing is typed yet
kiosk-code-label = Your booking code
kiosk-code-typed = Your code
kiosk-erase = Delete
kiosk-enter = Continue

kiosk-checked-in = You are checked in. We will call you.
kiosk-early = You are early. Your appointment is at { $time }.
kiosk-late-in-gaps = You will be served today in a gap between appointments.
kiosk-late-end-of-day = You will be served today after the appointments.
kiosk-again = You are already checked in. We will call you.
kiosk-walk-in = Please wait. We will call you.

kiosk-late = Your appointment time has passed. What would you like?
kiosk-late-time = Your appointment was at { $time }.
kiosk-late-rule-after = Those who are late are served after the appointments.
kiosk-late-rule-gaps = Those who are late are also served between appointments.
kiosk-late-today-gaps = Today, between appointments
kiosk-times = Which time suits you?
kiosk-times-below = Today’s appointment is cancelled only when you choose.
kiosk-rebooked = Your new appointment:
kiosk-late-today = Today, after the appointments
kiosk-late-today-below = You get a number now
kiosk-late-anew = A new appointment here
kiosk-late-anew-below = Today’s is cancelled once you choose a new time
kiosk-give-up = No other time was found. Cancel today’s appointment?
kiosk-give-up-below = You then book a new one with your phone or at reception.
kiosk-give-up-yes = Yes, cancel
kiosk-give-up-no = No, keep it
kiosk-book-anew = Your appointment is cancelled.
kiosk-book-here = To book an appointment, scan this with your phone.

kiosk-services = Which service have you come for?
kiosk-services-below = All services, with pictures
kiosk-page = Page { $page } of { $pages }
kiosk-page-next = Next page
kiosk-page-previous = Previous
kiosk-service-wait = { $kind ->
    [now] Almost no wait
    [up-to] Wait up to { $to }
    [about] Wait about { $to }
   *[range] Wait { $from } to { $to }
}
kiosk-service-now = Without an appointment
kiosk-service-booking = By appointment
kiosk-service-no-time = No time left today
kiosk-service-suspended = Temporarily unavailable

kiosk-bring = What you will need
kiosk-bring-nothing = No documents are needed.
kiosk-document-copy = copy
kiosk-document-count = { $count } of them
kiosk-takes = Serving you takes about { $time }
kiosk-first-gap = First gap: at about { $time }
kiosk-more-of-us = More persons or cases
kiosk-party = How many are you, and how many cases do you have?
kiosk-persons = { $count ->
    [one] { $count } person
   *[other] { $count } persons
}
kiosk-persons-more = One person more
kiosk-persons-less = One person fewer
kiosk-cases = { $count ->
    [one] { $count } case
   *[other] { $count } cases
}
kiosk-cases-more = One case more
kiosk-cases-less = One case fewer
kiosk-gaps = Without an appointment you are served in the gaps between appointments.
kiosk-take-number = Yes, I would like a number

kiosk-booking-required = This service needs an appointment.
kiosk-could-not-book = I was not able to book
kiosk-could-not-book-below = You will be served without an appointment. No proof is needed.

kiosk-priority = Would you like help or priority service?
kiosk-priority-yes = Yes, please
kiosk-priority-no = No, thank you
kiosk-priority-never-why = We will not ask why.
kiosk-needs = What do you need?
kiosk-needs-below = Only staff see this. Choose as many as you like.
kiosk-need-escort = To be fetched from my seat
kiosk-need-sign-language = Sign language
kiosk-need-other-language = I do not speak Greek
kiosk-need-more-time = More time
kiosk-wishes = What do you need?
kiosk-wishes-say = I need help or priority
kiosk-wishes-priority = Priority service
kiosk-call-early = If we can, may we call you before your time?
kiosk-call-early-yes = Yes, you may
kiosk-call-early-no = No, at my time

kiosk-number = Your number
kiosk-printing = Your ticket is being printed…
kiosk-printed = Please take your ticket.
kiosk-unconfirmed = Please take your ticket. If none came out, note the number.
kiosk-note-it = Note it down, or ask reception for it in writing.
kiosk-fix-time = I would like a fixed time: { $time }
kiosk-not-printed = The ticket was not printed. Your number is valid.
kiosk-scan-page = Scan this with your phone to follow your turn.
kiosk-noted = I have noted the number
kiosk-done = Finish
kiosk-booked-for = Appointment { $time }
kiosk-ahead = { $count ->
    [0] Nobody is ahead of you
    [one] { $count } person ahead of you
   *[other] { $count } people ahead of you
}
kiosk-expected = { $kind ->
    [now] We will call you almost at once
    [up-to] Expected wait: up to { $to }
    [about] Expected wait: about { $to }
   *[range] Expected wait: { $from } to { $to }
}
kiosk-call-about = We will call you at about { $time }.
kiosk-call-after-all = Called: after the last appointment
kiosk-place-unknown = Without connection we do not know how many are ahead. Your turn is kept.

kiosk-away = No connection since { $time }
kiosk-away-below = The kiosk cannot give numbers now. Please ask at reception.
kiosk-local = Working locally
kiosk-closed = We are closed
kiosk-closed-opens = We open { $time }
kiosk-closed-below = If you have an appointment today, hold your code in front of the scanner.
kiosk-suspended = No numbers are given at the moment
kiosk-suspended-until = We give numbers again { $time }
kiosk-suspended-below = If you have an appointment, please check in.

kiosk-still-there = Are you still there?
kiosk-still-there-below = { $seconds ->
    [one] The screen returns to the start in { $seconds } second.
   *[other] The screen returns to the start in { $seconds } seconds.
}
kiosk-still-there-yes = Yes, I am
kiosk-still-there-said = In twenty seconds the screen returns to the start. Press any key to go on.

kiosk-speech-on = Reading aloud. Up and down move, the middle key chooses. On the screen, slide a finger and tap twice quickly.
kiosk-speech-off = Reading aloud ends.
kiosk-speech-open = Without a headset others hear what is read. Personal details are not read.
kiosk-speech-choices = { $count ->
    [one] { $count } choice.
   *[other] { $count } choices.
}
kiosk-speech-place = { $place } of { $count }
kiosk-speech-volume = Volume { $step } of { $steps }
kiosk-speech-typed = { $count ->
    [one] { $count } character
   *[other] { $count } characters
}
kiosk-speech-not-now = { $label }, not yet
kiosk-speech-slower = Slower voice
kiosk-speech-faster = Faster voice
kiosk-speech-secret = Personal details are read through a headset only.

kiosk-refused-unknown-code = We found no appointment with this code. Try again or ask at reception.
kiosk-refused-other-office = This appointment is at another office. See the address in your confirmation, or ask at reception.
kiosk-refused-other-day = Your appointment is not today. See the day in your confirmation, or ask at reception.
kiosk-refused-other-day-at = Your appointment is { $time }. We expect you then.
kiosk-refused-cancelled = This appointment was cancelled. You can take a number without an appointment, or ask at reception.
kiosk-refused-void = This appointment is void. You can take a number without an appointment, or ask at reception.
kiosk-refused-expired = This booking was not completed and has expired. You can take a number without an appointment, or ask at reception.
kiosk-refused-missed = The time of this appointment has passed. You can take a number without an appointment, or ask at reception.
kiosk-refused-no-time-left = There is not enough time left today for this service. You can book an appointment here or at reception.
kiosk-refused-closed = We are closed now. You can book an appointment here.
kiosk-refused-closed-at = We are closed now. We open { $time }. You can book an appointment here.
kiosk-refused-tickets-closed = No more numbers are given today. You can book an appointment here or at reception.
kiosk-refused-tickets-closed-at = No numbers are given at this hour. They are given again { $time }. You can book an appointment here or at reception.
kiosk-refused-suspended = This service is temporarily unavailable. Ask at reception when it goes on.
kiosk-refused-suspended-at = This service is temporarily unavailable. It goes on { $time }.
kiosk-refused-booking-required = This service needs an appointment. You can book one here or at reception.
kiosk-refused-too-many = As many people wait already as can be served today. You can book an appointment here or at reception.
kiosk-refused-unknown-service = This service is no longer given here. Choose another, or ask at reception.
kiosk-refused-result-not-ready = There is no document to hand over for this receipt. Look at the page of your request, or ask at reception.
kiosk-refused-away = We got no answer. Nothing is lost. Try again or ask at reception.
kiosk-refused-busy = There were many attempts in a short time. Wait a little and try again.
kiosk-refused-device = This kiosk cannot give numbers. Please ask at reception.
kiosk-refused-set-aside = Numbers cannot be given here at the moment. Please ask at reception.
kiosk-refused-storage-full = We cannot record your arrival at the moment. Please ask at reception.
kiosk-refused-other = Something went wrong. Try again or ask at reception.
