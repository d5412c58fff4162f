//! Whatever is written, refused, panicked or cut: what stands in the database
//! is what a map would hold.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use db::Db;
use db::fault::Moment;
use dbtest::{Bed, Engine};
use kernel::Fail;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::common::{all, delete, power, put};

#[derive(Debug, Clone, Copy)]
enum Step {
    Put(u8),
    Delete(u8),
    PutAndFail(u8),
    PutAndPanic(u8),
    CutBefore(u8),
    CutAfter(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let key = 0_u8..6;
    let step = prop_oneof![
        4 => key.clone().prop_map(Step::Put),
        2 => key.clone().prop_map(Step::Delete),
        1 => key.clone().prop_map(Step::PutAndFail),
        1 => key.clone().prop_map(Step::PutAndPanic),
        1 => key.clone().prop_map(Step::CutBefore),
        1 => key.prop_map(Step::CutAfter),
    ];
    proptest::collection::vec(step, 1..20)
}

/// Which moment cuts the power: 0 none, 1 before the commit, 2 after.
fn open(bed: &Bed, cut: &Arc<AtomicU8>) -> Db {
    let cut = Arc::clone(cut);
    bed.open_with(|options| {
        options.power = power(move |moment| match cut.load(Ordering::SeqCst) {
            1 => moment == Moment::BeforeCommit,
            2 => moment == Moment::AfterCommit,
            _ => false,
        });
    })
}

async fn play(bed: &Bed, steps: Vec<Step>) {
    let cut = Arc::new(AtomicU8::new(0));
    let mut db = open(bed, &cut);
    for key in 0..6_u8 {
        db.write(move |tx| delete(tx, &key.to_string()))
            .await
            .unwrap();
    }
    let mut model = BTreeMap::new();
    for (number, step) in steps.into_iter().enumerate() {
        let value = number.to_string();
        let (Step::Put(key)
        | Step::Delete(key)
        | Step::PutAndFail(key)
        | Step::PutAndPanic(key)
        | Step::CutBefore(key)
        | Step::CutAfter(key)) = step;
        let moment = match step {
            Step::CutBefore(_) => 1,
            Step::CutAfter(_) => 2,
            _ => 0,
        };
        cut.store(moment, Ordering::SeqCst);
        let written = value.clone();
        let answer = db
            .write(move |tx| {
                if matches!(step, Step::Delete(_)) {
                    return delete(tx, &key.to_string()).map(drop);
                }
                put(tx, &key.to_string(), &written)?;
                match step {
                    Step::PutAndFail(_) => Err(Fail::not_found()),
                    Step::PutAndPanic(_) => panic!("on purpose"),
                    _ => Ok(()),
                }
            })
            .await;
        let free = !model.contains_key(&key);
        match step {
            Step::Put(_) => {
                assert_eq!(answer.is_ok(), free, "{answer:?}");
                if free {
                    model.insert(key, value);
                }
            }
            Step::CutAfter(_) if free => {
                model.insert(key, value);
            }
            Step::Delete(_) => {
                answer.unwrap();
                model.remove(&key);
            }
            _ => assert!(answer.is_err()),
        }
        if moment > 0 {
            cut.store(0, Ordering::SeqCst);
            db = open(bed, &cut);
        }
        let expected: Vec<(String, String)> = model
            .iter()
            .map(|(key, value)| (key.to_string(), value.clone()))
            .collect();
        assert_eq!(db.read(all).await.unwrap(), expected);
    }
}

fn equals_the_model(engine: Engine, cases: u32) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let Some(bed) = Bed::new(engine) else { return };
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&steps(), |steps| {
            runtime.block_on(play(&bed, steps));
            Ok(())
        })
        .unwrap();
}

#[test]
fn writes_failures_and_power_cuts_leave_what_a_map_would_hold_on_sqlite() {
    equals_the_model(Engine::Sqlite, 32);
}

#[test]
fn writes_failures_and_power_cuts_leave_what_a_map_would_hold_on_postgres() {
    equals_the_model(Engine::Postgres, 8);
}
