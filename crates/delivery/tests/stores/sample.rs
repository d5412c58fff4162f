//! A paid order line, and what stands around it.

use catalog::release::Contract;
use db::{Tx, sql};
use delivery::instance::{self, ExternalRef, Instance, Plan};
use kernel::id::{OrderId, OrderLineId, OrganisationId, ProductId};
use kernel::{Fail, Realm, Timestamp};

sql! {
    ORGANISATION = "insert into organisation (id, realm, kind, name, country, version, created_at) \
                    values ($1, 'live', 'seller', 'Sample', 'DE', 1, $2)";
    ORDER = "insert into orders (id, number, realm, type, buyer_id, currency, total_minor, contact_consent, \
             policy_version, created_at) values ($1, $1, 'live', 'NEW', $2, 'USD', 100, 1, 1, $3)";
    LINE = "insert into order_line (id, number, order_id, realm, order_type, buyer_id, seller_id, product_id, \
            product_version, sku_code, product_code, product_name, quantity, period_type, period_count, \
            supervised, contract, currency, list_minor, net_minor, tax_minor, gross_minor, frozen, state, \
            version, created_at) values ($1, $1, $2, 'live', 'NEW', $3, $4, $5, 1, 'sku', 'code', 'Sample', 1, \
            'month', 1, 0, 'saas_v2', 'USD', 100, 100, 0, 100, '{}', 'PAID', 1, $6)";
}

/// The ids of a paid line.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    pub(crate) order: OrderId,
    pub(crate) line: OrderLineId,
    pub(crate) buyer: OrganisationId,
    pub(crate) seller: OrganisationId,
    pub(crate) product: ProductId,
}

pub(crate) fn line(tx: &Tx<'_>, now: Timestamp) -> Result<Line, Fail> {
    let line = Line {
        order: OrderId::fresh(now),
        line: OrderLineId::fresh(now),
        buyer: OrganisationId::fresh(now),
        seller: OrganisationId::fresh(now),
        product: ProductId::fresh(now),
    };
    for organisation in [line.buyer, line.seller] {
        tx.exec(&ORGANISATION, &[&organisation, &now])?;
    }
    tx.exec(&ORDER, &[&line.order, &line.buyer, &now])?;
    tx.exec(
        &LINE,
        &[
            &line.line,
            &line.order,
            &line.buyer,
            &line.seller,
            &line.product,
            &now,
        ],
    )?;
    Ok(line)
}

/// A planned instance of a line of its own.
pub(crate) fn planned(tx: &Tx<'_>, now: Timestamp) -> Result<Instance, Fail> {
    let line = line(tx, now)?;
    let planned = instance::ops::plan(plan(&line, now), now);
    instance::store::insert(tx, &planned)?;
    Ok(planned)
}

pub(crate) fn plan(line: &Line, now: Timestamp) -> Plan {
    Plan {
        realm: Realm::Live,
        order_line_id: line.line,
        ordinal: 1,
        order_id: line.order,
        buyer_id: line.buyer,
        seller_id: line.seller,
        product_id: line.product,
        contract: Contract::SaasV2,
        window_ends_at: now.plus_seconds(10_800),
    }
}

pub(crate) fn reference(text: &str) -> ExternalRef {
    ExternalRef::parse(text).unwrap()
}
