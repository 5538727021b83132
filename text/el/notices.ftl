# Τι μαθαίνει όποιος βρίσκεται στο γραφείο, από τον πίνακα και το εκδοτήριο.

notice-suspended = { $kind ->
    [until] { $what }: προσωρινή διακοπή έως { $until }.
   *[open] { $what }: προσωρινή διακοπή.
}

# Τι υπόσχεται η υπηρεσία για την αναμονή.
notice-promise = Όσοι έχουν ραντεβού περιμένουν για άλλους έως { $minutes ->
    [one] { $minutes } λεπτό
   *[other] { $minutes } λεπτά
}.
notice-promise-none = Όσοι έχουν ραντεβού δεν περιμένουν για άλλους.
notice-hours-line = { $days }: { $from } έως { $to }
notice-hours-days = { $first } έως { $last }
notice-grounds = Για αναπηρία, εγκυμοσύνη, μικρά παιδιά, μεγάλη ηλικία ή άλλη ανάγκη.
notice-help-where = Αν δεν έρθει κανείς, απευθυνθείτε στην υποδοχή.
