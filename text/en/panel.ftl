# What kiosk and board share.

panel-at-time = at { $time }
panel-at-day = on { $day } at { $time }
panel-from-time = from { $time }
panel-from-day = on { $day } from { $time }
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
