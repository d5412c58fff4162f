# Pages for signing up and in, the own account, members.

account-email = E-mail
account-email-help = We mail you a link that confirms it.
account-password = Password
account-new-password = New password
account-present-password = Present password
account-password-help = At least { $min } characters. A few words that don't belong together are easy to keep in mind and hard to guess.
account-name = Name
account-name-help = How you are addressed.
account-country = Country
account-country-help = What can be bought depends on it. It can't be changed later.
account-country-choose = Choose a country
account-language = Language
account-language-help = For pages and mails.
account-mobile = Mobile number
account-mobile-help = Optional. Sellers see it only if you agree while ordering.
account-mobile-example = Example: +49 170 1234567
account-save = Save
account-operation = Operation
account-role = Role
account-change = Change

account-sign-in = Sign in
account-password-forgotten = Password forgotten?
account-set-new-password = Set a new one
account-no-account-yet = New here?
account-sign-up = Sign up
account-sign-up-lead = All fields are needed. You can buy as soon as your e-mail address is confirmed. The organisation that you buy for gets your name until you change it.
account-have-account = You have an account already?

account-code-title = Enter your code
account-code-lead = Your password was right. Your account uses two-step verification: enter the code that your device shows now.
account-code = Code
account-code-help = Six digits; a new code appears every 30 seconds.
account-other-account = Sign in with another account

account-mail-sent-title = Check your mail
account-mail-sent-sign-up = We have sent a mail to the address that you entered. Open the link in it to go on; then you can sign in.
account-mail-sent-password = If there is an account with this address, we have sent a mail to it. Open the link in it to set a new password.
account-mail-sent-confirm = Your address isn't confirmed yet, so you can't sign in. We have sent you the link once more: open it, then sign in.
account-mail-sent-hours = { $hours ->
    [one] The link works once, for 1 hour.
   *[other] The link works once, for { $hours } hours.
}
account-mail-sent-demo = This is a demo: mails aren't sent. Sign in as the operator to read them under Written mails.
account-mail-missing = No mail after some minutes? Look in the spam folder, or
account-try-again = try again
account-mail-done = Done already?

account-confirm-email = Confirm your e-mail address
account-confirm-email-lead = Confirm that { $address } is your address. Then you can sign in.
account-confirm-email-button = Confirm address
account-confirm-email-void = If you opened this link before, your address may be confirmed already: just sign in. If it isn't, signing in sends you a new link.

account-forgot-title = Set a new password
account-forgot-lead = Enter the address of your account. We mail you a link with which you set a new password.
account-send-link = Send a link
account-remembered = It came back to you?
account-reset-title = Set a new password
account-reset-lead = The new password is for the account { $address }. All devices that are signed in with it are signed out.
account-reset-button = Set password
account-reset-void = Your password is as it was.
account-link-void = To try again:

account-invitation-title = Invitation
account-invitation-lead = { $organisation } invites you ({ $address }) to join. Your role would be: { $role }.
account-invitation-join = Join
account-invitation-join-new = Create account and join
account-invitation-new = There is no account with this address yet. Make one to join:
account-invitation-known = There is an account with this address. To join:
account-invitation-other = You are signed in as { $own }, but this invitation is for { $invited }.
account-invitation-void = Ask whoever invited you for a new invitation. If you have joined already, just sign in.

account-operator-title = Become an administrator
account-operator-lead = With this link, { $address } becomes an administrator of this site.
account-operator-known = If this address has an account, it keeps its name and country and gets the password that you set here.
account-operator-button = Become an administrator
account-operator-void = A new link is made on the server with: koogallery admin create-operator

account-identity-title = Confirm that it is you
account-identity-lead = What you want to see or do needs a fresh proof. Enter your password; after that you won't be asked again for some minutes.
account-identity-lead-code = What you want to see or do needs a fresh proof. Enter the code that your device shows; after that you won't be asked again for some minutes.
account-identity-by-password = Use the password instead
account-identity-button = Confirm

account-about-you = About you
account-since = Account since
account-fixed = E-mail address and country can't be changed.
account-organisations = Organisations
account-organisation = Organisation
account-side = Side
account-acting = You act for
account-acting-now = This one
account-act-for = Act for { $name }
account-no-organisation-title = No organisation
account-no-organisation = You belong to no organisation. Ask somebody to invite you to theirs.
account-rename-title = Name of your organisation ({ $side })
account-organisation-name = Organisation name
account-organisation-name-help = Orders that exist keep the name that they were made with.
account-rename = Rename

account-password-title = Password
account-password-lead = A new password signs all your other devices out.
account-change-password = Change password

account-two-step = Two-step verification
account-two-step-on = On
account-two-step-off = Off
account-two-step-on-says = Signing in takes your password and a code from your device.
account-two-step-off-says = With it, signing in takes your password and a code from a device of yours, so that a stolen password alone opens nothing.
account-two-step-set-up = Set up two-step verification
account-two-step-turn-off = Turn off
account-two-step-turn-off-question = Turn two-step verification off?
account-two-step-turn-off-says = From then on, your password alone opens your account. Operators may lose the way into their console.
account-two-step-scan = 1. Add the account to your device
account-two-step-scan-says = Scan this picture with an authenticator app.
account-two-step-picture = QR code for the authenticator app
account-two-step-by-hand = No camera at hand? Type this key into the app (time-based, 6 digits):
account-two-step-copy = Copy the key
account-two-step-first-code = 2. Enter the first code
account-two-step-first-code-says = The code shows that your device is set up right. Your other devices are signed out then.
account-two-step-confirm = Turn on

account-sessions = Where you are signed in
account-sessions-lead = If you don't know one of these, sign it out and change your password.
account-session-browser = Browser
account-session-address = IP address
account-session-opened = Signed in
account-session-used = Last used
account-session-own = This one
account-session-unknown = Unknown
account-sign-out = Sign out
account-sign-out-everywhere = Sign out everywhere

account-members-lead = { $organisation }: you look after its members. Your role: { $role }.
account-members-lead-others = { $organisation }: your role is { $role }. Members are looked after by the owners; ask one of them for changes.
account-member-since = Member since
account-member-two-step = Two-step
account-member-role = Role
account-member-role-says = Another role holds from the member's next click on.
account-change-role = Change role
account-remove = Remove from the organisation
account-remove-button = Remove
account-remove-question = Remove { $name } from the organisation?
account-remove-says = They can't see or do anything for the organisation any more. Their own account stays, and so does what they did.

account-invitations = Open invitations
account-no-invitations = Nobody is invited at the moment.
account-invited = Invited
account-invitation-ends = Valid until
account-withdraw = Withdraw
account-invite = Invite a member
account-invite-says = They get a mail with a link. Who has no account yet makes one there.
account-invite-email-help = The invitation works for this address alone.
account-invite-button = Send invitation

account-rights = What each role may do
account-right = Right
account-yes = Yes
account-no = No

role-note-buyer_owner = Everything, including members and the name of the organisation.
role-note-buyer_purchaser = Orders, pays, supervises deliveries and sees passwords of applications.
role-note-buyer_viewer = Sees orders, applications and money; changes nothing.
role-note-seller_owner = Everything, including members and contact data.
role-note-seller_developer = Connects the seller's server: keys, addresses, failed calls.
role-note-seller_delivery = Delivers services to buyers and repeats failed calls.
role-note-seller_viewer = Sees orders, messages and settings; changes nothing.
role-note-operator_administrator = Everything, including members and policy.
role-note-operator_operations = Helps accounts and keeps orders, calls and tasks going.
role-note-operator_finance = Records and approves top-ups.
role-note-operator_auditor = Sees everything and reads the audit trail; changes nothing.

right-buyer_read = See orders, applications and money
right-purchase = Order, pay, cancel, accept agreements
right-supervise = Submit requests and accept deliveries under service supervision
right-reveal_password = See passwords of applications
right-seller_read = See orders, interface messages and settings
right-manage_interfaces = Set interface addresses and keys
right-reveal_keys = See interface keys and make API credentials
right-restart_calls = Repeat failed calls
right-deliver = Confirm requests and deliver services
right-manage_seller = Change the seller's contact data
right-manage_members = Invite, change and remove members; rename the organisation
right-operator_read = See the operator's console
right-manage_accounts = End sessions, take two-step verification away, verify addresses
right-record_top_up = Record top-ups
right-approve_top_up = Approve top-ups of colleagues
right-manage_tasks = Repeat or give up failed tasks
right-reply_feedback = Reply to feedback on help pages
right-manage_policy = Change the policy profile
right-read_audit = Read the audit trail

done-signed-out = You are signed out.
done-signed-out-everywhere = You are signed out everywhere.
done-email-confirmed = Your e-mail address is confirmed. You can sign in now.
done-password-set = Your new password is set. Sign in with it.
done-password-changed = Your password is changed, and your other devices are signed out.
done-session-ended = The session is signed out.
done-two-step-on = Two-step verification is on. From now on, signing in asks for a code.
done-two-step-off = Two-step verification is off.
done-identity-confirmed = Thank you, that was right. Now go on with what you wanted to do.
done-profile-saved = Your profile is saved.
done-organisation-chosen = You now act for the organisation that you chose.
done-organisation-renamed = The organisation has its new name.
done-invitation-accepted = Welcome! You are a member now.
done-member-invited = The invitation is on its way.
done-invitation-withdrawn = The invitation is withdrawn; its link doesn't work any more.
done-role-changed = The role is changed.
done-member-removed = The member is removed.
