# What people in the house are told, by the board and the kiosk.

notice-suspended = { $kind ->
    [until] { $what }: stopped until { $until }.
   *[open] { $what }: stopped for now.
}

# What the office promises about waiting.
notice-promise = Those with an appointment wait for others up to { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}.
notice-promise-none = Those with an appointment do not wait for others.
notice-hours-line = { $days }: { $from } to { $to }
notice-hours-days = { $first } to { $last }
notice-grounds = For disability, pregnancy, small children, old age or another need.
notice-help-where = If nobody comes, please go to reception.
