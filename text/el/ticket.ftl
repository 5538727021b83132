# Τι γράφει το εισιτήριο.
# Σύντομες γραμμές τυπώνονται με μεγαλύτερα γράμματα: ετικέτα και τιμή μαζί έως 22 χαρακτήρες.

ticket-number = Ο αριθμός σας
ticket-booked-for = Ραντεβού
ticket-ahead = Προηγούνται
ticket-people = { $count ->
    [one] { $count } άτομο
   *[other] { $count } άτομα
}
ticket-expected = Αναμονή
ticket-minutes = { $kind ->
    [now] σχεδόν καμία
    [up-to] έως { $to } λεπτά
    [about] περίπου { $to } λεπτά
   *[range] { $from } έως { $to } λεπτά
}
ticket-we-call = Θα σας καλέσουμε με τον αριθμό σας στον πίνακα.
ticket-page = Δείτε τη σειρά σας στο κινητό σας
ticket-copy = ΑΝΤΙΓΡΑΦΟ
ticket-rehearsal = ΔΟΚΙΜΗ
