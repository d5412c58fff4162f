//! The applications that were opened, in memory and, if wanted, in a file.
//!
//! The file has one JSON object per line; the last line of an id counts. Each change appends a line,
//! each start writes the file anew.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// What an instance may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InstanceStatus {
    /// Everything.
    Normal,
    /// Nothing; its data is kept.
    Frozen,
    /// Nothing; its data is gone.
    Released,
}

/// One application.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Instance {
    pub(crate) id: String,
    pub(crate) order_id: String,
    pub(crate) order_line_id: String,
    pub(crate) user_name: String,
    pub(crate) password: String,
    pub(crate) status: InstanceStatus,
    /// Queries that are still answered with 000004.
    pub(crate) polls_left: u32,
    /// The order is still to be queried.
    pub(crate) details_wanted: bool,
    pub(crate) product_name: Option<String>,
    pub(crate) quantity: Option<u64>,
    pub(crate) expires_at_s: Option<i64>,
}

impl Instance {
    pub(crate) fn ready(&self) -> bool {
        self.polls_left == 0 && !self.details_wanted
    }
}

pub(crate) struct Instances(Mutex<Inner>);

struct Inner {
    by_id: BTreeMap<String, Instance>,
    /// Which instance an order line opened.
    by_line: HashMap<(String, String), String>,
    file: Option<File>,
}

impl Instances {
    /// # Errors
    /// When the file cannot be read or written, or has a broken line that is not its last.
    pub(crate) fn open(file: Option<&Path>) -> io::Result<Self> {
        let by_id = file.map(read).transpose()?.unwrap_or_default();
        let by_line = by_id.values().map(|one| {
            (
                (one.order_id.clone(), one.order_line_id.clone()),
                one.id.clone(),
            )
        });
        let by_line = by_line.collect();
        let file = file.map(|path| rewrite(path, &by_id)).transpose()?;
        Ok(Self(Mutex::new(Inner {
            by_id,
            by_line,
            file,
        })))
    }

    pub(crate) fn get(&self, id: &str) -> Option<Instance> {
        self.inner(|inner| inner.by_id.get(id).cloned())
    }

    pub(crate) fn all(&self) -> Vec<(String, InstanceStatus)> {
        self.inner(|inner| {
            let all = inner.by_id.values();
            all.map(|one| (one.id.clone(), one.status)).collect()
        })
    }

    pub(crate) fn of_line(&self, order_id: &str, order_line_id: &str) -> Option<Instance> {
        self.inner(|inner| {
            let id = inner
                .by_line
                .get(&(order_id.to_owned(), order_line_id.to_owned()))?;
            inner.by_id.get(id).cloned()
        })
    }

    /// Keeps a new instance. The first one of an order line stays the line's instance.
    pub(crate) fn add(&self, instance: Instance) -> io::Result<()> {
        self.inner(|inner| {
            inner.append(&instance)?;
            let line = (instance.order_id.clone(), instance.order_line_id.clone());
            inner
                .by_line
                .entry(line)
                .or_insert_with(|| instance.id.clone());
            inner.by_id.insert(instance.id.clone(), instance);
            Ok(())
        })
    }

    /// Changes an instance; `None` if there is none with this id.
    pub(crate) fn change(
        &self,
        id: &str,
        act: impl FnOnce(&mut Instance),
    ) -> io::Result<Option<Instance>> {
        self.inner(|inner| {
            let Some(mut changed) = inner.by_id.get(id).cloned() else {
                return Ok(None);
            };
            act(&mut changed);
            inner.append(&changed)?;
            inner.by_id.insert(changed.id.clone(), changed.clone());
            Ok(Some(changed))
        })
    }

    fn inner<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Inner {
    fn append(&mut self, instance: &Instance) -> io::Result<()> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        file.write_all(line(instance)?.as_bytes())
    }
}

fn line(instance: &Instance) -> io::Result<String> {
    Ok(serde_json::to_string(instance)? + "\n")
}

fn read(path: &Path) -> io::Result<BTreeMap<String, Instance>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(error),
    };
    let mut by_id = BTreeMap::new();
    // A last line without its end was cut by a crash, before anybody was answered.
    for whole in text
        .split_inclusive('\n')
        .filter_map(|line| line.strip_suffix('\n'))
    {
        let instance: Instance = serde_json::from_str(whole)?;
        by_id.insert(instance.id.clone(), instance);
    }
    Ok(by_id)
}

fn rewrite(path: &Path, by_id: &BTreeMap<String, Instance>) -> io::Result<File> {
    let fresh = path.with_extension("new");
    let mut file =
        private(OpenOptions::new().write(true).create(true).truncate(true)).open(&fresh)?;
    for instance in by_id.values() {
        file.write_all(line(instance)?.as_bytes())?;
    }
    file.sync_all()?;
    fs::rename(&fresh, path)?;
    private(OpenOptions::new().append(true)).open(path)
}

/// The file has passwords, so nobody else may read it.
#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}
