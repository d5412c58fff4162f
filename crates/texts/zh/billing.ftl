fail-balance-too-low = 余额 { $balance } 不足以支付 { $needed }。请联系运营方充值，然后在“待支付订单”中继续支付。
fail-top-up-reference-used = 该凭证号已用于另一笔充值。请确认该笔转账是否已入账。
fail-second-operator-needed = 该充值由您登记，需要另一位运营人员复核。
