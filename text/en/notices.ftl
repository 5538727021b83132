# What people in the house are told, by the board and the kiosk.

notice-suspended = { $kind ->
    [until] { $what }: stopped until { $until }.
   *[open] { $what }: stopped for now.
}

# What the office promises about waiting.
notice-promise-futures = Whoever has an appointment comes first once its time has come; the others are called in order of arrival.
notice-promise-sentence = Whoever has an appointment comes first from five minutes before its time; the others are called in order of arrival.
notice-promise-kept = Of 100 appointments, { $percent } begin at most three minutes after their time.
notice-hours-line = { $days }: { $from } to { $to }
notice-hours-days = { $first } to { $last }
notice-grounds = For disability, pregnancy, small children, old age or another need.
notice-help-where = If nobody comes, please go to reception.
