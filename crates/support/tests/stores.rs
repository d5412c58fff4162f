//! Promises of the stores, on both databases.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that doesn't find what it wrote can only stop"
)]

use std::collections::BTreeMap;

use db::{Tx, sql};
use kernel::id::{FileId, OrderId, OrderLineId, OrganisationId, ServiceFlowId, UserId};
use kernel::page::PageRequest;
use kernel::who::Side;
use kernel::{Fail, Timestamp, Who, fail};
use support::feedback::{self, NewFeedback, State};
use support::file::{self, StoredFile};
use support::notice::{self, Kind, NewNotice};

sql! {
    USER = "insert into users (id, email, email_lower, name, country, language, password_changed_at, \
            totp_last_step, mobile, version, created_at) \
            values ($1, $1, $1, 'Sample', 'DE', 'en', 0, 0, '', 1, 0)";
    ORGANISATION = "insert into organisation (id, realm, kind, name, country, version, created_at) \
                    values ($1, 'live', 'seller', 'Sample', 'DE', 1, 0)";
    ORDER = "insert into orders (id, number, realm, type, buyer_id, currency, total_minor, contact_consent, \
             policy_version, created_at) values ($1, $1, 'live', 'NEW', $2, 'USD', 100, 1, 1, 0)";
    LINE = "insert into order_line (id, number, order_id, realm, order_type, buyer_id, seller_id, product_id, \
            product_version, sku_code, product_code, product_name, quantity, period_type, period_count, \
            supervised, contract, currency, list_minor, net_minor, tax_minor, gross_minor, frozen, state, \
            version, created_at) values ($1, $1, $2, 'live', 'NEW', $3, $3, 'p', 1, 'sku', 'code', 'Sample', 1, \
            'month', 1, 1, 'saas_v2', 'USD', 100, 100, 0, 100, '{}', 'PAID', 1, 0)";
    FLOW = "insert into service_flow (id, realm, order_line_id, order_id, buyer_id, seller_id, product_id, \
            template, state, version, request_rejections, delivery_rejections, created_at, updated_at) \
            values ($1, 'live', $2, $3, $4, $4, 'p', 'F_REQ', 'WAIT_REQUEST', 1, 0, 0, 0, 0)";
    RECORD = "insert into service_flow_record (id, flow_id, number, at, side, action, body) \
              values ('rec_1', $1, 1, 0, 'buyer', 'request_submitted', '')";
    HAND_OVER = "insert into service_flow_file (record_id, file_id, kind) values ('rec_1', $1, 'other')";
}

fn reader(tx: &Tx<'_>, now: Timestamp) -> Result<UserId, Fail> {
    let user = UserId::fresh(now);
    tx.exec(&USER, &[&user])?;
    Ok(user)
}

fn paid(user_id: UserId) -> NewNotice {
    NewNotice {
        user_id,
        side: Side::Buyer,
        kind: Kind::Paid,
        args: BTreeMap::from([("order".to_owned(), "CS1".to_owned())]),
        link: "/console/orders".to_owned(),
    }
}

fn answer(user_id: Option<UserId>) -> NewFeedback {
    NewFeedback {
        page: "buying".to_owned(),
        page_updated: "2026-03-01".to_owned(),
        language: "en".to_owned(),
        helpful: false,
        text: "what is a SKU?".to_owned(),
        user_id,
    }
}

fn operator(now: Timestamp) -> Who {
    Who::person(Side::Operator, UserId::fresh(now))
}

fn upload(tx: &Tx<'_>, content: &str, now: Timestamp) -> Result<StoredFile, Fail> {
    let file = StoredFile {
        id: FileId::fresh(now),
        organisation_id: OrganisationId::fresh(now),
        uploaded_by: None,
        name: "plan.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size_bytes: 7,
        content_hash: content.to_owned(),
        created_at: now,
    };
    file::store::insert(tx, &file)?;
    Ok(file)
}

/// Hands a file over in a service flow.
fn hand_over(tx: &Tx<'_>, file: FileId, now: Timestamp) -> Result<(), Fail> {
    let (order, line) = (OrderId::fresh(now), OrderLineId::fresh(now));
    let (organisation, flow) = (OrganisationId::fresh(now), ServiceFlowId::fresh(now));
    tx.exec(&ORGANISATION, &[&organisation])?;
    tx.exec(&ORDER, &[&order, &organisation])?;
    tx.exec(&LINE, &[&line, &order, &organisation])?;
    tx.exec(&FLOW, &[&flow, &line, &order, &organisation])?;
    tx.exec(&RECORD, &[&flow])?;
    tx.exec(&HAND_OVER, &[&file])?;
    Ok(())
}

dbtest::db_test! {
    async fn a_notice_counts_as_unread_until_its_reader_reads_it(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let (user, stranger) = (reader(tx, now)?, reader(tx, now)?);
            let first = notice::store::insert(tx, &paid(user), now)?;
            notice::store::insert(tx, &paid(user), now)?;
            notice::store::mark_read(tx, stranger, first, now)?;
            assert_eq!(notice::store::unread_count(tx, user)?, 2);
            notice::store::mark_read(tx, user, first, now)?;
            assert_eq!(notice::store::unread_count(tx, user)?, 1);
            assert_eq!(notice::store::find_for_user(tx, user, first)?.read_at, Some(now));
            assert!(notice::store::find_for_user(tx, stranger, first).unwrap_err().is(fail::NOT_FOUND));
            assert_eq!(notice::store::mark_all_read(tx, user, now)?, 1);
            assert_eq!(notice::store::unread_count(tx, user)?, 0);
            Ok(())
        }).await.unwrap();
    }

    async fn notices_come_newest_first_and_in_pages(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let user = reader(tx, now)?;
            for second in 0..5 {
                notice::store::insert(tx, &paid(user), now.plus_seconds(second))?;
            }
            let first = notice::store::list_for_user(tx, user, &PageRequest::new(None, Some(3)))?;
            let next = PageRequest::new(first.next.as_deref(), Some(3));
            let second = notice::store::list_for_user(tx, user, &next)?;
            assert_eq!((first.rows[0].created_at, second.rows.len()), (now.plus_seconds(4), 2));
            assert_eq!(first.rows[0].about.args["order"], "CS1");
            Ok(())
        }).await.unwrap();
    }

    async fn a_link_that_leaves_the_site_is_not_stored(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let user = reader(tx, now)?;
            for link in ["https://elsewhere.example", "//elsewhere.example", "javascript:x"] {
                let away = NewNotice { link: link.to_owned(), ..paid(user) };
                assert!(notice::store::insert(tx, &away, now).is_err());
            }
            Ok(())
        }).await.unwrap();
    }

    async fn a_reply_is_seen_by_its_author_and_by_no_other_reader(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let (author, stranger) = (UserId::fresh(now), UserId::fresh(now));
            let mut given = feedback::ops::submit(answer(Some(author)), now)?;
            feedback::store::insert(tx, &given)?;
            let step = feedback::ops::take_up(&mut given, operator(now), now)?;
            feedback::store::save(tx, &mut given, step)?;
            let step = feedback::ops::reply(&mut given, "a unit that is sold", operator(now), now)?;
            feedback::store::save(tx, &mut given, step)?;
            let read = feedback::store::find_for_author(tx, author, given.id())?;
            assert_eq!((read.state(), read.reply(), read.replied_at()), (State::Replied, "a unit that is sold", Some(now)));
            assert!(feedback::store::find_for_author(tx, stranger, given.id()).unwrap_err().is(fail::NOT_FOUND));
            assert!(feedback::store::list_for_author(tx, stranger, &PageRequest::default())?.rows.is_empty());
            assert_eq!(feedback::store::list_for_author(tx, author, &PageRequest::default())?.rows.len(), 1);
            Ok(())
        }).await.unwrap();
    }

    async fn the_operator_lists_feedback_by_state_and_closes_it(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            for _ in 0..2 {
                feedback::store::insert(tx, &feedback::ops::submit(answer(None), now)?)?;
            }
            let all = feedback::store::list_any(tx, None, &PageRequest::default())?;
            let mut first = feedback::store::find_any(tx, all.rows[0].id())?;
            let step = feedback::ops::close(&mut first, operator(now), now)?;
            feedback::store::save(tx, &mut first, step)?;
            let open = feedback::store::list_any(tx, Some(State::Submitted), &PageRequest::default())?;
            assert_eq!((all.rows.len(), open.rows.len()), (2, 1));
            Ok(())
        }).await.unwrap();
    }

    async fn another_organisations_file_is_not_found(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let file = upload(tx, "hash", now)?;
            assert_eq!(file::store::find_for_organisation(tx, file.organisation_id, file.id)?, file);
            let foreign = file::store::find_for_organisation(tx, OrganisationId::fresh(now), file.id);
            assert!(foreign.unwrap_err().is(fail::NOT_FOUND));
            file::store::find_any(tx, file.id)
        }).await.unwrap();
    }

    async fn a_file_that_was_handed_over_is_never_swept(bed) {
        let now = bed.now();
        bed.db.write(move |tx| {
            let (kept, lost) = (upload(tx, "same", now)?, upload(tx, "same", now)?);
            upload(tx, "young", now.plus_seconds(10))?;
            hand_over(tx, kept.id, now)?;
            let found = file::store::unreferenced(tx, now.plus_seconds(5), "", 10)?;
            assert_eq!(found, std::slice::from_ref(&lost));
            assert!(file::store::is_referenced(tx, kept.id)?);
            assert!(!file::store::remove_unreferenced(tx, kept.id)?);
            assert!(file::store::remove_unreferenced(tx, lost.id)?);
            assert!(file::store::is_content_used(tx, "same")?);
            assert!(!file::store::is_content_used(tx, "gone")?);
            Ok(())
        }).await.unwrap();
    }
}

#[test]
fn an_answer_that_is_too_long_is_refused_at_its_field() {
    let long = NewFeedback {
        text: "x".repeat(501),
        ..answer(None)
    };
    let fail = feedback::ops::submit(long, Timestamp::ZERO).unwrap_err();
    assert_eq!(fail.field_errors()[0].field, "text");
}

#[test]
fn only_the_operator_replies_and_only_to_somebody() {
    let now = Timestamp::ZERO;
    let mut signed = feedback::ops::submit(answer(Some(UserId::fresh(now))), now).unwrap();
    let buyer = Who::person(Side::Buyer, UserId::fresh(now));
    let fail = feedback::ops::reply(&mut signed, "no", buyer, now)
        .err()
        .unwrap();
    assert!(fail.is(fail::FORBIDDEN));
    let mut unsigned = feedback::ops::submit(answer(None), now).unwrap();
    let fail = feedback::ops::reply(&mut unsigned, "yes", operator(now), now)
        .err()
        .unwrap();
    assert!(fail.is(feedback::ops::FEEDBACK_WITHOUT_AUTHOR));
}

#[test]
fn every_kind_of_notice_has_a_text_in_each_language() {
    use kernel::names::Named as _;
    for texts in [
        include_str!("../../texts/en/support.ftl"),
        include_str!("../../texts/zh/support.ftl"),
    ] {
        for kind in Kind::ALL {
            assert!(texts.contains(&format!("\nnotice-{kind} = ")), "{kind}");
        }
    }
}
