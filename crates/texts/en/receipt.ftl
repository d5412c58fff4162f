# The printed receipt of an order and the confirmation of a refund.

fail-receipt-not-paid = There is no receipt for this order, because nothing was paid for it. Pay the order first; the receipt can be downloaded right after.

receipt-title = Receipt
receipt-refund-title = Refund confirmation
receipt-status-paid = Paid
receipt-status-refunded = Refunded
receipt-status-refunding = Refund in progress
receipt-order-number = Order number
receipt-ordered = Ordered
receipt-original-order = Refunded order
receipt-issuer = From
receipt-buyer = Billed to
receipt-description = Description
receipt-quantity = Quantity
receipt-period = Required duration
receipt-amount = Amount
receipt-sold-by = Sold by { $seller }
receipt-once = One-time
receipt-months = { $count ->
    [one] 1 month
   *[other] { $count } months
}
receipt-years = { $count ->
    [one] 1 year
   *[other] { $count } years
}
receipt-subtotal = Subtotal
receipt-discount = Discount { $code }
receipt-tax = { $code } { $rate } %
receipt-tax-included = Including { $code } { $rate } %
receipt-total = Total
receipt-payment = Payment
receipt-refund = Refund
receipt-method = Method
receipt-method-balance = Account balance
receipt-paid = Paid on
receipt-refunded = Refunded on
receipt-notes = Notes
receipt-no-invoice = This document is no tax invoice.
receipt-zone = Times are those of the zone { $zone }.
receipt-footer = Order { $number }
receipt-page = Page { $page } of { $pages }
