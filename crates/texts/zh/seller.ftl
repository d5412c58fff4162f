# 卖家中心。

# 多个页面共用的词语。

seller-operation = 操作
seller-details = 详情
seller-view-details = 查看详情
seller-product = 商品
seller-customer = 客户
seller-seller = 卖家
seller-specification = 规格
seller-period = 购买时长
seller-order-number = 订单号
seller-line-number = 订单行
seller-order-type = 订单类型
seller-amount = 金额
seller-state = 状态
seller-status = 状态
seller-status-code = 状态码
seller-created = 下单时间
seller-paid = 支付时间
seller-completed = 完成时间
seller-more-for = { $name } 的更多操作
seller-any = 全部
seller-any-state = 全部状态
seller-any-status = 全部状态
seller-nothing-found = 未找到任何内容
seller-nothing-found-why = 没有符合筛选条件的内容。清除筛选条件即可查看全部。
seller-search-order = 订单号
seller-search-order-or-product = 订单号或商品
seller-copy-number = 复制订单号
seller-not-saved = 尚未保存，请更正：
seller-save = 保存

# 概览。

seller-waits = 待办事项
seller-nothing-waits = 没有待办事项
seller-figure-requests = 待确认的需求
seller-figure-deliveries = 待交付的服务
seller-figure-acceptance = 待客户验收
seller-figure-processing = 处理中的订单
seller-figure-failed = 失败的接口消息
seller-overdue = { $count } 个交付已逾期
seller-overdue-why = 商品承诺的交付期限已过。请立即交付，或告知客户预计的交付时间。
seller-failed-calls = { $count } 个对您服务器的调用失败
seller-failed-calls-why = 系统会在一段时间内重试。如果应用未能按时开通，订单将被退订并退款。请查看异常信息，修正您的服务器，然后选择“重新启动”。
seller-unverified = { $count } 个接口地址尚未验证
seller-unverified-why = 在本站运营方验证地址属于您之前，系统不会向其发送任何请求。

# 订单列表。

seller-orders-none = 暂无订单
seller-orders-none-why = 客户支付后，您商品的订单会显示在这里。
seller-order-title = 订单 { $number }
seller-order-data = 订单信息
seller-order-items = 商品信息
seller-customer-information = 客户信息
seller-contact-name = 联系人
seller-contact-email = 邮箱
seller-contact-mobile = 手机号
seller-no-contact = 客户未在该订单中授权共享联系信息。
seller-instance = 应用
seller-contract-with = 签约主体
seller-related-unsubscription = 退订订单
seller-related-purchase = 被退订的订单
seller-history = 历史记录

# 服务监管。

seller-supervision-none = 暂无监管中的交付
seller-supervision-none-why = 客户支付您带服务监管的商品后，其交付会显示在这里。
seller-placed = 开始时间
seller-delivery-due = 交付期限
seller-delivery-due-later = 从接受需求时起算
seller-late = 已逾期
seller-accept-request = 接受需求
seller-reject-request = 驳回需求
seller-deliver-service = 交付服务
seller-remind = 发送提醒
seller-service = 服务
seller-accepted = 客户验收时间
seller-request-rejections = 您驳回需求的次数
seller-delivery-rejections = 客户驳回交付的次数
seller-operation-records = 操作记录
seller-request = 客户需求
seller-request-text = 需求内容
seller-request-files = 需求文档
seller-request-at = 提交时间

seller-next-request = 客户正在填写需求
seller-next-request-why = 您无需操作。如果时间较长，可以发送提醒。
seller-next-confirm = 轮到您了：请确认需求
seller-next-confirm-why = 请阅读下方的需求。能够交付则接受；否则驳回并说明需要修改的内容。
seller-next-delivery = 轮到您了：请提供服务
seller-next-delivery-why = 请按需求完成服务，然后通过下方的“交付服务”提交。
seller-next-delivery-again = 客户驳回了交付
seller-next-delivery-again-why = 原因见本页末尾的操作记录。请补充缺失内容后重新交付。
seller-next-delivery-late = 交付已逾期
seller-next-delivery-late-why = 承诺的交付期限已过。请立即交付，或告知客户预计的交付时间。
seller-next-acceptance = 客户正在验收
seller-next-acceptance-why = 您无需操作。如果时间较长，可以发送提醒。
seller-next-accepted = 客户已确认验收
seller-next-accepted-why = { $hours ->
    [0] 订单即将完成。
   *[other] 订单将在 { $hours } 小时内完成。
}
seller-next-completed = 交付已完成
seller-next-completed-why = 该金额将计入您的结算。
seller-next-unsubscribed = 交付因订单退订而结束
seller-next-unsubscribed-why = 款项已退还客户，无需再交付。
seller-next-closed = 运营方已关闭该交付
seller-next-closed-why = 原因见本页末尾的操作记录。

seller-not-open = 应用尚未开通
seller-not-open-why = 您的服务器开通应用后即可交付服务。相关调用见“服务接口消息”。
seller-delivery-lead = 客户会看到交付结果和文档，并据此确认验收。
seller-result = 服务结果
seller-result-help = 请说明已完成的内容以及客户如何核对。请勿在此填写密码。
seller-enabled-at = 实际服务开通时间
seller-enabled-at-help = 客户可以使用服务的起始时间，时区为 { $zone }。有效期从该时间起算；留空则从验收时起算。
seller-files-help = 合计最多 { $count } 个文件，每个不超过 { $megabytes } MB，支持的格式：{ $types }。
seller-delivery-refused = 尚未交付。请更正并重新选择文件：

seller-accept-title = 接受订单 { $number } 的需求？
seller-accept-consequence = 系统会通知客户。之后您有 { $days } 天时间完成交付。
seller-reject-title = 驳回订单 { $number } 的需求？
seller-reject-consequence = 系统会将您的理由告知客户，客户修改后重新提交。驳回会保留在操作记录中。
seller-reject-reason = 理由
seller-reject-reason-help = 请说明缺少什么或需要修改什么。

# 服务接口消息。

seller-messages-lead = 对您服务器的每次操作：调用了什么、调用了几次、返回了什么。
seller-messages-tab = 消息
seller-messages-none = 暂无接口消息
seller-messages-none-why = 您的 SaaS 商品有订单支付后，对您服务器的调用会记录在这里。
seller-views = 列表
seller-message = 消息
seller-message-id = 消息 ID
seller-copy-message-id = 复制消息 ID
seller-activity = 接口活动
seller-order-or-line = 订单或订单行
seller-instance-id = 实例 ID
seller-from = 开始日期
seller-to = 结束日期
seller-calls-between = 首次与最近调用
seller-attempts = 调用次数
seller-answer = 异常信息
seller-http = HTTP 状态码
seller-result-code = 结果码
seller-exception = 异常信息
seller-url = URL
seller-never-called = 从未调用：没有已验证的地址或没有密钥。
seller-first-call = 首次调用
seller-last-call = 最近调用
seller-next-call = 下次调用
seller-window = 须在此前成功
seller-restart = 重新启动
seller-exception-information = 异常信息
seller-exception-retrying = 系统会自动重试。请修正您的服务器；如需立即重试，请选择“重新启动”。
seller-exception-stopped = 系统不再重试。请修正您的服务器，然后选择“重新启动”。
seller-exception-order-failed = 该订单的处理时限已过：订单已退订并退款，无法再次调用。
seller-calls = 调用记录
seller-calls-lead = 最近的调用，最新的在前。用户名、密码、联系信息和签名以 *** 代替。
seller-calls-none = 调用记录已过保留期，或尚未调用。
seller-call-title = { $time } 的调用
seller-call-at = 时间和耗时
seller-milliseconds = { $count } 毫秒
seller-call-request = 请求
seller-call-response = 响应
seller-no-answer = 无响应
seller-view-calls = 查看调用

seller-strays = 不可用的实例 ID
seller-strays-lead = 卖家服务器返回但不属于任何订单的实例 ID。无人使用的会被释放。
seller-strays-none = 没有不可用的实例 ID
seller-strays-none-why = 返回的每个实例 ID 都属于对应的订单。
seller-stray-why = 原因
seller-stray-answered = 返回时间
seller-stray-released = 已释放
seller-stray-to-release = 释放中
seller-stray-left = 保持不变
seller-orphans = 可能的孤立实例
seller-orphans-lead = 开通失败且未返回实例 ID：卖家处可能有无人付费的已开通内容。请在卖家处按订单行核对。
seller-orphans-none = 没有可能的孤立实例
seller-orphans-none-why = 没有开通失败会留下未知内容。

# 密钥管理。

seller-keys-lead = 这些密钥用于对您服务器的调用签名、校验其响应并加密敏感信息。每种接口类型使用各自的密钥。
seller-keys-none = 暂无密钥
seller-keys-none-why = 请先添加基础接口的密钥：您的 SaaS 商品需要它。
seller-key = 密钥
seller-key-interface = 接口类型
seller-key-interface-help = SaaS 商品需要基础接口的密钥。
seller-key-created = 创建时间
seller-add-key = 新增访问密钥
seller-key-shown-lead = 请勿让密钥长时间停留在屏幕上。本次查看已被记录。
seller-key-change = 更换密钥
seller-key-change-title = 更换“{ $name }”的密钥？
seller-key-change-consequence = 在您的服务器使用新密钥之前，已发布的商品会出现故障：拨测和订单会失败，未能按时开通的订单会被退订。
seller-key-change-advice = 新密钥立即用于我方调用的签名。对于您服务器发送的内容，旧密钥（{ $key }）在停用前仍然有效。
seller-key-retire = 停用密钥
seller-key-retire-title = 停用“{ $name }”的旧密钥？
seller-key-retire-consequence = 之后不再接受使用该密钥签名的任何内容。此操作无法撤销。
seller-key-retire-advice = 请在您的服务器只使用新密钥后再停用。

# 接口地址。

seller-addresses-lead = 您的服务器被调用的地址。路径在商品中填写。
seller-address-verification = 每个地址由运营方验证
seller-address-verification-why = 在本站运营方确认地址属于您之前，系统不会向其发送任何请求。通常需要一个工作日；之后即可用于发布商品。
seller-addresses-none = 暂无地址
seller-addresses-none-why = 请在下方添加您服务器的地址。
seller-address = 地址
seller-address-help = 协议和域名，不含路径。
seller-address-example = 示例：https://console.example.com
seller-address-added = 添加时间
seller-address-verified = 验证时间
seller-body-sign = 响应签名校验
seller-add-address = 添加地址

# 我的凭证。

seller-credentials-lead = 您的服务器使用访问密钥和私有密钥为开放 API 调用签名，例如查询订单。
seller-credentials-none = 暂无访问密钥
seller-credentials-none-why = 选择“新增访问密钥”即可创建。私有密钥仅显示一次。
seller-access-key = 访问密钥（AK）
seller-secret-key = 私有密钥（SK）
seller-copy-access-key = 复制访问密钥
seller-copy-secret-key = 复制私有密钥
seller-enabled = 已启用
seller-disabled = 已停用
seller-disabled-at = 停用时间
seller-disable = 停用
seller-disable-title = 停用访问密钥 { $key }？
seller-disable-consequence = 从现在起，使用它签名的调用将被拒绝，且无法重新启用。
seller-credential-made = 新的访问密钥
seller-secret-once = 请立即保存私有密钥
seller-secret-once-why = 私有密钥仅显示这一次，之后无法再次查看。请保存在只有您的服务器能够访问的地方。
seller-secret-kept = 我已保存

# 卖家信息。

seller-information-lead = 客户在云商店及其应用中看到的您的信息。
seller-information-read-only = 您的角色无权修改。请联系您组织的所有者。
seller-name = 名称
seller-name-zh = 中文页面上的名称
seller-name-zh-help = 留空则使用上面的名称。
seller-slug = 网址中的名称
seller-slug-help = 小写字母、数字和连字符。
seller-hotline = 售后热线
seller-email = 售后邮箱
seller-email-help = 调用失败和交付相关的通知也会发送到这里。
seller-hours = 服务时间
seller-hours-example = 示例：周一至周五 9:00–18:00（GMT+08:00）
seller-about = 卖家介绍

done-request-accepted = 您已接受需求，已通知客户。
done-request-rejected = 需求已驳回，已将理由告知客户。
done-service-delivered = 服务已交付，已通知客户。
done-buyer-reminded = 已提醒客户。
done-message-restarted = 正在重新调用。请稍后刷新页面查看结果。
done-key-added = 密钥已添加。请点击眼睛图标查看并保存到您的服务器。
done-key-changed = 密钥已更换。请立即将新密钥保存到您的服务器。
done-key-retired = 旧密钥已停用。
done-address-added = 地址已添加，接下来由运营方验证。
done-body-sign-set = 设置已保存。
done-credential-disabled = 访问密钥已停用。
done-seller-information-saved = 卖家信息已保存。
