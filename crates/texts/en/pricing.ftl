# Prices.

fail-amount-too-large = This would cost more than an order can hold. Take a smaller quantity or a shorter duration, or split the order.
