//! What must hold between settings, each with a sentence that says the way out.

use gateway::network::AllowedNetworks;

use super::{Config, ConfigError};

impl Config {
    /// Refuses what can't be served.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        self.check_server()?;
        self.check_transport()?;
        self.check_files()?;
        self.check_mail()?;
        AllowedNetworks::parse(&self.outgoing.allowed_networks)
            .map_err(|bad| ConfigError::new(bad.to_string()))?;
        one_of("log.format", &self.log.format, &["json", "text"])
    }

    fn check_server(&self) -> Result<(), ConfigError> {
        let server = &self.server;
        if self.listen_address().is_none() {
            return refuse(format!(
                "server.listen: \"{}\" isn't an address with a port, such as 127.0.0.1:8080",
                server.listen
            ));
        }
        for (name, number) in [
            ("server.body_limit_bytes", server.body_limit_bytes),
            ("server.form_limit_bytes", server.form_limit_bytes),
            ("server.requests_at_once", server.requests_at_once),
            ("database.connections", self.database.connections),
        ] {
            if number == 0 {
                return refuse(format!("{name} must be at least 1"));
            }
        }
        if server.request_seconds == 0 || server.upload_seconds < server.request_seconds {
            return refuse("server.request_seconds must be at least 1, and server.upload_seconds no less than it".to_owned());
        }
        if server.brand.trim().is_empty() {
            return refuse(
                "server.brand must be given: it is the name of the site on its pages".to_owned(),
            );
        }
        server.public_address()?;
        server.trusted_networks()?;
        server.metrics_readers().map(drop)
    }

    /// Nothing goes over the network in clear text by mistake.
    fn check_transport(&self) -> Result<(), ConfigError> {
        let server = &self.server;
        let has_tls = !server.tls_cert.is_empty();
        if has_tls == server.tls_key.is_empty() {
            return refuse(
                "server.tls_cert and server.tls_key belong together: give both or none".to_owned(),
            );
        }
        let loopback = self
            .listen_address()
            .is_some_and(|address| address.ip().is_loopback());
        let behind_proxy = !server.trusted_proxies.is_empty();
        if !has_tls && !loopback && !behind_proxy && !server.allow_plain_http {
            return refuse(format!(
                "server.listen = \"{}\" would serve plain HTTP to the network; set tls_cert and tls_key, name your proxy in trusted_proxies, or set allow_plain_http = true",
                server.listen
            ));
        }
        let says_https = server.public_address()?.origin.starts_with("https://");
        if has_tls && !says_https {
            return refuse(format!(
                "server.public_url = \"{}\" must start with https:// when tls_cert is given",
                server.public_url
            ));
        }
        if says_https && !has_tls && !behind_proxy {
            return refuse("server.public_url says https, but nothing here speaks it: set tls_cert and tls_key, or name the proxy that does in trusted_proxies".to_owned());
        }
        Ok(())
    }

    fn check_files(&self) -> Result<(), ConfigError> {
        one_of("files.kind", &self.files.kind, &["folder", "s3"])?;
        if self.files.kind == "s3" && self.files.bucket.is_empty() {
            return refuse("files.bucket must be given when files.kind = \"s3\"".to_owned());
        }
        if !self.is_embedded() && self.files.kind == "folder" && !self.files.shared {
            return refuse("several processes may work on a PostgreSQL database, so the file folder must be shared by them: set files.shared = true if it is, or files.kind = \"s3\"".to_owned());
        }
        Ok(())
    }

    fn check_mail(&self) -> Result<(), ConfigError> {
        one_of("mail.kind", &self.mail.kind, &["folder", "smtp"])?;
        if self.mail.kind == "smtp" && self.mail.host.is_empty() {
            return refuse("mail.host must be given when mail.kind = \"smtp\"".to_owned());
        }
        one_of(
            "mail.security",
            &self.mail.security,
            &["starttls", "tls", "none"],
        )
    }
}

fn refuse(sentence: String) -> Result<(), ConfigError> {
    Err(ConfigError::new(sentence))
}

fn one_of(setting: &str, value: &str, choices: &[&str]) -> Result<(), ConfigError> {
    if choices.contains(&value) {
        return Ok(());
    }
    refuse(format!(
        "{setting}: \"{value}\" is none of \"{}\"",
        choices.join("\", \"")
    ))
}
