# The Seller Console.

# Words of several pages.

seller-operation = Operation
seller-details = Details
seller-view-details = View details
seller-product = Product
seller-customer = Customer
seller-seller = Seller
seller-specification = Specification
seller-period = Required duration
seller-order-number = Order number
seller-line-number = Order line
seller-order-type = Type
seller-amount = Amount
seller-state = State
seller-status = Status
seller-status-code = Code
seller-created = Submitted
seller-paid = Paid
seller-completed = Completed
seller-more-for = More for { $name }
seller-any = Any
seller-any-state = Any state
seller-any-status = Any status
seller-nothing-found = Nothing found
seller-nothing-found-why = Nothing fits these filters. Clear them to see everything.
seller-search-order = Order number
seller-search-order-or-product = Order number or product
seller-copy-number = Copy order number
seller-not-saved = Nothing was saved yet. Please correct:
seller-save = Save

# Overview.

seller-waits = What waits
seller-nothing-waits = Nothing waits for you
seller-figure-requests = Requests to confirm
seller-figure-deliveries = Services to deliver
seller-figure-acceptance = Deliveries in acceptance
seller-figure-processing = Orders in processing
seller-figure-failed = Failed interface messages
seller-overdue = { $count ->
    [one] 1 delivery is late
   *[other] { $count } deliveries are late
}
seller-overdue-why = The delivery period that the product promises is over. Deliver now, or tell the customer when you will.
seller-failed-calls = { $count ->
    [one] 1 call to your server failed
   *[other] { $count } calls to your server failed
}
seller-failed-calls-why = They are repeated for some time. If an application can't be opened in time, its order is unsubscribed and refunded. Look at the exception information, correct your server and choose Restart Debugging.
seller-unverified = { $count ->
    [one] 1 interface address isn't verified yet
   *[other] { $count } interface addresses aren't verified yet
}
seller-unverified-why = Nothing is sent to it before the operator of this site has verified that it is yours.

# Order List.

seller-orders-none = No orders yet
seller-orders-none-why = Orders for your products appear here as soon as they are paid.
seller-order-title = Order { $number }
seller-order-data = Order
seller-order-items = Product information
seller-customer-information = Customer information
seller-contact-name = Contact
seller-contact-email = E-mail
seller-contact-mobile = Mobile number
seller-no-contact = The customer shared no contact data with this order.
seller-instance = Application
seller-contract-with = Contracting party
seller-related-unsubscription = Unsubscription order
seller-related-purchase = Order that was unsubscribed
seller-history = History

# Service Supervision.

seller-supervision-none = No supervised deliveries
seller-supervision-none-why = When a customer pays for one of your products with service supervision, its delivery appears here.
seller-placed = Placed
seller-delivery-due = Delivery due
seller-delivery-due-later = Counts from the acceptance of the request
seller-late = Late
seller-accept-request = Accept request
seller-reject-request = Reject request
seller-deliver-service = Deliver Service
seller-remind = Send reminder
seller-service = Service
seller-accepted = Accepted by the customer
seller-request-rejections = Requests that you rejected
seller-delivery-rejections = Deliveries that the customer rejected
seller-operation-records = Operation records
seller-request = Request of the customer
seller-request-text = Request
seller-request-files = Documents
seller-request-at = Submitted

seller-next-request = The customer writes the request
seller-next-request-why = You don't have to do anything. If it takes long, send a reminder.
seller-next-confirm = It's your turn: confirm the request
seller-next-confirm-why = Read the request below. Accept it if you can deliver it; otherwise reject it and say what has to change.
seller-next-delivery = It's your turn: provide the service
seller-next-delivery-why = Set the service up as requested, then hand it over with Deliver Service below.
seller-next-delivery-again = The customer rejected the delivery
seller-next-delivery-again-why = The reason stands in the operation records at the end of this page. Correct what is missing and deliver again.
seller-next-delivery-late = The delivery is late
seller-next-delivery-late-why = The promised delivery period is over. Deliver now, or tell the customer when you will.
seller-next-acceptance = The customer checks the delivery
seller-next-acceptance-why = You don't have to do anything. If it takes long, send a reminder.
seller-next-accepted = The customer has accepted the delivery
seller-next-accepted-why = { $hours ->
    [0] The order is completed shortly.
    [one] The order is completed within an hour.
   *[other] The order is completed within { $hours } hours.
}
seller-next-completed = The delivery is completed
seller-next-completed-why = The amount counts towards your settlement.
seller-next-unsubscribed = The delivery ended with the unsubscription of the order
seller-next-unsubscribed-why = The customer got the money back. Nothing has to be delivered.
seller-next-closed = The operator has closed this delivery
seller-next-closed-why = The reason stands in the operation records at the end of this page.

seller-not-open = The application isn't open yet
seller-not-open-why = The service can be delivered as soon as your server has opened the application. Its calls are listed under Service Interface Messages.
seller-delivery-lead = The customer sees the result and the documents and confirms the acceptance with them.
seller-result = Service result
seller-result-help = Say what was set up and how the customer can check it. Please write no passwords here.
seller-enabled-at = Actual service enabling time
seller-enabled-at-help = Since when the customer can use the service, in the time zone { $zone }. The term counts from then. Leave it empty to let the term start with the acceptance.
seller-files-help = Together at most { $count } files of { $megabytes } MB each: { $types }.
seller-delivery-refused = Nothing was delivered yet. Please correct, and choose the files again:

seller-accept-title = Accept the request of order { $number }?
seller-accept-consequence = { $days ->
    [one] The customer is told. You then have 1 day to deliver.
   *[other] The customer is told. You then have { $days } days to deliver.
}
seller-reject-title = Reject the request of order { $number }?
seller-reject-consequence = The customer is told your reason, changes the request and submits it again. The rejection is kept in the operation records.
seller-reject-reason = Reason
seller-reject-reason-help = Say what is missing or has to change.

# Service Interface Messages.

seller-messages-lead = Every effect at your server: what was called, how often, and what came back.
seller-messages-tab = Messages
seller-messages-none = No interface messages yet
seller-messages-none-why = As soon as an order for one of your SaaS products is paid, the calls to your server are recorded here.
seller-views = Lists
seller-message = Message
seller-message-id = Message ID
seller-copy-message-id = Copy message ID
seller-activity = Activity
seller-order-or-line = Order or order line
seller-instance-id = Instance ID
seller-from = From
seller-to = To
seller-calls-between = First and last call
seller-attempts = Attempts
seller-answer = Exception information
seller-http = HTTP status
seller-result-code = Result code
seller-exception = Exception information
seller-url = URL
seller-never-called = It was never called: no verified address or no key.
seller-first-call = First call
seller-last-call = Last call
seller-next-call = Next call
seller-window = Must succeed before
seller-restart = Restart Debugging
seller-exception-information = Exception information
seller-exception-retrying = The call is repeated by itself. Correct your server; to repeat it now, choose Restart Debugging.
seller-exception-stopped = The call isn't repeated any more. Correct your server, then choose Restart Debugging.
seller-exception-order-failed = The time for this order is over: it was unsubscribed and refunded. The call can't be repeated.
seller-calls = Calls
seller-calls-lead = The newest calls, newest first. User names, passwords, contact data and signatures are replaced by ***.
seller-calls-none = Nothing is kept of the calls any more, or none was made yet.
seller-call-title = Call of { $time }
seller-call-at = Time and duration
seller-milliseconds = { $count } ms
seller-call-request = Request
seller-call-response = Response
seller-no-answer = No answer
seller-view-calls = View calls

seller-strays = Unusable instance IDs
seller-strays-lead = Instance IDs that a seller's server answered and that belong to no order. Those that nobody uses are released.
seller-strays-none = No unusable instance IDs
seller-strays-none-why = Every instance ID that was answered belongs to its order.
seller-stray-why = Reason
seller-stray-answered = Answered
seller-stray-released = Released
seller-stray-to-release = Being released
seller-stray-left = Left alone
seller-orphans = Possible orphans
seller-orphans-lead = Openings that failed without telling an instance ID: something may be open at the seller that nobody pays for. Please check it there by the order line.
seller-orphans-none = No possible orphans
seller-orphans-none-why = No failed opening can have left anything behind.

# Key Management.

seller-keys-lead = With these keys the calls to your server are signed, its answers are checked and sensitive values are encrypted. Each type of interface has a key of its own.
seller-keys-none = No keys yet
seller-keys-none-why = Add the key of the basic interface first: your SaaS products need it.
seller-key = Key
seller-key-interface = Interface type
seller-key-interface-help = SaaS products need the key of the basic interface.
seller-key-created = Created
seller-add-key = Add Access Key
seller-key-shown-lead = Don't leave the key on the screen longer than you need it. Showing it was recorded.
seller-key-change = Change key
seller-key-change-title = Change the key of “{ $name }”?
seller-key-change-consequence = Released products break until your server knows the new key: dial tests and orders fail, and orders that can't be opened in time are unsubscribed.
seller-key-change-advice = The new key signs our calls at once. On what your server sends, the old key ({ $key }) is accepted until you retire it.
seller-key-retire = Retire key
seller-key-retire-title = Retire the old key of “{ $name }”?
seller-key-retire-consequence = Nothing that is signed with this key is accepted any more. This can't be undone.
seller-key-retire-advice = Do it when your server uses the new key only.

# Interface Addresses.

seller-addresses-lead = Where your server is called. The path belongs to the product.
seller-address-verification = An operator verifies each address
seller-address-verification-why = Nothing is sent to an address before the operator of this site has made sure that it is yours. This usually takes one working day; your products can be released with it afterwards.
seller-addresses-none = No addresses yet
seller-addresses-none-why = Add the address of your server below.
seller-address = Address
seller-address-help = Scheme and domain without a path.
seller-address-example = Example: https://console.example.com
seller-address-added = Added
seller-address-verified = Verified
seller-body-sign = Signature of your answers
seller-add-address = Add address

# My Credentials.

seller-credentials-lead = With access key and secret key your server signs its calls of the open APIs, such as the order query.
seller-credentials-none = No access keys yet
seller-credentials-none-why = Choose Add Access Key to make one. Its secret key is shown once.
seller-access-key = Access key
seller-secret-key = Secret key
seller-copy-access-key = Copy access key
seller-copy-secret-key = Copy secret key
seller-enabled = Enabled
seller-disabled = Disabled
seller-disabled-at = Disabled on
seller-disable = Disable
seller-disable-title = Disable access key { $key }?
seller-disable-consequence = Calls that are signed with it are refused from now on. It can't be enabled again.
seller-credential-made = New access key
seller-secret-once = Keep the secret key now
seller-secret-once-why = It is shown this once and can't be shown again. Store it where your server finds it and nobody else does.
seller-secret-kept = I have stored it

# Seller Information.

seller-information-lead = What customers see of you in the shop and with their applications.
seller-information-read-only = Your role doesn't allow you to change this. Ask an owner of your organization.
seller-name = Name
seller-name-zh = Name on Chinese pages
seller-name-zh-help = Leave it empty to use the name above.
seller-slug = Name in addresses
seller-slug-help = Lower-case letters, digits and hyphens.
seller-hotline = After-sales hotline
seller-email = After-sales e-mail
seller-email-help = Failed calls and messages about deliveries are sent here too.
seller-hours = Support hours
seller-hours-example = Example: Monday to Friday, 9:00 to 18:00 (GMT+08:00)
seller-about = About you

done-request-accepted = You have accepted the request. The customer has been told.
done-request-rejected = The request was rejected. The customer has been told your reason.
done-service-delivered = The service was delivered. The customer has been told.
done-buyer-reminded = The customer was reminded.
done-message-restarted = The call is being repeated. Reload the page in a moment to see its result.
done-key-added = The key was added. Show it with the eye and store it in your server.
done-key-changed = The key was changed. Store the new one in your server now.
done-key-retired = The old key was retired.
done-address-added = The address was added. The operator verifies it next.
done-body-sign-set = The setting was saved.
done-credential-disabled = The access key was disabled.
done-seller-information-saved = Your seller information was saved.
