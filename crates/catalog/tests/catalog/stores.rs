use catalog::product::{self, NOT_RELEASED, Product, ProductState, SLUG_TAKEN};
use catalog::release::{ContentCache, FIXED_AFTER_RELEASE, codes, load, release_version};
use catalog::stock::OUT_OF_STOCK;
use catalog::{category, favourite, search_change, stock};
use db::Db;
use dbtest::db_test;
use kernel::fail::{CHANGED_MEANWHILE, NOT_FOUND, NOT_IN_THIS_STATE};
use kernel::id::{OrganisationId, UserId};
use kernel::page::PageRequest;
use kernel::prelude::*;
use kernel::term::PeriodType;

use crate::sample::{changed, content, name, options, price, stored_product};

async fn made(db: &Db, slug: &'static str, now: Timestamp) -> Product {
    db.write(move |tx| stored_product(tx, slug, now))
        .await
        .unwrap()
}

async fn released(db: &Db, slug: &'static str, now: Timestamp) -> Product {
    db.write(move |tx| {
        let product = stored_product(tx, slug, now)?;
        Ok(release_version(tx, &product, &content(), None, now)?.product)
    })
    .await
    .unwrap()
}

db_test! {
    async fn categories_come_in_their_order_and_take_new_texts(bed) {
        let found = bed.db.write(|tx| {
            for (key, position, text) in [("b", 1, "B"), ("a", 2, "A"), ("b", 3, "New")] {
                let category = category::Category::new(key, position, name(text), name("What it is."))?;
                category::store::upsert(tx, &category)?;
            }
            assert!(category::store::find(tx, "c")?.is_none());
            category::store::list(tx)
        }).await.unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|c| (c.key(), c.name().en.as_str())).collect();
        assert_eq!(found, [("a", "A"), ("b", "New")]);
    }

    async fn a_product_goes_on_sale_only_with_a_version_and_comes_off_for_good(bed) {
        let now = bed.now();
        let draft = made(&bed.db, "tide", now).await;
        assert!(draft.list(now, Who::SYSTEM).err().unwrap().is(NOT_RELEASED));
        let removed = bed.db.write(move |tx| {
            let product = release_version(tx, &draft, &content(), None, now)?.product;
            let listed = product::store::save(tx, &product, &product.list(now, Who::SYSTEM)?)?;
            assert_eq!(listed, product::store::find_any(tx, listed.id())?);
            assert_eq!(listed.listed_at(), Some(now));
            product::store::save(tx, &listed, &listed.remove(now, Who::SYSTEM)?.because("old"))
        }).await.unwrap();
        assert_eq!(removed.state(), ProductState::Removed);
        assert!(removed.list(now, Who::SYSTEM).err().unwrap().is(NOT_IN_THIS_STATE));
        let past = bed.db.read(move |tx| db::history::of(tx, removed.id().as_str())).await.unwrap();
        assert_eq!(past.iter().map(|past| past.to.as_str()).collect::<Vec<_>>(), ["ON_SALE", "REMOVED"]);
    }

    async fn an_address_belongs_to_one_product(bed) {
        let now = bed.now();
        made(&bed.db, "tide", now).await;
        let fail = bed.db.write(move |tx| stored_product(tx, "tide", now)).await.unwrap_err();
        assert_eq!(fail.field_errors()[0].code, SLUG_TAKEN);
        let found = bed.db.read(|tx| product::store::find_by_slug(tx, "tide")).await.unwrap();
        assert!(found.is_some());
    }

    async fn a_strangers_product_is_not_found(bed) {
        let now = bed.now();
        let product = made(&bed.db, "tide", now).await;
        bed.db.read(move |tx| {
            product::store::find_for_seller(tx, product.seller_id(), product.id())?;
            let stranger = OrganisationId::fresh(now);
            assert!(product::store::find_for_seller(tx, stranger, product.id()).unwrap_err().is(NOT_FOUND));
            assert!(product::store::list_for_seller(tx, stranger, &PageRequest::default())?.rows.is_empty());
            assert_eq!(product::store::list_for_seller(tx, product.seller_id(), &PageRequest::default())?.rows.len(), 1);
            Ok(())
        }).await.unwrap();
    }

    async fn a_decision_on_an_old_row_changes_nothing(bed) {
        let now = bed.now();
        let old = released(&bed.db, "tide", now).await;
        let newer = old.clone();
        bed.db.write(move |tx| product::store::set_place(tx, &newer, "crm", true, now)).await.unwrap();
        let fail = bed.db.write(move |tx| {
            product::store::save(tx, &old, &old.list(now, Who::SYSTEM)?)
        }).await.unwrap_err();
        assert!(fail.is(CHANGED_MEANWHILE));
    }

    async fn identical_content_makes_no_new_version(bed) {
        let now = bed.now();
        let product = released(&bed.db, "tide", now).await;
        bed.db.write(move |tx| {
            let again = release_version(tx, &product, &content(), None, now)?;
            assert_eq!((again.number, again.is_new), (1, false));
            let other = release_version(tx, &product, &changed(|d| d.cases = "One.".to_owned()), None, now)?;
            assert_eq!((other.number, other.is_new), (2, true));
            assert_eq!(load(tx, product.id(), 1)?, content());
            assert_eq!(load(tx, product.id(), 2)?.cases, "One.");
            assert_eq!(other.product, product::store::find_any(tx, product.id())?);
            Ok(())
        }).await.unwrap();
    }

    async fn codes_are_given_once_and_outlive_their_version(bed) {
        let now = bed.now();
        let product = released(&bed.db, "tide", now).await;
        bed.db.write(move |tx| {
            let before = codes(tx, product.id())?;
            let next = changed(|draft| {
                let team = &mut draft.specifications[0];
                team.prices.remove(1);
                team.prices.push(price("pro", PeriodType::Year, &[1], &[(5, 1)]));
            });
            release_version(tx, &product, &next, None, now)?;
            let after = codes(tx, product.id())?;
            let basic = options(&[("edition", "basic")]);
            assert_eq!(before.sku("team", &basic), after.sku("team", &basic));
            assert_eq!(before.sku("team", &basic).unwrap().product_codes.len(), 2);
            assert_eq!((before.iter().count(), after.iter().count()), (2, 3));
            Ok(())
        }).await.unwrap();
    }

    async fn what_is_fixed_with_the_first_release_stays(bed) {
        let now = bed.now();
        let product = released(&bed.db, "tide", now).await;
        let fail = bed.db.write(move |tx| {
            let next = changed(|draft| {
                draft.supervision = None;
                draft.specifications[0].quantity.as_mut().unwrap().step = 19;
            });
            release_version(tx, &product, &next, None, now)
        }).await.unwrap_err();
        let fields: Vec<&str> = fail.field_errors().iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["supervised", "specification[0].quantity.step"]);
        assert!(fail.field_errors().iter().all(|error| error.code == FIXED_AFTER_RELEASE));
    }

    async fn versions_are_read_once_while_they_are_wanted(bed) {
        let now = bed.now();
        let product = released(&bed.db, "tide", now).await;
        bed.db.write(move |tx| {
            let second = release_version(tx, &product, &changed(|d| d.cases = "2".to_owned()), None, now)?.product;
            release_version(tx, &second, &changed(|d| d.cases = "3".to_owned()), None, now)?;
            let cache = ContentCache::new(2);
            let first = cache.load(tx, product.id(), 1)?;
            assert!(std::sync::Arc::ptr_eq(&first, &cache.load(tx, product.id(), 1)?));
            for number in [2, 3] {
                assert_eq!(cache.load(tx, product.id(), number)?.cases, number.to_string());
            }
            assert!(!std::sync::Arc::ptr_eq(&first, &cache.load(tx, product.id(), 1)?));
            assert!(cache.load(tx, product.id(), 9).unwrap_err().is(NOT_FOUND));
            Ok(())
        }).await.unwrap();
    }

    async fn stock_is_sold_to_the_last_piece_and_no_further(bed) {
        let now = bed.now();
        let product = made(&bed.db, "tide", now).await;
        bed.db.write(move |tx| {
            stock::fill(tx, product.id(), 20)?;
            for _ in 0..20 {
                stock::take(tx, product.id())?;
            }
            assert!(stock::take(tx, product.id()).unwrap_err().is(OUT_OF_STOCK));
            assert_eq!(stock::sold(tx, product.id())?, 20);
            stock::give_back(tx, product.id())?;
            stock::take(tx, product.id())?;
            assert_eq!(stock::remaining(tx, product.id())?, 0);
            stock::fill(tx, product.id(), 5)?;
            assert_eq!(stock::remaining(tx, product.id())?, 5);
            assert_eq!(stock::sold(tx, product.id())?, 20);
            Ok(())
        }).await.unwrap();
    }

    async fn a_product_without_stock_rows_is_out_of_stock(bed) {
        let product = made(&bed.db, "tide", bed.now()).await;
        let fail = bed.db.write(move |tx| stock::take(tx, product.id())).await.unwrap_err();
        assert!(fail.is(OUT_OF_STOCK));
    }

    async fn many_buyers_at_once_take_exactly_what_is_there(bed) {
        let now = bed.now();
        let id = made(&bed.db, "tide", now).await.id();
        bed.db.write(move |tx| stock::fill(tx, id, 8)).await.unwrap();
        let buyers: Vec<_> = (0..12).map(|_| {
            let db = bed.db.clone();
            tokio::spawn(async move { db.write(move |tx| stock::take(tx, id)).await })
        }).collect();
        let mut sold = 0;
        for buyer in buyers {
            sold += i64::from(buyer.await.unwrap().is_ok());
        }
        let (left, counted) = bed.db.read(move |tx| {
            Ok((stock::remaining(tx, id)?, stock::sold(tx, id)?))
        }).await.unwrap();
        assert_eq!((sold, left, counted), (8, 0, 8));
    }

    async fn favourites_are_listed_newest_first_page_by_page(bed) {
        let now = bed.now();
        let user = UserId::fresh(now);
        let mut products = Vec::new();
        for slug in ["one", "two", "three"] {
            products.push(made(&bed.db, slug, now).await.id());
        }
        bed.db.write(move |tx| {
            for (index, product) in (0_i64..).zip(&products) {
                favourite::add(tx, user, *product, now.plus_seconds(index))?;
                favourite::add(tx, user, *product, now.plus_seconds(99))?;
            }
            favourite::remove(tx, user, products[1])?;
            assert!(favourite::contains(tx, user, products[0])?);
            assert!(!favourite::contains(tx, user, products[1])?);
            let first = favourite::list(tx, user, &PageRequest::new(None, Some(1)))?;
            assert_eq!(first.rows[0].product_id, products[2]);
            let second = favourite::list(tx, user, &PageRequest::new(first.next.as_deref(), Some(1)))?;
            assert_eq!(second.rows[0].product_id, products[0]);
            assert!(second.next.is_none());
            let stranger = favourite::list(tx, UserId::fresh(now), &PageRequest::default())?;
            assert!(stranger.rows.is_empty());
            Ok(())
        }).await.unwrap();
    }

    async fn every_change_of_a_product_is_told_to_the_search(bed) {
        let now = bed.now();
        let product = made(&bed.db, "tide", now).await;
        bed.db.write(move |tx| {
            assert_eq!(search_change::latest(tx)?, 0);
            let product = release_version(tx, &product, &content(), None, now)?.product;
            let product = product::store::save(tx, &product, &product.list(now, Who::SYSTEM)?)?;
            product::store::set_place(tx, &product, "crm", true, now)?;
            let changes = search_change::since(tx, 0, 100, now)?;
            assert_eq!(changes.len(), 3);
            assert!(changes.iter().all(|change| change.product_id == product.id()));
            Ok(())
        }).await.unwrap();
    }

    async fn a_follower_looks_at_the_last_minute_again(bed) {
        let now = bed.now();
        let product = made(&bed.db, "tide", now).await.id();
        bed.db.write(move |tx| {
            for seconds in [0, 50, 90] {
                search_change::append(tx, product, now.plus_seconds(seconds))?;
            }
            let latest = search_change::latest(tx)?;
            let seen = |after, seconds| -> Result<Vec<i64>, Fail> {
                let changes = search_change::since(tx, after, 10, now.plus_seconds(seconds))?;
                Ok(changes.iter().map(|change| change.seq).collect())
            };
            assert_eq!(seen(latest - 1, 100)?, [latest - 1, latest]);
            assert_eq!(seen(latest, 100)?, [latest]);
            assert_eq!(seen(latest, 151)?, Vec::<i64>::new());
            assert_eq!(search_change::prune(tx, now.plus_seconds(60), 10)?, 2);
            assert_eq!(seen(0, 300)?, [latest]);
            Ok(())
        }).await.unwrap();
    }

    async fn all_products_can_be_gone_through_for_a_rebuild(bed) {
        let now = bed.now();
        for slug in ["one", "two", "three"] {
            made(&bed.db, slug, now).await;
        }
        let (first, rest) = bed.db.read(|tx| {
            let first = product::store::after(tx, None, 2)?;
            let rest = product::store::after(tx, first.last().map(Product::id), 2)?;
            Ok((first, rest))
        }).await.unwrap();
        assert_eq!((first.len(), rest.len()), (2, 1));
    }
}
