# The open APIs that sellers' servers call.

fail-open-api-order-not-yours = This order isn't one of a product of yours, isn't paid yet, or doesn't exist. Check the order ID that the marketplace sent you.
fail-open-api-order-line-unknown = The order has no line of this ID. Leave orderLineId out to get all lines, or check the ID that the marketplace sent you.
