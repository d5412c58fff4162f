# 帮助中心，以及读者对页面的反馈。

help-contents = 目录
help-overview = 概述
help-updated = 更新时间：{ $date } GMT+08:00
help-copy-link = 复制此标题的链接
help-table = 表格
help-example = 示例
help-neighbours = 相邻页面
help-parent = 父主题
help-previous = 上一篇
help-next = 下一篇
help-untranslated = 本页暂无您所选语言的版本。
help-untranslated-shown = 当前显示英文页面。
help-yes = 是
help-no = 否

help-search = 搜索帮助中心
help-search-count = { $count } 个页面
help-search-nothing-asked = 您想查找什么？
help-search-nothing-found = 没有页面包含这些词
help-search-advice = 请输入一两个词，例如页面名称或状态名称。目录中列出了全部页面。

help-feedback = 对本页的反馈
help-feedback-question = 本页内容是否对您有帮助？
help-feedback-provide = 提供反馈
help-feedback-text = 哪些内容缺失、有误或难以理解？
help-feedback-text-help = 最多 500 个字符。请勿填写密码或他人信息。
help-feedback-send = 提交
help-feedback-failed = 系统繁忙，请稍后重试。
help-feedback-thanks = 感谢您的反馈
help-feedback-read = 网站运营人员会阅读每一条反馈，并据此改进页面。
help-feedback-see-reply = 回复和处理状态请查看：
help-feedback-back = 返回该页面
help-feedback-reply = 回复
help-feedback-open-page = 打开页面
help-feedback-by-you = 您
help-feedback-by-operator = 运营人员
help-feedback-by-reader = 已登录的读者
help-feedback-by-guest = 未登录的读者

help-my-feedback = 我的反馈
help-my-feedback-lead = 您对帮助中心页面的反馈，以及回复和处理状态。
help-my-feedback-none = 暂无反馈
help-my-feedback-none-why = 在帮助中心每个页面的末尾，您可以说明该页是否有帮助。登录后提交的反馈会列在这里。

help-desk = 帮助页面反馈
help-desk-lead = 读者对“本页内容是否对您有帮助？”的回答。
help-desk-any-state = 全部状态
help-desk-page = 页面
help-desk-helpful = 是否有帮助
help-desk-text = 反馈内容
help-desk-state = 状态
help-desk-submitted = 提交时间
help-desk-operation = 操作
help-desk-view = 查看详情
help-desk-none = 没有反馈
help-desk-none-why = 读者对帮助页面的反馈会列在这里。如果没有找到，请查看其他状态。
help-desk-answer = 反馈
help-desk-version = 页面更新日期
help-desk-language = 语言
help-desk-take-up = 开始处理
help-desk-close = 关闭
help-desk-reply = 回复读者
help-desk-reply-help = 读者可在“我的反馈”中看到回复。回复只能提交一次，且不能修改。
help-desk-send-reply = 发送回复
help-desk-no-author = 该读者未登录，回复无人可见。
