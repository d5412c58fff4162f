use kernel::id::FileId;
use kernel::policy::Supervision;
use kernel::who::Side;
use kernel::{Fail, Timestamp, fail, field::Fields};

use crate::service_flow::Event;
use crate::upload::TOO_MANY_FILES;

kernel::id!(/// A record of a service flow.
    RecordId, "rec");

kernel::names! {
    /// What was done.
    pub enum Action {
        /// The line was paid and the flow opened.
        Opened = "opened",
        /// The buyer submitted a request.
        RequestSubmitted = "request_submitted",
        /// The seller accepted the request.
        RequestAccepted = "request_accepted",
        /// The seller rejected the request.
        RequestRejected = "request_rejected",
        /// The seller delivered.
        Delivered = "delivered",
        /// The buyer accepted the delivery.
        Accepted = "accepted",
        /// The buyer rejected the delivery.
        DeliveryRejected = "delivery_rejected",
        /// One side reminded the other.
        Reminded = "reminded",
        /// The line was unsubscribed and refunded.
        Unsubscribed = "unsubscribed",
        /// The operator ended the flow.
        ClosedByOperator = "closed_by_operator",
    }
}

impl From<Event> for Action {
    fn from(event: Event) -> Self {
        match event {
            Event::RequestSubmitted => Self::RequestSubmitted,
            Event::RequestAccepted => Self::RequestAccepted,
            Event::RequestRejected => Self::RequestRejected,
            Event::Delivered => Self::Delivered,
            Event::Accepted => Self::Accepted,
            Event::DeliveryRejected => Self::DeliveryRejected,
            Event::Unsubscribed => Self::Unsubscribed,
            Event::ClosedByOperator => Self::ClosedByOperator,
        }
    }
}

kernel::names! {
    /// What a file is for; also the name of its field in a form.
    pub enum FileKind {
        /// The requirement that both agreed on.
        RequestDocument = "request_document",
        /// The acceptance criteria, filled in.
        DeliveryTemplate = "delivery_template",
        /// Statement of work.
        StatementOfWork = "statement_of_work",
        /// Acceptance document.
        AcceptanceDocument = "acceptance_document",
        /// Screenshots of licence period and deployment.
        Screenshot = "screenshot",
        /// Any other proof.
        Other = "other",
    }
}

impl FileKind {
    /// What a delivery can't go without (seller-business 1.4).
    pub const REQUIRED_WITH_DELIVERY: [Self; 2] = [Self::StatementOfWork, Self::AcceptanceDocument];
}

/// What somebody says with a step, and the files that go with it. The default
/// says nothing.
#[derive(Debug, Clone, Default)]
pub struct Statement {
    text: String,
    files: Vec<(FileId, FileKind)>,
}

impl Statement {
    /// Checks what came from a form. Whether a step wants a text is the step's.
    ///
    /// # Errors
    /// Text too long, at field `text`; too many files, at field `files`.
    pub fn parse(
        text: &str,
        files: Vec<(FileId, FileKind)>,
        rules: &Supervision,
    ) -> Result<Self, Fail> {
        let mut fields = Fields::new();
        let most = usize::try_from(rules.max_text).unwrap_or(usize::MAX);
        let text = fields.optional("text", text, most);
        if u32::try_from(files.len()).is_ok_and(|count| count > rules.max_files) {
            fields.reject_with("files", TOO_MANY_FILES, &[("max", &rules.max_files)]);
        }
        fields.check()?;
        Ok(Self { text, files })
    }

    /// What was said; empty when nothing was.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The files, in the order in which they were given.
    #[must_use]
    pub fn files(&self) -> &[(FileId, FileKind)] {
        &self.files
    }
    /// Whether a file of this kind is with it.
    #[must_use]
    pub fn has(&self, kind: FileKind) -> bool {
        self.files.iter().any(|(_, given)| *given == kind)
    }

    pub(crate) fn require_text(&self) -> Result<(), Fail> {
        if self.text.is_empty() {
            Err(Fail::field("text", fail::FIELD_REQUIRED))
        } else {
            Ok(())
        }
    }
}

/// A file of a record, with what its row says about it.
#[derive(Debug, Clone)]
pub struct HandedOver {
    /// The file.
    pub file: FileId,
    /// What it is for.
    pub kind: FileKind,
    /// Its name, safe to show and to save.
    pub name: String,
    /// Its size in bytes.
    pub size_bytes: i64,
}

/// A record.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// Its place in the flow, from 1.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// The side that acted.
    pub side: Side,
    /// The person, when it was one.
    pub user: Option<kernel::id::UserId>,
    /// What was done.
    pub action: Action,
    /// What was said; empty when nothing was.
    pub text: String,
    /// What was handed over.
    pub files: Vec<HandedOver>,
}
