//! Form fields: label, help, example, what was typed, and the server's complaint beside it.

use askama::Template;

use super::Icon;

/// One possibility of a select, a group of radio buttons or of checkboxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    note: Option<String>,
}

impl Choice {
    /// `value` is sent, `label` is read.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            note: None,
        }
    }

    /// A second line under the label (radio buttons and checkboxes only).
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Control {
    Input(&'static str),
    Area { rows: u8 },
    Select,
    Checkbox,
    Choices { input: &'static str },
    File { accept: String, several: bool },
}

/// A form field. `{{ field }}` shows label, control, help, example and error, tied together for screen readers.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/field.html")]
pub struct Field {
    name: String,
    id: String,
    label: String,
    control: Control,
    values: Vec<String>,
    choices: Vec<Choice>,
    help: Option<String>,
    example: Option<String>,
    error: Option<String>,
    required: bool,
    disabled: bool,
    short: bool,
    checked: bool,
    /// further attributes of the control, by name
    attributes: Vec<(&'static str, String)>,
}

impl Field {
    fn new(name: impl Into<String>, label: impl Into<String>, control: Control) -> Self {
        let name = name.into();
        Self {
            id: control_id(&name),
            name,
            label: label.into(),
            control,
            values: Vec::new(),
            choices: Vec::new(),
            help: None,
            example: None,
            error: None,
            required: false,
            disabled: false,
            short: false,
            checked: false,
            attributes: Vec::new(),
        }
    }

    /// One line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Input("text"))
    }

    /// An e-mail address.
    pub fn email(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Input("email")).autocomplete("email")
    }

    /// A telephone number.
    pub fn phone(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Input("tel")).autocomplete("tel")
    }

    /// A web address.
    pub fn url(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Input("url"))
    }

    /// A day.
    pub fn date(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Input("date")).short()
    }

    /// A day with a time of day, in the site's zone.
    pub fn local_time(name: impl Into<String>, label: impl Into<String>) -> Self {
        let mut field = Self::new(name, label, Control::Input("datetime-local")).short();
        field.attributes.push(("step", "60".to_owned()));
        field
    }

    /// A whole number; the server checks the limits again.
    pub fn number(
        name: impl Into<String>,
        label: impl Into<String>,
        least: i64,
        most: Option<i64>,
        step: i64,
    ) -> Self {
        let mut field = Self::new(name, label, Control::Input("number")).short();
        field.attributes.push(("min", least.to_string()));
        if let Some(most) = most {
            field.attributes.push(("max", most.to_string()));
        }
        field.attributes.push(("step", step.to_string()));
        field.attributes.push(("inputmode", "numeric".to_owned()));
        field
    }

    /// A password. What was typed never comes back into the page.
    /// `purpose` is `current-password` or `new-password`.
    pub fn password(
        name: impl Into<String>,
        label: impl Into<String>,
        purpose: &'static str,
    ) -> Self {
        Self::new(name, label, Control::Input("password")).autocomplete(purpose)
    }

    /// Several lines of text.
    pub fn area(name: impl Into<String>, label: impl Into<String>, rows: u8) -> Self {
        Self::new(name, label, Control::Area { rows })
    }

    /// One of many, folded up.
    pub fn select(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        let mut field = Self::new(name, label, Control::Select);
        field.choices = choices;
        field
    }

    /// One of a few, all in sight.
    pub fn radio(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        let mut field = Self::new(name, label, Control::Choices { input: "radio" });
        field.choices = choices;
        field
    }

    /// Any of a few, all in sight.
    pub fn checkboxes(
        name: impl Into<String>,
        label: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        let mut field = Self::new(name, label, Control::Choices { input: "checkbox" });
        field.choices = choices;
        field
    }

    /// Yes or no; sends `value` (`true` unless given) when ticked.
    pub fn checkbox(name: impl Into<String>, label: impl Into<String>, checked: bool) -> Self {
        let mut field = Self::new(name, label, Control::Checkbox);
        field.checked = checked;
        field
    }

    /// A file, or several. `accept` lists what is welcome (`.pdf,.png`); the server looks at the content.
    /// The form needs `enctype="multipart/form-data"`, as `ui::upload_form` has.
    pub fn file(
        name: impl Into<String>,
        label: impl Into<String>,
        accept: impl Into<String>,
        several: bool,
    ) -> Self {
        let accept = accept.into();
        Self::new(name, label, Control::File { accept, several })
    }

    /// What was typed before, or stands there already; ignored by passwords and files.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.values.push(value.into());
        self
    }

    /// One sentence under the field.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// An example with its introducing word, under the help.
    #[must_use]
    pub fn example(mut self, example: impl Into<String>) -> Self {
        self.example = Some(example.into());
        self
    }

    /// The server's complaint, if any: what is wrong and what to do.
    #[must_use]
    pub fn error(mut self, error: Option<impl Into<String>>) -> Self {
        self.error = error.map(Into::into);
        self
    }

    /// Must be filled in; marked with a star.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Can't be changed now.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    /// As wide as a number or a date.
    #[must_use]
    pub fn short(mut self) -> Self {
        self.short = true;
        self
    }

    /// The most characters that the browser lets one type.
    #[must_use]
    pub fn longest(mut self, characters: usize) -> Self {
        self.attributes.push(("maxlength", characters.to_string()));
        self
    }

    /// What the browser may fill in, by the standard's token.
    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.attributes.retain(|(name, _)| *name != "autocomplete");
        self.attributes.push(("autocomplete", token.to_owned()));
        self
    }

    fn single(&self) -> &str {
        match self.control {
            Control::Input("password") | Control::File { .. } => "",
            _ => self.values.first().map_or("", String::as_str),
        }
    }

    fn chosen(&self, choice: &Choice) -> bool {
        self.values.contains(&choice.value)
    }

    fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if self.error.is_some() {
            ids.push(format!("{}-error", self.id));
        }
        if self.help.is_some() {
            ids.push(format!("{}-help", self.id));
        }
        if self.example.is_some() {
            ids.push(format!("{}-example", self.id));
        }
        ids.join(" ")
    }
}

/// The id of the control of the field called `name`; errors link to it.
fn control_id(name: &str) -> String {
    format!("field-{name}")
}

/// The summary over a form: what is wrong, each line a link to its field.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/error_summary.html")]
pub struct ErrorSummary {
    title: String,
    lines: Vec<(String, String)>,
}

impl ErrorSummary {
    /// `title` says that nothing was saved and why; add the lines with [`ErrorSummary::line`].
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            lines: Vec::new(),
        }
    }

    /// The summary of all complaints of `fields`, or none when nobody complains.
    pub fn of<'a>(
        title: impl Into<String>,
        fields: impl IntoIterator<Item = &'a Field>,
    ) -> Option<Self> {
        let summary = fields
            .into_iter()
            .filter_map(|field| field.error.as_ref().map(|error| (field, error)))
            .fold(Self::new(title), |summary, (field, error)| {
                summary.line(&field.name, format!("{}: {error}", field.label))
            });
        (!summary.lines.is_empty()).then_some(summary)
    }

    /// One complaint about the field called `name`.
    #[must_use]
    pub fn line(mut self, name: &str, text: impl Into<String>) -> Self {
        self.lines.push((control_id(name), text.into()));
        self
    }
}

component!(Field, ErrorSummary);

#[cfg(test)]
mod tests {
    use super::{Choice, ErrorSummary, Field};

    #[test]
    fn a_complaint_is_tied_to_its_control() {
        let page = Field::text("company", "Company")
            .error(Some("Say who you are."))
            .help("As registered.")
            .to_string();
        assert!(page.contains(r#"aria-invalid="true""#), "{page}");
        assert!(
            page.contains(r#"aria-describedby="field-company-error field-company-help""#),
            "{page}"
        );
        assert!(page.contains(r#"id="field-company-error""#), "{page}");
    }

    #[test]
    fn a_password_never_comes_back_into_the_page() {
        let page = Field::password("password", "Password", "current-password")
            .value("s3cret")
            .to_string();
        assert!(!page.contains("s3cret"), "{page}");
    }

    #[test]
    fn what_was_typed_stays_and_is_escaped() {
        let page = Field::area("text", "Text", 3)
            .value("</textarea><b>")
            .to_string();
        assert!(!page.contains("</textarea><b>"), "{page}");
        let page = Field::select(
            "term",
            "Term",
            vec![Choice::new("1", "a"), Choice::new("2", "b")],
        )
        .value("2")
        .to_string();
        assert!(page.contains(r#"<option value="2" selected>b"#), "{page}");
    }

    #[test]
    fn a_form_without_complaints_has_no_summary() {
        assert!(ErrorSummary::of("Nothing was saved", [&Field::text("a", "A")]).is_none());
        let field = Field::text("a", "A").error(Some("Too long"));
        let page = ErrorSummary::of("Nothing was saved", [&field])
            .map(|it| it.to_string())
            .unwrap_or_default();
        assert!(page.contains("href=\"#field-a\""), "{page}");
    }
}
