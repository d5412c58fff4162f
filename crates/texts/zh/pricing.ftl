# 价格。

fail-amount-too-large = 金额超出订单上限。请减少数量或缩短时长，或拆分为多个订单。
