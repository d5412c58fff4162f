//! Profiles in the database.

use db::{ReadTx, Row, Tx, sql};
use kernel::id::UserId;
use kernel::policy::Policy;
use kernel::{Fail, Timestamp, codes};

use super::ops;

codes! {
    /// The site has no profile for this contracting party.
    Unavailable POLICY_MISSING = "policy-missing";
}

sql! {
    INSERT = "insert into policy_profile (party, version, effective_from, content, changed_by, created_at) values ($1, $2, $3, $4, $5, $6)";
    CURRENT = "select version, effective_from, content from policy_profile where party = $1 and effective_from <= $2 \
               order by effective_from desc, version desc limit 1";
    AT_VERSION = "select version, effective_from, content from policy_profile where party = $1 and version = $2";
    HIGHEST = "select cast(coalesce(max(version), 0) as bigint) from policy_profile where party = $1";
}

/// A version of a profile.
#[derive(Debug, Clone)]
pub struct PolicyVersion {
    /// Its number, from 1: what orders and instances keep.
    pub version: i64,
    /// Since when it holds.
    pub effective_from: Timestamp,
    /// The numbers.
    pub policy: Policy,
}

/// The profile of a contracting party that holds at a time.
///
/// # Errors
/// [`POLICY_MISSING`].
pub fn current(tx: &ReadTx<'_>, party: &str, now: Timestamp) -> Result<PolicyVersion, Fail> {
    tx.one(&CURRENT, &[&party, &now], profile)?
        .ok_or_else(|| Fail::new(POLICY_MISSING).with("party", party))
}

/// The version that an order or an instance was made under.
///
/// # Errors
/// [`POLICY_MISSING`].
pub fn at_version(tx: &ReadTx<'_>, party: &str, version: i64) -> Result<PolicyVersion, Fail> {
    tx.one(&AT_VERSION, &[&party, &version], profile)?
        .ok_or_else(|| Fail::new(POLICY_MISSING).with("party", party))
}

/// Stores the next version of a contracting party's profile and gives its
/// number. The first one holds since ever, so that a clock set back leaves no
/// site without a profile; a later one from `effective_from`, or from now on
/// when that is past.
///
/// # Errors
/// What [`check`](super::check) refuses; trouble at `party`.
pub fn put(
    tx: &Tx<'_>,
    party: &str,
    policy: &Policy,
    effective_from: Timestamp,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<i64, Fail> {
    ops::check_party(party)?;
    ops::check(policy)?;
    let highest: i64 = tx.load(&HIGHEST, &[&party], |row| row.take())?;
    let from = match highest {
        0 => Timestamp::ZERO,
        _ => effective_from.max(now),
    };
    let content = serde_json::to_string(policy).map_err(Fail::bug)?;
    let version = highest + 1;
    tx.exec_one(&INSERT, &[&party, &version, &from, &content, &by, &now])?;
    Ok(version)
}

fn profile(row: &Row<'_>) -> Result<PolicyVersion, Fail> {
    Ok(PolicyVersion {
        version: row.take()?,
        effective_from: row.take()?,
        policy: serde_json::from_str(&row.take::<String>()?).map_err(Fail::bug)?,
    })
}
