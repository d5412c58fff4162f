//! What each role may do, as people read it: the table of the rights in force.

use accounts::organisation::{Kind, Right, Role, may};
use kernel::names::Named as _;
use texts::Lang;

use crate::ui::{Choice, Column};

/// The rights of one side's roles.
pub(super) struct Rights {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<RightRow>,
}

/// A right, and who has it.
pub(super) struct RightRow {
    pub(super) right: &'static str,
    /// Role and answer, in the order of the columns.
    pub(super) roles: Vec<(&'static str, &'static str)>,
}

impl Rights {
    /// The table of the organisations of one side.
    pub(super) fn of(lang: Lang, kind: Kind) -> Self {
        let roles: Vec<Role> = kind.roles().collect();
        let mut columns = vec![Column::new(lang.get("account-right"))];
        columns.extend(roles.iter().map(|role| Column::new(role_name(lang, *role))));
        let answer = |role: &Role, right| {
            let word = if may(*role, right) {
                "account-yes"
            } else {
                "account-no"
            };
            (role_name(lang, *role), lang.get(word))
        };
        let rows = Right::ALL
            .iter()
            .filter(|right| roles.iter().any(|role| may(*role, **right)))
            .map(|right| RightRow {
                right: lang.get(&format!("right-{right}")),
                roles: roles.iter().map(|role| answer(role, *right)).collect(),
            })
            .collect();
        Self { columns, rows }
    }
}

/// The roles to choose from, each with what it is for.
pub(super) fn choices(lang: Lang, kind: Kind) -> Vec<Choice> {
    let choice = |role: Role| {
        Choice::new(role.name(), role_name(lang, role)).note(lang.get(&format!("role-note-{role}")))
    };
    kind.roles().map(choice).collect()
}

/// The word for a role.
pub(super) fn role_name(lang: Lang, role: Role) -> &'static str {
    lang.get(&format!("role-{role}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_and_every_right_is_explained_in_each_language() {
        for lang in [Lang::En, Lang::Zh] {
            for role in Role::ALL {
                assert!(
                    lang.find(&format!("role-{role}")).is_some(),
                    "{lang}: {role}"
                );
                assert!(
                    lang.find(&format!("role-note-{role}")).is_some(),
                    "{lang}: {role}"
                );
            }
            for right in Right::ALL {
                assert!(
                    lang.find(&format!("right-{right}")).is_some(),
                    "{lang}: {right}"
                );
            }
        }
    }

    #[test]
    fn the_table_of_one_side_says_nothing_about_the_others() {
        let rights = Rights::of(Lang::En, Kind::Buyer);
        assert_eq!(rights.columns.len(), 1 + Kind::Buyer.roles().count());
        let expected = Right::ALL
            .iter()
            .filter(|right| may(Role::BuyerOwner, **right))
            .count();
        assert_eq!(rights.rows.len(), expected);
    }
}
