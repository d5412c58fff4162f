# Messages on the site and answers to help pages.

fail-feedback-without-author = This feedback was given by somebody who wasn't signed in, so nobody would see a reply. Close it instead.

feedback-state-SUBMITTED = Submitted
feedback-state-PROCESSING = Processing
feedback-state-REPLIED = Replied
feedback-state-CLOSED = Closed

notice-paid = Order { $order } for { $product } has been paid.
notice-opened = { $product } of order { $order } has been opened and can be used.
notice-opening-failed = { $product } of order { $order } could not be opened. The order was unsubscribed and { $amount } was refunded to the account balance.
notice-request-submitted = A request for { $product } of order { $order } has been submitted and waits for confirmation.
notice-request-accepted = The request for { $product } of order { $order } has been accepted.
notice-request-rejected = The request for { $product } of order { $order } has been rejected: { $reason }
notice-delivered = { $product } of order { $order } has been delivered and waits for acceptance.
notice-delivery-rejected = The delivery of { $product } of order { $order } has been rejected: { $reason }
notice-accepted = The delivery of { $product } of order { $order } has been accepted.
notice-reminder = You are asked to take the next step for { $product } of order { $order }.
notice-completed = Order { $order } for { $product } is completed.
notice-calls-failed = { $count ->
    [one] One call to your server has failed
   *[other] { $count } calls to your server have failed
} in the last hour. See Application Tools > Service Interface Messages.
notice-order-expired = Order { $order } for { $product } was not paid in time and has been cancelled.
notice-top-up-booked = { $amount } has been credited to your account balance (reference { $reference }).
notice-feedback-replied = Your feedback on the help page “{ $page }” has been answered.
