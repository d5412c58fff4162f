//! The names under which the open APIs are reached. The name is signed, so a
//! request that was signed for another site doesn't hold here.

use flows::Site;

/// The allowed values of `Host`, in lower case.
#[derive(Debug)]
pub(crate) struct Hosts(Vec<String>);

impl Hosts {
    /// The site's own name with its port, and the configured further names:
    /// as they are written, and with the site's port when they have none.
    pub(crate) fn of(site: &Site) -> Self {
        let public = site.public_url.to_lowercase();
        let public = public
            .split_once("://")
            .map_or(public.as_str(), |(_, rest)| rest);
        let public = public.split('/').next().unwrap_or_default();
        let port = port_of(public);
        let mut hosts = vec![public.to_owned()];
        for host in &site.public_hosts {
            let host = host.to_lowercase();
            if let (Some(port), None) = (port, port_of(&host)) {
                hosts.push(format!("{host}:{port}"));
            }
            hosts.push(host);
        }
        Self(hosts)
    }

    /// Whether a request for this host is for us.
    pub(crate) fn contains(&self, host: &str) -> bool {
        let host = host.trim().to_lowercase();
        self.0.contains(&host)
    }
}

/// The port that an authority names; the colons of an IPv6 address aren't one.
fn port_of(authority: &str) -> Option<&str> {
    let (_, port) = authority.rsplit_once(':')?;
    let digits = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    digits.then_some(port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(public_url: &str, more: &[&str]) -> Hosts {
        Hosts::of(&Site {
            brand: "KooGallery".to_owned(),
            public_url: public_url.to_owned(),
            public_hosts: more.iter().map(|host| (*host).to_owned()).collect(),
            demo: false,
        })
    }

    #[test]
    fn the_sites_name_and_further_names_are_ours_in_any_letter_case() {
        let hosts = hosts("https://Market.example", &["api.market.example"]);
        assert!(hosts.contains("market.example") && hosts.contains("API.Market.example"));
        for foreign in [
            "",
            "evil.example",
            "market.example.evil.example",
            "market.example:444",
        ] {
            assert!(!hosts.contains(foreign), "{foreign}");
        }
    }

    #[test]
    fn a_port_of_the_site_belongs_to_its_name() {
        let hosts = hosts(
            "http://koogallery.localhost:8080/",
            &["127.0.0.1", "proxy.example:9"],
        );
        for ours in [
            "koogallery.localhost:8080",
            "127.0.0.1:8080",
            "127.0.0.1",
            "proxy.example:9",
        ] {
            assert!(hosts.contains(ours), "{ours}");
        }
        assert!(!hosts.contains("koogallery.localhost") && !hosts.contains("proxy.example:8080"));
    }
}
