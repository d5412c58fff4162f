# 站内消息与帮助页面反馈。

fail-feedback-without-author = 该反馈由未登录的用户提交，回复无人可见。请直接关闭该反馈。

feedback-state-SUBMITTED = 已提交
feedback-state-PROCESSING = 处理中
feedback-state-REPLIED = 已回复
feedback-state-CLOSED = 已关闭

notice-paid = { $product } 的订单 { $order } 已支付。
notice-opened = 订单 { $order } 的 { $product } 已开通，可以使用。
notice-opening-failed = 订单 { $order } 的 { $product } 未能开通。订单已退订，{ $amount } 已退回账户余额。
notice-request-submitted = 订单 { $order } 的 { $product } 已提交需求，等待确认。
notice-request-accepted = 订单 { $order } 的 { $product } 的需求已被接受。
notice-request-rejected = 订单 { $order } 的 { $product } 的需求被驳回：{ $reason }
notice-delivered = 订单 { $order } 的 { $product } 已交付，等待验收。
notice-delivery-rejected = 订单 { $order } 的 { $product } 的交付被驳回：{ $reason }
notice-accepted = 订单 { $order } 的 { $product } 的交付已验收。
notice-reminder = 请处理订单 { $order } 的 { $product } 的下一步。
notice-completed = { $product } 的订单 { $order } 已完成。
notice-calls-failed = 最近一小时内有 { $count } 次对您服务器的调用失败。请查看“应用接入 > 生产接口消息”。
notice-order-expired = 订单 { $order }（{ $product }）未在规定时间内支付，已自动取消。
notice-top-up-booked = { $amount } 已存入您的账户余额（凭证号 { $reference }）。
notice-feedback-replied = 您对帮助页面“{ $page }”的反馈已得到回复。
