# 实例、游离实例与生产接口消息。

fail-external-ref-taken = 商家返回的实例 ID 已属于其他订单，本订单无法使用。商家必须返回在整个云商店中唯一的实例 ID。
fail-external-ref-differs = 商家对同一订单行返回了与之前不同的实例 ID。系统继续使用第一个实例 ID；对重复请求，商家必须返回相同的实例 ID。
fail-term-already-started = 该应用的有效期已经开始，不能再次开始。请刷新页面查看当前状态。
fail-term-still-runs = 该应用仍在有效期内，现在不会到期，无需任何操作。
fail-app-address-unusable = 该地址无法作为网页打开。地址必须以 https:// 或 http:// 开头且不含空格，请商家在应用数据中更正。

instance-state-PROVISIONING = 开通中
instance-state-NORMAL = 使用中
instance-state-GRACE = 已到期，仍可使用
instance-state-FROZEN = 已冻结
instance-state-RELEASED = 已释放
instance-state-FAILED = 开通失败

message-status-CALLING = 调用中
message-status-POLLING = 等待结果
message-status-RETRYING = 重试中
message-status-STOPPED = 已停止
message-status-SUCCEEDED = 成功
message-status-ORDER_FAILED = 订单失败

stray-why-second_answer = 重复请求返回了不同的实例 ID。
stray-why-late_answer = 放弃开通之后才收到响应。
stray-why-belongs_to_another = 该实例 ID 属于其他订单，因此不会释放。
