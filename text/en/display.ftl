# The waiting room's board. Numbers and desks alone; never names or services.

display-last-calls = Calls
display-known-calls = Calls before the break
display-soon = Soon
display-without-booking = no appointment
display-more = and { $count } more
display-please-wait = Please wait
display-please-wait-below = Your number will appear here.
display-recall = Repeated call
display-booked = Appointment { $time }
display-stale-below = Please ask at reception for your turn.
display-closed = We are closed
display-closed-below = We open { $time }
# Only new numbers stop: those who have one are called as always.
display-suspended = No new numbers are given
display-suspended-below = We give numbers again { $time }
display-suspended-wait = If you have a number, please wait; we will call you.
display-suspended-line = No new numbers are given{ $until ->
    [until] { " " }until { $time }
   *[open] { "" }
}.
