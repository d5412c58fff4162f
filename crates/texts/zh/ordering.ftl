fail-order-number-taken = 该订单编号已被同一分钟的另一订单占用，请重新提交订单。
