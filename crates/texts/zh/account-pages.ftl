# 注册、登录、个人账号与成员的页面。

account-email = 邮箱
account-email-help = 我们将向该地址发送确认链接。
account-password = 密码
account-new-password = 新密码
account-present-password = 当前密码
account-password-help = 至少 { $min } 个字符。由几个互不相关的词组成的密码容易记住，也难以猜到。
account-name = 姓名
account-name-help = 用于称呼您。
account-country = 国家/地区
account-country-help = 决定可购买的商品范围，之后不能修改。
account-country-choose = 请选择国家/地区
account-language = 语言
account-language-help = 用于页面和邮件。
account-mobile = 手机号码
account-mobile-help = 选填。仅在您下单时同意后，商家才能看到。
account-mobile-example = 示例：+86 138 0013 8000
account-save = 保存
account-operation = 操作
account-role = 角色
account-change = 修改

account-sign-in = 登录
account-password-forgotten = 忘记密码？
account-set-new-password = 设置新密码
account-no-account-yet = 还没有账号？
account-sign-up = 注册
account-sign-up-lead = 所有字段均为必填。确认邮箱地址后即可购买。您的采购组织默认以您的姓名命名，之后可以修改。
account-have-account = 已有账号？

account-code-title = 输入验证码
account-code-lead = 密码正确。您的账号已开启两步验证，请输入设备当前显示的验证码。
account-code = 验证码
account-code-help = 六位数字，每 30 秒更新一次。
account-other-account = 使用其他账号登录

account-mail-sent-title = 请查收邮件
account-mail-sent-sign-up = 我们已向您填写的地址发送邮件。请打开邮件中的链接继续，之后即可登录。
account-mail-sent-password = 如果该地址有账号，我们已向其发送邮件。请打开邮件中的链接设置新密码。
account-mail-sent-confirm = 您的邮箱地址尚未确认，暂时无法登录。我们已再次发送确认链接，请打开链接后再登录。
account-mail-sent-hours = 链接仅可使用一次，{ $hours } 小时内有效。
account-mail-sent-demo = 这是演示环境，不会实际发送邮件。请以运营人员身份登录，在“已生成的邮件”中查看。
account-mail-missing = 几分钟后仍未收到邮件？请查看垃圾邮件，或
account-try-again = 重新尝试
account-mail-done = 已经完成？

account-confirm-email = 确认邮箱地址
account-confirm-email-lead = 请确认 { $address } 是您的邮箱地址，确认后即可登录。
account-confirm-email-button = 确认地址
account-confirm-email-void = 如果您曾打开过该链接，地址可能已经确认，直接登录即可；如尚未确认，登录时会再次发送链接。

account-forgot-title = 设置新密码
account-forgot-lead = 请输入账号的邮箱地址，我们将发送用于设置新密码的链接。
account-send-link = 发送链接
account-remembered = 想起密码了？
account-reset-title = 设置新密码
account-reset-lead = 为账号 { $address } 设置新密码。设置后，所有已登录的设备都将退出登录。
account-reset-button = 设置密码
account-reset-void = 您的密码没有变化。
account-link-void = 如需重试：

account-invitation-title = 邀请
account-invitation-lead = { $organisation } 邀请您（{ $address }）加入，您的角色为：{ $role }。
account-invitation-join = 加入
account-invitation-join-new = 创建账号并加入
account-invitation-new = 该地址还没有账号。请先创建账号：
account-invitation-known = 该地址已有账号。如需加入，请先
account-invitation-other = 您当前登录的账号是 { $own }，但该邀请发送给了 { $invited }。
account-invitation-void = 请联系邀请人重新发送邀请。如果您已加入，直接登录即可。

account-operator-title = 成为管理员
account-operator-lead = 通过该链接，{ $address } 将成为本站的管理员。
account-operator-known = 如果该地址已有账号，姓名和国家/地区保持不变，密码改为在此设置的密码。
account-operator-button = 成为管理员
account-operator-void = 可在服务器上生成新链接：koogallery admin create-operator

account-identity-title = 请确认是您本人
account-identity-lead = 您要查看或执行的内容需要再次验证身份。请输入密码，之后几分钟内无需重复验证。
account-identity-lead-code = 您要查看或执行的内容需要再次验证身份。请输入设备显示的验证码，之后几分钟内无需重复验证。
account-identity-by-password = 改用密码
account-identity-button = 确认

account-about-you = 个人信息
account-since = 注册时间
account-fixed = 邮箱地址和国家/地区不能修改。
account-organisations = 组织
account-organisation = 组织
account-side = 身份
account-acting = 当前代表
account-acting-now = 当前组织
account-act-for = 代表 { $name }
account-no-organisation-title = 没有组织
account-no-organisation = 您不属于任何组织。请联系他人邀请您加入。
account-rename-title = 组织名称（{ $side }）
account-organisation-name = 组织名称
account-organisation-name-help = 已有订单保留下单时的名称。
account-rename = 重命名

account-password-title = 密码
account-password-lead = 修改密码后，您的其他设备都将退出登录。
account-change-password = 修改密码

account-two-step = 两步验证
account-two-step-on = 已开启
account-two-step-off = 未开启
account-two-step-on-says = 登录需要密码和设备上的验证码。
account-two-step-off-says = 开启后，登录需要密码和您设备上的验证码，仅凭泄露的密码无法进入账号。
account-two-step-set-up = 设置两步验证
account-two-step-turn-off = 关闭
account-two-step-turn-off-question = 关闭两步验证？
account-two-step-turn-off-says = 关闭后，仅凭密码即可进入您的账号。运营人员可能无法再进入运营后台。
account-two-step-scan = 1. 将账号添加到设备
account-two-step-scan-says = 请使用身份验证器应用扫描此图。
account-two-step-picture = 用于身份验证器应用的二维码
account-two-step-by-hand = 无法扫描？请在应用中手动输入以下密钥（基于时间，6 位数字）：
account-two-step-copy = 复制密钥
account-two-step-first-code = 2. 输入第一个验证码
account-two-step-first-code-says = 验证码用于确认设备设置正确。确认后，您的其他设备将退出登录。
account-two-step-confirm = 开启

account-sessions = 登录设备
account-sessions-lead = 如有不认识的设备，请将其退出登录并修改密码。
account-session-browser = 浏览器
account-session-address = IP 地址
account-session-opened = 登录时间
account-session-used = 最近使用
account-session-own = 当前设备
account-session-unknown = 未知
account-sign-out = 退出登录
account-sign-out-everywhere = 退出所有设备

account-members-lead = { $organisation }：您负责管理成员。您的角色：{ $role }。
account-members-lead-others = { $organisation }：您的角色是{ $role }。成员由所有者管理，如需变更请联系所有者。
account-member-since = 加入时间
account-member-two-step = 两步验证
account-member-role = 角色
account-member-role-says = 新角色自该成员的下一次操作起生效。
account-change-role = 修改角色
account-remove = 移出组织
account-remove-button = 移出
account-remove-question = 将 { $name } 移出组织？
account-remove-says = 移出后，该成员不能再查看组织的内容，也不能代表组织操作。其个人账号和操作记录会保留。

account-invitations = 待接受的邀请
account-no-invitations = 目前没有待接受的邀请。
account-invited = 邀请时间
account-invitation-ends = 有效期至
account-withdraw = 撤回
account-invite = 邀请成员
account-invite-says = 对方将收到含链接的邮件。没有账号的人可在链接页面创建账号。
account-invite-email-help = 邀请仅限该地址使用。
account-invite-button = 发送邀请

account-rights = 各角色的权限
account-right = 权限
account-yes = 是
account-no = 否

role-note-buyer_owner = 拥有全部权限，包括管理成员和修改组织名称。
role-note-buyer_purchaser = 下单、支付、监管交付，并可查看应用密码。
role-note-buyer_viewer = 查看订单、应用和费用，不能修改。
role-note-seller_owner = 拥有全部权限，包括管理成员和修改联系信息。
role-note-seller_developer = 对接商家服务器：密钥、地址和失败的调用。
role-note-seller_delivery = 向买家交付服务，并可重试失败的调用。
role-note-seller_viewer = 查看订单、消息和设置，不能修改。
role-note-operator_administrator = 拥有全部权限，包括管理成员和策略。
role-note-operator_operations = 协助账号，保障订单、调用和任务正常运行。
role-note-operator_finance = 登记和审批充值。
role-note-operator_auditor = 查看全部内容和审计记录，不能修改。

right-buyer_read = 查看订单、应用和费用
right-purchase = 下单、支付、取消订单、签署协议
right-supervise = 在服务监管中提交需求和验收
right-reveal_password = 查看应用密码
right-seller_read = 查看订单、接口消息和设置
right-manage_interfaces = 设置接口地址和密钥
right-reveal_keys = 查看接口密钥、创建 API 凭证
right-restart_calls = 重试失败的调用
right-deliver = 确认需求和交付服务
right-manage_seller = 修改商家联系信息
right-manage_members = 邀请、变更和移出成员，修改组织名称
right-operator_read = 查看运营后台
right-manage_accounts = 结束会话、解除两步验证、审核接口地址
right-record_top_up = 登记充值
right-approve_top_up = 审批同事登记的充值
right-manage_tasks = 重试或放弃失败的任务
right-reply_feedback = 回复帮助页面的反馈
right-manage_policy = 修改策略配置
right-read_audit = 查看审计记录

done-signed-out = 您已退出登录。
done-signed-out-everywhere = 您已在所有设备上退出登录。
done-email-confirmed = 邮箱地址已确认，现在可以登录。
done-password-set = 新密码已设置，请使用新密码登录。
done-password-changed = 密码已修改，您的其他设备已退出登录。
done-session-ended = 该设备已退出登录。
done-two-step-on = 两步验证已开启，之后登录需要输入验证码。
done-two-step-off = 两步验证已关闭。
done-identity-confirmed = 身份验证成功，请继续您的操作。
done-profile-saved = 个人信息已保存。
done-organisation-chosen = 您现在代表所选的组织。
done-organisation-renamed = 组织名称已修改。
done-invitation-accepted = 欢迎！您已成为成员。
done-member-invited = 邀请已发送。
done-invitation-withdrawn = 邀请已撤回，其链接不再有效。
done-role-changed = 角色已修改。
done-member-removed = 该成员已移出。
