# Οι σελίδες των διεκπεραιωτών.
agent-standing = Κατάσταση
agent-have-account = Σχολή οδηγών ή διεκπεραιωτής με λογαριασμό; Συνδεθείτε
agent-login-title = Σύνδεση διεκπεραιωτή
agent-login-lead = Για σχολές οδηγών και διεκπεραιωτές με λογαριασμό.
agent-login-wrong = Η διεύθυνση e-mail ή το συνθηματικό δεν είναι σωστά
agent-login-hint = Αν δεν έχετε ορίσει ακόμη συνθηματικό, ζητήστε νέα πρόσκληση από την υπηρεσία.
agent-password-title = Ορίστε το συνθηματικό σας
agent-password-lead = Θα συνδέεστε με τη διεύθυνση { $email } και με αυτό το συνθηματικό.
agent-password-label = Νέο συνθηματικό
agent-password-again = Το ίδιο ξανά
agent-password-differs = Τα δύο συνθηματικά δεν είναι ίδια
agent-password-set = Αποθήκευση και σύνδεση
agent-invitation-over = Η πρόσκληση έληξε ή έχει ήδη χρησιμοποιηθεί. Συνδεθείτε ή ζητήστε νέα από την υπηρεσία.
agent-title = Τα ραντεβού σας
agent-book = Νέο ραντεβού
agent-csv = Λήψη σε αρχείο CSV
agent-per-day = { $n ->
    [one] Έως 1 ραντεβού για κάθε ημέρα.
   *[other] Έως { $n } ραντεβού για κάθε ημέρα.
}
agent-share = Όλοι οι διεκπεραιωτές μαζί έχουν έως { $n }% του χρόνου κάθε ημέρας.
agent-list = Ραντεβού που κλείσατε
agent-list-none = Δεν έχετε ραντεβού από σήμερα και μετά.
agent-from = Από ημέρα
agent-to = Έως ημέρα
agent-show = Προβολή
agent-days-hint = Φαίνονται όσα είναι από σήμερα και μετά. Για παλαιότερα διαλέξτε ημέρες.
agent-from-today = Όσα είναι από σήμερα και μετά
agent-days-none = Δεν έχετε ραντεβού αυτές τις ημέρες.
agent-whom = Για
agent-waits = Περιμένει τον πολίτη έως { $until }
agent-lapsed = Έληξε χωρίς οριστικοποίηση
agent-stands = Ισχύει
agent-arrived = Έγινε δήλωση άφιξης
agent-cancelled = Ακυρώθηκε
agent-void = Άκυρο
agent-missed = Δεν προσήλθε
agent-logout = Αποσύνδεση
agent-entrusted = Στείλαμε μήνυμα στον πολίτη. Το ραντεβού κλείνεται όταν το οριστικοποιήσει.
agent-withdraw = Ανάκληση
agent-withdrawn = Το ραντεβού ανακλήθηκε και η ώρα αποδεσμεύτηκε.
behalf-agent = Για τη σχολή ή το γραφείο μας
behalf-citizen = Για πολίτη
citizen-email-label = Διεύθυνση e-mail του πολίτη
citizen-email-hint = Εκεί στέλνεται ο σύνδεσμος για την οριστικοποίηση
citizen-email-own = Γράψτε τη διεύθυνση του πολίτη, όχι τη δική σας
citizen-confirms = Γράψτε τα στοιχεία του πολίτη. Η ώρα κρατείται, και το ραντεβού κλείνεται μόνο όταν ο πολίτης το οριστικοποιήσει από το δικό του e-mail.
