# Mails. The sentences of notices stand with the notices.

mail-greeting = Hello { $name },
mail-greeting-stranger = Hello,
mail-link = Open this page:
    { $address }
mail-closing =
    { $brand }

    This mail was written by a machine. Replies to it aren't read.

mail-verify-email-subject = Confirm your e-mail address
mail-verify-email =
    An account at { $brand } was made with the address { $address }. Confirm the address, so that you can sign in. The link below works once, for { $hours } hours.

    If it wasn't you, do nothing: without your confirmation nobody can use the account.

mail-already-registered-subject = You have an account already
mail-already-registered =
    Somebody, probably you, signed up at { $brand } with the address { $address }, which has an account already. Just sign in. If you don't know the password, or never confirmed your address, set a new password with the link below. It works once, for { $hours } hours.

    If it wasn't you, do nothing: your account is as it was.

mail-reset-password-subject = Set a new password
mail-reset-password =
    Somebody, probably you, asked for a new password of the account with the address { $address } at { $brand }. Set it with the link below, which works once, for { $hours } hours. All sessions of the account end then.

    If it wasn't you, do nothing: your password stays as it is.

mail-invite-subject = Invitation to { $organisation }
mail-invite =
    { $organisation } invites you to join it at { $brand }. Your role would be: { $role }. Accept with the link below, which works once, for { $hours } hours, and for the address { $address } alone. An earlier invitation of this organisation doesn't work any more.

    If you don't want to join, do nothing.
