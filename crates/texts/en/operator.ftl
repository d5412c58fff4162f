# The Operator Console.

operator-time = Time
operator-created = Created
operator-name = Name
operator-email = E-mail
operator-yes = Yes
operator-no = No

# Overview.

operator-waits = What waits
operator-top-ups-waiting = Top-ups to decide
operator-live-tasks = Tasks that wait or run
operator-dead-tasks = { $count ->
    [one] 1 task gave up
   *[other] { $count } tasks gave up
}
operator-dead-tasks-why = What they should do isn't done. Look at the error, remove its cause and retry them.
operator-waiting-top-ups = { $count ->
    [one] 1 top-up waits for a second operator
   *[other] { $count } top-ups wait for a second operator
}
operator-waiting-top-ups-why = Large amounts count only when another operator than the one who recorded them agrees.

# Accounts.

operator-account = Account
operator-kind = Kind
operator-country = Country or region
operator-since = Since
operator-realm = World
operator-realm-live = Live
operator-realm-sandbox = Sandbox
operator-balance = Account balance
operator-id = ID
operator-copy-id = Copy ID
operator-any-kind = Any kind
operator-search-account = Name or e-mail
operator-members = Members
operator-member = Member
operator-role = Role
operator-verified = E-mail verified
operator-two-step = Two-step verification
operator-end-sessions = End all sessions
operator-end-sessions-title = End all sessions of { $email }?
operator-end-sessions-consequence = The person is signed out everywhere and has to sign in again.
operator-take-two-step-away = Take two-step verification away
operator-take-two-step-away-title = Take two-step verification away from { $email }?
operator-take-two-step-away-consequence = Only the password protects the account then. Do this only when you are sure who asked for it. All sessions are ended.

# Top-ups.

operator-record-top-up = Record top-up
operator-recorded = Recorded
operator-recorded-by = Recorded by
operator-reference = Reference
operator-reference-help = The number of the bank transfer or receipt. Each counts once.
operator-top-ups-none = No top-ups yet
operator-top-ups-none-why = When a buyer's money has arrived, record it here; it then stands to the buyer's credit.
operator-top-up-state-AWAITING_SECOND = Waits for a second operator
operator-top-up-state-BOOKED = Credited
operator-top-up-state-REJECTED = Rejected
operator-top-up-own = Another operator decides
operator-top-up-approve = Approve
operator-top-up-approve-title = Credit { $amount } to { $buyer }?
operator-top-up-approve-consequence = The buyer can spend the amount at once. This can't be undone here.
operator-top-up-reject = Reject
operator-top-up-reject-title = Reject the top-up of { $amount } for { $buyer }?
operator-top-up-reject-consequence = Nothing is credited. The record stays.
operator-top-up-facts = Reference { $reference }, recorded by { $name }.
operator-top-up-buyer-lead = Whose money has arrived? Find the buyer by name or by a member's e-mail address.
operator-buyers = Buyers
operator-no-buyer-why = No buyer has this name, and none has a member with this address. Check the spelling.
operator-top-up-amount = Amount in { $currency }
operator-top-up-amount-help = What arrived, for example 1250.00.
operator-top-up-refused = Nothing was recorded yet. Please correct:

# Orders.

operator-parties = Parties

# Failed tasks.

operator-tasks-lead = Work that the marketplace gave up after many attempts. Remove the cause, then retry it.
operator-live-count = { $count ->
    [0] No tasks wait or run
    [one] 1 task waits or runs
   *[other] { $count } tasks wait or run
}
operator-task = Task
operator-task-subject = About
operator-task-error = Last error
operator-retry = Retry
operator-tasks-none = No failed tasks
operator-tasks-none-why = Everything is done or on its way.

# Interface addresses.

operator-addresses-lead = Sellers' servers are called only at addresses that were verified.
operator-waiting-first = Not verified first
operator-all-states = Any state
operator-addresses-none = No addresses to verify
operator-addresses-none-why = New addresses of sellers appear here. Verified ones are found with the filter.
operator-verify = Verify
operator-verify-title = Verify { $address } of { $seller }?
operator-verify-consequence = The seller's products are then opened at this address. Make sure first that the site is the seller's.
operator-verify-why = How you know
operator-verify-why-help = Say what proved it, for example the registration of the domain or a call to a known number. It is kept in the audit trail.

# Audit trail.

operator-audit-lead = Who did what, when and from where. Nothing here can be changed.
operator-who = Who
operator-organisation = Organization
operator-operation = Act
operator-subject = Subject
operator-outcome = Outcome

# Written mails.

operator-mails-lead = This is a demo: mails are written here instead of being sent.
operator-mails-none = No mails here
operator-mails-none-why = Mails that would be sent are written here.
operator-mail-subject = Subject
operator-mail-to = To
operator-mail-written = Written
operator-mail-links = Links
operator-mail-text = Text of the mail

done-sessions-ended = All sessions of this person were ended.
done-two-step-taken-away = Two-step verification was taken away and all sessions were ended.
done-top-up-recorded = The top-up was recorded and credited.
done-top-up-waits = The top-up was recorded. It is credited when another operator agrees.
done-top-up-approved = The top-up was credited.
done-top-up-rejected = The top-up was rejected.
done-task-revived = The task is being retried.
done-address-verified = The address was verified.
done-feedback-taken-up = You are looking into this answer.
done-feedback-replied = Your reply was sent.
done-feedback-closed = The answer was closed.
