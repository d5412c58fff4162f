//! Who may be called, and whom to believe: the check of addresses, the resolver
//! that applies it to names, and the trusted certificates.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use super::CallError;
use crate::network::{AddressKind, AllowedNetworks, not_public};

/// How far a call may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Public addresses and allowed networks.
    Public,
    /// Allowed networks alone.
    AllowedOnly,
}

/// Why a host may not be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The name service doesn't know the name.
    Unknown,
    /// It leads to an address that isn't public.
    NotPublic(AddressKind),
    /// It leads to a public address, but the call isn't encrypted.
    Unencrypted,
}

impl Refusal {
    pub(super) fn at(self, host: &str) -> CallError {
        let host = host.to_owned();
        match self {
            Self::Unknown => CallError::DnsFailed { host },
            Self::NotPublic(kind) => CallError::RefusedAddress { host, kind },
            Self::Unencrypted => CallError::NotHttps { host },
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("unknown name"),
            Self::NotPublic(kind) => f.write_str(kind.phrase()),
            Self::Unencrypted => f.write_str("not encrypted"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Judges single addresses.
#[derive(Clone)]
pub(super) struct Judge {
    allowed: Arc<AllowedNetworks>,
}

impl Judge {
    pub(super) fn new(allowed: AllowedNetworks) -> Self {
        Self {
            allowed: Arc::new(allowed),
        }
    }

    pub(super) fn allows_nothing(&self) -> bool {
        *self.allowed == AllowedNetworks::none()
    }

    pub(super) fn admit(&self, address: IpAddr, reach: Reach) -> Result<(), Refusal> {
        if self.allowed.contains(address) {
            return Ok(());
        }
        match (not_public(address), reach) {
            (Some(kind), _) => Err(Refusal::NotPublic(kind)),
            (None, Reach::AllowedOnly) => Err(Refusal::Unencrypted),
            (None, Reach::Public) => Ok(()),
        }
    }

    /// Keeps what may be called; an error when nothing is left.
    fn admitted(&self, found: Vec<IpAddr>, reach: Reach) -> Result<Vec<IpAddr>, Refusal> {
        let mut refusal = Refusal::Unknown;
        let mut kept = Vec::new();
        for address in found {
            match self.admit(address, reach) {
                Ok(()) => kept.push(address),
                Err(reason) => refusal = reason,
            }
        }
        if kept.is_empty() {
            Err(refusal)
        } else {
            Ok(kept)
        }
    }
}

/// The resolver of a client. The connection goes to exactly the addresses that
/// were judged, so that a name can't answer differently a moment later.
pub(super) struct GuardedDns {
    judge: Judge,
    reach: Reach,
}

impl GuardedDns {
    pub(super) fn new(judge: Judge, reach: Reach) -> Self {
        Self { judge, reach }
    }
}

impl Resolve for GuardedDns {
    fn resolve(&self, name: Name) -> Resolving {
        let (judge, reach) = (self.judge.clone(), self.reach);
        Box::pin(async move {
            let kept = judge.admitted(look_up(name.as_str()).await?, reach)?;
            // The client puts the port of the address in place of 0.
            let sockets = kept.into_iter().map(|address| SocketAddr::new(address, 0));
            let sockets: Addrs = Box::new(sockets);
            Ok(sockets)
        })
    }
}

async fn look_up(host: &str) -> Result<Vec<IpAddr>, Refusal> {
    if is_this_machine(host) {
        // RFC 6761: such names never go to a name service, and some systems don't know them.
        return Ok(vec![
            IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(Ipv6Addr::LOCALHOST),
        ]);
    }
    let found = tokio::net::lookup_host((host, 0))
        .await
        .map_err(|_| Refusal::Unknown)?;
    Ok(found.map(|socket| socket.ip()).collect())
}

fn is_this_machine(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    host == "localhost" || host.ends_with(".localhost")
}

/// TLS 1.2 and 1.3 with the public authorities and those of the file.
pub(super) fn tls(extra_ca_file: Option<&Path>) -> Result<ClientConfig, BadTrust> {
    let mut roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    if let Some(file) = extra_ca_file {
        add_authorities(&mut roots, file).map_err(|reason| BadTrust::file(file, &reason))?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Ok(config
        .map_err(BadTrust::client)?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

fn add_authorities(roots: &mut RootCertStore, file: &Path) -> Result<(), String> {
    let mut count = 0_usize;
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| error.to_string())? {
        roots
            .add(certificate.map_err(|error| error.to_string())?)
            .map_err(|error| error.to_string())?;
        count = count.saturating_add(1);
    }
    if count == 0 {
        Err("it holds no certificate".to_owned())
    } else {
        Ok(())
    }
}

/// The client can't be made, because its trusted certificates can't be used.
#[derive(Debug)]
pub struct BadTrust(String);

impl BadTrust {
    fn file(file: &Path, reason: &str) -> Self {
        Self(format!(
            "outgoing.extra_ca_file: {} can't be used: {reason}. It must hold certificates in PEM form.",
            file.display()
        ))
    }
    pub(super) fn client(error: impl fmt::Display) -> Self {
        Self(format!(
            "The client for outgoing calls can't be made: {error}"
        ))
    }
}

impl fmt::Display for BadTrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadTrust {}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(allowed: &[&str]) -> Judge {
        Judge::new(AllowedNetworks::parse(allowed).unwrap())
    }

    #[test]
    fn of_a_names_addresses_only_the_public_ones_are_kept() {
        let public: IpAddr = "8.8.8.8".parse().unwrap();
        let inside: IpAddr = "10.0.0.1".parse().unwrap();
        assert_eq!(
            judge(&[]).admitted(vec![inside, public], Reach::Public),
            Ok(vec![public])
        );
        let refused = judge(&[]).admitted(vec![inside], Reach::Public);
        assert_eq!(refused, Err(Refusal::NotPublic(AddressKind::Private)));
    }

    #[test]
    fn unencrypted_calls_stay_inside_allowed_networks() {
        let public: IpAddr = "8.8.8.8".parse().unwrap();
        let inside: IpAddr = "10.0.0.1".parse().unwrap();
        let judge = judge(&["10.0.0.0/8"]);
        assert_eq!(judge.admit(inside, Reach::AllowedOnly), Ok(()));
        assert_eq!(
            judge.admit(public, Reach::AllowedOnly),
            Err(Refusal::Unencrypted)
        );
        assert_eq!(judge.admit(public, Reach::Public), Ok(()));
    }

    #[test]
    fn names_of_this_machine_are_known_without_a_name_service() {
        assert!(is_this_machine("seller.localhost"));
        assert!(is_this_machine("LOCALHOST."));
        assert!(!is_this_machine("localhost.example.com"));
        assert!(!is_this_machine("notlocalhost"));
    }
}
