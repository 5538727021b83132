# Τι μοιράζονται το εκδοτήριο και ο πίνακας.

panel-weekday-1 = Δευτέρα
panel-weekday-2 = Τρίτη
panel-weekday-3 = Τετάρτη
panel-weekday-4 = Πέμπτη
panel-weekday-5 = Παρασκευή
panel-weekday-6 = Σάββατο
panel-weekday-7 = Κυριακή
panel-month-1 = Ιανουαρίου
panel-month-2 = Φεβρουαρίου
panel-month-3 = Μαρτίου
panel-month-4 = Απριλίου
panel-month-5 = Μαΐου
panel-month-6 = Ιουνίου
panel-month-7 = Ιουλίου
panel-month-8 = Αυγούστου
panel-month-9 = Σεπτεμβρίου
panel-month-10 = Οκτωβρίου
panel-month-11 = Νοεμβρίου
panel-month-12 = Δεκεμβρίου
panel-on-weekday-1 = τη Δευτέρα
panel-on-weekday-2 = την Τρίτη
panel-on-weekday-3 = την Τετάρτη
panel-on-weekday-4 = την Πέμπτη
panel-on-weekday-5 = την Παρασκευή
panel-on-weekday-6 = το Σάββατο
panel-on-weekday-7 = την Κυριακή
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
