fail-balance-too-low = The balance of { $balance } doesn't cover { $needed }. Ask the operator for a top-up, then pay the order from Unpaid Orders.
fail-top-up-reference-used = This reference was used for another top-up. Check whether the transfer is booked already.
fail-second-operator-needed = You recorded this top-up yourself. Another operator must look at it.
