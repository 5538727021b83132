# What the ticket says.
# Short lines are printed in larger letters: label and value together up to 22 characters.

ticket-number = Your number
ticket-booked-for = Appointment
ticket-ahead = Ahead of you
ticket-people = { $count ->
    [0] nobody
    [one] { $count } person
   *[other] { $count } people
}
ticket-expected = Wait
ticket-minutes = { $kind ->
    [now] almost none
    [up-to] up to { $to }
    [about] about { $to }
   *[range] { $from } to { $to }
}
ticket-call = Call
ticket-call-about = at about { $time }
ticket-call-after-all = after appointments
ticket-we-call = We will call you by your number on the board.
ticket-we-call-local = We will call you by your number.
# What every ticket says; the office may put it into words of its own.
ticket-today = Good for today only.
ticket-missed = If you miss your call, tell the staff at once.
ticket-page = Follow your turn on your phone
ticket-copy = COPY
ticket-rehearsal = REHEARSAL
# By this staff tell a copy from its original.
ticket-job = Kiosk: { $kiosk } · printed { $time }

# The paper with the new time of a booking.
ticket-slip = New appointment
ticket-slip-day = Day
ticket-slip-code = Code
ticket-slip-bring = Please bring this paper with you.
ticket-slip-scan = Show the code to the kiosk when you come
