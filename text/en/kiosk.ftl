# The ticket kiosk. Its ten sentences were worded by people of the trade.

kiosk-language-name = English
kiosk-home = Start over
kiosk-back = Back
kiosk-try-again = Try again
kiosk-wait = One moment…
kiosk-wait-below = Please wait.
kiosk-starting = The kiosk is starting…
kiosk-scan-anytime = Do you have a QR code? Hold it in front of the scanner at any time.
kiosk-scan-plain = Do you have a booking code? Press “I have an appointment”.

kiosk-welcome = Welcome. Do you have an appointment?
kiosk-have-booking = I have an appointment
kiosk-have-booking-below = With a QR code or a booking code
kiosk-no-booking = I have no appointment
kiosk-no-booking-below = I would like a number for today
kiosk-number-instead = Take a number without an appointment

kiosk-code = Hold your QR code in front of the scanner, or type your booking code.
kiosk-code-typed = Your code
kiosk-erase = Delete
kiosk-enter = Continue

kiosk-checked-in = You are checked in. Your number is { $number }. Please wait; we will call you.
kiosk-early = You are early. Your appointment is at { $time }. Please keep your number.
kiosk-late-in-gaps = Your appointment time has passed. You will be served in a gap between appointments. Please keep your number.
kiosk-late-end-of-day = You will be served today after the appointments. Please keep your number.
kiosk-again = You are already checked in. Your number is { $number }. Please wait; we will call you.
kiosk-walk-in = Your number is { $number }. Please wait; we will call you.

kiosk-late = Your appointment time has passed. Would you like to be served today after the appointments, or book a new time?
kiosk-late-time = Your appointment was at { $time }.
kiosk-late-today = Today, after the appointments
kiosk-late-today-below = You get a number now
kiosk-late-anew = A new appointment
kiosk-late-anew-below = Today’s appointment is cancelled
kiosk-give-up = Cancel today’s appointment?
kiosk-give-up-below = You then book a new one with your phone or at reception.
kiosk-give-up-yes = Yes, cancel
kiosk-give-up-no = No, keep it
kiosk-book-anew = Your appointment is cancelled. Book a new one with your phone or at reception.
kiosk-book-here = To book an appointment, scan this with your phone.

kiosk-services = Which service have you come for?
kiosk-services-below = If you are not sure, ask at reception.
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
kiosk-gaps = Without an appointment you are served in the gaps between appointments. { $kind ->
    [now] We will call you almost at once.
    [up-to] Expected wait: up to { $to }.
    [about] Expected wait: about { $to }.
   *[range] Expected wait: { $from } to { $to }.
} Would you like a number?
kiosk-gaps-unknown = Without an appointment you are served in the gaps between appointments. Would you like a number?
kiosk-take-number = Yes, I would like a number

kiosk-booking-required = This service needs an appointment.
kiosk-could-not-book = I was not able to book
kiosk-could-not-book-below = You will be served without an appointment. No proof is needed.

kiosk-priority = Would you like help or priority service? We will not ask why.
kiosk-priority-yes = Yes, please
kiosk-priority-no = No, thank you

kiosk-number = Your number
kiosk-printing = Your ticket is being printed…
kiosk-printed = Please take your ticket.
kiosk-not-printed = The ticket was not printed. Your number { $number } is valid. Note it down, or ask reception for it in writing.
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
kiosk-away-below = The kiosk cannot give numbers now. Please ask at reception. We go on as soon as the connection is back.
kiosk-local = Working locally
kiosk-closed = We are closed
kiosk-closed-opens = We open { $time }
kiosk-closed-below = If you have an appointment today, hold your code in front of the scanner or ask at reception.
kiosk-suspended = No numbers are given at the moment
kiosk-suspended-until = We give numbers again { $time }
kiosk-suspended-below = If you have an appointment, please check in. For anything else ask at reception.

kiosk-still-there = Are you still there?
kiosk-still-there-below = { $seconds ->
    [one] The screen returns to the start in { $seconds } second.
   *[other] The screen returns to the start in { $seconds } seconds.
}
kiosk-still-there-yes = Yes, I am

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
