# Accounts of staff and of agents: passwords, addresses, the second step of signing in.

# A new password.
password-hint = At least 12 characters, for example four words that do not belong together. No symbols or numbers are needed.
password-short = The password needs at least { $n } characters. Add one more word.
password-long = The password may have up to { $n } characters. Shorten it.
password-common = Many people have this password, and it is easily guessed. Choose another, for example four words that do not belong together.
password-repetitive = The password repeats itself or follows the alphabet, the keyboard or the numbers, and is easily guessed. Choose another, for example four words that do not belong together.
password-named = The password must not hold your name, the office’s or the system’s (Seira, Σειρά). Choose other words.
new-password-lead = You will sign in with the user name { $name } and the password that you set.
new-password-set = Save
new-password-done = The password is saved. Sign in with it.
account-link-over = The link has lapsed or was used already. If you have forgotten the password, ask for a new link on the sign-in page, or ask your office’s administrator.
confirm-own = Your current password
confirm-wrong = Your current password is not right. Type it again.
confirm-through = Your account has no password here, so you must have signed in within the last 15 minutes. Otherwise sign out, sign in again and come back here.

# A forgotten password.
forgotten-title = Forgotten your password?
forgotten-lead = We will send you a link by e-mail, to set a new one.
forgotten-who = User name or e-mail address
forgotten-send = Send the link
forgotten-sent = If there is such an account with a confirmed e-mail address, we have sent a link. It is good for { $minutes } minutes, once.
forgotten-none = No message came? Look among the unwanted ones too. If you have given no address, ask your office’s administrator for a new invitation.

# The second step.
step-title = Second step
step-lead = Open the authenticator app on your phone and type the code that it shows for this office.
step-wrong = The code is not right or was used already. Wait for the next one and type that.
step-lost = No phone at hand? Type one of your recovery codes. If you do not have those either, come to a desk with your identity card or passport; staff ask somebody else who may administer.
step-lead-passkey = Show that it is you with the phone, computer or security key that holds your passkey.
step-lead-recovery = Type one of the recovery codes that you have kept.
step-passkey = Sign in with a passkey / security key
step-or-code = Or with a code
step-or-recovery = Don’t have the device with you?
step-recovery-wrong = The recovery code is not right or has been used already. Try another one.
step-lost-passkey = If you don’t have the recovery codes either, come to a desk with your identity card or passport; staff turn to somebody else with administrator rights.
step-over-late = The sign-in was not finished: the second step has to follow the first within { $n } minutes. Type name and password again.
step-over-shut = The sign-in was not finished: the account was shut meanwhile. Ask whoever runs the accounts.
step-over-changed = The sign-in was not finished: the password or the second step of the account (app or passkey) was changed meanwhile. Type name and password again, and go on with what holds now.
recovery-code = Recovery code
recovery-code-hint = One of those that you wrote down or printed. It is good once.
step-other = Sign in with another account
factor-title = Set up the second step
factor-lead = With a second step nobody signs in as you with your password alone: your phone is needed too.
factor-demanded = Your account needs a second step at sign-in. Set it up now, once, to go on.
factor-app = On your phone open an app for one-time codes (an authenticator), for example the one that your device already has among its passwords.
factor-scan = Add an account and scan this QR code:
factor-qr = QR code for the app; the same key is written below
factor-typed = Or type this key into the app:
factor-code-lead = Type the code that the app shows here.
factor-code = Code
factor-code-hint = 6 digits from the app. They change every 30 seconds.
factor-code-wrong = The code does not match. Check that your phone’s time is right and type the code that it shows now.
factor-over = The second step was changed from elsewhere meanwhile. If that was you, nothing more is needed; otherwise set it up again.
factor-set = Turn it on
factor-done = The second step is on.
codes-title = Recovery codes
codes-lead = If you lose the phone or the key, you sign in with one of these, once with each. Write them down or print them, and keep them away from the computer. They will not be shown again.
codes-kept = I have kept them, go on
codes-renewed = The new codes are valid. The earlier ones no longer work.

# My account.
account-title = My account
account-password-heading = Change the password
account-password-lead = Wherever else you are signed in, you will be signed out.
account-password-set = Change the password
account-password-done = The password was changed. Wherever else you were signed in, you were signed out.
account-address-heading = E-mail address
account-address-none = No address was given.
account-address-is = { $email }, confirmed.
account-address-waits = { $email }, not confirmed yet.
account-address-hint = A link is sent there if you forget your password. Without an address you ask an administrator for a new invitation.
account-address-set = Save the address
account-address-sent = We sent a link to the address. Once you open it and press the button, the address is yours.
account-address-gone = The address was deleted.
address-prove-title = Confirm your address
address-prove-lead = Is the address { $email } yours?
address-prove = Yes, confirm
address-proven = The address is confirmed.
account-factor-heading = Second step of signing in
account-factor-is-set = It is on.
account-codes-left = { $n ->
    [0] You have no recovery codes left. Make new ones.
    [one] You have 1 recovery code left.
   *[other] You have { $n } recovery codes left.
}
account-factor-anew = Set it up on another phone
account-factor-app = Add a code app
account-codes-anew = New recovery codes
account-codes-lead = The earlier ones stop working.
account-factor-drop = Turn off the second step
account-factor-drop-lead = The app, the passkeys and the recovery codes stop working. You will sign in with the password alone again.
account-factor-dropped = The second step is off.

# Passkeys.
passkeys-heading = Passkeys
passkey-what = A passkey is a key that stays on your phone, your computer or a USB security key. When you sign in, after the password, you show it with a touch and type no code.
passkey-new = Add a passkey
passkey-below = No app? Set a passkey up below.
passkey-instead = Or with a passkey
passkey-name = Name of the passkey
passkey-name-hint = So that you can tell it apart, e.g. “Phone” or “USB key”.
passkey-name-wrong = Give it a name of up to { $n } characters, e.g. “Phone”.
passkey-name-taken = You have a passkey of this name already. Give it another, so that you can tell them apart.
passkey-go-on = Continue
passkey-now = Press the button and follow what your device shows, for “{ $name }”.
passkey-make = Create passkey
passkey-done = The passkey was added.
passkey-unused = Added { $added }. Not used yet.
passkey-used = Added { $added }. Last sign-in { $used }.
passkey-drop = Remove: { $name }
passkey-drop-lead = You will no longer sign in with it. Wherever else you are signed in, you will be signed out. Delete it on the device too, if it is shown there.
passkey-drop-yes = Remove passkey
passkey-dropped = The passkey was removed.
passkey-last = Your account needs a second step and this is the last one. Add another passkey or a code app first.
passkey-too-many = You have { $n } passkeys, as many as an account may have. Remove one to add another.
passkey-nameless = No passkey can be added here: Seira is opened by a numeric address, and passkeys need an address with a name and https. Turn to whoever looks after the server, or set up a code app.
passkey-clear = No passkey can be added here: Seira is opened without https, which passkeys need. Turn to whoever looks after the server, or set up a code app.
passkey-wrong = The device’s answer was not accepted and the passkey was not added. If the device shows it, delete it there and try again.
passkey-over = It took too long, or the second step was changed meanwhile. The passkey was not added; begin again.
passkey-answered = The passkey was not accepted: its answer had been used once already, perhaps in another tab or before the connection broke. Press the button again and show that it is you, to sign in.
passkey-not-shown = The passkey was not accepted. Try again.
passkey-failed = No answer came from the device, or you cancelled. Try again.
passkey-known = This device already has a passkey for your account.
passkey-unable = This browser does not support passkeys. Try another one, or go on with a code.
passkey-scripts-step = A passkey needs JavaScript, which is turned off. Turn it on and open the page again, or type a code below.
passkey-scripts-new = A passkey needs JavaScript, which is turned off. Turn it on in your browser and begin again.
passkey-scripts-set-up = A passkey needs JavaScript, which is turned off. Turn it on and open the page again, or set up an app above.

# Accounts, for administrators.
col-sign-in = Sign-in
signs-in-not-yet = has not set a password
signs-in-password = by password
signs-in-two-steps = in two steps
clerk-new-lead = Whoever the account is for sets the password, behind a link that is good once.
clerk-email-hint = The link is sent there. Without an address we show it to you once, to hand over.
clerk-created = The account { $name } was created.
clerk-created-mailed = The account { $name } was created. The link for the password was sent by e-mail.
clerk-invited = The link for a new password was sent by e-mail.
clerk-change = Password, e-mail or disable
clerk-password = New invitation
clerk-invite-lead = For whoever lost the link or forgot the password. The present password ends at once, the account is signed out everywhere, and we show you a link once, to hand over.
clerk-invite-lead-mail = For whoever lost the link or forgot the password. The present password ends at once, the account is signed out everywhere, and a link is sent to its address.
clerk-invite = New invitation
invitation-heading = Invitation link
invitation-lead = Give it to the person who will have the account, and to nobody else. It is good for { $days } days, once, and will not be shown again.
clerk-address-hint = A link to confirm it is sent there. The address is good once that is pressed. Empty, to delete it.
clerk-address-done = Saved. If you gave an address, we sent a link there to confirm it.
clerk-factor-lead = For whoever lost the phone or the key and the recovery codes. The app and the passkeys are removed. Make sure first who is asking, in person or on the telephone. The account is signed out everywhere.
clerk-factor-drop = Turn off the second step
clerk-factor-none = It is not set up.
clerk-factor-done = The second step is off. It is set up again at the next sign-in, if it has to be.

# Accounts of citizens: registering, activating, my page.
role-citizen = Citizen
member-nav = Account
member-sign-in = Sign in
member-title = My page
member-security = Account security
member-security-lead = Password, e-mail address, second step of signing in
member-book = New appointment
member-bookings = My appointments
member-bookings-none = You have no appointments. Those that you book, and those that you booked with the same e-mail address before, are shown here.
member-agent = The appointments that you book as an agent
member-details = My details
member-details-lead = They are filled in for you in appointments and requests. Whatever is not required may be left empty.
member-details-change = Change details
member-details-keep = Save
member-details-ended = Your details are kept. Since something was changed that was certified, level B has ended: it has to be certified anew.
member-details-done = Your details are saved.
login-no-account = No account yet?
register-title = Register
register-lead = With an account you see all your appointments together and need not type your details each time. Most services can be booked without one too.
register-required = All fields with * are required. Nothing else is asked.
register-email-hint = The link that activates the account is sent there.
register-name-hint = You will sign in with it. Up to 60 characters, without blanks.
register-name-wrong = Type a user name of up to 60 characters, without blanks.
register-name-taken = Somebody else has this user name. Choose another, e.g. with a number at the end.
register-password = Password
register-again = The password once more
register-button = Register
register-again-link = Already registered, and the link did not come?
register-again-title = Send the link again
register-again-lead = If you have registered and your account waits to be activated, we send the link once more. The one before is good no longer.
registered-to = We sent a message to the address that you gave. Open its link to activate the account.
registered-to-address = We sent a message to { $email }. Open its link to activate the account.
registered-expires = The link is good for { $hours } hours. There is no account before it is activated, and what you typed is erased after 30 days.
activate-title = Activate the account
activate-lead = Press the button to activate the account { $name }.
activate-button = Activate
activate-done = The account is active. Sign in with your user name and your password.
activate-over-title = This link is good no longer
activate-over = The activation link is too old, was used already, gave way to a newer one, or was not copied whole. If you have activated the account, sign in. Else ask for a new link.
activate-over-register = Have 30 days passed, or have you not registered? Register
activate-name-taken-title = The user name is no longer free
activate-name-taken = Somebody else has taken this user name meanwhile. Register again with another one.
profile-full-name = First and last name
profile-phone = Telephone
profile-phone-hint = Mobile or landline. Numbers abroad with + and the country’s code.
profile-tax-number = Tax number (AFM)
profile-tax-number-hint = 9 digits. Needed for level B alone.
profile-tax-office = Tax office (DOY)
profile-tax-office-hint = Needed for level B alone.
profile-street = Street and number
profile-postcode = Postcode
profile-town = Town or village
profile-name-wrong = Type your first and last name, up to 200 characters.
profile-phone-wrong = Type a telephone number with all its digits, e.g. 694 000 0000.
profile-tax-number-wrong = A tax number has 9 digits, and this one is not right. Look it up on your tax assessment.
profile-tax-office-wrong = Type your tax office, up to 200 characters.
profile-street-wrong = Type street and number, up to 200 characters.
profile-postcode-wrong = Type the postcode, e.g. 721 00.
profile-town-wrong = Type the town or village, up to 200 characters.
sessions-heading = Where you are signed in
sessions-lead = If you do not know one of these, end it and change your password.
sessions-this = This one
sessions-seen = Last used: { $seen }
sessions-end = End this session
sessions-ended = The session is ended.
member-data = My data
member-data-lead = Everything that is kept of you: take it along, or erase it.
member-history = History of the account
member-looked-at = The office looked at the account
member-erase-title = Erase the account
member-erase-lead = The account and your details are erased. This cannot be undone.
member-erase-bookings = What is kept of your appointments is erased too; those that still stand are cancelled. Only numbers stay that do not say who you are.
member-erased = The account and your details are erased. Backups lose them when newer ones take their place; if one is restored before, they are erased again.

# Levels of identity.
level-a-name = Level A
level-b-name = Level B
level-needs-a = You need to sign in with an account.
level-needs-b = It needs an account of level B, certified at a desk.
level-needs-taxisnet = You need to sign in through TAXISnet.
level-closed = This service is not offered at present.
level-missing = This service needs another level of identity. Its page says what is missing.
level-not-for-agents = Citizens ask for this service themselves, from their own account.
step-sign-in = Sign in
step-register = Register
step-have-account = Do you have an account? Sign in
step-no-account = No account yet? Register
step-taxisnet = Sign in through TAXISnet
step-ask-b = Certification for level B
step-book-certification = Book the certification
step-wait-certification = Your certification is pending
level-title = Certification for level B
level-b-since = You were certified on { $since }.
level-b-change = If you change your name, tax number, tax office or address, you have to be certified again.
level-b-lead = With level B you receive certificates by post. You are certified once, at a desk.
level-steps = What it takes
level-step-fields = Fill in what is missing:
level-step-fields-done = Your details are complete.
level-step-wish = Say that you wish to be certified.
level-step-wish-done = You have said that you wish to be certified.
level-wish = I wish to be certified
level-wish-drop = Not any more
level-step-visit = Book a visit, and come with the documents.
level-step-visit-done = Your visit is booked. Come with the documents.
level-step-second = The first check is done. A second clerk has still to look.
level-bring = Bring with you:
level-nobody-certifies = Nobody is certified here. Ask at the office.
proof-paper = Identity card or passport
proof-tax-number = A document that proves the tax number
proof-tax-office = A document that proves the tax office
proof-address = A document that proves the address
# Signing in through others: TAXISnet, providers of OpenID Connect.
through-title = Sign in another way
through-taxisnet = Sign in with TAXISnet
through-activated = Your address is confirmed and your account is ready. Sign in the way that you chose before.
through-refused-title = Not signed in
through-again = Try again
through-otherwise = Sign in with a user name and password
through-as-another = Sign in as somebody else
through-unknown = There is no such way to sign in here.
through-stray = This sign-in did not begin on this page, took too long, or was done already. Try again from the start.
through-declined = You did not agree that we learn who you are, so you are not signed in. Try again and agree, or sign in with a user name and password.
through-away = The sign-in provider (such as TAXISnet) does not answer at the moment. Try again soon, or sign in with a user name and password. Most services can be booked without signing in, too.
through-said-no = The sign-in provider (such as TAXISnet) did not confirm who you are. Try again. If it happens once more, tell the office.
through-no-person = This account is not a natural person’s. Sign in with your own credentials, not with those of a company or another legal person.
through-nobody = You are signed in there, but you have no account here. If you work here, ask the administrator for access.
through-shut = Your account here is closed. Contact the office.
through-over = It took too long. Sign in again from the start.
through-taken = The two accounts were not connected: one of them is connected with another already. If that is a mistake, contact the office.
through-email-title = Your e-mail address
through-email-lead = You are signed in as { $name }. One step is left: write your e-mail address.
through-email-why = TAXISnet gives us no e-mail address. We need one to send you confirmations and notices. We keep your name and your tax number alone, and nothing else.
through-email-known = Do you have an account with a user name here? Sign in with it first and connect it with TAXISnet on your page.
through-sent-lead = We sent a message to the address that you gave. Open its link to confirm that it is yours.
through-sent-expires = The link is good for { $hours } hours. There is no account before it is confirmed.
through-sent-other = Correct the address
through-connect-title = Connect the two accounts?
through-connect-lead = Through another provider you are signed in as { $name }.
through-connect-user = Shall it be connected with the account { $user } here? From then on you get into the same account both ways.
through-connect-button = Yes, I am the same person
through-connect-no = No, back to my page
through-connect-done = Your account is connected. Next time you can sign in this way, too.
through-connect-offer = You can also sign in to this account this way:
through-out-title = Sign out
through-out-lead = You are signed out here. It remains to sign out where you showed who you are ({ $name }), so that whoever uses this computer next does not come in under your name.
through-out-button = Sign out there too
through-lock = This account has no password here. Go on the way that you signed in, or sign out.
through-known = You also sign in as
through-register = Register of staff
through-register-yes = A public employee
through-register-no = Not a public employee
through-register-later = The register has not answered yet
member-erase-requests = Requests with a protocol number are administrative documents, and are kept for as many years as the body has set for their category. If a request of yours is open, the account is closed now, and erased when that ends.
member-closed-title = Your account is closed
member-closed = Nobody signs in with it any more. A request of yours is open: once it has come to its end, the account and its details are erased by themselves.
member-closed-mails = We go on telling you about the request by mail. If we ask you something, and to collect the result, turn to the body with the protocol number and your identity card or passport.
member-request-files = { $n ->
    [0] no files
    [one] { $n } file
   *[other] { $n } files
  }
member-stays-title = What stays
member-stays-until = Request { $number } ({ $category }): its text and files are erased on { $day }.
member-stays-open = Request { $number } ({ $category }): it is open; its text and files are erased { $n ->
    [one] { $n } year
   *[other] { $n } years
  } after it is closed.
member-stays-decides = They stay because a request with a protocol number is an administrative document. For how long is decided by: { $body } ({ $email }).
activate-password-hint = The one that you chose when you registered. So nobody else opens an account with your address.
activate-wrong = This is not the password that was given at registration. Type it again. If you did not register, close this page.
activate-through = The account will belong to the person who was shown by signing in elsewhere: { $person }. If that is not you, do not press the button.
profile-tax-number-fixed = Your tax number is the one that TAXISnet gave, and is not changed here.

# A blocked account, another address.
login-blocked = The office has blocked your account. To be let in again, contact the office with your identity card or passport. You can book appointments without an account too.
undo-title = Take a change of e-mail back
undo-lead = The mails of the account { $name } will come to { $email } again. Whoever is signed in with the account will be signed out everywhere.
undo-button = Take the change back
undo-done = The change was taken back, and the account is signed out everywhere.
undo-done-password = If it was not you who changed the address, somebody else knows your password. Set another now, with a link that is sent to this address.

# Two accounts of one person are joined.
join-offer = Do you have a second account? Join them
join-title = Join accounts
join-lead = If you have a second account, sign in to that one here too. Before anything is done, you see what moves.
join-without-password = If the second one has no password here, since you sign in through TAXISnet, do it the other way round: sign in with that one, and join this one there.
join-name = User name of the other account
join-password = Password of the other account
join-code = Code of the second step
join-code-hint = If the other account has a second step: the code of the app, or a recovery code.
join-go-on = Continue
join-moves = What moves to the account { $own }:
join-bookings = { $n ->
    [0] no appointment
    [one] 1 appointment
   *[other] { $n } appointments
}
join-requests = { $n ->
    [0] no request
    [one] 1 request
   *[other] { $n } requests
}
join-level-b = level B, with the details that were certified
join-provider = the way of signing in through another provider (TAXISnet)
join-goes = The account { $user } is erased. This cannot be undone. Mails about appointments that were made already go where they went.
join-confirm = Join the accounts
join-no = No, back
join-done = Your two accounts were joined into this one.
join-not-right = The user name, the password or the code of the other account is not right. Type them again.
join-same = You are signed in with this account already. Type the other one.
join-blocked = The office has blocked the other account. Contact the office first, with your identity card or passport.
join-other-person = The two accounts have different tax numbers, or each has a TAXISnet sign-in of its own, so they are not the same person's. If that is a mistake, correct the tax number first.
join-too-much = The other account has too many requests. Contact the office.
join-over = It took too long, or the other account was changed meanwhile. Nothing has moved; start again.

# Signing in as another provider rules.
through-ruled = Your account is one of staff, and signs in through the directory or the provider of the office alone. Try there.
clerk-ruled = This account signs in through the directory or the provider of the office, and has no password here.
activate-elsewhere = The registration behind this link was begun in another browser, through TAXISnet. Open the link there.
activate-elsewhere-again = To go on here, sign in through TAXISnet once more. If you did not register, close the page: nothing was done.
# A citizen's records with the body: debts and pending matters.
records-title = My records with the body
records-lead = Debts and pending matters, as the register has them: { $body }. We ask for them at the moment at which you look, and do not keep them.
records-footing = To see them, sign in through TAXISnet, or with a second step, which you set up in the security settings of your account. The password alone is not enough.
records-enough = You have seen them as often as is allowed within a day. Try again tomorrow.
records-barred = You cannot see the records at this moment. See below why, and what you can do.
records-away = The register does not answer at the moment. Try again in a while. Nothing was stored.
records-unreadable = The register gave no answer that we could show you. Nothing was stored. If it happens again, tell the office.
records-look = See your records
records-look-again = Update
records-as-of = As they stood { $when }.
records-debts = Debts
records-debts-none = You have no debts.
records-about = For
records-amount-due = Amount
records-amount = €{ $euros }.{ $cents }
records-total = Total: { $amount }
records-due = To be paid by
records-reference = Number
records-pending = Pending matters
records-pending-none = You have no pending matters.
records-matter = Matter
records-stands = Standing
records-since = Since
records-looks = When you saw them
records-bound = { $n ->
    [one] Once a day.
   *[other] Up to { $n } times a day.
  } Each time is written down here. If one was not you, change your password and tell the office.
records-looks-none = You have not seen them yet.
member-records = Debts and pending matters, from the register of the body.
