use accounts::attempt::{self, Action, Limit, TOO_MANY_ATTEMPTS};
use dbtest::{Bed, START, db_test};
use kernel::{Fail, Timestamp};

use crate::support::accounts_policy;

const LIMIT: Limit = Limit {
    attempts: 3,
    window_minutes: 15,
};

async fn attempt(bed: &Bed, subject: &'static str, at: Timestamp) -> Result<(), Fail> {
    bed.db
        .write(move |tx| attempt::allow(tx, Action::SignIn, subject, LIMIT, at))
        .await
}

db_test! {
    async fn one_attempt_too_many_is_refused_and_told_how_long_to_wait(bed) {
        for minute in 0..3 {
            attempt(&bed, "a@shop.example", START.plus_seconds(minute * 60)).await.unwrap();
        }
        let refused = attempt(&bed, "a@shop.example", START.plus_seconds(180)).await.unwrap_err();
        assert!(refused.is(TOO_MANY_ATTEMPTS));
        assert_eq!(refused.args(), [("minutes", "12".to_owned())]);
        assert!(attempt(&bed, "b@shop.example", START.plus_seconds(180)).await.is_ok());
        assert!(attempt(&bed, "a@shop.example", START.plus_seconds(15 * 60)).await.is_ok());
        assert!(attempt(&bed, "a@shop.example", START.plus_seconds(15 * 60)).await.is_err());
    }

    async fn a_success_forgets_the_failures_before_it(bed) {
        for _ in 0..3 {
            attempt(&bed, "a@shop.example", START).await.unwrap();
        }
        bed.db.write(|tx| attempt::clear(tx, Action::SignIn, "a@shop.example")).await.unwrap();
        assert!(attempt(&bed, "a@shop.example", START).await.is_ok());
    }

    async fn a_clock_set_back_locks_nobody_out_for_longer_than_the_window(bed) {
        for _ in 0..3 {
            attempt(&bed, "a@shop.example", START).await.unwrap();
        }
        let refused = attempt(&bed, "a@shop.example", START.plus_seconds(-3_600)).await.unwrap_err();
        assert_eq!(refused.args(), [("minutes", "15".to_owned())]);
    }

    async fn a_burst_of_parallel_attempts_is_not_let_through(bed) {
        let mut burst = Vec::new();
        for _ in 0..12 {
            let db = bed.db.clone();
            burst.push(tokio::spawn(async move {
                db.write(|tx| attempt::allow(tx, Action::SignIn, "a@shop.example", LIMIT, START)).await.is_ok()
            }));
        }
        let mut allowed = 0;
        for one in burst {
            allowed += usize::from(one.await.unwrap());
        }
        assert_eq!(allowed, 3);
    }

    async fn old_attempts_are_swept(bed) {
        attempt(&bed, "a@shop.example", START).await.unwrap();
        let policy = accounts_policy();
        let later = START.plus_seconds(15 * 60);
        assert_eq!(bed.db.write(move |tx| attempt::sweep(tx, &policy, later)).await.unwrap(), 1);
    }
}
