# Ο πίνακας της αίθουσας αναμονής. Μόνο αριθμοί και θυρίδες· ποτέ ονόματα ή υπηρεσίες.

display-last-calls = Κλήσεις
display-known-calls = Κλήσεις πριν από τη διακοπή
display-soon = Σε λίγο
display-without-booking = χωρίς ραντεβού
display-more = και { $count } ακόμη
display-please-wait = Παρακαλούμε περιμένετε
display-please-wait-below = Ο αριθμός σας θα εμφανιστεί εδώ.
display-recall = Επανάληψη κλήσης
display-booked = Ραντεβού { $time }
display-stale-below = Για τη σειρά σας απευθυνθείτε στην υποδοχή.
display-closed = Είμαστε κλειστά
display-closed-below = Ανοίγουμε { $time }
# Μόνο οι νέοι αριθμοί σταματούν: όσοι έχουν ήδη αριθμό καλούνται όπως πάντα.
display-suspended = Δεν δίνονται νέοι αριθμοί
display-suspended-below = Δίνουμε ξανά αριθμούς { $time }
display-suspended-wait = Όσοι έχετε αριθμό, περιμένετε· θα σας καλέσουμε.
display-suspended-line = Δεν δίνονται νέοι αριθμοί{ $until ->
    [until] { " " }έως { $time }
   *[open] { "" }
}.
