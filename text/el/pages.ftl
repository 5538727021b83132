# Οι σελίδες: πολίτες, υπάλληλοι, διαχείριση.

weekday-1 = Δευτέρα
weekday-2 = Τρίτη
weekday-3 = Τετάρτη
weekday-4 = Πέμπτη
weekday-5 = Παρασκευή
weekday-6 = Σάββατο
weekday-7 = Κυριακή
weekday-short-1 = Δευ
weekday-short-2 = Τρι
weekday-short-3 = Τετ
weekday-short-4 = Πεμ
weekday-short-5 = Παρ
weekday-short-6 = Σαβ
weekday-short-7 = Κυρ
month-1 = Ιανουαρίου
month-2 = Φεβρουαρίου
month-3 = Μαρτίου
month-4 = Απριλίου
month-5 = Μαΐου
month-6 = Ιουνίου
month-7 = Ιουλίου
month-8 = Αυγούστου
month-9 = Σεπτεμβρίου
month-10 = Οκτωβρίου
month-11 = Νοεμβρίου
month-12 = Δεκεμβρίου
month-name-1 = Ιανουάριος
month-name-2 = Φεβρουάριος
month-name-3 = Μάρτιος
month-name-4 = Απρίλιος
month-name-5 = Μάιος
month-name-6 = Ιούνιος
month-name-7 = Ιούλιος
month-name-8 = Αύγουστος
month-name-9 = Σεπτέμβριος
month-name-10 = Οκτώβριος
month-name-11 = Νοέμβριος
month-name-12 = Δεκέμβριος

# Σε κάθε σελίδα
skip-to-main = Μετάβαση στο περιεχόμενο
language-choice = Γλώσσα
help-heading = Χρειάζεστε βοήθεια;
phone-short = τηλ.
privacy-link = Προστασία προσωπικών δεδομένων
error-prefix = Σφάλμα:
back = Πίσω
continue = Συνέχεια
optional = (προαιρετικό)
to-front = Στην αρχική σελίδα
reload = Ανανέωση
problem-title = Δεν έγινε
stale-since = Χωρίς σύνδεση από τις
choose = Επιλέξτε

# Αρχική
front-title = Κλείστε ραντεβού
front-lead = Κλείστε ραντεβού για να εξυπηρετηθείτε στην ώρα που σας βολεύει, με φυσική παρουσία ή μέσω τηλεφώνου.
front-free = Δωρεάν. Χρειάζεστε μόνο μια διεύθυνση e-mail. Διαρκεί περίπου 3 λεπτά.
book-now = Κλείστε ραντεβού
hours-heading = Ώρες εξυπηρέτησης κοινού
about-minutes = { $n ->
    [one] διάρκεια περίπου 1 λεπτό
   *[other] διάρκεια περίπου { $n } λεπτά
}
booking-only = μόνο με ραντεβού
walk-in-only = χωρίς ραντεβού, με σειρά άφιξης
channel-in-person = με φυσική παρουσία
channel-telephone = μέσω τηλεφώνου
channel-teleconference = με τηλεδιάσκεψη
documents-heading = Τι θα χρειαστείτε
walk-in-heading = Χωρίς ραντεβού;
walk-in-text = Χωρίς ραντεβού εξυπηρετείστε στα κενά μεταξύ των ραντεβού. Ελάτε στην υπηρεσία και πάρτε αριθμό από το εκδοτήριο εισιτηρίου στην είσοδο.

# Κράτηση
step-address = Βήμα 1 από 5
step-service = Βήμα 2 από 5
step-time = Βήμα 3 από 5
step-details = Βήμα 4 από 5
step-review = Βήμα 5 από 5
address-title = Η διεύθυνση e-mail σας
address-lead = Θα σας στείλουμε έναν σύνδεσμο για να συνεχίσετε. Δεν χρειάζεται λογαριασμός.
email-label = Διεύθυνση e-mail
email-hint = Για παράδειγμα onoma@example.gr
email-wrong = Γράψτε μια διεύθυνση e-mail, όπως onoma@example.gr
honeypot-label = Αφήστε αυτό το πεδίο κενό
address-send = Αποστολή συνδέσμου
sent-title = Δείτε τα μηνύματά σας
sent-to = Στείλαμε έναν σύνδεσμο στη διεύθυνσή σας. Ανοίξτε τον για να συνεχίσετε.
sent-expires = Ο σύνδεσμος ισχύει για { $n } λεπτά και χρησιμοποιείται μία φορά.
sent-nothing-heading = Δεν ήρθε μήνυμα;
sent-nothing = Συνήθως έρχεται σε ένα λεπτό. Ελέγξτε και τα ανεπιθύμητα (spam) και αν γράψατε σωστά τη διεύθυνση.
sent-again = Στείλτε τον ξανά ή διορθώστε τη διεύθυνση
start-title = Συνεχίστε το ραντεβού σας
start-lead = Η διεύθυνση e-mail σας θα επιβεβαιωθεί. Στη συνέχεια διαλέγετε υπηρεσία, ημέρα και ώρα.
start-over-title = Ο σύνδεσμος δεν ισχύει πια
start-anew = Νέος σύνδεσμος
start-used = Ο σύνδεσμος έληξε ή έχει ήδη χρησιμοποιηθεί. Ζητήστε νέον με τη διεύθυνση e-mail σας.
session-over = Για την ασφάλειά σας η διαδικασία έληξε. Ζητήστε νέο σύνδεσμο με τη διεύθυνση e-mail σας.
service-title = Για ποια υπηρεσία;
times-title = Ημέρα και ώρα
times-none = Δεν υπάρχουν διαθέσιμες ώρες για την υπηρεσία αυτή. Δοκιμάστε ξανά αύριο ή καλέστε την υπηρεσία.
times-none-on-day = Δεν υπάρχουν διαθέσιμες ώρες αυτή την ημέρα. Διαλέξτε άλλη ημέρα.
times-morning = Πρωί
times-noon = Μεσημέρι
times-afternoon = Απόγευμα
calendar-label = Ημέρες με διαθέσιμες ώρες
calendar-earlier = Προηγούμενες
calendar-later = Επόμενες
calendar-hint = Ο μικρός αριθμός δείχνει πόσες ώρες είναι διαθέσιμες.
calendar-day = { $n ->
    [one] { $day }, 1 διαθέσιμη ώρα
   *[other] { $day }, { $n } διαθέσιμες ώρες
}
held-until = Η ώρα κρατείται για εσάς έως τις { $at }.
held-extend = Χρειάζομαι περισσότερο χρόνο
details-title = Τα στοιχεία σας
details-email = Το μήνυμα επιβεβαίωσης θα σταλεί στη διεύθυνση { $email }.
name-label = Ονοματεπώνυμο
name-hint = Όπως στην ταυτότητα ή στο διαβατήριο
name-missing = Γράψτε το ονοματεπώνυμο
phone-label = Κινητό τηλέφωνο
phone-hint = Για να σας ειδοποιήσουμε αν κάτι αλλάξει
phone-wrong = Γράψτε έναν αριθμό τηλεφώνου που υπάρχει, όπως 694 000 0000
review-title = Ελέγξτε και οριστικοποιήστε
fact-service = Υπηρεσία
fact-when = Ημέρα και ώρα
fact-where = Πού
fact-name = Ονοματεπώνυμο
fact-phone = Κινητό τηλέφωνο
fact-email = Διεύθυνση e-mail
fact-code = Κωδικός ραντεβού
privacy-heading = Ενημέρωση για την επεξεργασία προσωπικών δεδομένων
privacy-what = Υπεύθυνος επεξεργασίας: { $office }. Χρησιμοποιεί όσα στοιχεία δηλώνετε και τα αρχεία που στέλνετε μόνο για αυτό το ραντεβού: για να το επιβεβαιώσει, να σας ειδοποιήσει και να σας εξυπηρετήσει.
privacy-how-long = Τα στοιχεία σας διαγράφονται { $n } ημέρες μετά το ραντεβού. Δεν δίνονται σε άλλους και δεν φαίνονται σε οθόνες, εισιτήρια ή συνδέσμους.
privacy-rights = Έχετε δικαίωμα πρόσβασης, διόρθωσης και διαγραφής. Γράψτε στη διεύθυνση { $email }.
privacy-complaint = Αν θεωρείτε ότι η επεξεργασία παραβιάζει τον νόμο, έχετε δικαίωμα καταγγελίας στην Αρχή Προστασίας Δεδομένων Προσωπικού Χαρακτήρα (Λεωφ. Κηφισίας 1-3, Τ.Κ. 115 23, Αθήνα, complaints@dpa.gr).
privacy-walk-in = Για αριθμό χωρίς ραντεβού δεν ζητείται κανένα προσωπικό στοιχείο.
privacy-cookies = Χρησιμοποιούμε μόνο τα cookies που χρειάζονται για τη γλώσσα, την ασφάλεια και τη διαδικασία της κράτησης.
consent-yes = Συγκατατίθεμαι – Οριστικοποίηση
consent-no = Δεν συγκατατίθεμαι
consent-no-hint = Αν δεν συγκατατεθείτε, η διαδικασία σταματά, η ώρα αποδεσμεύεται και δεν κρατάμε τα στοιχεία σας.
consent-refused-title = Η διαδικασία σταμάτησε
consent-refused = Η ώρα αποδεσμεύτηκε και δεν κρατήσαμε στοιχεία σας. Μπορείτε να εξυπηρετηθείτε και χωρίς ραντεβού, με αριθμό από το εκδοτήριο εισιτηρίου.

# Το ραντεβού
booked-title = Το ραντεβού σας κλείστηκε
booked-mail = Στείλαμε μήνυμα επιβεβαίωσης στη διεύθυνση { $email }.
booking-title = Το ραντεβού σας
qr-alt = Κωδικός QR του ραντεβού { $code }
qr-hint = Δείξτε τον στο εκδοτήριο εισιτηρίου όταν έρθετε, από το κινητό ή σε χαρτί.
calendar-file = Προσθήκη στο ημερολόγιό σας
cancel-booking = Ακύρωση Κράτησης
cancel-sure = Θέλετε να ακυρώσετε το ραντεβού; Η ώρα θα δοθεί σε άλλο πρόσωπο.
cancel-yes = Ναι, ακύρωση
cancel-no = Όχι, το κρατώ
book-again = Κλείστε νέο ραντεβού
standing-cancelled = Το ραντεβού αυτό έχει ακυρωθεί.
standing-void = Το ραντεβού αυτό είναι άκυρο. Κλείστε νέο ραντεβού ή απευθυνθείτε στην υπηρεσία.
standing-missed = Η ώρα του ραντεβού πέρασε χωρίς δήλωση άφιξης.
standing-arrived = Έχετε ήδη δηλώσει την άφιξή σας.
standing-over = Το ραντεβού αυτό έχει ολοκληρωθεί ή δεν ισχύει πια.

# Τρόπος, πρόσωπα, υποθέσεις
how-title = Πώς θα εξυπηρετηθείτε;
how-channel = Τρόπος εξυπηρέτησης
how-change = Αλλαγή
how-persons = { $n ->
    [one] 1 πρόσωπο
   *[other] { $n } πρόσωπα
}
how-cases = { $n ->
    [one] 1 υπόθεση
   *[other] { $n } υποθέσεις
}
how-persons-label = Πόσα πρόσωπα θα εξυπηρετηθούν;
how-persons-hint = Μαζί με εσάς. Κλείνετε ένα ραντεβού για όλους.
how-cases-label = Για πόσες υποθέσεις ή έγγραφα;
how-cases-hint = Ο χρόνος που θα κρατήσουμε για εσάς εξαρτάται από τον αριθμό αυτόν.
how-wrong = Διαλέξτε τρόπο εξυπηρέτησης και γράψτε αριθμούς από 1 έως { $n }. Αν είστε περισσότεροι, καλέστε την υπηρεσία.
channel-in-person-hint = Έρχεστε στα γραφεία της υπηρεσίας.
channel-telephone-hint = Σας καλούμε εμείς στον αριθμό που θα δηλώσετε.
channel-teleconference-hint = Από υπολογιστή ή κινητό, με κάμερα και μικρόφωνο.
views-label = Τρόπος παρουσίασης των ωρών
view-month = Ημερολόγιο
view-list = Οι επόμενες 20 διαθέσιμες ώρες
offices-label = Η ίδια υπηρεσία σε άλλα γραφεία
next-free = Πρώτη διαθέσιμη ώρα: { $when }
next-free-none = δεν υπάρχει
hold-lapsed = Η προσωρινή δέσμευση της ώρας έληξε. Διαλέξτε ξανά ημέρα και ώρα· όσα γράψατε έχουν κρατηθεί.
held-left = απομένουν
held-soon = Η προσωρινή δέσμευση της ώρας λήγει σε λίγο. Πατήστε «Χρειάζομαι περισσότερο χρόνο» για να την κρατήσετε.
held-over = Η προσωρινή δέσμευση της ώρας έληξε. Πατήστε «Συνέχεια» για να διαλέξετε ξανά ώρα· όσα γράψατε δεν χάνονται.
held-change = Άλλη ημέρα ή ώρα

# Στοιχεία
behalf-label = Για ποιον κλείνετε το ραντεβού;
behalf-oneself = Για εμένα
behalf-other = Για λογαριασμό άλλου προσώπου
behalf-company = Για νομικό πρόσωπο (εταιρεία, σωματείο)
name-other-label = Ονοματεπώνυμο του προσώπου που θα εξυπηρετηθεί
name-company-label = Ονοματεπώνυμο του νόμιμου εκπροσώπου
company-label = Επωνυμία
company-missing = Γράψτε την επωνυμία του νομικού προσώπου
tax-label = ΑΦΜ του νομικού προσώπου
tax-hint = 9 ψηφία
tax-wrong = Γράψτε τον ΑΦΜ με τα 9 ψηφία του· ελέγξτε μήπως ένα ψηφίο είναι λάθος
applicant-label = Το δικό σας ονοματεπώνυμο
applicant-hint = Με εσάς επικοινωνούμε για το ραντεβού
applicant-missing = Γράψτε το δικό σας ονοματεπώνυμο
served-email-label = Διεύθυνση e-mail του προσώπου που θα εξυπηρετηθεί
served-email-hint = Αν δεν έχει, αφήστε το κενό· τα μηνύματα έρχονται σε εσάς
phone-wrong-optional = Γράψτε έναν αριθμό τηλεφώνου που υπάρχει, όπως 694 000 0000, ή αφήστε το πεδίο κενό
postal-label = Ταχυδρομική διεύθυνση
street-label = Οδός και αριθμός
street-missing = Γράψτε οδό και αριθμό
postcode-label = Ταχυδρομικός κώδικας
postcode-wrong = Γράψτε τον ταχυδρομικό κώδικα, όπως 721 00
town-label = Πόλη ή χωριό
town-missing = Γράψτε την πόλη ή το χωριό
identity-label = Αριθμός ταυτότητας ή διαβατηρίου
identity-hint = Αν τον δώσετε, η ταυτοποίηση στη θυρίδα γίνεται πιο γρήγορα
identity-wrong = Ο αριθμός ταυτότητας ή διαβατηρίου έχει 4 έως 20 γράμματα και ψηφία. Διορθώστε τον ή αφήστε το πεδίο κενό
text-long = Το κείμενο είναι πολύ μεγάλο. Γράψτε έως { $n } χαρακτήρες
text-control = Το κείμενο έχει χαρακτήρες που δεν φαίνονται, ίσως από αντιγραφή. Γράψτε το ξανά
field-missing = Συμπληρώστε: { $label }
field-wrong = Διορθώστε: { $label }
needs-heading = Ειδικές ανάγκες και καθυστέρηση
needs-label = Χρειάζεστε κάτι από αυτά;
needs-hint = Το βλέπει μόνο η υπηρεσία, για να ετοιμαστεί.
need-sign-language-label = Διερμηνεία στη νοηματική γλώσσα
need-other-language-label = Εξυπηρέτηση σε άλλη γλώσσα
need-escort-label = Συνοδεία από τη θέση μου ως τη θυρίδα
need-more-time-label = Περισσότερο χρόνο
late-label = Αν αργήσετε και περάσει η ώρα σας
late-anew = Το ραντεβού ακυρώνεται και κλείνω νέο
late-end-of-day = Θέλω να εξυπηρετηθώ την ίδια μέρα, μετά το τέλος των ραντεβού
review-change = Διόρθωση στοιχείων
fact-name-other = Θα εξυπηρετηθεί
fact-name-company = Νόμιμος εκπρόσωπος
fact-company = Νομικό πρόσωπο
fact-tax-number = ΑΦΜ
fact-applicant = Για λογαριασμό του κλείνει
fact-served-email = E-mail του προσώπου που θα εξυπηρετηθεί
fact-postal-address = Ταχυδρομική διεύθυνση
fact-identity = Αριθμός ταυτότητας ή διαβατηρίου
fact-how = Τρόπος
notice-version = Έκδοση κειμένου: { $version }
notice-changed = Το κείμενο της ενημέρωσης άλλαξε στο μεταξύ. Διαβάστε το ξανά πριν συγκατατεθείτε.
privacy-your-data = Από τον σύνδεσμο του ραντεβού σας μπορείτε οποτεδήποτε να δείτε, να πάρετε σε αρχείο και να διαγράψετε τα στοιχεία σας.

# Έλεγχος πριν από την αποστολή
email-meant = Μήπως εννοείτε { $email };
email-use = Αποστολή στο { $email }
email-keep = Όχι, στο { $email }
sent-to-address = Στείλαμε έναν σύνδεσμο στη διεύθυνση { $email }. Ανοίξτε τον για να συνεχίσετε.
challenge-working = Γίνεται ένας αυτόματος έλεγχος ασφάλειας. Διαρκεί λίγα δευτερόλεπτα.
challenge-done = Ο έλεγχος έγινε.
challenge-missing = Διαβάστε ή ακούστε τους χαρακτήρες και γράψτε τους
challenge-wrong = Οι χαρακτήρες δεν είναι αυτοί. Δοκιμάστε με τους νέους
challenge-used = Ο έλεγχος αυτός έχει ήδη χρησιμοποιηθεί. Δοκιμάστε ξανά
letters-heading = Έλεγχος ασφάλειας
letters-alt = Πέντε γράμματα και ψηφία. Μπορείτε να τα ακούσετε παρακάτω.
letters-listen = Ακούστε τους χαρακτήρες
letters-label = Γράψτε τους χαρακτήρες
letters-hint = 5 γράμματα και ψηφία, κεφαλαία ή πεζά
spoken-letters = Οι χαρακτήρες είναι:
spoken-a = άλφα
spoken-e = έψιλον
spoken-h = ήτα
spoken-k = κάπα
spoken-m = μι
spoken-n = νι
spoken-t = ταυ
spoken-x = χι
spoken-y = ύψιλον
spoken-z = ζήτα
spoken-3 = τρία
spoken-4 = τέσσερα
spoken-5 = πέντε
spoken-6 = έξι
spoken-7 = επτά
spoken-9 = εννέα

# Διαχείριση ραντεβού
moved-title = Το ραντεβού σας άλλαξε
moved-mail = Στείλαμε τα νέα στοιχεία στη διεύθυνση { $email }.
standing-confirmed = Το ραντεβού σας ισχύει.
greek-time = (ώρα Ελλάδας)
map-link = Χάρτης
remote-telephone = Θα σας καλέσουμε στο { $phone }. Δεν χρειάζεται να έρθετε.
remote-teleconference = Ο σύνδεσμος της τηλεδιάσκεψης θα σταλεί με μήνυμα. Δεν χρειάζεται να έρθετε.
forms-heading = Έντυπα προς συμπλήρωση
booking-actions = Το ραντεβού μου
change-booking = Προγραμματισμός εκ νέου
change-title = Προγραμματισμός εκ νέου: αλλαγή ημέρας ή ώρας
change-now = Τώρα: { $when }. Κρατιέται μέχρι να διαλέξετε άλλη ώρα.
change-until = Αλλαγή ή ακύρωση γίνεται έως: { $at }.
change-too-late = Πλησιάζει η ώρα του ραντεβού και δεν αλλάζει πια από εδώ. Καλέστε την υπηρεσία.
send-documents = Αποστολή δικαιολογητικών
documents-originals = Όσα στέλνετε ελέγχονται πριν έρθετε. Τα πρωτότυπα τα φέρνετε μαζί σας.
documents-sent = Έχετε στείλει
documents-sent-none = Δεν έχετε στείλει κάτι ακόμη.
document-kib = { $n } KB
document-file = Αρχείο
document-hint = PDF, JPEG ή PNG, έως 10 MB το καθένα, έως { $n } αρχεία
document-send = Αποστολή αρχείου
document-remove = Διαγραφή
document-none = Διαλέξτε ένα αρχείο
document-kind = Το αρχείο δεν είναι PDF, JPEG ή PNG. Διαλέξτε άλλο
document-broken = Το αρχείο δεν είναι ολόκληρο ή περιέχει και κάτι άλλο. Αποθηκεύστε το ξανά ως PDF, JPEG ή PNG και δοκιμάστε πάλι
document-pixels = Η εικόνα έχει πάρα πολλά εικονοστοιχεία. Μικρύνετέ την ή σαρώστε ξανά το έγγραφο
document-large = Το αρχείο είναι μεγαλύτερο από 10 MB. Διαλέξτε μικρότερο
document-many = Έχετε στείλει όσα αρχεία επιτρέπεται. Διαγράψτε ένα πρώτα
document-over = Το ραντεβού δεν ισχύει πια· δεν στέλνονται δικαιολογητικά
my-data = Τα στοιχεία μου
my-data-lead = Αυτά κρατάμε για εσάς με το ραντεβού αυτό.
my-data-json = Λήψη σε αρχείο
data-created = Καταχωρίστηκαν
data-consent = Συγκατάθεση, έκδοση κειμένου
erase-title = Διαγραφή των στοιχείων μου
erase-sure = Θα διαγραφούν το όνομα, οι διευθύνσεις, το τηλέφωνο και τα αρχεία σας. Δεν αναιρείται.
erase-open = Το ραντεβού σας ισχύει ακόμη και θα ακυρωθεί.
erase-yes = Ναι, διαγραφή
erase-no = Όχι, πίσω
erased-title = Τα στοιχεία σας διαγράφηκαν
erased = Δεν κρατάμε πια κάτι για εσάς από το ραντεβού αυτό.

# Αρχική: εύρεση υπηρεσίας
search-label = Αναζήτηση υπηρεσίας
search-button = Αναζήτηση
search-found = { $n ->
    [one] Βρέθηκε 1 υπηρεσία
   *[other] Βρέθηκαν { $n } υπηρεσίες
}
search-none = Δεν βρέθηκε υπηρεσία για «{ $what }». Δοκιμάστε με λιγότερα γράμματα.
search-all = Όλες οι υπηρεσίες
lead-days = { $n ->
    [one] κλείνεται τουλάχιστον 1 ημέρα πριν
   *[other] κλείνεται τουλάχιστον { $n } ημέρες πριν
}
lead-hours = { $n ->
    [one] κλείνεται τουλάχιστον 1 ώρα πριν
   *[other] κλείνεται τουλάχιστον { $n } ώρες πριν
}
lead-minutes = κλείνεται τουλάχιστον { $n } λεπτά πριν
horizon-days = { $n ->
    [one] το νωρίτερο 1 ημέρα πριν
   *[other] το νωρίτερο { $n } ημέρες πριν
}
level-a = χρειάζεται εγγραφή Επιπέδου Α΄
level-b = χρειάζεται πιστοποίηση Επιπέδου Β΄

# Η σελίδα του εισιτηρίου
your-number = Ο αριθμός σας
booked-for = ραντεβού στις { $at }
as-of = Ενημέρωση: { $at }
visit-waiting = Σε αναμονή
visit-next = Είστε από τους επόμενους
visit-ahead = { $n ->
    [one] Προηγείται 1 άτομο
   *[other] Προηγούνται { $n } άτομα
}
visit-wait = Εκτιμώμενος χρόνος αναμονής: { $from } έως { $to } λεπτά
visit-wait-short = Εκτιμώμενος χρόνος αναμονής: λιγότερο από { $to } λεπτά
visit-called = Περάστε: { $desk }
visit-called-hint = Σας καλούμε τώρα. Πηγαίνετε στη θυρίδα με το εισιτήριό σας.
visit-serving = Εξυπηρετείστε: { $desk }
visit-on-hold = Η εξυπηρέτησή σας συνεχίζεται σε λίγο
visit-on-hold-hint = Μείνετε κοντά· θα σας καλέσουμε ξανά με τον ίδιο αριθμό.
visit-finished = Η εξυπηρέτηση ολοκληρώθηκε
visit-finished-hint = Ευχαριστούμε.
visit-no-show = Σας καλέσαμε και δεν προσήλθατε
visit-no-show-hint = Αν είστε ακόμη εδώ, απευθυνθείτε στην υποδοχή.
visit-left = Αποχωρήσατε
visit-left-hint = Αν επιστρέψετε, πάρτε νέο αριθμό.
visit-unserved = Δεν προλάβαμε να σας εξυπηρετήσουμε σήμερα
visit-unserved-hint = Λυπούμαστε. Κλείστε ραντεβού για άλλη μέρα ή απευθυνθείτε στην υποδοχή.
visit-stay = Παρακαλούμε περιμένετε· θα σας καλέσουμε.

# Υπάλληλοι
staff-nav = Μενού υπαλλήλου
tab-desk = Θυρίδα
tab-admin = Διαχείριση
sign-out = Αποσύνδεση ({ $name })
login-title = Σύνδεση υπαλλήλου
login-name = Όνομα χρήστη
login-password = Συνθηματικό
login-button = Σύνδεση
login-hint = Ξεχάσατε το συνθηματικό; Απευθυνθείτε στη διαχείριση της υπηρεσίας σας.
login-wrong = Το όνομα χρήστη ή το συνθηματικό δεν είναι σωστό. Δοκιμάστε ξανά.
desks-title = Επιλέξτε θυρίδα
desk-name = { $word } { $number }
desk-go = Συνέχεια
desk-open = Άνοιγμα
desk-close = Κλείσιμο
desk-look = Προβολή
desk-not-mine = Στη θυρίδα αυτή βρίσκεται άλλος υπάλληλος.
desk-state-open = ανοιχτή
desk-state-closed = κλειστή θυρίδα
desk-state-break = διάλειμμα
desk-state-break-until = διάλειμμα έως { $at }
desk-serves = εξυπηρετεί { $number }
desk-calls = καλεί { $number }
office-state-open = Ανοιχτά. Αριθμοί έως { $tickets }, εξυπηρέτηση έως { $serves }.
office-state-closed = Κλειστά.
office-state-closed-until = Κλειστά. Ανοίγουμε: { $at }.
office-state-suspended = Οι αριθμοί χωρίς ραντεβού είναι προσωρινά μη διαθέσιμοι.
break-start = Διάλειμμα
break-end = Συνέχιση εξυπηρέτησης
break-why = Λόγος
break-rest = Διάλειμμα
break-back-office = Εργασία χωρίς κοινό
break-technical = Τεχνικό πρόβλημα
break-minutes = Διάρκεια (λεπτά)
break-open-end = χωρίς ώρα λήξης
other-desks = Άλλες θυρίδες
now-at-desk = Τώρα στη θυρίδα
call-next = Κλήση επόμενου
finish-and-next = Ολοκλήρωση και κλήση επόμενου
why = Γιατί:
card-open = Στοιχεία εξυπηρετούμενου
appeared = Προσήλθε
recall = Επανάληψη κλήσης
recalls = { $n ->
    [one] 1 επανάληψη
   *[other] { $n } επαναλήψεις
}
no-show = Δεν προσήλθε
put-back = Κλήθηκε κατά λάθος
finish = Ολοκλήρωση
park = Σε εκκρεμότητα
interrupt = Διακοπή
interrupt-hint = Η εξυπηρέτηση διακόπτεται για ραντεβού. Ο πολίτης διαλέγει πότε συνεχίζει.
interrupt-proposed = Το ραντεβού { $number } των { $at } περιμένει αυτή τη θυρίδα.
interrupt-same-desk = Συνέχεια μόνο σε αυτή τη θυρίδα
interrupt-next-gap = Στο επόμενο κενό
interrupt-end-of-day = Μετά τα ραντεβού
transfer = Παραπομπή
transfer-to = Παραπομπή σε
transfer-desks = Άλλη θυρίδα
transfer-services = Άλλη υπηρεσία
transfer-place = Θέση στη σειρά
transfer-by-arrival = με τη σειρά άφιξης
transfer-first = πρώτος: { $because }
note-before = Σημείωση για τον { $number }, που είναι ο επόμενος:
note-call = Διάβασα τη σημείωση· κλήση { $number }
note-or = Ή καλέστε άλλον από τον κατάλογο, με λόγο «σύμφωνα με τη σημείωση».
aside-heading = Σε εκκρεμότητα και όσοι δεν προσήλθαν
came-back = Επέστρεψε
row-left = Αποχώρησε
row-has-note = έχει σημείωση
outcome-done = Ολοκληρώθηκε
outcome-documents-missing = Έλειπαν δικαιολογητικά
outcome-not-possible = Δεν κατέστη δυνατή η εξυπηρέτηση
idle-desk = Κανείς δεν είναι στη θυρίδα.
idle-closed = Η θυρίδα είναι κλειστή.
idle-break = Η θυρίδα είναι σε διάλειμμα.
queue-heading = Σε αναμονή
queue-empty = Κανείς δεν περιμένει.
floor-heading = Όλες οι θυρίδες
col-number = Αριθμός
col-service = Υπηρεσία
col-booked = Ραντεβού
col-wait = Άφιξη
col-actions = Ενέργειες
arrived-at = { $at }
walk-in = χωρίς ραντεβού
by-priority = εξυπηρέτηση κατά προτεραιότητα
priority-short = κατά προτεραιότητα
row-call = Κλήση
row-actions = Κλήση του { $number } εκτός σειράς
call-number = Κλήση { $number }
override-why = Λόγος εκτός σειράς
override-short-matter = σύντομη υπόθεση
override-brought-documents = έφερε τα δικαιολογητικά που έλειπαν
override-urgent = επείγουσα ανάγκη
override-mistake = διόρθωση λάθους
override-note-of-proposal = σύμφωνα με τη σημείωση
override-other = άλλος λόγος
state-waiting = Περιμένει από { $at }
state-called = Κλήθηκε στις { $at }
state-serving = Εξυπηρετείται από { $at }
state-parked = Σε εκκρεμότητα, θυρίδα { $desk }
state-interrupted = Διακόπηκε στη θυρίδα { $desk } στις { $at }
state-no-show = Δεν προσήλθε στις { $at }
state-elsewhere-called = Κλήθηκε στη θυρίδα { $desk }
state-elsewhere-serving = Εξυπηρετείται στη θυρίδα { $desk }
card-documents = Ζητήστε να δείτε
card-logged = Η προβολή των στοιχείων καταγράφεται.
card-erased = (τα στοιχεία έχουν διαγραφεί)
alarm-printer-paper-out = Συσκευή «{ $device }»: τελείωσε το χαρτί. Οι αριθμοί φαίνονται στην οθόνη της· βάλτε χαρτί.
alarm-printer-paper-low = Συσκευή «{ $device }»: το χαρτί τελειώνει. Ετοιμάστε νέο ρολό.
alarm-printer-cover-open = Συσκευή «{ $device }»: το καπάκι του εκτυπωτή είναι ανοιχτό. Κλείστε το.
alarm-printer-offline = Συσκευή «{ $device }»: ο εκτυπωτής δεν απαντά. Οι αριθμοί φαίνονται στην οθόνη της· ελέγξτε το ρεύμα και το καλώδιο.
alarm-scanner-offline = Συσκευή «{ $device }»: ο σαρωτής δεν απαντά. Οι πολίτες πληκτρολογούν τον κωδικό· ελέγξτε το καλώδιο.
alarm-sound-failed = Συσκευή «{ $device }»: δεν ακούγεται ήχος. Ελέγξτε τα ηχεία.
alarm-other = Συσκευή «{ $device }»: χρειάζεται έλεγχο.
alarm-unreachable = Ο αριθμός { $number } περιμένει και καμία ανοιχτή θυρίδα δεν παρέχει την υπηρεσία του.

# Γιατί αυτός (μετά το «Γιατί:»)
filler-walk-in = χωρίς ραντεβού
filler-late = με καθυστέρηση
filler-transferred = από παραπομπή
filler-interrupted = συνέχιση εξυπηρέτησης
filler-returned = επέστρεψε
reason-booked-and-due = ραντεβού στις { $booked }, άφιξη { $arrived }
reason-waited-past-limit = περιμένει από τις { $arrived }, πάνω από το όριο των { $limit } λεπτών
reason-fits-gap = { $kind }, με σειρά άφιξης· κανένα ραντεβού δεν καθυστερεί
reason-fits-gap-before = { $kind }, { $free } λεπτά ελεύθερα πριν από το ραντεβού των { $before }
reason-by-priority = { $reason } · εξυπηρέτηση κατά προτεραιότητα
reason-gap-kept = το κενό κρατήθηκε, γιατί προηγήθηκαν { $n } άλλοι
reason-first-in-line = έχει την επόμενη ελεύθερη σειρά
reason-booked-early = ραντεβού στις { $booked }, ήρθε νωρίτερα και υπάρχει χρόνος
reason-within-bound = { $kind }· το ραντεβού των { $booked } ίσως αρχίσει έως { $minutes } λεπτά αργότερα
reason-end-of-day = μετά το τέλος των ραντεβού
reason-out-of-order = εκτός σειράς: { $because }
reason-parked-here = ήταν σε εκκρεμότητα σε αυτή τη θυρίδα
reason-direct = ήρθε απευθείας στη θυρίδα
reason-remote-due = ραντεβού εξ αποστάσεως στις { $booked }
nobody-none-waiting = Κανείς δεν περιμένει.
nobody-none-for-this-desk = Κανείς δεν περιμένει για τις υπηρεσίες αυτής της θυρίδας.
nobody-left-to-desk = Ο αριθμός { $number } αφήνεται στη θυρίδα { $desk }· έτσι εξυπηρετούνται όλοι στην ώρα τους.
nobody-no-gap = Ο αριθμός { $number } χρειάζεται { $needs } λεπτά και δεν χωράει πριν από το ραντεβού των { $booked }.
nobody-fits-at = Αναμένεται να χωρέσει στις { $at }.
nobody-too-early = Περιμένουν μόνο όσοι ήρθαν νωρίτερα. Ο αριθμός { $number } μπορεί να κληθεί από τις { $at }.
nobody-closing = Ο αριθμός { $number } δεν προλαβαίνει να εξυπηρετηθεί εδώ έως τις { $at }.

# Διαχείριση
admin-title = Διαχείριση
admin-health = Κατάσταση
admin-devices = Συσκευές
admin-clerks = Υπάλληλοι
admin-office = Θυρίδες και υπηρεσίες
admin-outbox = Μηνύματα
admin-desks = Θυρίδες
admin-services = Υπηρεσίες
admin-read-only = Αλλάζουν στο αρχείο ρυθμίσεων της υπηρεσίας.
pair-title = Σύνδεση νέας συσκευής
pair-lead = Ανοίξτε τη συσκευή και πληκτρολογήστε τον κωδικό που δείχνει η οθόνη της.
pair-code = Κωδικός στην οθόνη της συσκευής
pair-office = Υπηρεσία
pair-button = Σύνδεση συσκευής
pair-done = Η συσκευή συνδέθηκε: { $name }
pair-wrong = Δεν βρέθηκε συσκευή με αυτόν τον κωδικό. Ελέγξτε τον· ίσως έληξε και η οθόνη δείχνει νέο.
devices-none = Δεν έχει συνδεθεί καμία συσκευή.
device-kiosk = εκδοτήριο εισιτηρίου
device-display = οθόνη αναμονής
device-revoke = Αποσύνδεση
device-revoked = αποσυνδεδεμένη
device-revoke-done = Η συσκευή αποσυνδέθηκε.
col-name = Όνομα
col-kind = Είδος
col-office = Υπηρεσία
col-since = Από
col-role = Ρόλος
col-desk = Θυρίδα
col-services = Υπηρεσίες
col-shifts = Ωράριο
col-letter = Γράμμα
col-minutes = Λεπτά
col-booking = Ραντεβού
col-mail = Μήνυμα
col-attempts = Προσπάθειες
col-next = Επόμενη
col-why = Αιτία
role-admin = διαχείριση
role-clerk = υπάλληλος
clerk-new = Νέος υπάλληλος
clerk-admin = Και δικαιώματα διαχείρισης
clerk-create = Δημιουργία
clerk-created = Δημιουργήθηκε ο λογαριασμός { $name }.
clerk-name-taken = Το όνομα χρήστη υπάρχει ήδη. Διαλέξτε άλλο.
clerk-name-wrong = Γράψτε ένα όνομα χρήστη έως 60 χαρακτήρες, χωρίς κενά.
password-hint = Τουλάχιστον 10 χαρακτήρες
password-short = Το συνθηματικό χρειάζεται τουλάχιστον { $n } χαρακτήρες.
booking-required = απαιτείται
booking-preferred = προτιμάται
booking-not-offered = δεν διατίθεται
outbox-lead = Μηνύματα που δεν έχουν σταλεί ακόμη. Γίνονται νέες προσπάθειες για ημέρες· κανένα δεν στέλνεται δύο φορές.
outbox-empty = Όλα τα μηνύματα έχουν σταλεί.
outbox-not-tried = δεν έγινε ακόμη προσπάθεια
outbox-given-up = εγκαταλείφθηκε
outbox-try-now = Προσπάθεια για όλα τώρα
outbox-trying = Γίνεται νέα προσπάθεια. Ανανεώστε τη σελίδα σε λίγο.
outbox-attempts = { $n ->
    [0] καμία
    [one] 1
   *[other] { $n }
}
outbox-why-gone = Δεν ισχύει πια και δεν χρειάζεται να σταλεί.
outbox-why-address = Δεν έχει δοθεί διεύθυνση e-mail. Ενημερώστε τον πολίτη τηλεφωνικώς.
outbox-why-letter = Το μήνυμα δεν μπόρεσε να γραφεί. Ενημερώστε την τεχνική υποστήριξη.
outbox-why-store = Η βάση δεδομένων δεν διαβάζεται. Ελέγξτε τον δίσκο.
outbox-why-timeout = Ο διακομιστής αλληλογραφίας δεν απάντησε εγκαίρως. Γίνεται νέα προσπάθεια.
outbox-why-connection = Ο διακομιστής αλληλογραφίας δεν είναι προσβάσιμος ή η γραμμή κόπηκε. Ελέγξτε το δίκτυο και τον διακομιστή.
outbox-why-untrusted = Το πιστοποιητικό του διακομιστή αλληλογραφίας δεν είναι έμπιστο. Ελέγξτε τα mail.host και mail.ca_file.
outbox-why-unfit = Ο διακομιστής αλληλογραφίας δεν προσφέρει την κρυπτογράφηση ή τη σύνδεση που έχει οριστεί. Ελέγξτε τα mail.tls και mail.user.
outbox-why-folder = Ο φάκελος των μηνυμάτων δεν γράφεται. Ελέγξτε τα δικαιώματα και τον χώρο στον δίσκο.
outbox-why-mailbox = Η διεύθυνση του παραλήπτη δεν υπάρχει ή δεν δέχεται μηνύματα (κωδικός { $code }). Ενημερώστε τον πολίτη τηλεφωνικώς.
outbox-why-login = Ο διακομιστής αλληλογραφίας δεν δέχτηκε το όνομα χρήστη ή το συνθηματικό (κωδικός { $code }). Ελέγξτε τα mail.user και mail.password_file.
outbox-why-refused = Ο διακομιστής αλληλογραφίας αρνήθηκε το μήνυμα (κωδικός { $code }). Ρωτήστε τον διαχειριστή του.
outbox-why-later = Ο διακομιστής αλληλογραφίας ζήτησε να δοκιμάσουμε αργότερα (κωδικός { $code }). Γίνεται νέα προσπάθεια.
mail-kind-start = Σύνδεσμος
mail-kind-confirmation = Επιβεβαίωση
mail-kind-reminder = Υπενθύμιση
mail-kind-cancellation = Ακύρωση
mail-kind-notice = Ανακοίνωση
mail-kind-other = Άλλο
health-now = Ώρα
health-mails = Μηνύματα σε αναμονή
health-devices = Συσκευές
health-waiting = Σε αναμονή
health-desks-open = Ανοιχτές θυρίδες
health-bookings-today = Ραντεβού σήμερα
health-events = Γεγονότα στο αρχείο
health-served = Εξυπηρετήθηκαν σήμερα
health-office-state = Λειτουργία
site-several = Ραντεβού δημόσιων υπηρεσιών
card-note = Σημείωση
admin-people = Πρόσωπα
people-heading = Τα στοιχεία ενός προσώπου
people-lead = Εξαγωγή ή διαγραφή όσων κρατάμε για ένα πρόσωπο, όταν το ζητήσει. Η προβολή καταγράφεται.
people-none = Δεν κρατάμε κάτι για αυτή τη διεύθυνση e-mail.
people-erase = Διαγραφή και ακύρωση ραντεβού
people-erased = Τα στοιχεία διαγράφηκαν.
card-sent = Έχει στείλει

# Σε ποιον έκλεισε ραντεβού άλλο πρόσωπο
served-ask-title = Ραντεβού που κλείστηκε για εσάς
served-ask-lead = Κάποιος έκλεισε ραντεβού για εσάς στην υπηρεσία «{ $office }» και δήλωσε τη διεύθυνση e-mail σας.
served-ask-what = Αν συμφωνείτε, θα έρθουν και σε εσάς τα στοιχεία του ραντεβού, οι υπενθυμίσεις και ένας δικός σας σύνδεσμος για αλλαγή ή ακύρωση.
served-yes = Ναι, η διεύθυνση είναι δική μου
served-no = Δεν με αφορά
served-title = Η διεύθυνσή σας επιβεβαιώθηκε
served-mail = Τα στοιχεία του ραντεβού στάλθηκαν και στη διεύθυνση { $email }.
served-over-title = Ο σύνδεσμος δεν ισχύει πια
served-over = Ο σύνδεσμος έχει ήδη χρησιμοποιηθεί ή το ραντεβού δεν ισχύει. Αν έχετε επιβεβαιώσει τη διεύθυνσή σας, θα βρείτε το ραντεβού στο μήνυμα επιβεβαίωσης.
served-forgotten-title = Η διεύθυνσή σας διαγράφηκε
served-forgotten = Δεν θα σας σταλεί άλλο μήνυμα για το ραντεβού αυτό.
