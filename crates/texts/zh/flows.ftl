fail-message-cannot-restart = 该消息不能重新启动：它正在调用中、已成功，或其订单已结束。请刷新页面查看最新状态。
fail-order-not-pending-payment = 只能取消待支付的订单。请刷新页面查看该订单的最新状态。
fail-no-password = 商家尚未提供该应用的密码。请一分钟后重试，或联系商家。
