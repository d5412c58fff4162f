# Instances, strays and messages of the seller interface.

fail-external-ref-taken = The seller answered an instance ID that already belongs to another order, so this order can't use it. The seller must answer an instance ID that is unique over the whole marketplace.
fail-external-ref-differs = The seller answered another instance ID for the same order line than before. The first one stays in use; the seller must answer the same instance ID to a repeated request.
fail-term-already-started = The validity period of this application has started already and can't be started again. Reload the page to see its current state.
fail-term-still-runs = The validity period of this application isn't over, so it doesn't expire now. Nothing has to be done.
fail-app-address-unusable = This address can't be opened as a web page. It must begin with https:// or http:// and have no spaces; the seller must correct it in the application data.

instance-state-PROVISIONING = Provisioning
instance-state-NORMAL = In use
instance-state-GRACE = Expired, still usable
instance-state-FROZEN = Frozen
instance-state-RELEASED = Released
instance-state-FAILED = Failed

message-status-CALLING = Calling
message-status-POLLING = Waiting for the result
message-status-RETRYING = Retrying
message-status-STOPPED = Stopped
message-status-SUCCEEDED = Succeeded
message-status-ORDER_FAILED = Order failed

stray-why-second_answer = A repeated request was answered with another instance ID.
stray-why-late_answer = The answer came after the opening was given up.
stray-why-belongs_to_another = The instance ID belongs to another order, so it is not released.
