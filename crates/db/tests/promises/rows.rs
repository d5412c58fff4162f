//! Idempotency keys, the audit trail and the history.

use db::idempotency::{self, KEY_REUSED, Key};
use db::{audit, history, unique_violation};
use dbtest::db_test;
use kernel::state::Machine;
use kernel::{Fail, Timestamp, Who};

fn key(operation: &'static str) -> Key {
    Key {
        scope: "org_1".to_owned(),
        key: "abc".to_owned(),
        operation,
    }
}

/// Does something once and gives its result again when it is sent again.
fn place(tx: &db::Tx<'_>, made: &str) -> Result<String, Fail> {
    if let Some(first) = idempotency::first_result(tx, &key("place_order"))? {
        return Ok(first);
    }
    idempotency::remember(tx, &key("place_order"), made, Timestamp::from_seconds(100))?;
    Ok(made.to_owned())
}

kernel::names! {
    /// A lamp.
    pub enum Lamp {
        /// Dark.
        Off = "off",
        /// Bright.
        On = "on",
    }
}
kernel::names! {
    /// What is done to it.
    pub enum Press {
        /// Up.
        Up = "up",
        /// Down.
        Down = "down",
    }
}
struct Switch;
impl Machine for Switch {
    const NAME: &'static str = "lamp";
    type State = Lamp;
    type Event = Press;
    fn next(state: Lamp, event: Press) -> Option<Lamp> {
        match (state, event) {
            (Lamp::Off, Press::Up) => Some(Lamp::On),
            (Lamp::On, Press::Down) => Some(Lamp::Off),
            (Lamp::Off, Press::Down) | (Lamp::On, Press::Up) => None,
        }
    }
}

fn press(tx: &db::Tx<'_>, state: Lamp, event: Press, version: i64) -> Result<(), Fail> {
    let done = Switch::transition(
        state,
        event,
        version,
        Timestamp::from_seconds(version),
        Who::SYSTEM,
    )?;
    history::append(tx, "lmp_1", &done.because("it was dark"))
}

db::sql! { AUDITED = "select side, organisation_id, operation, subject, outcome, at from audit order by id"; }

db_test! {
    async fn a_form_sent_twice_gets_the_first_result_again(bed) {
        let first = bed.db.write(|tx| place(tx, "ord_1")).await.unwrap();
        let second = bed.db.write(|tx| place(tx, "ord_2")).await.unwrap();
        assert_eq!((first.as_str(), second.as_str()), ("ord_1", "ord_1"));
    }

    async fn forms_sent_at_once_have_one_result(bed) {
        let mut sendings = Vec::new();
        for number in 0..8 {
            let db = bed.db.clone();
            sendings.push(tokio::spawn(async move {
                db.write(move |tx| place(tx, &format!("ord_{number}"))).await.unwrap()
            }));
        }
        let mut results = std::collections::HashSet::new();
        for sending in sendings {
            results.insert(sending.await.unwrap());
        }
        assert_eq!(results.len(), 1, "{results:?}");
    }

    async fn a_key_used_for_another_operation_is_refused(bed) {
        bed.db.write(|tx| place(tx, "ord_1")).await.unwrap();
        let other = bed.db.write(|tx| idempotency::first_result(tx, &key("pay"))).await;
        assert!(other.unwrap_err().is(KEY_REUSED));
        let mut stranger = key("pay");
        stranger.scope = "org_2".to_owned();
        let free = bed.db.write(move |tx| idempotency::first_result(tx, &stranger)).await;
        assert_eq!(free.unwrap(), None);
    }

    async fn old_keys_are_forgotten(bed) {
        bed.db.write(|tx| place(tx, "ord_1")).await.unwrap();
        let sweep = |at| bed.db.write(move |tx| idempotency::sweep(tx, Timestamp::from_seconds(at)));
        assert_eq!(sweep(100).await.unwrap(), 0);
        assert_eq!(sweep(101).await.unwrap(), 1);
    }

    async fn the_audit_trail_keeps_who_did_what(bed) {
        let at = bed.now();
        bed.db.write(move |tx| audit::record(tx, &audit::Entry {
            at,
            who: Who::SELLER_SYSTEM,
            organisation: None,
            address: "203.0.113.7",
            operation: "createInstance",
            subject: "ins_1",
            outcome: "done",
            detail: "",
        })).await.unwrap();
        let kept: Vec<(String, Option<String>, String, String, String, Timestamp)> = bed.db.read(|tx| {
            tx.many(&AUDITED, &[], |row| {
                Ok((row.take()?, row.take()?, row.take()?, row.take()?, row.take()?, row.take()?))
            })
        }).await.unwrap();
        let expected = ("seller_system", None, "createInstance", "ins_1", "done", at);
        let (side, organisation, operation, subject, outcome, when) = &kept[0];
        assert_eq!((side.as_str(), organisation.clone(), operation.as_str(), subject.as_str(), outcome.as_str(), *when), expected);
    }

    async fn the_history_tells_each_change_with_the_version_it_made(bed) {
        bed.db.write(|tx| {
            press(tx, Lamp::Off, Press::Up, 1)?;
            press(tx, Lamp::On, Press::Down, 2)
        }).await.unwrap();
        let past = bed.db.read(|tx| history::of(tx, "lmp_1")).await.unwrap();
        let told: Vec<(i64, &str, &str)> = past.iter().map(|one| (one.version, one.from.as_str(), one.to.as_str())).collect();
        assert_eq!(told, [(2, "off", "on"), (3, "on", "off")]);
        assert_eq!(past[0].reason.as_deref(), Some("it was dark"));
    }

    async fn two_changes_of_one_version_cannot_both_be_kept(bed) {
        bed.db.write(|tx| press(tx, Lamp::Off, Press::Up, 1)).await.unwrap();
        let fail = bed.db.write(|tx| press(tx, Lamp::Off, Press::Up, 1)).await.unwrap_err();
        assert_eq!(unique_violation(&fail), Some("transition__subject__version"));
    }
}
