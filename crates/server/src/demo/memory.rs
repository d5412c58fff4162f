//! What the demo must remember beside its database: the passwords that it
//! prints at each start. A file for its owner alone.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::CommandError;

const FILE: &str = "demo.json";

/// The content of the file.
#[derive(Serialize, Deserialize)]
pub(super) struct Memory {
    pub(super) accounts: Accounts,
    /// The buyer got its money.
    pub(super) balance_given: bool,
}

/// An account of each side.
#[derive(Serialize, Deserialize)]
pub(super) struct Accounts {
    pub(super) buyer: Account,
    pub(super) seller: Account,
    pub(super) operator: Account,
}

/// What one signs in with.
#[derive(Serialize, Deserialize)]
pub(super) struct Account {
    pub(super) email: String,
    pub(super) password: String,
}

impl Accounts {
    pub(super) fn by_role(&self) -> [(&'static str, &Account); 3] {
        [
            ("buyer", &self.buyer),
            ("seller", &self.seller),
            ("operator", &self.operator),
        ]
    }
}

impl Account {
    fn make(role: &str) -> Self {
        let part = || kernel::random::upper_alnum(5).to_lowercase();
        Self {
            email: format!("{role}@demo.example"),
            password: format!("{}-{}-{}", part(), part(), part()),
        }
    }
}

impl Memory {
    /// Reads the file; the first start makes passwords and writes it.
    pub(super) fn load_or_make(data: &Path) -> Result<Self, CommandError> {
        let path = data.join(FILE);
        let failed = |error: &dyn std::fmt::Display| {
            CommandError::because(format!("{} can't be read", path.display()), error)
        };
        match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| failed(&error)),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let memory = Self {
                    accounts: Accounts {
                        buyer: Account::make("buyer"),
                        seller: Account::make("seller"),
                        operator: Account::make("operator"),
                    },
                    balance_given: false,
                };
                memory.save(data)?;
                Ok(memory)
            }
            Err(error) => Err(failed(&error)),
        }
    }

    /// Writes the file in one step.
    pub(super) fn save(&self, data: &Path) -> Result<(), CommandError> {
        let (path, fresh) = (data.join(FILE), data.join("demo.json.new"));
        let write = || {
            let mut file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&fresh)?;
            file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&fresh, &path)
        };
        write().map_err(|error: std::io::Error| {
            CommandError::because(format!("{} can't be written", path.display()), error)
        })
    }
}
