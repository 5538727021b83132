# What is heard: in the room and at the kiosk. Numbers come in words already.

voice-call = Number { $number }. { $desk } { $at }.
voice-call-again = Repeat: number { $number }. { $desk } { $at }.
