# 运营中心。

operator-time = 时间
operator-created = 创建时间
operator-name = 名称
operator-email = 邮箱
operator-yes = 是
operator-no = 否

# 概览。

operator-waits = 待办事项
operator-top-ups-waiting = 待复核的充值
operator-live-tasks = 等待或执行中的任务
operator-dead-tasks = { $count } 个任务已放弃
operator-dead-tasks-why = 这些任务尚未完成。请查看错误，排除原因后重试。
operator-waiting-top-ups = { $count } 笔充值等待第二位运营人员复核
operator-waiting-top-ups-why = 大额充值须由登记人以外的运营人员同意后才入账。

# 账户。

operator-account = 账户
operator-kind = 类型
operator-country = 国家或地区
operator-since = 起始时间
operator-realm = 环境
operator-realm-live = 正式
operator-realm-sandbox = 沙箱
operator-balance = 账户余额
operator-id = ID
operator-copy-id = 复制 ID
operator-any-kind = 全部类型
operator-search-account = 名称或邮箱
operator-members = 成员
operator-member = 成员
operator-role = 角色
operator-verified = 邮箱已验证
operator-two-step = 两步验证
operator-end-sessions = 结束所有会话
operator-end-sessions-title = 结束 { $email } 的所有会话？
operator-end-sessions-consequence = 该用户将在所有设备上退出，需要重新登录。
operator-take-two-step-away = 取消两步验证
operator-take-two-step-away-title = 取消 { $email } 的两步验证？
operator-take-two-step-away-consequence = 之后该账户仅由密码保护。请确认请求人身份后再操作。所有会话将被结束。

# 充值。

operator-record-top-up = 登记充值
operator-recorded = 登记时间
operator-recorded-by = 登记人
operator-reference = 凭证号
operator-reference-help = 银行转账或收据的编号，每个编号只计一次。
operator-top-ups-none = 暂无充值
operator-top-ups-none-why = 买家款项到账后在此登记，随后计入买家余额。
operator-top-up-state-AWAITING_SECOND = 等待复核
operator-top-up-state-BOOKED = 已入账
operator-top-up-state-REJECTED = 已驳回
operator-top-up-own = 由其他运营人员复核
operator-top-up-approve = 同意
operator-top-up-approve-title = 将 { $amount } 计入 { $buyer } 的余额？
operator-top-up-approve-consequence = 买家可立即使用该金额。此操作无法在此撤销。
operator-top-up-reject = 驳回
operator-top-up-reject-title = 驳回 { $buyer } 的充值 { $amount }？
operator-top-up-reject-consequence = 不会入账，记录将保留。
operator-top-up-facts = 凭证号 { $reference }，登记人 { $name }。
operator-top-up-buyer-lead = 谁的款项到账了？请按名称或成员邮箱查找买家。
operator-buyers = 买家
operator-no-buyer-why = 没有该名称的买家，也没有使用该邮箱的成员。请检查拼写。
operator-top-up-amount = 金额（{ $currency }）
operator-top-up-amount-help = 到账金额，例如 1250.00。
operator-top-up-refused = 尚未登记，请更正：

# 订单。

operator-parties = 交易双方

# 失败的任务。

operator-tasks-lead = 系统多次尝试后放弃的工作。请排除原因后重试。
operator-live-count = { $count ->
    [0] 没有等待或执行中的任务
   *[other] { $count } 个任务等待或执行中
}
operator-task = 任务
operator-task-subject = 对象
operator-task-error = 最近错误
operator-retry = 重试
operator-tasks-none = 没有失败的任务
operator-tasks-none-why = 一切已完成或正在进行。

# 接口地址。

operator-addresses-lead = 只会在已验证的地址上调用卖家的服务器。
operator-waiting-first = 优先显示未验证
operator-all-states = 全部状态
operator-addresses-none = 没有待验证的地址
operator-addresses-none-why = 卖家的新地址会显示在这里。已验证的地址可通过筛选查看。
operator-verify = 验证
operator-verify-title = 验证 { $seller } 的 { $address }？
operator-verify-consequence = 之后卖家的商品将在该地址开通。请先确认该网站属于卖家。
operator-verify-why = 验证依据
operator-verify-why-help = 请说明依据，例如域名注册信息或拨打已知号码核实。内容会保留在审计记录中。

# 审计记录。

operator-audit-lead = 谁在何时何地做了什么。此处内容无法更改。
operator-who = 操作人
operator-organisation = 组织
operator-operation = 操作
operator-subject = 对象
operator-outcome = 结果

# 已写入的邮件。

operator-mails-lead = 这是演示环境：邮件写在这里，不会实际发送。
operator-mails-none = 这里没有邮件
operator-mails-none-why = 本应发送的邮件会写在这里。
operator-mail-subject = 主题
operator-mail-to = 收件人
operator-mail-written = 写入时间
operator-mail-links = 链接
operator-mail-text = 邮件正文

done-sessions-ended = 已结束该用户的所有会话。
done-two-step-taken-away = 已取消两步验证并结束所有会话。
done-top-up-recorded = 充值已登记并入账。
done-top-up-waits = 充值已登记，待其他运营人员同意后入账。
done-top-up-approved = 充值已入账。
done-top-up-rejected = 充值已驳回。
done-task-revived = 任务正在重试。
done-address-verified = 地址已验证。
done-feedback-taken-up = 您正在处理该反馈。
done-feedback-replied = 您的回复已发送。
done-feedback-closed = 该反馈已关闭。
