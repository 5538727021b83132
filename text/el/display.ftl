# Ο πίνακας της αίθουσας αναμονής. Μόνο αριθμοί και θυρίδες· ποτέ ονόματα ή υπηρεσίες.

display-last-calls = Τελευταίες κλήσεις
display-known-calls = Τελευταίες γνωστές κλήσεις
display-next = Επόμενοι αριθμοί
display-waiting = Σε αναμονή: { $count }
display-please-wait = Παρακαλούμε περιμένετε
display-please-wait-below = Ο αριθμός σας θα εμφανιστεί εδώ.
display-recall = Επανάληψη κλήσης
display-booked = Ραντεβού { $time }
display-stale-below = Για τη σειρά σας απευθυνθείτε στην υποδοχή.
display-closed = Το γραφείο είναι κλειστό
display-closed-below = Ανοίγει: { $time }
display-suspended = Η εξυπηρέτηση είναι προσωρινά μη διαθέσιμη
display-suspended-below = Συνεχίζεται: { $time }
display-suspended-no-time = Περιμένετε ή απευθυνθείτε στην υποδοχή.
