//! How the settings are put together: the built-in default, a file, single
//! variables; the later overrides the earlier, and each knows where it is from.

use std::collections::BTreeMap;
use std::path::Path;

use toml::{Table, Value};

use super::{Config, ConfigError, DEFAULT};

/// Variables of this prefix override single settings.
const PREFIX: &str = "KOOGALLERY__";
/// The origin of what nobody set.
const BUILT_IN: &str = "default";
/// Settings that are never shown.
const SECRETS: [&str; 3] = ["database.url", "files.secret_key", "mail.password"];

/// Settings as they were put together, with the origin of each.
#[derive(Debug)]
pub struct Layers {
    values: Table,
    origins: BTreeMap<String, String>,
}

impl Layers {
    /// Puts default, file and variables together.
    ///
    /// # Errors
    /// A sentence that names the file or variable and what is wrong with it.
    pub fn gather(
        file: Option<&Path>,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut layers = Self {
            values: Table::new(),
            origins: BTreeMap::new(),
        };
        layers.merge(DEFAULT, BUILT_IN)?;
        if let Some(file) = file {
            let text = std::fs::read_to_string(file).map_err(|error| {
                ConfigError::new(format!(
                    "the configuration file {} can't be read: {error}",
                    file.display()
                ))
            })?;
            layers.merge(&text, &file.display().to_string())?;
        }
        for (name, value) in variables {
            if let Some(path) = name.strip_prefix(PREFIX) {
                layers.override_by(path, &value, &name)?;
            }
        }
        Ok(layers)
    }

    fn merge(&mut self, text: &str, origin: &str) -> Result<(), ConfigError> {
        // The error's own text quotes the line, which may hold a password.
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let before = error
                .span()
                .and_then(|span| text.get(..span.start))
                .unwrap_or_default();
            let line = before.lines().count().max(1);
            ConfigError::new(format!("{origin}, line {line}: {}", error.message()))
        })?;
        for (section, values) in table {
            let Value::Table(values) = values else {
                return Err(ConfigError::new(format!(
                    "{origin}: \"{section}\" must stand in a [section]"
                )));
            };
            for (name, value) in values {
                self.set(&section, &name, value, origin)?;
            }
        }
        Ok(())
    }

    fn override_by(&mut self, path: &str, text: &str, variable: &str) -> Result<(), ConfigError> {
        let lower = path.to_lowercase();
        let (section, name) = lower
            .split_once("__")
            .ok_or_else(|| ConfigError::new(format!("{variable}: write {PREFIX}SECTION__NAME")))?;
        let present = self
            .values
            .get(section)
            .and_then(|section| section.get(name));
        // The text itself may be a secret that was given to the wrong variable.
        let wrong =
            |present: &Value| ConfigError::new(format!("{variable} must be {}", wanted(present)));
        let value = match present {
            Some(number @ Value::Integer(_)) => {
                Value::Integer(text.parse().map_err(|_| wrong(number))?)
            }
            Some(choice @ Value::Boolean(_)) => {
                Value::Boolean(text.parse().map_err(|_| wrong(choice))?)
            }
            Some(Value::Array(_)) => Value::Array(
                text.split(',')
                    .map(str::trim)
                    .filter(|item| !item.is_empty())
                    .map(|item| Value::String(item.to_owned()))
                    .collect(),
            ),
            _ => Value::String(text.to_owned()),
        };
        self.set(section, name, value, variable)
    }

    fn set(
        &mut self,
        section: &str,
        name: &str,
        value: Value,
        origin: &str,
    ) -> Result<(), ConfigError> {
        let present = self
            .values
            .get(section)
            .and_then(|section| section.get(name));
        match present {
            None if origin != BUILT_IN => {
                return Err(ConfigError::new(format!(
                    "{origin}: there is no setting \"{name}\" in [{section}]; see `koogallery config default`"
                )));
            }
            Some(present) if !present.same_type(&value) => {
                return Err(ConfigError::new(format!(
                    "{origin}: {section}.{name} must be {}",
                    wanted(present)
                )));
            }
            _ => {}
        }
        let entry = self
            .values
            .entry(section.to_owned())
            .or_insert_with(|| Value::Table(Table::new()));
        if let Value::Table(values) = entry {
            values.insert(name.to_owned(), value);
        }
        self.origins
            .insert(format!("{section}.{name}"), origin.to_owned());
        Ok(())
    }

    /// Each setting with value and origin; secrets are masked.
    #[must_use]
    pub fn show(&self) -> String {
        let mut lines = String::new();
        for (path, origin) in &self.origins {
            let (section, name) = path.split_once('.').unwrap_or(("", path));
            let value = self
                .values
                .get(section)
                .and_then(|section| section.get(name));
            let shown = match value {
                Some(Value::String(text))
                    if SECRETS.contains(&path.as_str()) && !text.is_empty() =>
                {
                    "***".to_owned()
                }
                Some(value) => value.to_string(),
                None => String::new(),
            };
            lines.push_str(&format!("{path} = {shown}    ({origin})\n"));
        }
        lines
    }

    /// The checked settings.
    ///
    /// # Errors
    /// A sentence about the first setting that can't be used.
    pub fn config(&self) -> Result<Config, ConfigError> {
        let config: Config = Value::Table(self.values.clone())
            .try_into()
            .map_err(|error| {
                ConfigError::new(format!("the configuration can't be used: {error}"))
            })?;
        config.check()?;
        Ok(config)
    }
}

/// For a sentence: what a setting takes.
fn wanted(present: &Value) -> &'static str {
    match present {
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Array(_) => "a list of texts, such as [\"a\", \"b\"]",
        _ => "a text in quotation marks",
    }
}
