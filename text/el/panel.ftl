# Τι μοιράζονται το εκδοτήριο και ο πίνακας.

panel-at-time = στις { $time }
panel-at-day = { $day } στις { $time }
panel-from-time = από τις { $time }
panel-from-day = από { $day } στις { $time }
panel-day-and-time = { $day }, { $time }
panel-minutes = { $minutes ->
    [one] { $minutes } λεπτό
   *[other] { $minutes } λεπτά
}
panel-hours = { $hours ->
    [one] { $hours } ώρα
   *[other] { $hours } ώρες
}
panel-hours-and-minutes = { $hours } και { $minutes }

panel-pairing-title = Σύνδεση συσκευής
panel-pairing-sentence = Πληκτρολογήστε αυτόν τον κωδικό στη σελίδα διαχείρισης, στις «Συσκευές».
panel-pairing-wait = Αναμονή σύνδεσης με τον διακομιστή…
panel-pairing-words = Η σελίδα διαχείρισης πρέπει να δείξει αυτές τις τρεις λέξεις. Αν διαφέρει έστω και μία, μη συνδέσετε το μηχάνημα.
panel-another-hub = Αυτό δεν είναι ο διακομιστής με τον οποίο συνδέθηκε το μηχάνημα.
panel-another-hub-below = Το μηχάνημα δεν του δίνει κανένα στοιχείο και περιμένει τον δικό του. Ειδοποιήστε τον διαχειριστή. Για τη σειρά σας απευθυνθείτε στην υποδοχή.
panel-unknown-here = Ο διακομιστής δεν γνωρίζει αυτό το μηχάνημα.
panel-unknown-here-below = Ειδοποιήστε τον διαχειριστή: το μηχάνημα χρειάζεται νέα σύνδεση. Για τη σειρά σας απευθυνθείτε στην υποδοχή.
panel-stale = Χωρίς σύνδεση από τις { $time }
