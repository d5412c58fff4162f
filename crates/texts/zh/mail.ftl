# 邮件。通知的内容与通知放在一起。

mail-greeting = { $name }，您好：
mail-greeting-stranger = 您好：
mail-link = 请打开以下页面：
    { $address }
mail-closing =
    { $brand }

    本邮件由系统自动发送，请勿回复。

mail-verify-email-subject = 请确认您的邮箱地址
mail-verify-email =
    有人使用邮箱 { $address } 在 { $brand } 注册了账号。请确认该邮箱地址，确认后即可登录。以下链接仅可使用一次，{ $hours } 小时内有效。

    如非您本人操作，无需理会：未经您确认，任何人都无法使用该账号。

mail-already-registered-subject = 您已有账号
mail-already-registered =
    有人（可能是您本人）使用邮箱 { $address } 在 { $brand } 注册，而该邮箱已有账号，直接登录即可。如不知道密码，或尚未确认过邮箱地址，请通过以下链接设置新密码。链接仅可使用一次，{ $hours } 小时内有效。

    如非您本人操作，无需理会：您的账号没有任何变化。

mail-reset-password-subject = 设置新密码
mail-reset-password =
    有人（可能是您本人）申请为 { $brand } 上邮箱为 { $address } 的账号设置新密码。请通过以下链接设置，链接仅可使用一次，{ $hours } 小时内有效。设置后，该账号的所有会话都将结束。

    如非您本人操作，无需理会：您的密码保持不变。

mail-invite-subject = { $organisation } 邀请您加入
mail-invite =
    { $organisation } 邀请您加入其在 { $brand } 上的组织，您的角色为：{ $role }。请通过以下链接接受邀请，链接仅可使用一次，{ $hours } 小时内有效，且仅限邮箱 { $address } 使用。该组织此前发出的邀请已失效。

    如不想加入，无需理会。
