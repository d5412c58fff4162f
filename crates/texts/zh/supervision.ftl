# 服务监管。

fail-instance-not-open = 应用尚未开通，无法交付服务。请等待开通成功；调用记录见“应用工具 > 生产接口消息”。
fail-enabling-time-out-of-range = 服务实际启用时间必须在订单支付时间与当前时间之间。请更正，或留空以使用验收时间。
fail-proof-missing = 缺少此文件。交付时必须提供该凭证，请在此上传。
fail-reminder-not-needed = 目前不需要对方处理，因此未发送催办。请查看服务流程，确认当前由谁处理。
fail-reminder-too-soon = 刚刚已发送过催办。{ $minutes } 分钟后可再次发送。
fail-too-many-files = 文件过多。每一步最多上传 { $max } 个文件，也可以将多个文件打包为一个压缩包。
fail-file-type-not-taken = 不接受文件 { $name } 的类型。请上传以下类型的文件：{ $types }。
fail-file-too-large = 文件 { $name } 过大。请上传不超过 { $megabytes } MB 的文件。
fail-file-empty = 文件 { $name } 没有内容。请重新选择文件。
fail-file-mistyped = 文件 { $name } 的内容与后缀 { $ending } 不符。请将文档另存为该格式，或将文件名改为实际类型后重新上传。

flow-state-WAIT_REQUEST = 待用户提交需求
flow-state-WAIT_REQUEST_CONFIRM = 待商家确认需求
flow-state-WAIT_DELIVERY = 待商家提供服务
flow-state-WAIT_ACCEPTANCE = 待用户确认验收
flow-state-COMPLETED = 已完成
flow-state-CLOSED_UNSUBSCRIBED = 已退订关闭
flow-state-CLOSED_BY_OPERATOR = 已由运营方关闭

flow-action-opened = 订单已支付，服务监管开始
flow-action-request_submitted = 提交需求
flow-action-request_accepted = 接受需求
flow-action-request_rejected = 驳回需求
flow-action-delivered = 交付服务
flow-action-accepted = 确认验收
flow-action-delivery_rejected = 驳回交付
flow-action-reminded = 发送催办
flow-action-unsubscribed = 退订并退款
flow-action-closed_by_operator = 由运营方关闭

flow-file-request_document = 需求文档
flow-file-delivery_template = 交付模板
flow-file-statement_of_work = 工作说明书
flow-file-acceptance_document = 验收文档
flow-file-screenshot = 截图
flow-file-other = 其他凭证
