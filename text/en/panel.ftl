# What kiosk and board share.

panel-weekday-1 = Monday
panel-weekday-2 = Tuesday
panel-weekday-3 = Wednesday
panel-weekday-4 = Thursday
panel-weekday-5 = Friday
panel-weekday-6 = Saturday
panel-weekday-7 = Sunday
panel-month-1 = January
panel-month-2 = February
panel-month-3 = March
panel-month-4 = April
panel-month-5 = May
panel-month-6 = June
panel-month-7 = July
panel-month-8 = August
panel-month-9 = September
panel-month-10 = October
panel-month-11 = November
panel-month-12 = December
panel-on-weekday-1 = on Monday
panel-on-weekday-2 = on Tuesday
panel-on-weekday-3 = on Wednesday
panel-on-weekday-4 = on Thursday
panel-on-weekday-5 = on Friday
panel-on-weekday-6 = on Saturday
panel-on-weekday-7 = on Sunday
panel-at-time = at { $time }
panel-at-day = { $day } at { $time }
panel-from-time = from { $time }
panel-from-day = { $day } from { $time }
panel-day-and-time = { $day }, { $time }
panel-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
panel-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
panel-hours-and-minutes = { $hours } { $minutes }

panel-pairing-title = Connect this device
panel-pairing-sentence = Type this code on the administration page, under “Devices”.
panel-pairing-wait = Waiting for the server…
panel-pairing-words = The administration page must show these three words. If even one differs, do not connect the device.
panel-another-hub = This is not the server that this device was connected to.
panel-another-hub-below = The device gives it nothing, and waits for its own. Tell the administrator. Please ask at reception for your turn.
panel-unknown-here = The server does not know this device.
panel-unknown-here-below = Tell the administrator: the device must be connected anew. Please ask at reception for your turn.
panel-stale = No connection since { $time }
