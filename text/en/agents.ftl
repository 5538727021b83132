# Agents' pages.
agent-standing = Status
agent-have-account = Driving school or agent with an account? Sign in
agent-login-title = Agent sign-in
agent-login-lead = For driving schools and agents with an account.
agent-login-wrong = The e-mail address or the password is not right
agent-login-hint = If you have not set a password yet, ask the office for a new invitation.
agent-password-title = Set your password
agent-password-lead = You will sign in with the address { $email } and this password.
agent-password-label = New password
agent-password-again = The same again
agent-password-differs = The two passwords are not the same
agent-password-set = Save and sign in
agent-invitation-over = The invitation has lapsed or was used already. Sign in, or ask the office for a new one.
agent-title = Your appointments
agent-book = New appointment
agent-csv = Download as CSV
agent-per-day = { $n ->
    [one] Up to 1 appointment for each day.
   *[other] Up to { $n } appointments for each day.
}
agent-share = All agents together have up to { $n }% of the time of each day.
agent-list = Appointments you booked
agent-list-none = You have no bookings from today on.
agent-from = From day
agent-to = To day
agent-show = Show
agent-days-hint = Those from today on are shown. For earlier ones choose the days.
agent-from-today = Those from today on
agent-days-none = You have no bookings on these days.
agent-whom = For
agent-waits = Waits for the citizen until { $until }
agent-lapsed = Lapsed without being finalised
agent-stands = Stands
agent-arrived = Checked in
agent-cancelled = Cancelled
agent-void = Void
agent-missed = Did not come
agent-logout = Sign out
agent-entrusted = We sent a message to the citizen. The appointment is booked when they finalise it.
agent-withdraw = Withdraw
agent-withdrawn = The appointment was withdrawn and the time given back.
behalf-agent = For our school or office
behalf-citizen = For a citizen
citizen-email-label = E-mail address of the citizen
citizen-email-hint = The link to finalise goes there
citizen-email-own = Write the citizen’s address, not your own
citizen-confirms = Write the citizen’s details. The time is kept, and the appointment is booked only when the citizen finalises it from their own e-mail.
