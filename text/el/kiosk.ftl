# Το μηχάνημα στην είσοδο. Οι δέκα προτάσεις του είναι διατυπωμένες από τους ανθρώπους της υπηρεσίας.

kiosk-language-name = Ελληνικά
kiosk-large = Α+
kiosk-large-said = Μεγάλα γράμματα
kiosk-contrast = Αντίθεση
kiosk-contrast-said = Έντονα χρώματα
kiosk-low = Χαμηλά
kiosk-low-said = Όλα τα κουμπιά χαμηλά
kiosk-listen = Ακρόαση
kiosk-listen-said = Φωνητική ανάγνωση
kiosk-is-on = ενεργό
kiosk-is-off = ανενεργό
kiosk-help = Βοήθεια
kiosk-home = Από την αρχή
kiosk-back = Πίσω
kiosk-try-again = Νέα προσπάθεια
kiosk-wait = Μια στιγμή…
kiosk-wait-below = Παρακαλούμε περιμένετε.
kiosk-starting = Το μηχάνημα ξεκινά…
kiosk-scan-anytime = Φέρτε τον κωδικό QR οποιαδήποτε στιγμή μπροστά στον σαρωτή.

kiosk-welcome = Καλώς ήρθατε. Τι θα θέλατε;
kiosk-have-booking = Έχω ραντεβού
kiosk-have-booking-below = Με κωδικό QR ή κωδικό ραντεβού
kiosk-no-booking = Θέλω αριθμό
kiosk-no-booking-below = Για σήμερα, χωρίς ραντεβού
kiosk-number-instead = Θέλω αριθμό χωρίς ραντεβού
kiosk-not-sure = Δεν ξέρω, χρειάζομαι βοήθεια
kiosk-not-sure-short = Δεν ξέρω
kiosk-not-sure-below = Θα σας βοηθήσουμε να βρείτε τι χρειάζεται
kiosk-not-sure-heading = Πώς να σας βοηθήσουμε;
kiosk-information = Αριθμός για τις πληροφορίες
kiosk-information-below = Κρατάτε τη σειρά σας και όταν σας στείλουν σε άλλη θυρίδα
kiosk-help-here = Να έρθει κάποιος εδώ
kiosk-help-below = Ειδοποιούμε αμέσως το προσωπικό
kiosk-all-services = Να δω τις υπηρεσίες
kiosk-help-rung = Ειδοποιήσαμε το προσωπικό.
kiosk-help-coming = Έρχεται κάποιος να σας βοηθήσει.
kiosk-help-waited = Το προσωπικό είναι απασχολημένο.
kiosk-help-unheard = Δεν μπορούμε να ειδοποιήσουμε κανέναν τώρα.
kiosk-help-stay = Παρακαλούμε μείνετε εδώ.
kiosk-help-where = Απευθυνθείτε στην υποδοχή.
kiosk-help-go-on = Συνεχίζω στο μεταξύ
kiosk-help-end = Δεν χρειάζομαι πια βοήθεια
kiosk-remote = Με το κινητό σας: σαρώστε τον κωδικό και δώστε τον αριθμό { $digits }.

kiosk-code = Φέρτε τον κωδικό QR μπροστά στον σαρωτή ή πληκτρολογήστε τον κωδικό σας.
kiosk-code-plain = Πληκτρολογήστε τον κωδικό του ραντεβού σας.
kiosk-code-where = Ο κωδικός είναι στο μήνυμα επιβεβαίωσης. Έχει μόνο αυτά τα γράμματα.
kiosk-code-none = Δεν έχετε πληκτρολογήσει τίποτα ακόμη
kiosk-code-label = Ο κωδικός του ραντεβού σας
kiosk-code-typed = Ο κωδικός σας
kiosk-erase = Διόρθωση
kiosk-enter = Συνέχεια

kiosk-checked-in = Η άφιξή σας καταχωρίστηκε. Θα σας καλέσουμε.
kiosk-early = Ήρθατε νωρίτερα. Το ραντεβού σας είναι στις { $time }.
kiosk-late-in-gaps = Θα σας εξυπηρετήσουμε σήμερα, ανάμεσα στα ραντεβού.
kiosk-late-end-of-day = Θα σας εξυπηρετήσουμε σήμερα, μετά τα ραντεβού.
kiosk-again = Η άφιξή σας έχει ήδη καταχωριστεί. Θα σας καλέσουμε.
kiosk-walk-in = Παρακαλούμε περιμένετε. Θα σας καλέσουμε.

kiosk-late = Η ώρα του ραντεβού σας έχει περάσει. Τι θα θέλατε;
kiosk-late-time = Το ραντεβού σας ήταν στις { $time }.
kiosk-late-rule-after = Όσοι καθυστερούν εξυπηρετούνται μετά τα ραντεβού.
kiosk-late-rule-gaps = Όσοι καθυστερούν εξυπηρετούνται και ανάμεσα στα ραντεβού.
kiosk-late-today-gaps = Σήμερα, ανάμεσα στα ραντεβού
kiosk-times = Ποια ώρα σας εξυπηρετεί;
kiosk-times-below = Το σημερινό ραντεβού ακυρώνεται μόνο όταν διαλέξετε.
kiosk-rebooked = Το νέο ραντεβού σας:
kiosk-late-today = Σήμερα, μετά τα ραντεβού
kiosk-late-today-below = Παίρνετε αριθμό τώρα
kiosk-late-anew = Νέο ραντεβού εδώ
kiosk-late-anew-below = Το σημερινό ακυρώνεται μόλις διαλέξετε νέα ώρα
kiosk-give-up = Δεν βρήκαμε άλλη ώρα. Να ακυρωθεί το σημερινό ραντεβού;
kiosk-give-up-below = Νέο ραντεβού κλείνετε μετά, από το κινητό σας ή στην υποδοχή.
kiosk-give-up-yes = Ναι, να ακυρωθεί
kiosk-give-up-no = Όχι, το κρατώ
kiosk-book-anew = Το ραντεβού σας ακυρώθηκε.
kiosk-book-here = Για να κλείσετε ραντεβού, σαρώστε τον κωδικό με το κινητό σας.

kiosk-services = Για ποια υπηρεσία ήρθατε;
kiosk-services-below = Όλες οι υπηρεσίες, με εικόνες
kiosk-page = Σελίδα { $page } από { $pages }
kiosk-page-next = Επόμενη σελίδα
kiosk-page-previous = Προηγούμενη
kiosk-service-wait = { $kind ->
    [now] Σχεδόν χωρίς αναμονή
    [up-to] Αναμονή έως { $to }
    [about] Αναμονή περίπου { $to }
   *[range] Αναμονή { $from } έως { $to }
}
kiosk-service-now = Χωρίς ραντεβού
kiosk-service-booking = Με ραντεβού
kiosk-service-no-time = Δεν υπάρχει άλλη ώρα σήμερα
kiosk-service-suspended = Προσωρινά μη διαθέσιμη

kiosk-bring = Τι θα χρειαστείτε
kiosk-bring-nothing = Δεν χρειάζονται δικαιολογητικά.
kiosk-document-copy = φωτοαντίγραφο
kiosk-document-count = σε { $count } αντίτυπα
kiosk-takes = Διάρκεια εξυπηρέτησης: περίπου { $time }
kiosk-first-gap = Πρώτο κενό: περίπου στις { $time }
kiosk-more-of-us = Περισσότερα άτομα ή υποθέσεις
kiosk-party = Πόσοι είστε και πόσες υποθέσεις έχετε;
kiosk-persons = { $count ->
    [one] { $count } άτομο
   *[other] { $count } άτομα
}
kiosk-persons-more = Ένα άτομο ακόμη
kiosk-persons-less = Ένα άτομο λιγότερο
kiosk-cases = { $count ->
    [one] { $count } υπόθεση
   *[other] { $count } υποθέσεις
}
kiosk-cases-more = Μία υπόθεση ακόμη
kiosk-cases-less = Μία υπόθεση λιγότερη
kiosk-gaps = Χωρίς ραντεβού σας εξυπηρετούμε ανάμεσα στα ραντεβού.
kiosk-take-number = Ναι, θέλω αριθμό

kiosk-booking-required = Για την υπηρεσία αυτή χρειάζεται ραντεβού.
kiosk-could-not-book = Δεν μπόρεσα να κλείσω ραντεβού
kiosk-could-not-book-below = Θα σας εξυπηρετήσουμε χωρίς ραντεβού. Δεν χρειάζεται να αποδείξετε τίποτα.

kiosk-priority = Θέλετε βοήθεια ή εξυπηρέτηση κατά προτεραιότητα;
kiosk-priority-yes = Ναι, θέλω
kiosk-priority-no = Όχι, ευχαριστώ
kiosk-priority-never-why = Δεν θα σας ρωτήσουμε τον λόγο.
kiosk-needs = Τι χρειάζεστε;
kiosk-needs-below = Το βλέπει μόνο το προσωπικό. Διαλέξτε όσα θέλετε.
kiosk-need-escort = Να με συνοδεύσουν από τη θέση μου
kiosk-need-sign-language = Νοηματική γλώσσα
kiosk-need-other-language = Δεν μιλώ ελληνικά
kiosk-need-more-time = Περισσότερο χρόνο
kiosk-wishes = Τι χρειάζεστε;
kiosk-wishes-say = Χρειάζομαι βοήθεια ή προτεραιότητα
kiosk-wishes-priority = Εξυπηρέτηση κατά προτεραιότητα
kiosk-call-early = Αν γίνεται, να σας καλέσουμε πριν από την ώρα σας;
kiosk-call-early-yes = Ναι, μπορείτε
kiosk-call-early-no = Όχι, στην ώρα μου

kiosk-number = Ο αριθμός σας
kiosk-printing = Το εισιτήριό σας τυπώνεται…
kiosk-printed = Πάρτε το εισιτήριό σας.
kiosk-unconfirmed = Πάρτε το εισιτήριό σας. Αν δεν βγήκε, σημειώστε τον αριθμό.
kiosk-note-it = Σημειώστε τον ή ζητήστε τον γραπτώς από την υποδοχή.
kiosk-fix-time = Θέλω σταθερή ώρα: { $time }
kiosk-not-printed = Το εισιτήριο δεν τυπώθηκε. Ο αριθμός σας ισχύει.
kiosk-scan-page = Σαρώστε με το κινητό σας για να βλέπετε τη σειρά σας.
kiosk-noted = Το σημείωσα
kiosk-done = Τέλος
kiosk-booked-for = Ραντεβού { $time }
kiosk-ahead = { $count ->
    [0] Δεν προηγείται κανείς
    [one] Προηγείται { $count } άτομο
   *[other] Προηγούνται { $count } άτομα
}
kiosk-expected = { $kind ->
    [now] Θα σας καλέσουμε σχεδόν αμέσως
    [up-to] Εκτιμώμενη αναμονή: έως { $to }
    [about] Εκτιμώμενη αναμονή: περίπου { $to }
   *[range] Εκτιμώμενη αναμονή: { $from } έως { $to }
}
kiosk-call-about = Θα σας καλέσουμε γύρω στις { $time }.
kiosk-call-after-all = Ώρα κλήσης: μετά το τέλος των ραντεβού
kiosk-place-unknown = Χωρίς σύνδεση δεν ξέρουμε πόσοι προηγούνται. Κρατάμε τη σειρά σας.

kiosk-away = Χωρίς σύνδεση από τις { $time }
kiosk-away-below = Το μηχάνημα δεν μπορεί να δώσει αριθμό τώρα. Απευθυνθείτε στην υποδοχή.
kiosk-local = Λειτουργεί τοπικά
kiosk-closed = Είμαστε κλειστά
kiosk-closed-opens = Ανοίγουμε { $time }
kiosk-closed-below = Αν έχετε ραντεβού για σήμερα, φέρτε τον κωδικό σας στον σαρωτή.
kiosk-suspended = Δεν δίνονται αριθμοί αυτή τη στιγμή
kiosk-suspended-until = Δίνουμε ξανά αριθμούς { $time }
kiosk-suspended-below = Αν έχετε ραντεβού, δηλώστε την άφιξή σας.

kiosk-still-there = Είστε ακόμη εδώ;
kiosk-still-there-below = { $seconds ->
    [one] Η οθόνη θα επιστρέψει στην αρχή σε { $seconds } δευτερόλεπτο.
   *[other] Η οθόνη θα επιστρέψει στην αρχή σε { $seconds } δευτερόλεπτα.
}
kiosk-still-there-yes = Ναι, συνεχίζω
kiosk-still-there-said = Σε είκοσι δευτερόλεπτα η οθόνη επιστρέφει στην αρχή. Πατήστε ένα πλήκτρο για να συνεχίσετε.

kiosk-speech-on = Φωνητική ανάγνωση. Τα πλήκτρα πάνω και κάτω μετακινούν, το μεσαίο επιλέγει. Στην οθόνη σύρετε το δάχτυλο και αγγίξτε δύο φορές γρήγορα.
kiosk-speech-off = Τέλος φωνητικής ανάγνωσης.
kiosk-speech-open = Χωρίς ακουστικά, όσα ακούγονται τα ακούν και άλλοι. Τα προσωπικά στοιχεία δεν διαβάζονται.
kiosk-speech-choices = { $count ->
    [one] { $count } επιλογή.
   *[other] { $count } επιλογές.
}
kiosk-speech-place = { $place } από { $count }
kiosk-speech-volume = Ένταση { $step } από { $steps }
kiosk-speech-typed = { $count ->
    [one] { $count } γράμμα ή ψηφίο
   *[other] { $count } γράμματα ή ψηφία
}
kiosk-speech-not-now = { $label }, όχι ακόμη
kiosk-speech-slower = Πιο αργή φωνή
kiosk-speech-faster = Πιο γρήγορη φωνή
kiosk-speech-secret = Τα προσωπικά στοιχεία διαβάζονται μόνο με ακουστικά.

kiosk-refused-unknown-code = Δεν βρήκαμε ραντεβού με αυτόν τον κωδικό. Δοκιμάστε ξανά ή απευθυνθείτε στην υποδοχή.
kiosk-refused-other-office = Το ραντεβού αυτό είναι σε άλλη υπηρεσία. Δείτε τη διεύθυνση στο μήνυμα επιβεβαίωσης ή ρωτήστε στην υποδοχή.
kiosk-refused-other-day = Το ραντεβού σας δεν είναι σήμερα. Δείτε την ημέρα στο μήνυμα επιβεβαίωσης ή ρωτήστε στην υποδοχή.
kiosk-refused-other-day-at = Το ραντεβού σας είναι { $time }. Θα σας περιμένουμε.
kiosk-refused-cancelled = Το ραντεβού αυτό έχει ακυρωθεί. Μπορείτε να πάρετε αριθμό χωρίς ραντεβού ή να απευθυνθείτε στην υποδοχή.
kiosk-refused-void = Το ραντεβού αυτό είναι άκυρο. Μπορείτε να πάρετε αριθμό χωρίς ραντεβού ή να απευθυνθείτε στην υποδοχή.
kiosk-refused-expired = Η κράτηση αυτή δεν ολοκληρώθηκε και έληξε. Μπορείτε να πάρετε αριθμό χωρίς ραντεβού ή να απευθυνθείτε στην υποδοχή.
kiosk-refused-missed = Η ώρα του ραντεβού αυτού έχει περάσει. Μπορείτε να πάρετε αριθμό χωρίς ραντεβού ή να απευθυνθείτε στην υποδοχή.
kiosk-refused-no-time-left = Σήμερα δεν επαρκεί ο χρόνος για την υπηρεσία αυτή. Μπορείτε να κλείσετε ραντεβού εδώ ή στην υποδοχή.
kiosk-refused-closed = Αυτή την ώρα δεν λειτουργούμε. Ραντεβού μπορείτε να κλείσετε εδώ.
kiosk-refused-closed-at = Αυτή την ώρα δεν λειτουργούμε. Ανοίγουμε { $time }. Ραντεβού μπορείτε να κλείσετε εδώ.
kiosk-refused-tickets-closed = Δεν δίνονται άλλοι αριθμοί σήμερα. Μπορείτε να κλείσετε ραντεβού εδώ ή στην υποδοχή.
kiosk-refused-tickets-closed-at = Αυτή την ώρα δεν δίνονται αριθμοί. Δίνονται ξανά { $time }. Μπορείτε να κλείσετε ραντεβού εδώ ή στην υποδοχή.
kiosk-refused-suspended = Η υπηρεσία αυτή είναι προσωρινά μη διαθέσιμη. Ρωτήστε στην υποδοχή πότε συνεχίζεται.
kiosk-refused-suspended-at = Η υπηρεσία αυτή είναι προσωρινά μη διαθέσιμη. Συνεχίζεται { $time }.
kiosk-refused-booking-required = Για την υπηρεσία αυτή χρειάζεται ραντεβού. Μπορείτε να κλείσετε ραντεβού εδώ ή στην υποδοχή.
kiosk-refused-too-many = Περιμένουν ήδη όσοι μπορούν να εξυπηρετηθούν σήμερα. Μπορείτε να κλείσετε ραντεβού εδώ ή στην υποδοχή.
kiosk-refused-unknown-service = Η υπηρεσία αυτή δεν παρέχεται πια εδώ. Επιλέξτε άλλη ή ρωτήστε στην υποδοχή.
kiosk-refused-result-not-ready = Δεν υπάρχει έγγραφο για παράδοση με αυτή την απόδειξη. Δείτε τη σελίδα του αιτήματος ή ρωτήστε στην υποδοχή.
kiosk-refused-away = Δεν πήραμε απάντηση. Τίποτα δεν χάθηκε. Δοκιμάστε ξανά ή απευθυνθείτε στην υποδοχή.
kiosk-refused-busy = Έγιναν πολλές προσπάθειες σε λίγη ώρα. Περιμένετε λίγο και δοκιμάστε ξανά.
kiosk-refused-device = Το μηχάνημα αυτό δεν μπορεί να δώσει αριθμό. Απευθυνθείτε στην υποδοχή.
kiosk-refused-set-aside = Αυτή τη στιγμή δεν δίνονται αριθμοί εδώ. Απευθυνθείτε στην υποδοχή.
kiosk-refused-storage-full = Δεν μπορούμε να καταχωρίσουμε την άφιξή σας αυτή τη στιγμή. Απευθυνθείτε στην υποδοχή.
kiosk-refused-other = Κάτι δεν πήγε καλά. Δοκιμάστε ξανά ή απευθυνθείτε στην υποδοχή.
