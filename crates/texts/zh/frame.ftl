# 每个页面的框架文字，以及界面组件的固定用语。

frame-skip = 跳到正文
frame-navigation = 导航
frame-breadcrumb = 当前位置
frame-categories = 全部分类
frame-search = 搜索应用
frame-search-placeholder = 搜索应用
frame-help = 帮助中心
frame-on-this-page = 本页内容
frame-notifications = 通知
frame-preferences = 语言和外观

frame-sign-in = 登录
frame-sign-up = 注册
frame-sign-out = 退出登录
frame-my-apps = 我的 KooGallery 应用
frame-billing-center = 费用中心
frame-seller-console = 卖家中心
frame-become-seller = 商家入驻
frame-operator-console = 运营后台
frame-message-center = 消息中心
frame-account = 账号设置

frame-language = 语言
frame-theme = 外观
frame-theme-auto = 跟随系统
frame-theme-light = 浅色
frame-theme-dark = 深色

frame-apply = 应用
frame-filtered-by = 当前筛选条件
frame-remove-filter = 移除此筛选条件
frame-clear-filters = 清除全部筛选条件
frame-list-tools = 搜索和筛选此列表
frame-filters = 筛选
frame-paging = 翻页
frame-previous = 上一页
frame-next = 下一页

frame-cancel = 取消
frame-close = 关闭
frame-copied = 已复制。

frame-show-password = 显示密码
frame-hide-password = 隐藏密码
frame-copy-password = 复制密码
frame-password-shown = 密码将显示一分钟。
frame-password-hidden = 密码已隐藏。
frame-show-key = 显示密钥
frame-hide-key = 隐藏密钥
frame-copy-key = 复制密钥
frame-key-shown = 密钥将显示一分钟。
frame-key-hidden = 密钥已隐藏。

frame-step-done = 已完成
frame-step-current = 进行中
frame-step-pending = 未开始
frame-step-failed = 失败
