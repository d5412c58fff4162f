# My KooGallery, Billing Center and Message Center.

# Words for states, shared by all consoles.

order-status-pending_payment = Pending payment
order-status-processing = Processing
order-status-refunding = Refunding
order-status-completed = Completed
order-status-canceled = Canceled

order-type-NEW = New
order-type-UNSUBSCRIBE = Unsubscription

order-event-submit = Order submitted
order-event-pay = Paid
order-event-cancel = Canceled
order-event-expire = Not paid in time and canceled
order-event-complete = Completed
order-event-refund = Refunded

side-buyer = Buyer
side-seller = Seller
side-operator = Operator
side-system = Marketplace
side-seller_system = Seller's server

period-month = { $count ->
    [one] 1 month
   *[other] { $count } months
}
period-year = { $count ->
    [one] 1 year
   *[other] { $count } years
}
period-once = One-time payment, without end

# Words of several pages.

buyer-operation = Operation
buyer-product = Product
buyer-seller = Seller
buyer-specification = Specification
buyer-quantity = Quantity
buyer-period = Required duration
buyer-order-number = Order number
buyer-amount = Amount
buyer-state = State
buyer-status = Status
buyer-time = Time
buyer-more-for = More for { $name }
buyer-details = Details
buyer-view = View
buyer-view-details = View Details
buyer-view-resource-details = View Resource Details
buyer-view-order = View the order
buyer-to-the-shop = Go to the shop
buyer-any-state = Any state
buyer-any-status = Any status
buyer-nothing-found = Nothing found
buyer-nothing-found-why = Nothing fits these filters. Clear them to see everything.
buyer-search-order = Order number
buyer-search-order-or-product = Order number or product
buyer-copy-number = Copy order number

# Purchased Apps.

buyer-apps-lead = Everything that you bought and can use. Open the details for the address, the user name and the password.
buyer-apps-search = Product name
buyer-apps-none = No applications yet
buyer-apps-none-why = What you buy appears here as soon as the seller has opened it. Products with service supervision appear once their delivery is completed; until then you find them under Service Supervision.
buyer-apps-none-why-short = What you buy appears here as soon as the seller has opened it.
buyer-apps-nothing-found-why = None of your applications has this name. Check the spelling, or look under Service Supervision for what is still being delivered.
buyer-opened = Opened
buyer-ends = Valid until
buyer-ends-after-acceptance = Starts with the acceptance
buyer-ends-never = Without end
buyer-ends-unknown = Not started

# View Resource Details.

buyer-application-information = Application Information
buyer-basic-information = Basic Information
buyer-seller-information = Seller Information
buyer-user-guide = Product guide
buyer-user-guide-show = How to use it
buyer-delivery-method = Delivery method
buyer-delivery-saas = SaaS
buyer-valid-from = Valid from
buyer-valid-until = Valid until

buyer-app-frontend-url = Frontend URL
buyer-app-management-url = Management URL
buyer-app-user-name = User name
buyer-app-password = Password
buyer-app-memo = Notes
buyer-app-guide = Product guide
buyer-copy-user-name = Copy user name
buyer-copy-hotline = Copy hotline
buyer-app-password-lead = Don't leave the password on the screen longer than you need it. Showing it was recorded.
buyer-app-password-not-for-you = Your role doesn't allow you to see the password. Ask an owner or purchaser of your organization.
buyer-app-age-before = Last told by the seller on { $time }.
buyer-app-age-now = Confirmed by the seller on { $time }.
buyer-app-age-not-now = The seller's server isn't answering at the moment. These are the last known values of { $time }; they usually still work. Try again in a few minutes.
buyer-app-ask-now = Ask the seller for the current values
buyer-app-look-again = Look again
buyer-app-show-new-values = The seller has changed these values. Show the new ones
buyer-app-opening = The seller is opening your application
buyer-app-opening-why = This usually takes a few minutes, at most a few hours. The address and the user name appear here by themselves. If it can't be opened in time, the order is unsubscribed and you get your money back.
buyer-app-not-planned = The application hasn't been opened yet. Its address and user name will appear here.
buyer-app-no-values = The seller hasn't told how to get in yet
buyer-app-no-values-why = The application is open. Its address and user name appear here as soon as the seller tells them; if that takes long, contact the seller.
buyer-app-expired = The term is over
buyer-app-expired-why = You can still use the application for a short while, until the seller blocks it.
buyer-app-frozen = The application is frozen
buyer-app-frozen-why = You can't use it at present; the seller still keeps your data. Contact the seller.
buyer-app-released = The application was released
buyer-app-released-why = It can't be used any more, and its data may be gone.
buyer-app-failed = The application couldn't be opened
buyer-app-failed-why = The order was unsubscribed and the money refunded to your account balance. You can order again, or ask the seller what went wrong.

buyer-seller-name = Name
buyer-seller-hotline = Hotline
buyer-seller-email = E-mail
buyer-seller-hours = Support hours

# Service Supervision.

buyer-supervision-lead = Deliveries that you and the seller go through together. Until you accept, your payment is held by the marketplace.
buyer-supervision-none = No supervised deliveries
buyer-supervision-none-why = When you pay for a product with service supervision, its delivery appears here: you say what you need, the seller delivers, you accept.
buyer-submit-request = Submit Request
buyer-confirm-acceptance = Confirm Acceptance
buyer-reject = Reject
buyer-remind = Send reminder
buyer-delivery-due = Delivery due
buyer-delivery-due-later = Set when the seller accepts the request
buyer-service = Service
buyer-enabled = Actual enabling time
buyer-accepted = Accepted
buyer-request-rejections = Requests rejected by the seller
buyer-delivery-rejections = Deliveries rejected by you
buyer-operation-records = Operation records

buyer-steps = Progress of the delivery
buyer-step-paid = Paid
buyer-step-request = Submit the request
buyer-step-confirm = Confirm the request
buyer-step-deliver = Provide the service
buyer-step-accept = Confirm acceptance
buyer-step-completed = Completed
buyer-step-ended = Ended here

buyer-next-request = It's your turn: submit your request
buyer-next-request-why = Tell the seller below what you need. The seller then accepts the request or asks you to change it.
buyer-next-request-again = The seller asks for another request
buyer-next-request-again-why = The reason stands in the operation records at the end of this page. Change your request and submit it again.
buyer-next-confirm = The seller is looking at your request
buyer-next-confirm-why = You don't have to do anything. The seller accepts the request or asks you to change it. If it takes long, send a reminder or contact the seller.
buyer-next-delivery = The seller is providing the service
buyer-next-delivery-why = You don't have to do anything. When the seller has delivered, you get a message and check the result.
buyer-next-delivery-again = The seller is working on it again
buyer-next-delivery-again-why = You rejected the delivery. When the seller has delivered again, you get a message and check the result.
buyer-next-delivery-late = The delivery is late
buyer-next-delivery-late-why = The seller should have delivered by now. Send a reminder, or contact the seller by hotline or e-mail.
buyer-next-accept = It's your turn: check the delivery
buyer-next-accept-why = Log in to the application and look at the files that the seller handed over. Confirm the acceptance when everything is as agreed; otherwise reject the delivery and say what is missing.
buyer-next-accepted = You have accepted the delivery
buyer-next-accepted-why = { $hours ->
    [0] The order is completed shortly.
    [one] The order is completed within an hour.
   *[other] The order is completed within { $hours } hours.
} After that you find the application under Purchased Apps.
buyer-next-completed = The delivery is completed
buyer-next-completed-why = You find the application under Purchased Apps. For questions, contact the seller.
buyer-next-unsubscribed = The delivery ended with the unsubscription of the order
buyer-next-unsubscribed-why = The money was refunded to your account balance.
buyer-next-closed = The operator has closed this delivery
buyer-next-closed-why = The reason stands in the operation records at the end of this page.

buyer-request-text = Request
buyer-request-text-help = Describe what you need. If the seller prepared a template, it is filled in; complete it.
buyer-request-text-help-again = This is your last request. Change what the seller asked for.
buyer-request-files = Documents
buyer-files-help = At most { $count } files of { $megabytes } MB each: { $types }.
buyer-request-refused = Nothing was submitted yet. Please correct:

buyer-accept-title = Confirm the acceptance of { $product }?
buyer-accept-consequence = { $hours ->
    [0] You confirm that the service was delivered as agreed. The order is then completed and the seller is paid.
    [one] You confirm that the service was delivered as agreed. Within an hour the order is completed and the seller is paid.
   *[other] You confirm that the service was delivered as agreed. Within { $hours } hours the order is completed and the seller is paid.
}
buyer-accept-term-now = The term ({ $period }) starts now.
buyer-accept-term-enabled = The term ({ $period }) counts from the enabling time that the seller entered.
buyer-accept-term-once = What you bought is valid without end.
buyer-accept-final = This can't be undone.
buyer-reject-title = Reject the delivery of { $product }?
buyer-reject-consequence = The seller is told your reason and delivers again. The rejection is kept in the operation records.
buyer-reject-reason = Reason
buyer-reject-reason-help = Say what is missing or differs from what was agreed.

# My Favorites and My agreements.

buyer-favorites-none = No favorites yet
buyer-favorites-none-why = Choose Save to List on a product's page to find it here again.
buyer-price-from = From
buyer-saved = Saved
buyer-buy = Buy
buyer-remove = Remove
buyer-not-on-sale = No longer on sale

buyer-agreements-lead = What was agreed to with your orders, in exactly the version that was accepted.
buyer-agreements-none = Nothing signed yet
buyer-agreements-none-why = When you order something, the agreements that you accept are kept here.
buyer-agreement = Agreement
buyer-agreement-text = Text
buyer-version = Version
buyer-published = Published
buyer-signed = Signed
buyer-signed-by = Signed by

# Balance.

buyer-balance = Account balance
buyer-balance-now = Available
buyer-top-up = Top up
buyer-top-up-how = Transfer the amount in { $currency } to the operator of this site:
buyer-top-up-to = Recipient
buyer-top-up-purpose-label = Purpose of payment
buyer-top-up-purpose = Top-up for { $name }
buyer-copy-purpose = Copy purpose of payment
buyer-top-up-then = The operator credits the amount as soon as it has arrived, and you get a message. Without the purpose of payment it can't be assigned.
buyer-unpaid-waiting = { $count ->
    [one] 1 order waits for payment
   *[other] { $count } orders wait for payment
}
buyer-unpaid-covered = You owe { $total } for them; your balance covers it.
buyer-unpaid-not-covered = You owe { $total } for them, which is more than your balance. Top up, or cancel what you don't need.
buyer-statement = Statement
buyer-statement-what = What
buyer-statement-reference = Reference
buyer-statement-balance = Balance after
buyer-statement-top-up = Top-up
buyer-statement-payment = Payment of an order
buyer-statement-refund = Refund
buyer-statement-completion = Completion
buyer-statement-none = No movements yet
buyer-statement-none-why = Top-ups, payments and refunds are listed here.

# Orders.

buyer-order-title = Order { $number }
buyer-order-type = Type
buyer-created = Submitted
buyer-paid = Paid
buyer-pay = Pay
buyer-cancel = Cancel
buyer-cancel-order = Cancel order
buyer-cancel-title = Cancel order { $number }?
buyer-cancel-consequence = A canceled order can't be restored, but it stays in your list. Nothing was paid for it.
buyer-receipt = Receipt (PDF)
buyer-orders-none = No orders yet
buyer-orders-none-why = Find a product in the shop, choose what you need and submit the order; it then stands here.
buyer-pay-before = Pay before
buyer-pay-over = Time is over; the order is being canceled
buyer-unpaid-lead = Orders that aren't paid in time are canceled automatically.
buyer-unpaid-none = Nothing to pay
buyer-unpaid-none-why = All your orders are paid, canceled or completed.
buyer-order-data = Order
buyer-order-items = What was ordered
buyer-status-code = Code
buyer-payment = Payment
buyer-payment-balance = Account balance
buyer-resource = Application
buyer-contract-with = Contracting party
buyer-related-unsubscription = Unsubscription order
buyer-related-purchase = Order that was unsubscribed
buyer-history = History
buyer-order-hint-unpaid = This order waits for your payment. If it isn't paid in time, it is canceled automatically.
buyer-order-hint-expired = The time for paying is over. The order is canceled within a few minutes; order again if you still need it.
buyer-order-hint-supervised = The order stays in Processing until its supervised delivery is completed.
buyer-order-hint-opening = The seller is opening the application. The order is completed as soon as it is open.
buyer-order-hint-refunding = The order was unsubscribed; the money is on its way to your account balance.
buyer-order-hint-refunded = The money for this order was refunded to your account balance.

# Message Center.

buyer-messages-message = Message
buyer-messages-received = Received
buyer-messages-open = Open
buyer-messages-mark-read = Mark as read
buyer-messages-read-all = Mark all as read
buyer-messages-unread = Unread
buyer-messages-seen = Read
buyer-messages-none = No messages
buyer-messages-none-why = What happens to your orders and deliveries is told here and by e-mail.

done-request-submitted = Your request was submitted. The seller has been told.
done-service-accepted = You have accepted the delivery.
done-service-rejected = The delivery was rejected. The seller has been told your reason.
done-seller-reminded = The seller was reminded.
done-favorite-removed = The product was removed from your favorites.
done-order-cancelled = The order was canceled.
done-messages-read = All messages are marked as read.
