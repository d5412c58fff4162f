use delivery::instance::{AppInfo, InstanceMachine, State, Validity, ops, store};
use kernel::crypt::KeyRing;
use kernel::id::OrganisationId;
use kernel::term::{Period, PeriodType};
use kernel::{Fail, Realm, Transition, Who, Zone, fail};

use crate::sample::{self, reference};

const MONTH: Period = Period {
    unit: PeriodType::Month,
    count: 1,
};

fn info(password: &str) -> AppInfo {
    AppInfo {
        front_end_url: "https://app.example.com".to_owned(),
        admin_url: "https://app.example.com/admin".to_owned(),
        user_name: "admin".to_owned(),
        password: password.into(),
        memo: "\u{4e2d}\u{6587} \"quoted\"".to_owned(),
        guide: None,
    }
}

dbtest::db_test! {
    async fn an_opened_instance_reads_back_as_it_was_written(bed) {
        let now = bed.now();
        let (kept, read) = bed.db.write(move |tx| {
            let mut instance = sample::planned(tx, now)?;
            let term = Validity::starting(now, MONTH, &Zone::utc());
            let step = ops::open(&mut instance, &reference("i-1"), Some(term), Who::SELLER_SYSTEM, now)?;
            store::save(tx, &mut instance, step)?;
            let read = store::find_for_buyer(tx, instance.buyer_id(), instance.id())?;
            Ok((instance, read))
        }).await.unwrap();
        assert_eq!(read.state(), State::Normal);
        assert_eq!((read.validity(), read.version()), (kept.validity(), 2));
        assert_eq!(read.external_ref(), kept.external_ref());
        assert_eq!(read.opened_at(), Some(now));
    }

    async fn a_stranger_finds_no_instance(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let mut instance = sample::planned(tx, now)?;
            let stranger = OrganisationId::fresh(now);
            let step = ops::accept(&mut instance, &reference("i-1"), Who::SELLER_SYSTEM, now)?;
            store::save(tx, &mut instance, step)?;
            for found in [
                store::find_for_buyer(tx, stranger, instance.id()),
                store::find_for_seller(tx, stranger, instance.id()),
                store::find_by_ref_for_seller(tx, stranger, &reference("i-1")),
            ] {
                assert!(found.unwrap_err().is(fail::NOT_FOUND));
            }
            store::find_by_ref_for_seller(tx, instance.seller_id(), &reference("i-1"))?;
            store::find_for_seller(tx, instance.seller_id(), instance.id())
        }).await.unwrap();
    }

    async fn an_id_of_another_order_is_refused_and_the_opening_can_fail_in_the_same_step(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let mut first = sample::planned(tx, now)?;
            let step = ops::open(&mut first, &reference("i-1"), None, Who::SELLER_SYSTEM, now)?;
            store::save(tx, &mut first, step)?;
            let mut second = sample::planned(tx, now)?;
            let step = ops::open(&mut second, &reference("i-1"), None, Who::SELLER_SYSTEM, now)?;
            assert!(store::save(tx, &mut second, step).unwrap_err().is(ops::EXTERNAL_REF_TAKEN));
            let step = ops::fail_opening(&mut second, Who::SYSTEM, now)?;
            store::save(tx, &mut second, step)?;
            let read = store::find_any(tx, second.id())?;
            assert_eq!((read.state(), read.external_ref(), read.opened_at()), (State::Failed, None, None));
            Ok(())
        }).await.unwrap();
    }

    async fn a_unit_of_a_line_has_one_instance(bed) {
        let now = bed.now();
        let twice = bed.db.write(move |tx| {
            let line = sample::line(tx, now)?;
            for _ in 0..2 {
                store::insert(tx, &ops::plan(sample::plan(&line, now), now))?;
            }
            Ok(())
        }).await.unwrap_err();
        assert_eq!(db::unique_violation(&twice), Some("instance__order_line_id__ordinal"));
    }

    async fn a_step_decided_on_an_old_row_is_a_conflict(bed) {
        let now = bed.now();
        let late = bed.db.write(move |tx| {
            let mut instance = sample::planned(tx, now)?;
            let mut old = instance.clone();
            let step = ops::open(&mut instance, &reference("i-1"), None, Who::SELLER_SYSTEM, now)?;
            store::save(tx, &mut instance, step)?;
            let step: Transition<InstanceMachine> = ops::fail_opening(&mut old, Who::SYSTEM, now)?;
            store::save(tx, &mut old, step)
        }).await.unwrap_err();
        assert!(late.is(fail::CHANGED_MEANWHILE));
    }

    async fn a_supervised_term_starts_once_and_later_than_the_opening(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let mut instance = sample::planned(tx, now)?;
            let step = ops::open(&mut instance, &reference("i-1"), None, Who::SELLER_SYSTEM, now)?;
            store::save(tx, &mut instance, step)?;
            let term = Validity::starting(now, Period::ONCE, &Zone::utc());
            let step = ops::start_term(&mut instance, term, Who::SYSTEM, now)?;
            store::save(tx, &mut instance, step)?;
            let mut read = store::of_line(tx, instance.order_line_id())?.remove(0);
            assert_eq!(read.validity(), Some(term));
            let again = ops::start_term(&mut read, term, Who::SYSTEM, now);
            assert!(again.is_err_and(|fail| fail.is(ops::TERM_ALREADY_STARTED)));
            let past = db::history::of(tx, read.id().as_str())?;
            assert_eq!(past.last().unwrap().event, "term_started");
            Ok(())
        }).await.unwrap();
    }

    async fn the_password_is_masked_until_it_is_revealed_and_gone_after_the_release(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let ring = KeyRing::generate();
            let mut instance = sample::planned(tx, now)?;
            let step = ops::open(&mut instance, &reference("i-1"), None, Who::SELLER_SYSTEM, now)?;
            store::save(tx, &mut instance, step)?;
            store::save_info(tx, instance.id(), &info("hush").seal(&ring, instance.id())?, now)?;
            let mut read = store::find_any(tx, instance.id())?;
            let shown = read.shown_info(&ring)?.unwrap();
            assert_eq!((shown.user_name.as_str(), shown.has_password), ("admin", true));
            assert_eq!(shown.memo, info("").memo);
            assert_eq!(read.revealed_info(&ring)?.unwrap().into_password().reveal(), "hush");
            let step = ops::release(&mut read, Who::SYSTEM, now)?;
            store::save(tx, &mut read, step)?;
            assert!(store::find_any(tx, read.id())?.shown_info(&ring)?.is_none());
            Ok(())
        }).await.unwrap();
    }

    async fn an_answer_that_was_overtaken_doesnt_replace_the_newer_one(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let ring = KeyRing::generate();
            let id = sample::planned(tx, now)?.id();
            store::save_info(tx, id, &info("new").seal(&ring, id)?, now)?;
            store::save_info(tx, id, &info("old").seal(&ring, id)?, now.plus_seconds(-5))?;
            let read = store::find_any(tx, id)?;
            assert_eq!(read.revealed_info(&ring)?.unwrap().into_password().reveal(), "new");
            assert_eq!(read.info_at(), Some(now));
            Ok(())
        }).await.unwrap();
    }

    async fn rotation_seals_every_page_with_the_newest_key(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let old = KeyRing::generate();
            let ids = (0..5).map(|_| {
                let id = sample::planned(tx, now)?.id();
                store::save_info(tx, id, &info("hush").seal(&old, id)?, now)?;
                Ok(id)
            }).collect::<Result<Vec<_>, Fail>>()?;
            let ring = old.with_new_key();
            let mut after = String::new();
            while let Some(last) = store::rotate_info(tx, &ring, &after, 2)? {
                after = last.to_string();
            }
            for id in ids {
                let read = store::find_any(tx, id)?;
                assert!(read.shown_info(&old).is_err());
                assert!(read.shown_info(&ring)?.is_some());
            }
            Ok(())
        }).await.unwrap();
    }

    async fn the_sweeper_sees_each_instance_of_a_state_once(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            for _ in 0..3 {
                sample::planned(tx, now)?;
            }
            let first = store::in_state(tx, Realm::Live, State::Provisioning, "", 2)?;
            let rest = store::in_state(tx, Realm::Live, State::Provisioning, first[1].id().as_str(), 2)?;
            assert_eq!((first.len(), rest.len()), (2, 1));
            assert!(store::in_state(tx, Realm::Live, State::Normal, "", 2)?.is_empty());
            Ok(())
        }).await.unwrap();
    }
}
