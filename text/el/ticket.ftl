# Τι γράφει το εισιτήριο.

ticket-number = Ο αριθμός σας
ticket-booked-for = Ραντεβού
ticket-ahead = Προηγούνται
ticket-people = { $count ->
    [one] { $count } άτομο
   *[other] { $count } άτομα
}
ticket-expected = Εκτίμηση αναμονής
ticket-minutes = { $from } έως { $to } λεπτά
ticket-wait-where = Περιμένετε: { $place }
ticket-we-call = Θα σας καλέσουμε με τον αριθμό σας στον πίνακα.
ticket-page = Δείτε τη σειρά σας στο κινητό σας
