//! Scheme and domain of a seller's server.

use kernel::{Fail, codes};

codes! {
    /// Not of the form `https://domain`, without a path.
    Invalid ADDRESS_NOT_A_SITE = "address-not-a-site";
    /// Plain HTTP isn't permitted here.
    Invalid ADDRESS_NEEDS_HTTPS = "address-needs-https";
}

/// Characters of a host name at most.
const MAX_HOST: usize = 253;

/// Which transport a site lets sellers use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// HTTPS and nothing else.
    HttpsOnly,
    /// HTTP too: sites that name networks for it, such as the demo.
    HttpToo,
}

/// Scheme, host in lower case and port unless it is the scheme's own; no path,
/// query, fragment or user name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Checks an address; one slash at the end is dropped.
    ///
    /// # Errors
    /// [`ADDRESS_NOT_A_SITE`] or [`ADDRESS_NEEDS_HTTPS`] at `base_url`.
    pub fn parse(text: &str, transport: Transport) -> Result<Self, Fail> {
        let lower = text.trim().to_ascii_lowercase();
        let refused = || Fail::field("base_url", ADDRESS_NOT_A_SITE);
        let (scheme, rest) = lower.split_once("://").ok_or_else(refused)?;
        let own_port = match (scheme, transport) {
            ("https", _) => 443,
            ("http", Transport::HttpToo) => 80,
            ("http", Transport::HttpsOnly) => {
                return Err(Fail::field("base_url", ADDRESS_NEEDS_HTTPS));
            }
            _ => return Err(refused()),
        };
        let site = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match site.split_once(':') {
            Some((host, port)) => (host, Some(port_number(port).ok_or_else(refused)?)),
            None => (site, None),
        };
        if !is_host(host) {
            return Err(refused());
        }
        Ok(Self(match port {
            Some(port) if port != own_port => format!("{scheme}://{host}:{port}"),
            _ => format!("{scheme}://{host}"),
        }))
    }

    /// As text, without a slash at the end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

fn port_number(text: &str) -> Option<u16> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits
        .then(|| text.parse().ok())
        .flatten()
        .filter(|port| *port > 0)
}

fn is_host(host: &str) -> bool {
    host.len() <= MAX_HOST
        && host.contains('.')
        && host.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

impl kernel::value::AsValue for BaseUrl {
    fn as_value(&self) -> kernel::value::Value<'_> {
        self.0.as_value()
    }
}
impl kernel::value::FromValue for BaseUrl {
    fn from_value(value: kernel::value::Value<'_>) -> Option<Self> {
        String::from_value(value).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let url = BaseUrl::parse(text, Transport::HttpToo).ok()?;
        Some(url.as_str().to_owned())
    }

    #[test]
    fn scheme_and_domain_are_taken_in_one_form() {
        assert_eq!(
            read(" HTTPS://Console.Example.com/ ").unwrap(),
            "https://console.example.com"
        );
        assert_eq!(read("https://a.example:443").unwrap(), "https://a.example");
        assert_eq!(
            read("https://a.example:8443").unwrap(),
            "https://a.example:8443"
        );
        assert_eq!(
            read("http://seller.localhost:8081").unwrap(),
            "http://seller.localhost:8081"
        );
    }

    #[test]
    fn anything_beyond_scheme_and_domain_is_refused() {
        for bad in [
            "",
            "console.example.com",
            "ftp://a.example",
            "https://",
            "https://localhost",
            "https://a.example/path",
            "https://a.example//",
            "https://a.example?x=1",
            "https://a.example#x",
            "https://user@a.example",
            "https://user:pass@a.example",
            "https://a.example:0",
            "https://a.example:+80",
            "https://a.example:99999",
            "https://[::1]",
            "https://a..example",
            "https://a example.com",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn plain_http_needs_a_site_that_permits_it() {
        let fail = BaseUrl::parse("http://a.example", Transport::HttpsOnly).unwrap_err();
        assert_eq!(fail.field_errors()[0].code, ADDRESS_NEEDS_HTTPS);
    }
}
