# What the ticket says.
# Short lines are printed in larger letters: label and value together up to 22 characters.

ticket-number = Your number
ticket-booked-for = Appointment
ticket-ahead = Ahead of you
ticket-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
ticket-expected = Wait
ticket-minutes = { $kind ->
    [now] almost none
    [up-to] up to { $to } minutes
    [about] about { $to } minutes
   *[range] { $from } to { $to } minutes
}
ticket-we-call = We will call you by your number on the board.
ticket-page = Follow your turn on your phone
ticket-copy = COPY
ticket-rehearsal = REHEARSAL
