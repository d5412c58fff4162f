use accounts::policy::{self, POLICY_MISSING};
use dbtest::{START, db_test};
use kernel::Timestamp;
use kernel::policy::Policy;

db_test! {
    async fn a_change_holds_from_its_time_on_and_the_old_version_stays(bed) {
        let later = START.plus_seconds(3_600);
        bed.db.write(move |tx| {
            assert_eq!(policy::put(tx, "intl", &Policy::intl(), START, None, START)?, 1);
            let mut changed = Policy::intl();
            changed.ordering.unpaid_expiry_hours = 24;
            assert_eq!(policy::put(tx, "intl", &changed, later, None, START)?, 2);
            assert_eq!(policy::current(tx, "intl", START)?.version, 1);
            assert_eq!(policy::current(tx, "intl", later)?.policy, changed);
            assert_eq!(policy::at_version(tx, "intl", 1)?.policy, Policy::intl());
            Ok(())
        }).await.unwrap();
    }

    async fn a_change_dated_in_the_past_holds_from_now_on(bed) {
        bed.db.write(move |tx| {
            policy::put(tx, "intl", &Policy::intl(), START, None, START)?;
            policy::put(tx, "intl", &Policy::cn(), Timestamp::ZERO, None, START)?;
            assert_eq!(policy::current(tx, "intl", START.plus_seconds(-1))?.version, 1);
            assert_eq!(policy::current(tx, "intl", START)?.version, 2);
            Ok(())
        }).await.unwrap();
    }

    async fn a_clock_set_back_leaves_no_site_without_a_profile(bed) {
        bed.db.write(move |tx| policy::put(tx, "intl", &Policy::intl(), START, None, START)).await.unwrap();
        let before = START.plus_seconds(-3_600);
        assert!(bed.db.read(move |tx| policy::current(tx, "intl", before)).await.is_ok());
    }

    async fn parties_do_not_share_profiles_and_nonsense_is_not_stored(bed) {
        let refused = bed.db.write(move |tx| {
            let mut nonsense = Policy::intl();
            nonsense.opening.window_seconds = 0;
            policy::put(tx, "intl", &nonsense, START, None, START)
        }).await.unwrap_err();
        assert_eq!(refused.field_errors()[0].field, "opening.window_seconds");
        bed.db.write(move |tx| policy::put(tx, "cn", &Policy::cn(), START, None, START)).await.unwrap();
        let other = bed.db.read(move |tx| policy::current(tx, "intl", START)).await;
        assert!(other.unwrap_err().is(POLICY_MISSING));
        assert!(bed.db.write(move |tx| policy::put(tx, "C N", &Policy::cn(), START, None, START)).await.is_err());
    }
}
