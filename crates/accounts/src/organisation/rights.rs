//! Who may do what: one table of rights and roles.

use super::Role;

kernel::names! {
    /// Something that not every member may do.
    pub enum Right {
        /// See the buyer's orders, applications and money.
        BuyerRead = "buyer_read",
        /// Order, pay, cancel; accept agreements for the organisation.
        Purchase = "purchase",
        /// Act for the buyer in a service supervision.
        Supervise = "supervise",
        /// See the password of an application.
        RevealPassword = "reveal_password",
        /// See the seller's orders, messages and settings.
        SellerRead = "seller_read",
        /// Set interface addresses and keys.
        ManageInterfaces = "manage_interfaces",
        /// See interface keys, make credentials of the open APIs.
        RevealKeys = "reveal_keys",
        /// Repeat calls that failed.
        RestartCalls = "restart_calls",
        /// Act for the seller in a service supervision.
        Deliver = "deliver",
        /// Change the seller's contact data.
        ManageSeller = "manage_seller",
        /// Invite, change and remove members; rename the organisation.
        ManageMembers = "manage_members",
        /// See everything that the operator's console shows, except what has a right of its own.
        OperatorRead = "operator_read",
        /// Help accounts: end sessions, take two-step verification away, verify addresses.
        ManageAccounts = "manage_accounts",
        /// Record a top-up that was received.
        RecordTopUp = "record_top_up",
        /// Be the second pair of eyes on a top-up.
        ApproveTopUp = "approve_top_up",
        /// Repeat or give up failed tasks.
        ManageTasks = "manage_tasks",
        /// Reply to feedback on help pages.
        ReplyFeedback = "reply_feedback",
        /// Change the policy profile.
        ManagePolicy = "manage_policy",
        /// Read the audit trail.
        ReadAudit = "read_audit",
    }
}

/// Columns of the table, in the order of [`Role`].
const ROLES: [Role; 11] = [
    Role::BuyerOwner,
    Role::BuyerPurchaser,
    Role::BuyerViewer,
    Role::SellerOwner,
    Role::SellerDeveloper,
    Role::SellerDelivery,
    Role::SellerViewer,
    Role::OperatorAdministrator,
    Role::OperatorOperations,
    Role::OperatorFinance,
    Role::OperatorAuditor,
];

/// May.
const X: bool = true;
/// May not.
const O: bool = false;

/// The table. A new right or a new role doesn't compile, or fails a test,
/// before every pair is decided.
#[rustfmt::skip]
const fn row(right: Right) -> [bool; ROLES.len()] {
    match right {
        // buyer:                     owner purchaser viewer
        // seller:                                           owner developer delivery viewer
        // operator:                                                                        administrator operations finance auditor
        Right::BuyerRead        => [  X,    X,        X,     O,    O,        O,       O,    O,            O,         O,      O ],
        Right::Purchase         => [  X,    X,        O,     O,    O,        O,       O,    O,            O,         O,      O ],
        Right::Supervise        => [  X,    X,        O,     O,    O,        O,       O,    O,            O,         O,      O ],
        Right::RevealPassword   => [  X,    X,        O,     O,    O,        O,       O,    O,            O,         O,      O ],
        Right::SellerRead       => [  O,    O,        O,     X,    X,        X,       X,    O,            O,         O,      O ],
        Right::ManageInterfaces => [  O,    O,        O,     X,    X,        O,       O,    O,            O,         O,      O ],
        Right::RevealKeys       => [  O,    O,        O,     X,    X,        O,       O,    O,            O,         O,      O ],
        Right::RestartCalls     => [  O,    O,        O,     X,    X,        X,       O,    O,            O,         O,      O ],
        Right::Deliver          => [  O,    O,        O,     X,    O,        X,       O,    O,            O,         O,      O ],
        Right::ManageSeller     => [  O,    O,        O,     X,    O,        O,       O,    O,            O,         O,      O ],
        Right::ManageMembers    => [  X,    O,        O,     X,    O,        O,       O,    X,            O,         O,      O ],
        Right::OperatorRead     => [  O,    O,        O,     O,    O,        O,       O,    X,            X,         X,      X ],
        Right::ManageAccounts   => [  O,    O,        O,     O,    O,        O,       O,    X,            X,         O,      O ],
        Right::RecordTopUp      => [  O,    O,        O,     O,    O,        O,       O,    X,            O,         X,      O ],
        Right::ApproveTopUp     => [  O,    O,        O,     O,    O,        O,       O,    X,            O,         X,      O ],
        Right::ManageTasks      => [  O,    O,        O,     O,    O,        O,       O,    X,            X,         O,      O ],
        Right::ReplyFeedback    => [  O,    O,        O,     O,    O,        O,       O,    X,            X,         O,      O ],
        Right::ManagePolicy     => [  O,    O,        O,     O,    O,        O,       O,    X,            O,         O,      O ],
        Right::ReadAudit        => [  O,    O,        O,     O,    O,        O,       O,    X,            O,         O,      X ],
    }
}

/// Whether a role has a right.
#[must_use]
pub fn may(role: Role, right: Right) -> bool {
    ROLES
        .iter()
        .zip(row(right))
        .any(|(column, allowed)| *column == role && allowed)
}

/// The table in Markdown, rights down and roles across.
#[must_use]
pub fn rights_table() -> String {
    use kernel::names::Named;
    let mut text = String::from("| right |");
    for role in ROLES {
        text.push_str(&format!(" {role} |"));
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(ROLES.len()));
    for right in Right::ALL {
        text.push_str(&format!("\n| {right} |"));
        for allowed in row(*right) {
            text.push_str(if allowed { " yes |" } else { " no |" });
        }
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use kernel::names::Named;

    use super::*;
    use crate::organisation::Kind;

    #[test]
    fn every_role_has_its_column() {
        assert_eq!(ROLES.as_slice(), Role::ALL);
    }

    #[test]
    fn no_right_crosses_from_one_side_to_another_except_over_own_members() {
        for right in Right::ALL {
            let mut kinds: Vec<Kind> = Role::ALL
                .iter()
                .filter(|role| may(**role, *right))
                .map(|role| role.kind())
                .collect();
            kinds.dedup();
            let expected = if *right == Right::ManageMembers { 3 } else { 1 };
            assert_eq!(kinds.len(), expected, "{right}");
        }
    }

    #[test]
    fn who_only_looks_changes_nothing() {
        let looking = [
            Right::BuyerRead,
            Right::SellerRead,
            Right::OperatorRead,
            Right::ReadAudit,
        ];
        for role in [Role::BuyerViewer, Role::SellerViewer, Role::OperatorAuditor] {
            assert!(
                Right::ALL
                    .iter()
                    .all(|right| looking.contains(right) || !may(role, *right)),
                "{role}"
            );
        }
    }

    #[test]
    fn an_owner_may_all_that_a_member_may() {
        for role in Role::ALL {
            for right in Right::ALL {
                assert!(
                    !may(*role, *right) || may(role.kind().owner(), *right),
                    "{role} {right}"
                );
            }
        }
    }

    #[test]
    fn the_printed_table_has_a_row_for_each_right() {
        let table = rights_table();
        assert_eq!(table.lines().count(), Right::ALL.len() + 2);
        assert!(
            table.contains("| deliver | no | no | no | yes | no | yes | no | no | no | no | no |")
        );
    }
}
