use delivery::instance::{self, ops};
use delivery::stray::{Why, store};
use kernel::id::OrganisationId;
use kernel::page::PageRequest;
use kernel::{Fail, Who};

use crate::sample::{self, reference};

dbtest::db_test! {
    async fn a_second_id_is_recorded_once_and_released_once(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let instance = sample::planned(tx, now)?;
            let first = store::record(tx, &instance, &reference("i-2"), Why::SecondAnswer, now)?;
            let again = store::record(tx, &instance, &reference("i-2"), Why::LateAnswer, now)?;
            assert_eq!((first.id(), again.why()), (again.id(), Why::SecondAnswer));
            assert!(first.wants_release());
            store::mark_released(tx, first.id(), now)?;
            store::mark_released(tx, first.id(), now.plus_seconds(60))?;
            let read = store::find_any(tx, first.id())?;
            assert_eq!((read.released_at(), read.wants_release()), (Some(now), false));
            Ok(())
        }).await.unwrap();
    }

    async fn an_id_of_another_instance_is_never_to_be_released(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let mut owner = sample::planned(tx, now)?;
            let step = ops::open(&mut owner, &reference("i-1"), None, Who::SELLER_SYSTEM, now)?;
            instance::store::save(tx, &mut owner, step)?;
            let other = sample::planned(tx, now)?;
            let stray = store::record(tx, &other, &reference("i-1"), Why::SecondAnswer, now)?;
            assert_eq!(stray.why(), Why::BelongsToAnother);
            assert!(!stray.wants_release());
            Ok(())
        }).await.unwrap();
    }

    async fn seller_and_operator_page_through_strays(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let instance = sample::planned(tx, now)?;
            for number in 0..5 {
                store::record(tx, &instance, &reference(&format!("i-{number}")), Why::LateAnswer, now)?;
            }
            let first = store::list_for_seller(tx, instance.seller_id(), &PageRequest::new(None, Some(3)))?;
            let next = PageRequest::new(first.next.as_deref(), Some(3));
            let second = store::list_for_seller(tx, instance.seller_id(), &next)?;
            assert_eq!((first.rows.len(), second.rows.len(), second.next), (3, 2, None));
            assert_eq!(store::list_any(tx, &PageRequest::default())?.rows.len(), 5);
            let stranger = store::list_for_seller(tx, OrganisationId::fresh(now), &PageRequest::default())?;
            assert!(stranger.rows.is_empty());
            Ok::<(), Fail>(())
        }).await.unwrap();
    }
}
