//! The policy profile in force, and earlier versions for promises already made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use accounts::policy;
use kernel::policy::Policy;
use kernel::prelude::*;

use crate::App;

/// The one contracting party of a site so far.
const PARTY: &str = "default";
/// Seconds after which the version in force is looked up again, because
/// another process may have changed it.
const FRESH_SECONDS: i64 = 10;

/// A version of the profile.
#[derive(Debug)]
pub struct CurrentPolicy {
    /// Its number, kept on orders.
    pub version: i64,
    /// The numbers.
    pub policy: Policy,
    /// The site's zone, ready to use.
    pub zone: Zone,
}

impl std::ops::Deref for CurrentPolicy {
    type Target = Policy;
    fn deref(&self) -> &Policy {
        &self.policy
    }
}

/// Versions that were looked up. Versions never change, so they stay.
#[derive(Default)]
pub struct PolicyBook(Mutex<Book>);

#[derive(Default)]
struct Book {
    current: Option<(Arc<CurrentPolicy>, Timestamp)>,
    versions: HashMap<i64, Arc<CurrentPolicy>>,
}

impl PolicyBook {
    /// Forgets the version in force, so that a change counts at once.
    pub fn forget(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .current = None;
    }
}

fn ready(found: policy::PolicyVersion) -> Result<Arc<CurrentPolicy>, Fail> {
    let policy::PolicyVersion {
        version, policy, ..
    } = found;
    let zone = Zone::named(&policy.site.zone).ok_or_else(|| {
        Fail::bug(format!(
            "the policy profile names the unknown zone {}",
            policy.site.zone
        ))
    })?;
    Ok(Arc::new(CurrentPolicy {
        version,
        policy,
        zone,
    }))
}

impl App {
    /// The policy profile in force.
    ///
    /// # Errors
    /// The database's, or a bug when no profile was stored.
    pub async fn policy(&self) -> Result<Arc<CurrentPolicy>, Fail> {
        let now = self.now();
        if let Some((current, looked_up)) = &self
            .policies
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .current
        {
            let age = now.seconds_since(*looked_up);
            if (0..FRESH_SECONDS).contains(&age) {
                return Ok(Arc::clone(current));
            }
        }
        let found = self
            .db
            .read(move |tx| policy::current(tx, PARTY, now))
            .await?;
        let current = ready(found)?;
        let mut book = self
            .policies
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        book.versions.insert(current.version, Arc::clone(&current));
        book.current = Some((Arc::clone(&current), now));
        Ok(current)
    }

    /// A version of the profile that an order was placed under.
    ///
    /// # Errors
    /// The database's.
    pub async fn policy_version(&self, version: i64) -> Result<Arc<CurrentPolicy>, Fail> {
        if let Some(known) = self
            .policies
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .versions
            .get(&version)
        {
            return Ok(Arc::clone(known));
        }
        let known = ready(
            self.db
                .read(move |tx| policy::at_version(tx, PARTY, version))
                .await?,
        )?;
        self.policies
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .versions
            .insert(version, Arc::clone(&known));
        Ok(known)
    }

    /// Stores the first profile of a new site; nothing when there is one.
    ///
    /// # Errors
    /// The database's.
    pub async fn ensure_policy(&self, profile: Policy) -> Result<(), Fail> {
        let now = self.now();
        self.step(move |tx| match policy::current(tx, PARTY, now) {
            Err(fail) if fail.is(policy::POLICY_MISSING) => {
                policy::put(tx, PARTY, &profile, now, None, now).map(|_| ())
            }
            found => found.map(|_| ()),
        })
        .await
    }
}
