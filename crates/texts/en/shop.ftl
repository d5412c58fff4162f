# The shop: finding, choosing, confirming and paying a product.

shop-home-title = Applications that are ready when you are
shop-home-lead = Find software for your company, buy it here, and have it opened by the company that makes it.
shop-popular = Popular Applications
shop-newest = Newest applications
shop-all = Show all
shop-all-applications = All applications
shop-count = { $count ->
    [0] No applications
    [one] { $count } application
   *[other] { $count } applications
}
shop-from = From
shop-once = one-time
shop-per-month = / month
shop-per-year = / year
shop-for-period = for { $period }
shop-comma = {", "}
shop-and = {", "}

shop-results-for = Results for “{ $words }”
shop-corrected = Nothing was found for “{ $words }”
shop-corrected-to = These are the results for “{ $words }”, the nearest spelling.
shop-partial = No application has all of these words. These have some of them.
shop-nothing-found = No application fits
shop-nothing-found-why = Try fewer or more general words, or take filters away. If you miss an application, tell the operator through the Help Center.
shop-facet-category = Category
shop-facet-billing = Billing mode
shop-facet-supervised = Service supervision
shop-facet-seller = Seller
shop-with-supervision = With service supervision
shop-without-supervision = Without service supervision
shop-sort-relevance = Best match
shop-sort-popular = Popular
shop-sort-newest = Newest
shop-sort-price = Price, lowest first
shop-sort-price-desc = Price, highest first
shop-price-range = Price range
shop-price-least = Lowest price ({ $currency })
shop-price-most = Highest price ({ $currency })
shop-price-from = From { $price }
shop-price-to = Up to { $price }

shop-billing-period = Yearly/Monthly
shop-billing-one_time = One-time payment
shop-delivery-saas = SaaS
shop-pricing-linear = Each unit costs the same.
shop-pricing-tiered = Each unit costs the price of the range that it falls into; the price is the sum over the ranges.
shop-pricing-volume = All units cost the price of the range that the whole quantity falls into.

shop-supervised = Service supervision
shop-highlights = Highlights
shop-description = Introduction
shop-cases = Customer cases
shop-user-guide = User guide
shop-after-sales = After-sales support
shop-facts = About this product
shop-agreement = Agreement
shop-agreement-of = Product service agreement of { $seller }
shop-agreement-version = Version { $version }, published on { $date }
shop-category = Category
shop-version = Version
shop-delivery-method = Delivery method
shop-billing-modes = Billing modes
shop-supervision = Service supervision
shop-supervision-yes = { $days ->
    [one] Yes; delivery within { $days } calendar day after the request was confirmed
   *[other] Yes; delivery within { $days } calendar days after the request was confirmed
}
shop-supervision-no = No; the application is opened right after the payment
shop-supervision-how = The marketplace watches over the delivery. The order is completed, and the seller gets the money, after you have accepted it.
shop-flow-request = You submit your request
shop-flow-confirm = The seller confirms it
shop-flow-deliver = The seller delivers
shop-flow-accept = You accept the delivery
shop-flow-you = You act
shop-flow-seller = The seller acts
shop-flow-days = { $days ->
    [one] Within { $days } calendar day
   *[other] Within { $days } calendar days
}
shop-sales-region = Sales region
shop-everywhere = All countries and regions
shop-refund-rule = Refund
shop-refund-supervised = If the application can't be opened within { $hours } hours, the order is unsubscribed and refunded in full by itself. Later, while the service supervision runs, a refund is agreed on with the seller; once the order is completed there is none.
shop-refund-unsupervised = If the application can't be opened within { $hours } hours, the order is unsubscribed and refunded in full by itself. Once it is open the order can't be unsubscribed.
shop-seller-contact = Seller and support
shop-seller = Seller
shop-hotline = Hotline
shop-email = E-mail
shop-support-hours = Support hours
shop-removed = This product is no longer sold
shop-removed-why = It was taken off the marketplace. What was bought before stays valid; you find it under My KooGallery Apps.
shop-similar = Look at similar products
shop-save = Save to List
shop-saved = Saved - remove from list
done-saved-to-list = Saved. You find it under My Favorites.
done-removed-from-list = Removed from your list.

shop-choose = Your choice
shop-specification = Specification
shop-quantity-range = From { $min } to { $max } ({ $unit })
shop-quantity-steps = From { $min } to { $max } in steps of { $step } ({ $unit })
shop-duration = Required duration
shop-tiers = Prices by quantity
shop-price = Price
shop-price-discount = Discount
shop-price-tax = { $code } ({ $rate } %)
shop-price-tax-included = Including { $code } ({ $rate } %)
shop-price-total = Total
shop-no-price = The price appears when the choice is complete.
shop-calculate = Calculate
shop-continue = Continue to Submit
shop-nothing-charged = Nothing is charged yet: you confirm first and pay afterwards.
shop-choice-refused = This can't be ordered as it is. Correct the marked fields.
shop-in-stock = In stock
shop-few-left = { $count ->
    [one] Only { $count } left
   *[other] Only { $count } left
}
shop-sold-out = Sold out
shop-cannot-buy = You can't order this product now
shop-role-may-not = Your role in the organisation may look but not purchase. Ask an owner to order, or to change your role.

shop-steps = Purchase
shop-step-choose = Choose
shop-step-confirm = Confirm
shop-step-pay = Pay
shop-step-done = Opened

shop-confirm-title = Confirm your order
shop-configuration = Configuration
shop-product = Product
shop-change-choice = Change the choice
shop-confirm = Agreements and information
shop-agree = I have read and agree to: { $title }
shop-read = { $title } (opens in a new tab)
shop-contact-consent = I authorize the seller to use the contact information ({ $contact }) of the current account to create an application management account for product provisioning and use.
shop-no-mobile = Your account has no mobile number. The seller asks for one; add it in your account settings, or the seller gets the rest only.
shop-submit = Submit
shop-pay-next = You pay on the next page.
shop-order-refused = The order wasn't placed. Correct the marked fields.
shop-offer-changed = The offer has changed: look at the new price

shop-pay-title = Pay the order
shop-pay = Pay { $amount }
shop-order = Order
shop-order-number = Order number
shop-order-details = Order details
shop-pay-before = Pay before
shop-pay-method = Account balance
shop-balance = Balance
shop-cannot-pay = You can't pay this order
shop-balance-low = Your balance is too low: { $missing } is missing
shop-balance-low-how = Ask the operator of the marketplace for a top-up, by a transfer with your organisation's name. The order waits under Unpaid Orders until the time shown.
shop-order-cancelled = This order was cancelled
shop-order-expired = The time for paying this order is over
shop-order-cancelled-why = Nothing was charged. A cancelled order can't be restored; order again to buy the product.
shop-order-again = Order again

shop-paid-title = Payment received
shop-paid = { $amount } was paid for { $product } (order { $order }).
shop-back-to-console = Back to KooGallery Console
shop-progress = Opening of your application
shop-progress-paid = Paid
shop-progress-opening = Opened by the seller
shop-progress-ready = Order completed
shop-opening = The seller is opening your application
shop-opening-now = This takes a few seconds as a rule, ten minutes at most. You can leave this page; a message tells you when it is open.
shop-opening-with-delivery = It is opened together with the delivery. Go on with the service supervision: submit your request.
shop-opened = Your application is open
shop-opened-where = Address, user name and password are in the resource details.
shop-opened-supervised = Go on with the service supervision: submit your request, so that the seller can deliver. Address, user name and password are there, too.
shop-opening-failed = The application couldn't be opened
shop-opening-refunded = The order was unsubscribed and { $amount } is back on your balance. Ask the seller why before you order again.
shop-opening-refund-soon = The order is being unsubscribed, and the money comes back to your balance by itself.
shop-view-details = View Resource Details

shop-join-lead = Sellers are set up by the operator of this marketplace. There is no form to fill in yet.
shop-join-how = How to become a seller
shop-join-step-1 = Write to the operator: name and country of your company, what you sell, and whom buyers can call.
shop-join-step-2 = The operator makes your seller account and invites you by e-mail.
shop-join-step-3 = You enter your interface address and access key in the Seller Console; then your products go on sale.
shop-join-operator = Operator
shop-join-address = Address
shop-join-guide = Help Center

fail-offer-changed = The product, its price or an agreement was changed since you opened this page, so nothing was ordered. Check what is shown now and submit again.
fail-agreement-not-ticked = Tick this box to agree to “{ $title }”; without it no order can be placed.
fail-contact-consent-needed = The seller needs this contact information to open the application. Tick the box, or choose another product.
fail-order-expired = The time for paying this order is over, so nothing was paid. Order the product again.
fail-order-cancelled = This order was cancelled, so nothing was paid. Order the product again.
