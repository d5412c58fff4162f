# 我的云商店、费用中心与消息中心。

# 各控制台共用的状态名称。

order-status-pending_payment = 待支付
order-status-processing = 处理中
order-status-refunding = 退款中
order-status-completed = 已完成
order-status-canceled = 已取消

order-type-NEW = 新购
order-type-UNSUBSCRIBE = 退订

order-event-submit = 提交订单
order-event-pay = 支付
order-event-cancel = 取消
order-event-expire = 逾期未支付，已取消
order-event-complete = 完成
order-event-refund = 退款

side-buyer = 买家
side-seller = 商家
side-operator = 运营方
side-system = 云商店
side-seller_system = 商家服务器

period-month = { $count } 个月
period-year = { $count } 年
period-once = 一次性付费，长期有效

# 多个页面共用的词语。

buyer-operation = 操作
buyer-product = 商品
buyer-seller = 商家
buyer-specification = 规格
buyer-quantity = 数量
buyer-period = 购买时长
buyer-order-number = 订单号
buyer-amount = 金额
buyer-state = 状态
buyer-status = 状态
buyer-time = 时间
buyer-more-for = { $name } 的更多操作
buyer-details = 详情
buyer-view = 查看
buyer-view-details = 查看详情
buyer-view-resource-details = 查看资源详情
buyer-view-order = 查看订单
buyer-to-the-shop = 前往云商店
buyer-any-state = 全部状态
buyer-any-status = 全部状态
buyer-nothing-found = 没有找到结果
buyer-nothing-found-why = 没有符合筛选条件的内容。清除筛选条件可查看全部。
buyer-search-order = 订单号
buyer-search-order-or-product = 订单号或商品名称
buyer-copy-number = 复制订单号

# 已购应用。

buyer-apps-lead = 您已购买并可以使用的应用。访问地址、用户名和密码请查看资源详情。
buyer-apps-search = 商品名称
buyer-apps-none = 还没有已购应用
buyer-apps-none-why = 商家开通后，您购买的应用会显示在这里。涉及服务监管的商品在交付完成后显示，在此之前请到“服务监管”中查看。
buyer-apps-none-why-short = 商家开通后，您购买的应用会显示在这里。
buyer-apps-nothing-found-why = 没有这个名称的应用。请检查输入，或到“服务监管”中查看仍在交付的商品。
buyer-opened = 开通时间
buyer-ends = 到期时间
buyer-ends-after-acceptance = 验收后开始计算
buyer-ends-never = 长期有效
buyer-ends-unknown = 尚未开始

# 资源详情。

buyer-application-information = 应用信息
buyer-basic-information = 基本信息
buyer-seller-information = 商家信息
buyer-user-guide = 使用指南
buyer-user-guide-show = 如何使用
buyer-delivery-method = 交付方式
buyer-delivery-saas = SaaS
buyer-valid-from = 生效时间
buyer-valid-until = 到期时间

buyer-app-frontend-url = 前台地址
buyer-app-management-url = 管理地址
buyer-app-user-name = 用户名
buyer-app-password = 密码
buyer-app-memo = 备注
buyer-app-guide = 使用指南
buyer-copy-user-name = 复制用户名
buyer-copy-hotline = 复制服务热线
buyer-app-password-lead = 请勿让密码长时间显示在屏幕上。本次查看已记录。
buyer-app-password-not-for-you = 您的角色无权查看密码，请联系您所在组织的所有者或采购人员。
buyer-app-age-before = 以下信息由商家于 { $time } 提供。
buyer-app-age-now = 商家已于 { $time } 确认以上信息。
buyer-app-age-not-now = 商家服务器暂时没有响应。以上为 { $time } 的最近信息，通常仍然可用。请过几分钟再试。
buyer-app-ask-now = 向商家查询最新信息
buyer-app-look-again = 重新查看
buyer-app-show-new-values = 商家已更改以上信息，点此查看最新内容
buyer-app-opening = 商家正在开通您的应用
buyer-app-opening-why = 通常需要几分钟，最长几小时。开通后访问地址和用户名会自动显示在这里。如未能按时开通，订单将自动退订并退款。
buyer-app-not-planned = 应用尚未开通。开通后访问地址和用户名会显示在这里。
buyer-app-no-values = 商家尚未提供登录信息
buyer-app-no-values-why = 应用已开通。商家提供后，访问地址和用户名会显示在这里；如等待较久，请联系商家。
buyer-app-expired = 应用已到期
buyer-app-expired-why = 在商家冻结之前，您仍可短时间使用该应用。
buyer-app-frozen = 应用已冻结
buyer-app-frozen-why = 目前无法使用，商家仍保留您的数据。请联系商家。
buyer-app-released = 应用已释放
buyer-app-released-why = 应用已无法使用，数据可能已被删除。
buyer-app-failed = 应用开通失败
buyer-app-failed-why = 订单已退订，款项已退回账户余额。您可以重新下单，或向商家了解原因。

buyer-seller-name = 商家名称
buyer-seller-hotline = 服务热线
buyer-seller-email = 邮箱
buyer-seller-hours = 服务时间

# 服务监管。

buyer-supervision-lead = 由您与商家共同完成的交付过程。在您验收之前，货款由云商店保管。
buyer-supervision-none = 没有服务监管订单
buyer-supervision-none-why = 购买涉及服务监管的商品并支付后，交付过程会显示在这里：您提交需求，商家交付，您确认验收。
buyer-submit-request = 提交需求
buyer-confirm-acceptance = 确认验收
buyer-reject = 驳回
buyer-remind = 催办
buyer-delivery-due = 交付截止时间
buyer-delivery-due-later = 商家接受需求后确定
buyer-service = 服务信息
buyer-enabled = 实际启用时间
buyer-accepted = 验收时间
buyer-request-rejections = 商家驳回需求次数
buyer-delivery-rejections = 您驳回交付次数
buyer-operation-records = 操作记录

buyer-steps = 交付进度
buyer-step-paid = 已支付
buyer-step-request = 提交需求
buyer-step-confirm = 确认需求
buyer-step-deliver = 提供服务
buyer-step-accept = 确认验收
buyer-step-completed = 已完成
buyer-step-ended = 在此结束

buyer-next-request = 请提交需求
buyer-next-request-why = 请在下方告诉商家您的需求。商家会接受需求，或请您修改。
buyer-next-request-again = 商家请您修改需求
buyer-next-request-again-why = 驳回原因见本页末尾的操作记录。请修改后重新提交。
buyer-next-confirm = 商家正在确认您的需求
buyer-next-confirm-why = 您无需操作。商家会接受需求，或请您修改。如等待较久，请催办或联系商家。
buyer-next-delivery = 商家正在提供服务
buyer-next-delivery-why = 您无需操作。商家交付后您会收到消息，届时请检查交付结果。
buyer-next-delivery-again = 商家正在重新交付
buyer-next-delivery-again-why = 您已驳回交付。商家再次交付后您会收到消息，届时请检查交付结果。
buyer-next-delivery-late = 交付已逾期
buyer-next-delivery-late-why = 商家未在约定时间内交付。请催办，或通过服务热线、邮箱联系商家。
buyer-next-accept = 请验收商家的交付
buyer-next-accept-why = 请登录应用并查看商家提供的文件。确认与约定一致后请确认验收；否则请驳回并说明问题。
buyer-next-accepted = 您已确认验收
buyer-next-accepted-why = { $hours ->
    [0] 订单即将完成，
   *[other] 订单将在 { $hours } 小时内完成，
}之后可在“已购应用”中查看该应用。
buyer-next-completed = 交付已完成
buyer-next-completed-why = 您可以在“已购应用”中查看该应用。如有疑问，请联系商家。
buyer-next-unsubscribed = 订单已退订，交付结束
buyer-next-unsubscribed-why = 款项已退回账户余额。
buyer-next-closed = 运营方已关闭此次交付
buyer-next-closed-why = 原因见本页末尾的操作记录。

buyer-request-text = 需求
buyer-request-text-help = 请描述您的需求。如商家提供了模板，模板已填入，请补充完整。
buyer-request-text-help-again = 这是您上次提交的需求，请按商家的要求修改。
buyer-request-files = 需求文档
buyer-files-help = 最多 { $count } 个文件，每个不超过 { $megabytes } MB，支持 { $types }。
buyer-request-refused = 需求尚未提交，请更正以下内容：

buyer-accept-title = 确认验收“{ $product }”？
buyer-accept-consequence = { $hours ->
    [0] 确认后表示服务已按约定交付，订单随即完成，款项将结算给商家。
   *[other] 确认后表示服务已按约定交付。订单将在 { $hours } 小时内完成，款项将结算给商家。
}
buyer-accept-term-now = 有效期（{ $period }）从现在开始计算。
buyer-accept-term-enabled = 有效期（{ $period }）从商家填写的实际启用时间开始计算。
buyer-accept-term-once = 所购内容长期有效。
buyer-accept-final = 此操作无法撤销。
buyer-reject-title = 驳回“{ $product }”的交付？
buyer-reject-consequence = 商家会看到驳回原因并重新交付。驳回将保留在操作记录中。
buyer-reject-reason = 驳回原因
buyer-reject-reason-help = 请说明缺少的内容或与约定不符之处。

# 我的收藏与我的协议。

buyer-favorites-none = 还没有收藏
buyer-favorites-none-why = 在商品页面选择“收藏”，之后即可在这里找到。
buyer-price-from = 起售价
buyer-saved = 收藏时间
buyer-buy = 购买
buyer-remove = 移除
buyer-not-on-sale = 已停售

buyer-agreements-lead = 随订单签署的协议，内容与签署时的版本完全一致。
buyer-agreements-none = 还没有签署协议
buyer-agreements-none-why = 下单时您同意的协议会保存在这里。
buyer-agreement = 协议
buyer-agreement-text = 协议内容
buyer-version = 版本
buyer-published = 发布时间
buyer-signed = 签署时间
buyer-signed-by = 签署人

# 余额。

buyer-balance = 账户余额
buyer-balance-now = 可用余额
buyer-top-up = 充值
buyer-top-up-how = 请以 { $currency } 将款项汇给本站运营方：
buyer-top-up-to = 收款方
buyer-top-up-purpose-label = 汇款附言
buyer-top-up-purpose = { $name } 账户充值
buyer-copy-purpose = 复制汇款附言
buyer-top-up-then = 款项到账后由运营方入账，届时您会收到消息。缺少汇款附言将无法确认归属。
buyer-unpaid-waiting = 有 { $count } 个订单待支付
buyer-unpaid-covered = 共需支付 { $total }，余额充足。
buyer-unpaid-not-covered = 共需支付 { $total }，余额不足。请充值，或取消不需要的订单。
buyer-statement = 收支明细
buyer-statement-what = 类型
buyer-statement-reference = 流水号或订单号
buyer-statement-balance = 变动后余额
buyer-statement-top-up = 充值
buyer-statement-payment = 支付订单
buyer-statement-refund = 退款
buyer-statement-completion = 订单完成
buyer-statement-none = 还没有收支记录
buyer-statement-none-why = 充值、支付和退款会显示在这里。

# 订单。

buyer-order-title = 订单 { $number }
buyer-order-type = 订单类型
buyer-created = 下单时间
buyer-paid = 支付时间
buyer-pay = 支付
buyer-cancel = 取消
buyer-cancel-order = 取消订单
buyer-cancel-title = 取消订单 { $number }？
buyer-cancel-consequence = 订单取消后无法恢复，但仍保留在订单列表中。该订单尚未支付任何款项。
buyer-receipt = 收据（PDF）
buyer-orders-none = 还没有订单
buyer-orders-none-why = 在云商店中选择商品并提交订单后，订单会显示在这里。
buyer-pay-before = 支付截止时间
buyer-pay-over = 已逾期，订单正在取消
buyer-unpaid-lead = 逾期未支付的订单将自动取消。
buyer-unpaid-none = 没有待支付订单
buyer-unpaid-none-why = 您的订单均已支付、取消或完成。
buyer-order-data = 订单信息
buyer-order-items = 订购内容
buyer-status-code = 状态码
buyer-payment = 支付方式
buyer-payment-balance = 账户余额
buyer-resource = 应用
buyer-contract-with = 签约主体
buyer-related-unsubscription = 退订订单
buyer-related-purchase = 被退订的订单
buyer-history = 订单记录
buyer-order-hint-unpaid = 订单待支付，逾期未支付将自动取消。
buyer-order-hint-expired = 支付时间已过，订单将在几分钟内取消。如仍需要，请重新下单。
buyer-order-hint-supervised = 在服务监管的交付完成之前，订单状态保持为“处理中”。
buyer-order-hint-opening = 商家正在开通应用，开通后订单即完成。
buyer-order-hint-refunding = 订单已退订，款项正在退回账户余额。
buyer-order-hint-refunded = 该订单的款项已退回账户余额。

# 消息中心。

buyer-messages-message = 消息
buyer-messages-received = 接收时间
buyer-messages-open = 打开
buyer-messages-mark-read = 标为已读
buyer-messages-read-all = 全部标为已读
buyer-messages-unread = 未读
buyer-messages-seen = 已读
buyer-messages-none = 没有消息
buyer-messages-none-why = 订单和交付的进展会在这里通知，并发送邮件。

done-request-submitted = 需求已提交，商家已收到通知。
done-service-accepted = 您已确认验收。
done-service-rejected = 已驳回交付，商家已收到驳回原因。
done-seller-reminded = 已向商家催办。
done-favorite-removed = 已从收藏中移除。
done-order-cancelled = 订单已取消。
done-messages-read = 已将全部消息标为已读。
