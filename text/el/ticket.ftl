# Τι γράφει το εισιτήριο.
# Σύντομες γραμμές τυπώνονται με μεγαλύτερα γράμματα: ετικέτα και τιμή μαζί έως 22 χαρακτήρες.

ticket-number = Ο αριθμός σας
ticket-booked-for = Ραντεβού
ticket-ahead = Πριν από εσάς
ticket-people = { $count ->
    [0] κανείς
    [one] { $count } άτομο
   *[other] { $count } άτομα
}
ticket-expected = Αναμονή
ticket-minutes = { $kind ->
    [now] σχεδόν καμία
    [up-to] έως { $to }
    [about] περίπου { $to }
   *[range] { $from } έως { $to }
}
ticket-call = Ώρα κλήσης
ticket-call-about = περ. { $time }
ticket-call-after-all = στο τέλος
ticket-we-call = Θα σας καλέσουμε με τον αριθμό σας στον πίνακα.
ticket-we-call-local = Θα σας καλέσουμε με τον αριθμό σας.
# Όσα λέει κάθε εισιτήριο· η υπηρεσία τα γράφει και με δικά της λόγια.
ticket-today = Ισχύει μόνο σήμερα.
ticket-missed = Αν χάσετε την κλήση σας, πείτε το αμέσως στο προσωπικό.
ticket-page = Δείτε τη σειρά σας στο κινητό σας
ticket-copy = ΑΝΤΙΓΡΑΦΟ
ticket-rehearsal = ΔΟΚΙΜΗ
# Με αυτό το προσωπικό ξεχωρίζει το αντίγραφο από το πρωτότυπο.
ticket-job = Εκδοτήριο: { $kiosk } · εκτύπωση { $time }

# Το χαρτί με τη νέα ώρα ενός ραντεβού.
ticket-slip = Νέο ραντεβού
ticket-slip-day = Ημέρα
ticket-slip-code = Κωδικός
ticket-slip-bring = Φέρτε μαζί σας αυτό το χαρτί.
ticket-slip-scan = Δείξτε τον κωδικό στο μηχάνημα όταν έρθετε
