//! Names of sellers beside the filters of the shop, remembered for a while: the
//! index counts sellers by id, and they are named on every page of results.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use accounts::seller;
use catalog::Bilingual;
use kernel::id::OrganisationId;
use kernel::prelude::*;

use crate::App;

/// Seconds for which a name is believed.
const FRESH: i64 = 60;
/// Names kept at most.
const NAMES: usize = 10_000;

/// Names that were looked up, and when.
#[derive(Default)]
pub(crate) struct SellerNames(Mutex<HashMap<OrganisationId, (Arc<Bilingual>, Timestamp)>>);

impl SellerNames {
    fn known(&self, ids: &[OrganisationId], now: Timestamp) -> Option<Vec<Arc<Bilingual>>> {
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |id: &OrganisationId| {
            let (name, at) = names.get(id)?;
            (0..FRESH)
                .contains(&now.seconds_since(*at))
                .then(|| Arc::clone(name))
        };
        ids.iter().map(fresh).collect()
    }

    fn keep(&self, ids: &[OrganisationId], found: &[Arc<Bilingual>], now: Timestamp) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= NAMES {
            names.clear();
        }
        let found = found.iter().map(|name| (Arc::clone(name), now));
        names.extend(ids.iter().copied().zip(found));
    }
}

impl App {
    /// The names of sellers, in the order asked.
    ///
    /// # Errors
    /// Not found; the database's.
    pub async fn seller_names(
        &self,
        ids: Vec<OrganisationId>,
    ) -> Result<Vec<Arc<Bilingual>>, Fail> {
        let now = self.now();
        if let Some(names) = self.catalogue.sellers.known(&ids, now) {
            return Ok(names);
        }
        let wanted = ids.clone();
        let found = self
            .db
            .read(move |tx| {
                wanted
                    .iter()
                    .map(|id| {
                        let profile = seller::load(tx, *id)?;
                        Ok(Arc::new(Bilingual::new(profile.name(), profile.name_zh())))
                    })
                    .collect::<Result<Vec<_>, Fail>>()
            })
            .await?;
        self.catalogue.sellers.keep(&ids, &found, now);
        Ok(found)
    }
}
