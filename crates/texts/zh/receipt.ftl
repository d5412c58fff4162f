# 订单收据与退款确认单。

fail-receipt-not-paid = 此订单尚未付款，因此没有收据。请先支付订单，支付后即可下载收据。

receipt-title = 收据
receipt-refund-title = 退款确认单
receipt-status-paid = 已支付
receipt-status-refunded = 已退款
receipt-status-refunding = 退款中
receipt-order-number = 订单号
receipt-ordered = 下单时间
receipt-original-order = 原订单
receipt-issuer = 开具方
receipt-buyer = 客户
receipt-description = 商品
receipt-quantity = 数量
receipt-period = 购买时长
receipt-amount = 金额
receipt-sold-by = 商家：{ $seller }
receipt-once = 一次性
receipt-months = { $count } 个月
receipt-years = { $count } 年
receipt-subtotal = 小计
receipt-discount = 折扣 { $code }
receipt-tax = { $code } { $rate }%
receipt-tax-included = 含 { $code } { $rate }%
receipt-total = 合计
receipt-payment = 支付信息
receipt-refund = 退款信息
receipt-method = 方式
receipt-method-balance = 账户余额
receipt-paid = 支付时间
receipt-refunded = 退款时间
receipt-notes = 备注
receipt-no-invoice = 本单据不是税务发票。
receipt-zone = 时间均为 { $zone } 时区的时间。
receipt-footer = 订单 { $number }
receipt-page = 第 { $page } 页，共 { $pages } 页
