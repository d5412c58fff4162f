//! Which addresses of the network may be called. Sellers type addresses into
//! forms, so without this rule a seller could make the marketplace talk to the
//! operator's own machines.
//!
//! Only global unicast is public. What tunnels IPv4 inside IPv6 (6to4, Teredo,
//! NAT64) is not looked into but refused, because a gateway of the operator's
//! network could unwrap it. A deployment may name networks that are allowed
//! nevertheless.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

kernel::names! {
    /// Why an address isn't public.
    pub enum AddressKind {
        /// The machine itself.
        Loopback = "loopback",
        /// A network of an organisation: RFC 1918, unique local, site local.
        Private = "private",
        /// One cable: 169.254/16, `fe80::/10`; cloud metadata lives there.
        LinkLocal = "link-local",
        /// Behind a provider's address translation, 100.64/10.
        SharedCarrier = "shared-carrier",
        /// Many receivers.
        Multicast = "multicast",
        /// No address at all: `0.0.0.0/8`, `::`.
        Unspecified = "unspecified",
        /// Examples in texts.
        Documentation = "documentation",
        /// Carries IPv4 inside IPv6: 6to4, Teredo, NAT64.
        Tunnel = "tunnel",
        /// A cloud provider's service for its virtual machines.
        Metadata = "metadata",
        /// Reserved for other uses.
        Reserved = "reserved",
    }
}

impl AddressKind {
    /// For an English sentence: "leads to …".
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Loopback => "the machine itself (loopback)",
            Self::Private => "a private network",
            Self::LinkLocal => "a link-local network",
            Self::SharedCarrier => "a carrier's shared network",
            Self::Multicast => "a multicast group",
            Self::Unspecified => "no address",
            Self::Documentation => "an example network",
            Self::Tunnel => "an IPv4-in-IPv6 tunnel",
            Self::Metadata => "a cloud provider's metadata service",
            Self::Reserved => "a reserved network",
        }
    }
}

const fn four(a: u8, b: u8, c: u8, d: u8, prefix: u8, kind: AddressKind) -> (Ipv4Net, AddressKind) {
    (Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix), kind)
}

const fn six(
    first: u16,
    second: u16,
    third: u16,
    prefix: u8,
    kind: AddressKind,
) -> (Ipv6Net, AddressKind) {
    (
        Ipv6Net::new_assert(Ipv6Addr::new(first, second, third, 0, 0, 0, 0, 0), prefix),
        kind,
    )
}

/// From the IANA registry of special-purpose IPv4 addresses, and what clouds add.
const NOT_PUBLIC_4: [(Ipv4Net, AddressKind); 16] = [
    four(0, 0, 0, 0, 8, AddressKind::Unspecified),
    four(10, 0, 0, 0, 8, AddressKind::Private),
    four(100, 64, 0, 0, 10, AddressKind::SharedCarrier),
    four(127, 0, 0, 0, 8, AddressKind::Loopback),
    // A public address by number, but inside every Azure machine it is the host.
    four(168, 63, 129, 16, 32, AddressKind::Metadata),
    four(169, 254, 0, 0, 16, AddressKind::LinkLocal),
    four(172, 16, 0, 0, 12, AddressKind::Private),
    four(192, 0, 0, 0, 24, AddressKind::Reserved),
    four(192, 0, 2, 0, 24, AddressKind::Documentation),
    four(192, 88, 99, 0, 24, AddressKind::Tunnel),
    four(192, 168, 0, 0, 16, AddressKind::Private),
    four(198, 18, 0, 0, 15, AddressKind::Reserved),
    four(198, 51, 100, 0, 24, AddressKind::Documentation),
    four(203, 0, 113, 0, 24, AddressKind::Documentation),
    four(224, 0, 0, 0, 4, AddressKind::Multicast),
    four(240, 0, 0, 0, 4, AddressKind::Reserved),
];

/// The more special first. What none of these names is public only inside [`GLOBAL_6`].
const NOT_PUBLIC_6: [(Ipv6Net, AddressKind); 12] = [
    (
        Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 128),
        AddressKind::Unspecified,
    ),
    (
        Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128),
        AddressKind::Loopback,
    ),
    six(0x64, 0xff9b, 0, 32, AddressKind::Tunnel),
    six(0x2001, 0, 0, 32, AddressKind::Tunnel),
    six(0x2001, 0, 0, 23, AddressKind::Reserved),
    six(0x2001, 0xdb8, 0, 32, AddressKind::Documentation),
    six(0x2002, 0, 0, 16, AddressKind::Tunnel),
    six(0x3fff, 0, 0, 20, AddressKind::Documentation),
    six(0xfc00, 0, 0, 7, AddressKind::Private),
    six(0xfe80, 0, 0, 10, AddressKind::LinkLocal),
    six(0xfec0, 0, 0, 10, AddressKind::Private),
    six(0xff00, 0, 0, 8, AddressKind::Multicast),
];

/// All global unicast that was ever given out.
const GLOBAL_6: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Why an address isn't public; `None` when it is. An IPv4 address mapped into
/// IPv6 counts as that IPv4 address.
#[must_use]
pub fn not_public(address: IpAddr) -> Option<AddressKind> {
    match address.to_canonical() {
        IpAddr::V4(four) => kind_in(&NOT_PUBLIC_4, |network| network.contains(&four)),
        IpAddr::V6(six) => kind_in(&NOT_PUBLIC_6, |network| network.contains(&six))
            .or_else(|| (!GLOBAL_6.contains(&six)).then_some(AddressKind::Reserved)),
    }
}

fn kind_in<N>(table: &[(N, AddressKind)], holds: impl Fn(&N) -> bool) -> Option<AddressKind> {
    table
        .iter()
        .find(|(network, _)| holds(network))
        .map(|(_, kind)| *kind)
}

/// Networks that a deployment allows although they aren't public; plain http may
/// be spoken there as well. The setting is `outgoing.allowed_networks`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedNetworks(Vec<IpNet>);

impl AllowedNetworks {
    /// None: only public addresses, only https.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads networks such as `10.20.0.0/16`, or single addresses.
    ///
    /// # Errors
    /// The first entry that is neither.
    pub fn parse<S: AsRef<str>>(entries: &[S]) -> Result<Self, BadNetwork> {
        let read = |entry: &S| {
            let text = entry.as_ref().trim();
            let network = text
                .parse()
                .or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
            network.map_err(|_| BadNetwork {
                entry: text.to_owned(),
            })
        };
        entries.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Whether this address is in one of them.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// An entry of `outgoing.allowed_networks` that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadNetwork {
    /// As it was written.
    pub entry: String,
}

impl fmt::Display for BadNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "outgoing.allowed_networks holds \"{}\", which is no network. Write it like 10.20.0.0/16, fd12:3456::/32 or 127.0.0.1.",
            self.entry
        )
    }
}

impl std::error::Error for BadNetwork {}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<AddressKind> {
        not_public(text.parse().unwrap())
    }

    #[test]
    fn public_addresses_may_be_called() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:200::1",
            "2400:cb00::1",
            "2606:4700:4700::1111",
            "2a00:1450:4001::1",
            "::ffff:8.8.8.8",
        ] {
            assert_eq!(kind(address), None, "{address}");
        }
    }

    #[test]
    fn everything_but_global_unicast_is_refused() {
        use AddressKind::{
            Documentation, LinkLocal, Loopback, Metadata, Multicast, Private, Reserved,
            SharedCarrier, Tunnel, Unspecified,
        };
        for (address, expected) in [
            ("0.0.0.0", Unspecified),
            ("0.1.2.3", Unspecified),
            ("10.0.0.1", Private),
            ("100.64.0.1", SharedCarrier),
            ("100.100.100.200", SharedCarrier),
            ("100.127.255.255", SharedCarrier),
            ("127.0.0.1", Loopback),
            ("127.255.255.254", Loopback),
            ("168.63.129.16", Metadata),
            ("169.254.169.254", LinkLocal),
            ("172.16.0.1", Private),
            ("172.31.255.255", Private),
            ("192.0.0.192", Reserved),
            ("192.0.2.1", Documentation),
            ("192.88.99.1", Tunnel),
            ("192.168.1.1", Private),
            ("198.18.0.1", Reserved),
            ("198.19.255.255", Reserved),
            ("198.51.100.7", Documentation),
            ("203.0.113.7", Documentation),
            ("224.0.0.1", Multicast),
            ("239.255.255.255", Multicast),
            ("240.0.0.1", Reserved),
            ("255.255.255.255", Reserved),
            ("::", Unspecified),
            ("::1", Loopback),
            ("::7f00:1", Reserved),
            ("::ffff:127.0.0.1", Loopback),
            ("::ffff:a00:1", Private),
            ("::ffff:169.254.169.254", LinkLocal),
            ("64:ff9b::7f00:1", Tunnel),
            ("64:ff9b:1::a00:1", Tunnel),
            ("100::1", Reserved),
            ("2001::1", Tunnel),
            ("2001:2::1", Reserved),
            ("2001:10::1", Reserved),
            ("2001:db8::1", Documentation),
            ("2002:7f00:1::1", Tunnel),
            ("3fff::1", Documentation),
            ("4000::1", Reserved),
            ("5f00::1", Reserved),
            ("fc00::1", Private),
            ("fd00:ec2::254", Private),
            ("fe80::1", LinkLocal),
            ("fec0::1", Private),
            ("ff02::1", Multicast),
        ] {
            assert_eq!(kind(address), Some(expected), "{address}");
        }
    }

    #[test]
    fn a_deployment_may_allow_networks_and_single_addresses() {
        let allowed = AllowedNetworks::parse(&["10.20.0.0/16", " ::1 "]).unwrap();
        assert!(allowed.contains("10.20.3.4".parse().unwrap()));
        assert!(allowed.contains("::ffff:10.20.3.4".parse().unwrap()));
        assert!(allowed.contains("::1".parse().unwrap()));
        assert!(!allowed.contains("10.21.0.1".parse().unwrap()));
        assert!(!AllowedNetworks::none().contains("127.0.0.1".parse().unwrap()));
    }

    #[test]
    fn a_senseless_network_is_named() {
        let error = AllowedNetworks::parse(&["127.0.0.0/8", "localhost"]).unwrap_err();
        assert!(error.to_string().contains("\"localhost\""));
        assert!(AllowedNetworks::parse(&["10.0.0.0/33"]).is_err());
    }
}
