fail-message-cannot-restart = This message can't be repeated: it is being called right now, has succeeded, or its order has ended. Reload the page to see where it stands.
fail-order-not-pending-payment = Only orders that wait for payment can be cancelled. Reload the page to see where this one stands.
fail-no-password = The seller has given no password for this application yet. Try again in a minute, or ask the seller.
