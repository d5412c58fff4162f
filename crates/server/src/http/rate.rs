//! Requests per address: a bucket each that fills at a steady rate. It guards
//! the machine, not accounts: attempts at passwords are counted in the database.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use kernel::Stopwatch;

use super::{ClientAddress, Refusal};

/// Addresses that are remembered at once. When there are more, those that have
/// been quiet long enough to have a full bucket are forgotten, and all when
/// that doesn't help: memory has a limit too.
const REMEMBERED: usize = 100_000;

/// What one address may do.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Requests per second in the long run.
    pub per_second: u32,
    /// Requests that may be saved up.
    pub burst: u32,
}

/// The buckets of all addresses. Cheap to clone.
#[derive(Clone)]
pub(super) struct Buckets(Arc<Inner>);

struct Inner {
    rate: Rate,
    watch: Stopwatch,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

/// The moment at which the bucket will be full again; what lies between now
/// and then is used up.
#[derive(Clone, Copy)]
struct Bucket {
    full_at: Duration,
}

impl Buckets {
    pub(super) fn new(rate: Rate) -> Self {
        let buckets = Mutex::new(HashMap::new());
        Self(Arc::new(Inner {
            rate,
            watch: Stopwatch::start(),
            buckets,
        }))
    }

    /// Takes one request out of the bucket; the time to wait when it is empty.
    fn take(&self, address: IpAddr, now: Duration) -> Result<(), Duration> {
        let Rate { per_second, burst } = self.0.rate;
        let one = Duration::from_secs(1) / per_second.max(1);
        let whole = one.saturating_mul(burst.max(1));
        let mut buckets = self
            .0
            .buckets
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED {
            buckets.retain(|_, bucket| bucket.full_at > now);
            if buckets.len() > REMEMBERED / 2 {
                buckets.clear();
            }
        }
        let bucket = buckets
            .entry(network(address))
            .or_insert(Bucket { full_at: now });
        let used_up = bucket.full_at.max(now).saturating_add(one);
        let limit = now.saturating_add(whole);
        if used_up > limit {
            return Err(used_up.saturating_sub(limit));
        }
        bucket.full_at = used_up;
        Ok(())
    }
}

/// One customer has a whole /64 of IPv6 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & (u128::MAX << 64))),
    }
}

pub(super) async fn limit(
    State(buckets): State<Buckets>,
    request: Request,
    next: Next,
) -> Response {
    let Some(axum::extract::ConnectInfo(address)) = request.extensions().get::<ClientAddress>()
    else {
        return next.run(request).await;
    };
    match buckets.take(*address, buckets.0.watch.elapsed()) {
        Ok(()) => next.run(request).await,
        Err(wait) => Refusal::TooOften {
            retry_after_seconds: wait.as_secs().saturating_add(1),
        }
        .into_plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(buckets: &Buckets, address: &str, at_ms: u64) -> bool {
        buckets
            .take(address.parse().unwrap(), Duration::from_millis(at_ms))
            .is_ok()
    }

    #[test]
    fn a_saved_up_burst_is_followed_by_the_steady_rate() {
        let buckets = Buckets::new(Rate {
            per_second: 10,
            burst: 3,
        });
        assert!((0..3).all(|_| taken(&buckets, "192.0.2.1", 0)));
        assert!(!taken(&buckets, "192.0.2.1", 50));
        assert!(taken(&buckets, "192.0.2.1", 100));
        assert!(!taken(&buckets, "192.0.2.1", 100));
        assert!((0..3).all(|_| taken(&buckets, "192.0.2.1", 10_000)));
    }

    #[test]
    fn one_address_does_not_use_up_anothers() {
        let buckets = Buckets::new(Rate {
            per_second: 1,
            burst: 1,
        });
        assert!(taken(&buckets, "192.0.2.1", 0));
        assert!(taken(&buckets, "192.0.2.2", 0));
    }

    #[test]
    fn all_addresses_of_one_ipv6_network_share_a_bucket() {
        let buckets = Buckets::new(Rate {
            per_second: 1,
            burst: 1,
        });
        assert!(taken(&buckets, "2001:db8::1", 0));
        assert!(!taken(&buckets, "2001:db8::ffff:1", 0));
        assert!(taken(&buckets, "2001:db8:0:1::1", 0));
    }
}
