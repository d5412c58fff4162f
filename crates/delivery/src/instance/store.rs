//! Rows of instances.

use db::{ReadTx, Row, Tx, sql};
use kernel::crypt::{KeyRing, Sealed};
use kernel::id::{InstanceId, OrderLineId, OrganisationId};
use kernel::{Fail, Realm, Timestamp, Transition};

use super::ops::EXTERNAL_REF_TAKEN;
use super::{ExternalRef, Instance, InstanceMachine, Plan, State, Validity, info};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, realm, order_line_id, ordinal, order_id, buyer_id, seller_id, product_id, \
             contract, external_ref, state, version, window_ends_at, opened_at, term_start, \
             term_months, ends_at, info, info_at, created_at from instance where ",
            $rest
        )
    };
}

sql! {
    INSERT = "insert into instance (id, realm, order_line_id, ordinal, order_id, buyer_id, seller_id, \
              product_id, contract, state, version, window_ends_at, created_at) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    ANY = select!("id = $1");
    FOR_BUYER = select!("id = $1 and buyer_id = $2");
    FOR_SELLER = select!("id = $1 and seller_id = $2");
    OF_LINE = select!("order_line_id = $1 order by ordinal");
    BY_REF = select!("external_ref = $1");
    BY_REF_FOR_SELLER = select!("external_ref = $1 and seller_id = $2");
    IN_STATE = select!("realm = $1 and state = $2 and id > $3 order by id limit $4");
    SAVE = "update instance set state = $1, version = version + 1, external_ref = $2, opened_at = $3, \
            term_start = $4, term_months = $5, ends_at = $6 where id = $7 and state = $8 and version = $9";
    SAVE_INFO = "update instance set info = $2, info_at = $3 \
                 where id = $1 and (info_at is null or info_at <= $3)";
    CLEAR_INFO = "update instance set info = null where id = $1";
    SEALED = "select id, info from instance where id > $1 and info is not null order by id limit $2";
    RESEAL = "update instance set info = $2 where id = $1";
}

/// Adds a planned instance.
///
/// # Errors
/// The database's; the unit of the line can have only one.
pub fn insert(tx: &Tx<'_>, instance: &Instance) -> Result<(), Fail> {
    let plan = &instance.plan;
    tx.exec(
        &INSERT,
        &[
            &instance.id,
            &plan.realm,
            &plan.order_line_id,
            &plan.ordinal,
            &plan.order_id,
            &plan.buyer_id,
            &plan.seller_id,
            &plan.product_id,
            &plan.contract,
            &instance.state,
            &instance.version,
            &plan.window_ends_at,
            &instance.created_at,
        ],
    )?;
    Ok(())
}

/// Stores a decided step with its history; the row then stands after it.
///
/// # Errors
/// [`EXTERNAL_REF_TAKEN`] when the seller's id belongs to another instance;
/// the row then stands as before the step and the transaction stays usable,
/// so that the caller may fail the opening in it.
/// A conflict when the row changed meanwhile.
pub fn save(
    tx: &Tx<'_>,
    instance: &mut Instance,
    transition: Transition<InstanceMachine>,
) -> Result<(), Fail> {
    refuse_taken_ref(tx, instance)?;
    let term_start = instance.validity.map(|v| v.starts_on().to_string());
    let saved = tx.exec_one(
        &SAVE,
        &[
            &transition.to(),
            &instance.external_ref,
            &instance.opened_at,
            &term_start,
            &instance.validity.and_then(|v| v.months()),
            &instance.validity.and_then(|v| v.ends_at()),
            &instance.id,
            &transition.from(),
            &transition.version(),
        ],
    );
    // Two servers may answer the same id at the same moment.
    saved.map_err(|fail| match db::unique_violation(&fail) {
        Some("instance__external_ref") => Fail::new(EXTERNAL_REF_TAKEN).caused_by(fail),
        _ => fail,
    })?;
    db::history::append(tx, instance.id.as_str(), &transition)?;
    instance.state = transition.to();
    instance.version += 1;
    if instance.state == State::Released {
        tx.exec(&CLEAR_INFO, &[&instance.id])?;
        instance.info = None;
    }
    Ok(())
}

/// A failed statement would end the transaction, so the question comes first.
fn refuse_taken_ref(tx: &Tx<'_>, instance: &mut Instance) -> Result<(), Fail> {
    let Some(external_ref) = &instance.external_ref else {
        return Ok(());
    };
    match find_by_ref(tx, external_ref)? {
        Some(other) if other.id != instance.id => {
            // An id never changes, so this step was the one that brought it.
            instance.external_ref = None;
            instance.opened_at = None;
            instance.validity = None;
            Err(Fail::new(EXTERNAL_REF_TAKEN))
        }
        Some(_) | None => Ok(()),
    }
}

/// Stores access data that the seller told at a moment; data that was told
/// later stays. Sealed by [`super::AppInfo::seal`] for this instance.
///
/// # Errors
/// The database's.
pub fn save_info(tx: &Tx<'_>, id: InstanceId, info: &Sealed, at: Timestamp) -> Result<(), Fail> {
    tx.exec(&SAVE_INFO, &[&id, info, &at])?;
    Ok(())
}

/// One of any tenant: for the operator and for the marketplace itself.
///
/// # Errors
/// Not found.
pub fn find_any(tx: &ReadTx<'_>, id: InstanceId) -> Result<Instance, Fail> {
    tx.load(&ANY, &[&id], read)
}

/// One of a buyer.
///
/// # Errors
/// Not found, also when it is another buyer's.
pub fn find_for_buyer(
    tx: &ReadTx<'_>,
    buyer: OrganisationId,
    id: InstanceId,
) -> Result<Instance, Fail> {
    tx.load(&FOR_BUYER, &[&id, &buyer], read)
}

/// One of a seller.
///
/// # Errors
/// Not found, also when it is another seller's.
pub fn find_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    id: InstanceId,
) -> Result<Instance, Fail> {
    tx.load(&FOR_SELLER, &[&id, &seller], read)
}

/// All instances of a line, by ordinal. The line was found in its scope.
///
/// # Errors
/// The database's.
pub fn of_line(tx: &ReadTx<'_>, line: OrderLineId) -> Result<Vec<Instance>, Fail> {
    tx.many(&OF_LINE, &[&line], read)
}

/// The instance of a seller that the seller knows by this id.
///
/// # Errors
/// Not found, also when another seller uses the id.
pub fn find_by_ref_for_seller(
    tx: &ReadTx<'_>,
    seller: OrganisationId,
    external_ref: &ExternalRef,
) -> Result<Instance, Fail> {
    tx.load(&BY_REF_FOR_SELLER, &[external_ref, &seller], read)
}

/// Whoever uses this id in the market; for the marketplace itself.
pub(crate) fn find_by_ref(
    tx: &ReadTx<'_>,
    external_ref: &ExternalRef,
) -> Result<Option<Instance>, Fail> {
    tx.one(&BY_REF, &[external_ref], read)
}

/// Instances of all tenants in a state, in pages by id, for the sweeper that
/// looks for lost tasks and timers. `after` is `""` at the start.
///
/// # Errors
/// The database's.
pub fn in_state(
    tx: &ReadTx<'_>,
    realm: Realm,
    state: State,
    after: &str,
    limit: u32,
) -> Result<Vec<Instance>, Fail> {
    tx.many(&IN_STATE, &[&realm, &state, &after, &limit], read)
}

/// One page of the rotation of keys: access data that isn't sealed with the
/// newest key is sealed again. Gives the id to go on after; `None` at the end.
///
/// # Errors
/// A bug when the ring lacks a key that is still in use.
pub fn rotate_info(
    tx: &Tx<'_>,
    ring: &KeyRing,
    after: &str,
    limit: u32,
) -> Result<Option<InstanceId>, Fail> {
    let page: Vec<(InstanceId, Sealed)> = tx.many(&SEALED, &[&after, &limit], |row| {
        Ok((row.take()?, row.take()?))
    })?;
    for (id, sealed) in &page {
        if sealed.key_id() == Some(ring.newest()) {
            continue;
        }
        let plain = ring.open(info::place(id), sealed)?;
        let resealed = ring.seal(info::place(id), plain.reveal())?;
        tx.exec(&RESEAL, &[id, &resealed])?;
    }
    let full = u32::try_from(page.len()).is_ok_and(|rows| rows == limit);
    Ok(page.last().filter(|_| full).map(|(id, _)| *id))
}

fn read(row: &Row<'_>) -> Result<Instance, Fail> {
    let id: InstanceId = row.take()?;
    let (realm, order_line_id, ordinal, order_id) =
        (row.take()?, row.take()?, row.take()?, row.take()?);
    let (buyer_id, seller_id, product_id, contract) =
        (row.take()?, row.take()?, row.take()?, row.take()?);
    let (external_ref, state, version) = (row.take()?, row.take()?, row.take()?);
    let (window_ends_at, opened_at) = (row.take()?, row.take()?);
    let (start, months, ends_at): (Option<String>, _, _) = (row.take()?, row.take()?, row.take()?);
    let validity = match start {
        None => None,
        Some(start) => Some(
            Validity::stored(&start, months, ends_at)
                .ok_or_else(|| Fail::bug(format!("the term of {id} isn't one")))?,
        ),
    };
    Ok(Instance {
        id,
        plan: Plan {
            realm,
            order_line_id,
            ordinal,
            order_id,
            buyer_id,
            seller_id,
            product_id,
            contract,
            window_ends_at,
        },
        external_ref,
        state,
        version,
        opened_at,
        validity,
        info: row.take()?,
        info_at: row.take()?,
        created_at: row.take()?,
    })
}
