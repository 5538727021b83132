# Οι σελίδες της υπηρεσίας: ραντεβού, διορθώσεις, κλεισίματα.

tab-bookings = Ραντεβού
bookings-title = Ραντεβού
bookings-new = Νέο ραντεβού για πολίτη
bookings-back = Ραντεβού
bookings-search-label = Αναζήτηση με κωδικό, όνομα ή κινητό
bookings-day-label = Ημέρα
bookings-day-show = Εμφάνιση
day-earlier = Προηγούμενη ημέρα
day-today = Σήμερα
day-later = Επόμενη ημέρα
bookings-all-of-today = Όλα τα σημερινά ραντεβού
bookings-none = Δεν υπάρχουν ραντεβού αυτή την ημέρα.
bookings-none-found = Δεν βρέθηκε ραντεβού. Δοκιμάστε τον κωδικό, μέρος του ονόματος ή τα τελευταία ψηφία του κινητού.
bookings-expected = { $n ->
    [one] Αναμένεται 1 πολίτης.
   *[other] Αναμένονται { $n } πολίτες.
}
bookings-found = { $n ->
    [one] Βρέθηκε 1 ραντεβού
   *[other] Βρέθηκαν { $n } ραντεβού
}
papers-sent = { $n ->
    [one] Έχει στείλει 1 έγγραφο
   *[other] Έχει στείλει { $n } έγγραφα
}
col-time = Ώρα
col-reference = Κωδικός
col-standing = Κατάσταση
staff-standing-expected = αναμένεται
staff-standing-arrived = έχει έρθει
staff-standing-cancelled = ακυρώθηκε
staff-standing-void = άκυρο
staff-standing-missed = δεν προσήλθε
staff-standing-held = προσωρινή δέσμευση ώρας
booking-of-walk-in = (πολίτης χωρίς ραντεβού, σταθερή ώρα)
correction-awaited = Διόρθωση έως { $at }
correction-made = Διορθώθηκε: { $at }
correction-lapsed = Η προθεσμία διόρθωσης πέρασε: { $at }
booking-of = Ραντεβού { $reference }
booking-who = Στοιχεία
booking-no-email = Χωρίς e-mail: ο πολίτης δεν λαμβάνει μηνύματα. Ενημερώστε τον τηλεφωνικά και τυπώστε το σημείωμα.
papers-none = Η υπηρεσία δεν ζητά δικαιολογητικά.
papers-needed = Τι χρειάζεται
papers-state = Έλεγχος
papers-nothing-sent = Δεν έχουν σταλεί έγγραφα.
papers-save = Αποθήκευση ελέγχου
paper-unseen = δεν έχει ελεγχθεί
paper-complete = πλήρες
paper-missing = λείπει
paper-right = κατάλληλο
paper-wrong = ακατάλληλο
correction-heading = Διόρθωση
correction-ask = Ζητήστε διόρθωση
correction-hint = Ο πολίτης λαμβάνει μήνυμα με σύνδεσμο για να διορθώσει τα στοιχεία ή να στείλει δικαιολογητικά. Αν δεν το κάνει έως την προθεσμία, το ραντεβού γίνεται άκυρο και ενημερώνεται με μήνυμα.
correction-why = Τι χρειάζεται διόρθωση
correction-note = Σημείωση προς τον πολίτη
correction-note-hint = Π.χ. ποιο στοιχείο ή έγγραφο. Εμφανίζεται στο μήνυμα.
correction-until = Προθεσμία
correction-date = Ημέρα
correction-time = Ώρα
correction-send = Αποστολή αιτήματος διόρθωσης
correction-done-by-staff = Η διόρθωση έγινε
void-heading = Άκυρο ραντεβού
void-hint = Η ώρα ελευθερώνεται. Ο πολίτης ενημερώνεται με μήνυμα για τον λόγο και κλείνει νέο ραντεβού.
void-hint-tolerant = Πιλοτική λειτουργία: το ραντεβού ισχύει, και ο πολίτης λαμβάνει μήνυμα προειδοποίησης.
void-why = Λόγος
void-button = Να γίνει άκυρο
void-warn-button = Αποστολή προειδοποίησης
staff-cancel-hint = Η ώρα ελευθερώνεται αμέσως και ο πολίτης ενημερώνεται με μήνυμα.
booking-done-new = Το ραντεβού κλείστηκε.
booking-done-papers = Ο έλεγχος των δικαιολογητικών αποθηκεύτηκε.
booking-done-correction = Ζητήθηκε διόρθωση.
booking-done-corrected = Καταχωρίστηκε ότι η διόρθωση έγινε.
booking-done-void = Το ραντεβού είναι άκυρο.
booking-done-warned = Στάλθηκε προειδοποίηση. Το ραντεβού ισχύει.
booking-done-cancel = Το ραντεβού ακυρώθηκε.
booking-done-moved = Το ραντεβού έχει νέα ώρα.
book-show-times = Διαθέσιμες ώρες
book-other-time = Άλλη υπηρεσία ή ημέρα
book-caller = Στοιχεία του πολίτη
book-now-for-caller = Κλείσιμο του ραντεβού
caller-email-hint = Αν υπάρχει, στέλνεται επιβεβαίωση. Αλλιώς τυπώστε το σημείωμα.
caller-language = Γλώσσα μηνυμάτων και σημειώματος
slip-title = Το ραντεβού σας
slip-print = Εκτύπωση σημειώματος
correct-title = Διόρθωση στοιχείων
correct-heading = Χρειάζεται διόρθωση
correct-until = Προθεσμία: { $at }. Μετά την προθεσμία το ραντεβού γίνεται άκυρο.
correct-go = Διόρθωση
correct-documents-first = Αν ζητούνται δικαιολογητικά, στείλτε τα πρώτα, και μετά υποβάλετε τη διόρθωση.
correct-button = Υποβολή διόρθωσης
corrected-title = Η διόρθωση υποβλήθηκε
corrected-mail = Στείλαμε μήνυμα επιβεβαίωσης στο { $email }.
closures-title = Κλείσιμο ημέρας ή θυρίδας
tab-house = Λειτουργία
house-title = Λειτουργία της υπηρεσίας
house-suspensions = Αναστολές
house-nothing-suspended = Τίποτα δεν έχει ανασταλεί.
house-suspend = Αναστολή
house-resume = Επαναλειτουργία
suspended-tag = προσωρινά μη διαθέσιμη
suspended-since = Από { $since }, μέχρι νεότερη ανακοίνωση
suspended-until = Από { $since } έως { $until }
suspend-what = Τι αναστέλλεται
suspend-tickets = Η έκδοση εισιτηρίων
suspend-why = Λόγος, όπως ανακοινώνεται
suspend-registry = Το μητρώο δεν λειτουργεί προσωρινά.
suspend-clerk = Απουσία υπαλλήλου.
suspend-strike = Στάση εργασίας.
suspend-technical = Τεχνική βλάβη.
suspend-until = Έως σήμερα στις
suspend-until-hint = Κενό: μέχρι νεότερη ανακοίνωση.
suspend-own-words = Με δικά σας λόγια
house-suspended = Η αναστολή ισχύει. Ενημερώθηκαν εκδοτήρια, πίνακες και σελίδες· όσοι περιμένουν κρατούν τη σειρά τους.
house-resumed = Η λειτουργία συνεχίζεται.
house-roll-called = Το παρουσιολόγιο καταχωρίστηκε.
house-paper-entered = Η εξυπηρέτηση καταχωρίστηκε με τις πραγματικές ώρες.
roll-call-title = Παρουσιολόγιο μετά από διακοπή
roll-call-lead = Μετά από διακοπή του συστήματος δείτε ποιοι έχουν φύγει. Κανείς δεν θεωρείται ότι καθυστέρησε ή δεν προσήλθε λόγω της διακοπής.
roll-call-outages = Διακοπές σήμερα:
roll-call-gone = Σημειώστε όσους έχουν αποχωρήσει
roll-call-button = Καταχώριση παρουσιολογίου
paper-title = Εξυπηρέτηση που έγινε στο χαρτί
paper-enter = Καταχώριση με τις πραγματικές ώρες
paper-arrived = Προσέλευση
paper-from = Έναρξη
paper-to = Λήξη
paper-outcome = Αποτέλεσμα
paper-done = Ολοκληρώθηκε
paper-button = Καταχώριση
remote-heading = Τηλεφωνικά ραντεβού
remote-call = Κλήση στο τηλέφωνο
remote-again = Νέα προσπάθεια
remote-number = Καλέστε
remote-by-phone = Τηλεφωνικό ραντεβού
remote-attempts = { $n } από { $of } προσπάθειες
remote-reached = Απάντησε
remote-not-reached = Δεν απάντησε
shown-title = Έλεγχος εγγράφων
shown-identity = Επέδειξε ταυτοποιητικό έγγραφο (ταυτότητα ή διαβατήριο)
shown-representation = Επέδειξε έγγραφα νομιμοποίησης εκπροσώπου
shown-needed = απαιτούνται
shown-nothing-yet = δεν έχει γίνει
shown-identity-seen = ταυτοποιήθηκε
shown-identity-unseen = χωρίς ταυτοποίηση
shown-waived-why = Λόγος, αν δεν απαιτηθούν όσα λείπουν
shown-save = Καταχώριση ελέγχου
papers-complete = πλήρη
papers-missing = λείπουν
papers-waived = λείπουν, δεν απαιτούνται
closures-from = Από
closures-to = Έως
closures-hours-hint = Χωρίς ώρες κλείνει όλη η ημέρα.
closures-what = Τι κλείνει
closures-office = Όλη η υπηρεσία
closures-whole-day = όλη την ημέρα
closures-because-el = Λόγος, όπως ανακοινώνεται (ελληνικά)
closures-because-en = Λόγος, όπως ανακοινώνεται (αγγλικά)
closures-because-missing = Γράψτε τον λόγο.
closures-wrong = Δείτε ξανά την ημέρα και τις ώρες: το τέλος πρέπει να είναι μετά την αρχή.
closures-preview = Δείτε ποια ραντεβού επηρεάζονται
closures-touched = { $n ->
    [0] Δεν επηρεάζεται κανένα ραντεβού.
    [one] Επηρεάζεται 1 ραντεβού.
   *[other] Επηρεάζονται { $n } ραντεβού.
}
closures-becomes = Τι γίνεται
closures-move = Μεταφορά: { $when }
closures-cancel = Ακύρωση, με μήνυμα και νέες ώρες
closures-leave = Μένει όπως είναι
closures-hint = Κάθε πολίτης λαμβάνει μήνυμα. Στην ακύρωση το μήνυμα προτείνει τις επόμενες διαθέσιμες ώρες.
closures-go = Κλείσιμο και ενημέρωση
closures-standing = Κλεισίματα που ισχύουν
closures-none = Κανένα.
closures-left = { $n ->
    [one] Μένει 1 ραντεβού μέσα στο κλείσιμο.
   *[other] Μένουν { $n } ραντεβού μέσα στο κλείσιμο.
}
closures-open = Άνοιγμα ξανά
closures-done = Το κλείσιμο ισχύει και οι πολίτες ενημερώνονται.
closures-opened = Το κλείσιμο ανακλήθηκε. Οι ώρες διατίθενται ξανά.
papers-title = Δικαιολογητικά
shown-reason-needed = Γράψτε τον λόγο για τον οποίο δεν απαιτούνται όσα λείπουν.
card-identity = Ταυτοποιητικό έγγραφο (ταυτότητα ή διαβατήριο)
card-representation = Έγγραφα νομιμοποίησης εκπροσώπου
