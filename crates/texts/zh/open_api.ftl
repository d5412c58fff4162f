# 商家服务器调用的开放 API。

fail-open-api-order-not-yours = 此订单不属于您的商品、尚未支付或不存在。请核对云商店发送给您的订单 ID。
fail-open-api-order-line-unknown = 此订单中没有该订单行 ID。可不传 orderLineId 以获取全部订单行，或核对云商店发送给您的 ID。
