# Service supervision.

fail-instance-not-open = The application hasn't been opened yet, so the service can't be delivered. Wait until the opening has succeeded; its calls are listed under Application Tools > Service Interface Messages.
fail-enabling-time-out-of-range = The actual service enabling time must lie between the payment of the order and now. Correct it, or leave it empty to use the time of acceptance.
fail-proof-missing = This document is missing. A delivery needs it as proof; upload it here.
fail-reminder-not-needed = The other side doesn't have to act now, so no reminder was sent. Look at the service flow to see whose turn it is.
fail-reminder-too-soon = A reminder was sent a short while ago. You can send the next one in { $minutes } minutes.
fail-too-many-files = These are too many files. Upload at most { $max } files with one step, or pack several into one archive.
fail-file-type-not-taken = The file { $name } is of a type that isn't accepted. Upload a file that ends in one of: { $types }.
fail-file-too-large = The file { $name } is too large. Upload a file of at most { $megabytes } MB.
fail-file-empty = The file { $name } has no content. Choose the file again.
fail-file-mistyped = The content of { $name } isn't that of a file ending in { $ending }. Save the document in that format, or rename the file to its real type, and upload it again.

flow-state-WAIT_REQUEST = Waiting for the user to submit a request
flow-state-WAIT_REQUEST_CONFIRM = Waiting for the seller to confirm the request
flow-state-WAIT_DELIVERY = Waiting for the seller to provide the service
flow-state-WAIT_ACCEPTANCE = Waiting for the user to confirm acceptance
flow-state-COMPLETED = Completed
flow-state-CLOSED_UNSUBSCRIBED = Closed by unsubscription
flow-state-CLOSED_BY_OPERATOR = Closed by the operator

flow-action-opened = The order was paid and service supervision began
flow-action-request_submitted = Request submitted
flow-action-request_accepted = Request accepted
flow-action-request_rejected = Request rejected
flow-action-delivered = Service delivered
flow-action-accepted = Service accepted
flow-action-delivery_rejected = Delivery rejected
flow-action-reminded = Reminder sent
flow-action-unsubscribed = Unsubscribed and refunded
flow-action-closed_by_operator = Closed by the operator

flow-file-request_document = Request document
flow-file-delivery_template = Delivery template
flow-file-statement_of_work = Statement of work
flow-file-acceptance_document = Acceptance document
flow-file-screenshot = Screenshot
flow-file-other = Other proof
