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

# A forgotten password.
forgotten-title = Forgotten your password?
forgotten-lead = We will send you a link by e-mail, to set a new one.
forgotten-who = User name or e-mail address
forgotten-send = Send the link
forgotten-sent = If there is such an account with a confirmed e-mail address, we have sent a link. It is good for { $minutes } minutes, once.
forgotten-none = No message came? Look among the unwanted ones too. If you have given no address, ask your office’s administrator for a new invitation.
forgotten-none-agent = No message came? Look among the unwanted ones too, or ask the office for a new invitation.

# The second step.
step-title = Second step
step-lead = Open the authenticator app on your phone and type the code that it shows for this office.
step-wrong = The code is not right or was used already. Wait for the next one and type that.
step-lost = No phone at hand? Type one of your recovery codes. If you do not have those either, ask somebody else who may administer.
step-lead-passkey = Show that it is you with the phone, computer or security key that holds your passkey.
step-lead-recovery = Type one of the recovery codes that you have kept.
step-passkey = Sign in with a passkey / security key
step-or-code = Or with a code
step-or-recovery = Don’t have the device with you?
step-recovery-wrong = The recovery code is not right or has been used already. Try another one.
step-lost-passkey = If you don’t have the recovery codes either, turn to somebody else with administrator rights.
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
