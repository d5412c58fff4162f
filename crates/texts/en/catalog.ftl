# Products, what may be chosen of them, and what sellers are told when content can't be released.

fail-unknown-sku = This combination isn't offered. Choose another specification or other options.
fail-quantity-off-step = This quantity can't be ordered: it goes in steps of { $step }. Take { $below } or { $above }.
fail-period-not-offered = This duration isn't offered for what you chose. Take one of the durations shown.
fail-no-price-in-currency = What you chose has no price in { $currency }, the currency of your account. Choose another specification, or ask the seller for a price.
fail-product-not-on-sale = This product isn't on sale now, so it can't be ordered. What you bought of it before stays valid; look for a similar product in its category.
fail-product-not-sold-to-country = The seller doesn't sell this product to the country of your account ({ $country }). Look for a similar product, or ask the seller.
fail-out-of-stock = This product is sold out at the moment. Save it to your list and try again later, or ask the seller to refill it.

fail-product-not-released = This product has no released version yet, so it can't go on sale. Release a version first.
fail-product-slug-taken = Another product has this address already. Choose another one.
fail-fixed-after-release = This was fixed with the first release and can't be changed: orders were made on it. Keep the old value, or release a new specification.

fail-not-a-key = Use only letters, digits and hyphens here, for example acme-crm; keys of products, specifications and categories are in lower case.
fail-not-unique = “{ $value }” stands here twice. Each may stand only once; remove or rename one.
fail-too-many-entries = These are too many: at most { $max }. Remove some.
fail-too-few-entries = These are too few: at least { $min }. Add some.
fail-bad-version-label = This is no version. Write numbers with points between them, for example 5.4 or V5.4.
fail-bad-country = This is no country code. Write two capital letters, for example SG.
fail-bad-path = This is no path. Start with one slash and leave out spaces, “?” and “#”, for example /produce.
fail-give-one = Fill in either this or “{ $other }”, and not both.
fail-reserved-attribute = The platform presets this attribute for every product. Choose another code or name.
fail-too-many-skus = The values of the attributes make { $count } combinations, and at most { $max } are allowed. Remove values that you don't need.
fail-step-does-not-fit = Steps of { $step } don't lead from { $min } to { $max }. Change the step or one of the two quantities.
fail-period-not-of-billing = A specification billed by “{ $billing }” can't have a price for “{ $period }”. Choose a period that fits the billing mode.
fail-options-do-not-fit = A price must name one value of each attribute, and nothing else. Attributes of this specification: { $attributes }.
fail-tiers-start-wrong = The first tier must start at 1 or at the smallest quantity, { $min }.
fail-tiers-do-not-ascend = Each tier must start above the one before and above the smallest quantity, and not above { $max }. Put the tiers in order.
fail-price-too-large = An order of the largest quantity and duration would cost more than an order can hold. Lower the price, the quantity or the duration.

fail-seed-unreadable = The catalogue can't be read here: { $problem }. Correct the line and load the file again; nothing was changed.
fail-seed-unknown-reference = The catalogue has no { $kind } “{ $key }” that fits here. Correct the key or add the missing part.
