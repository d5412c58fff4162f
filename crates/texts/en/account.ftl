# Signing up, signing in, looking after accounts and members.

fail-sign-in-refused = E-mail address and password don't belong together. Check both and try again; if you have forgotten the password, have a link mailed that sets a new one.
fail-password-wrong = This isn't your present password. Check it and try again.
fail-invitation-not-yours = This invitation was mailed to another address. Sign in with the account of that address, or ask for an invitation to yours.
fail-too-many-invitations = Your organisation has { $max } open invitations, and no more are possible. Withdraw some that aren't needed; then invite again.
