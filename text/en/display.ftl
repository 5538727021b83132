# The waiting room's board. Numbers and desks alone; never names or services.

display-last-calls = Last calls
display-known-calls = Last known calls
display-next = Next numbers
display-waiting = Waiting: { $count }
display-please-wait = Please wait
display-please-wait-below = Your number will appear here.
display-recall = Repeated call
display-booked = Appointment { $time }
display-stale-below = Please ask at reception for your turn.
display-closed = The office is closed
display-closed-below = Opens: { $time }
display-suspended = Service is temporarily unavailable
display-suspended-below = Resumes: { $time }
display-suspended-no-time = Please wait, or ask at reception.
