//! A supervised flow of a paid line, and what stands around it.

use catalog::release::FlowTemplate;
use db::{Tx, sql};
use kernel::id::{FileId, OrderId, OrderLineId, OrganisationId, ProductId, UserId};
use kernel::policy::Policy;
use kernel::who::Side;
use kernel::{Fail, Realm, Timestamp, Who};
use supervision::record::{FileKind, Statement};
use supervision::service_flow::{NewFlow, ServiceFlow, ops, store};

sql! {
    ORGANISATION = "insert into organisation (id, realm, kind, name, country, version, created_at) \
                    values ($1, 'live', 'seller', 'Sample', 'DE', 1, $2)";
    ORDER = "insert into orders (id, number, realm, type, buyer_id, currency, total_minor, contact_consent, \
             policy_version, created_at) values ($1, $1, 'live', 'NEW', $2, 'USD', 100, 1, 1, $3)";
    LINE = "insert into order_line (id, number, order_id, realm, order_type, buyer_id, seller_id, product_id, \
            product_version, sku_code, product_code, product_name, quantity, period_type, period_count, \
            supervised, contract, currency, list_minor, net_minor, tax_minor, gross_minor, frozen, state, \
            version, created_at) values ($1, $1, $2, 'live', 'NEW', $3, $4, $5, 1, 'sku', 'code', 'Sample', 1, \
            'month', 1, 1, 'saas_v2', 'USD', 100, 100, 0, 100, '{}', 'PAID', 1, $6)";
    FILE = "insert into file (id, organisation_id, name, media_type, size_bytes, content_hash, created_at) \
            values ($1, $2, $3, 'application/pdf', 7, 'hash', $4)";
}

/// A flow that was just opened.
pub(crate) fn flow(tx: &Tx<'_>, now: Timestamp) -> Result<ServiceFlow, Fail> {
    let about = NewFlow {
        realm: Realm::Live,
        order_line_id: OrderLineId::fresh(now),
        order_id: OrderId::fresh(now),
        buyer_id: OrganisationId::fresh(now),
        seller_id: OrganisationId::fresh(now),
        product_id: ProductId::fresh(now),
        template: FlowTemplate::Request,
    };
    for organisation in [about.buyer_id, about.seller_id] {
        tx.exec(&ORGANISATION, &[&organisation, &now])?;
    }
    tx.exec(&ORDER, &[&about.order_id, &about.buyer_id, &now])?;
    tx.exec(
        &LINE,
        &[
            &about.order_line_id,
            &about.order_id,
            &about.buyer_id,
            &about.seller_id,
            &about.product_id,
            &now,
        ],
    )?;
    let flow = ops::open(about, now);
    store::insert(tx, &flow)?;
    Ok(flow)
}

/// What a second flow of the same line would be about.
pub(crate) fn about(flow: &ServiceFlow) -> NewFlow {
    NewFlow {
        realm: flow.realm(),
        order_line_id: flow.order_line_id(),
        order_id: flow.order_id(),
        buyer_id: flow.buyer_id(),
        seller_id: flow.seller_id(),
        product_id: flow.product_id(),
        template: flow.template(),
    }
}

/// The papers of a delivery.
pub(crate) fn papers(tx: &Tx<'_>, flow: &ServiceFlow, now: Timestamp) -> Result<Statement, Fail> {
    let mut files = Vec::new();
    for kind in FileKind::REQUIRED_WITH_DELIVERY {
        let id = FileId::fresh(now);
        tx.exec(
            &FILE,
            &[&id, &flow.seller_id(), &format!("{kind}.pdf"), &now],
        )?;
        files.push((id, kind));
    }
    Statement::parse("it runs", files, &Policy::intl().supervision)
}

pub(crate) fn said(text: &str) -> Statement {
    Statement::parse(text, Vec::new(), &Policy::intl().supervision).unwrap()
}

pub(crate) fn buyer(now: Timestamp) -> Who {
    Who::person(Side::Buyer, UserId::fresh(now))
}

pub(crate) fn seller(now: Timestamp) -> Who {
    Who::person(Side::Seller, UserId::fresh(now))
}
