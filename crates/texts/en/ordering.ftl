fail-order-number-taken = The order number was taken by another order of the same minute. Send the order again.
