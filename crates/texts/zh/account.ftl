# 注册、登录、账号与成员管理。

fail-sign-in-refused = 邮箱地址与密码不匹配。请检查后重试；如忘记密码，可通过邮件获取重置链接。
fail-password-wrong = 当前密码不正确，请检查后重试。
fail-invitation-not-yours = 该邀请发送给了另一个邮箱地址。请使用该地址的账号登录，或请对方向您的地址重新发送邀请。
fail-too-many-invitations = 您的组织已有 { $max } 个待接受的邀请，无法再新增。请先撤回不需要的邀请，再重新邀请。
