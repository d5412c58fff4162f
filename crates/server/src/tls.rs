//! TLS 1.2 and later with a certificate from files, which can be read anew
//! while connections go on (SIGHUP), so that a renewed certificate needs no
//! restart.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::error::CommandError;

/// Certificate and key, and where they are from. Cheap to clone.
#[derive(Clone)]
pub struct Tls(Arc<Inner>);

struct Inner {
    cert: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<ServerConfig>>,
}

impl Tls {
    /// Reads both files (PEM; the certificate with its chain).
    ///
    /// # Errors
    /// A sentence that names the file.
    pub fn load(cert: &Path, key: &Path) -> Result<Self, CommandError> {
        let current = RwLock::new(read(cert, key)?);
        Ok(Self(Arc::new(Inner {
            cert: cert.to_owned(),
            key: key.to_owned(),
            current,
        })))
    }

    /// Reads both files again, for connections from now on.
    ///
    /// # Errors
    /// A sentence; then the old certificate stays in use.
    pub fn reload(&self) -> Result<(), CommandError> {
        let fresh = read(&self.0.cert, &self.0.key)?;
        *self
            .0
            .current
            .write()
            .unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(
            &self
                .0
                .current
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        ))
    }
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}

fn read(cert: &Path, key: &Path) -> Result<Arc<ServerConfig>, CommandError> {
    let chain = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| {
            CommandError::because(
                format!("server.tls_cert: {} can't be read", cert.display()),
                error,
            )
        })?;
    if chain.is_empty() {
        return Err(CommandError::new(format!(
            "server.tls_cert: {} holds no certificate in PEM form",
            cert.display()
        )));
    }
    let key_der = PrivateKeyDer::from_pem_file(key).map_err(|error| {
        CommandError::because(
            format!("server.tls_key: {} can't be read", key.display()),
            error,
        )
    })?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(|error| CommandError::because("TLS can't be set up", error))?
        .with_no_client_auth()
        .with_single_cert(chain, key_der)
        .map_err(|error| {
            CommandError::because(
                "server.tls_cert and server.tls_key can't be used together",
                error,
            )
        })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_another_certificate_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (cert, key) = (
            folder.path().join("cert.pem"),
            folder.path().join("key.pem"),
        );
        let [one, other] = [(), ()]
            .map(|()| rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap());
        std::fs::write(&cert, one.cert.pem()).unwrap();
        std::fs::write(&key, other.signing_key.serialize_pem()).unwrap();
        assert!(
            Tls::load(&cert, &key)
                .unwrap_err()
                .to_string()
                .contains("together")
        );
        std::fs::write(&key, one.signing_key.serialize_pem()).unwrap();
        let tls = Tls::load(&cert, &key).unwrap();
        std::fs::write(&cert, "nothing").unwrap();
        assert!(
            tls.reload()
                .unwrap_err()
                .to_string()
                .contains("no certificate")
        );
    }
}
