//! The form of `Deliver Service`: the result in words, since when the service
//! is enabled, and the proof (seller-business 1.4).

use flows::CurrentPolicy;
use kernel::id::ServiceFlowId;
use kernel::prelude::*;
use supervision::record::FileKind;
use texts::{Arg, Lang};

use super::supervision_list;
use crate::page;
use crate::ui::{Button, ErrorSummary, Field};

/// Fields for files, in the order in which they are asked for.
const PAPERS: [FileKind; 5] = [
    FileKind::DeliveryTemplate,
    FileKind::StatementOfWork,
    FileKind::AcceptanceDocument,
    FileKind::Screenshot,
    FileKind::Other,
];

/// What was typed into it.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) text: String,
    pub(super) enabled_at: String,
}

/// The form.
pub(super) struct DeliveryForm {
    pub(super) action: String,
    pub(super) summary: Option<ErrorSummary>,
    pub(super) fields: Vec<Field>,
    pub(super) files_help: String,
    pub(super) submit: Button,
}

impl DeliveryForm {
    pub(super) fn new(
        lang: Lang,
        policy: &CurrentPolicy,
        flow: ServiceFlowId,
        typed: &Typed,
        fail: Option<&Fail>,
    ) -> Self {
        let rules = &policy.supervision;
        let enabled = Field::local_time("enabled_at", lang.get("seller-enabled-at"))
            .value(&typed.enabled_at)
            .help(lang.format(
                "seller-enabled-at-help",
                &[("zone", Arg::Text(&policy.site.zone))],
            ));
        let text = Field::area("text", lang.get("seller-result"), 6)
            .value(&typed.text)
            .help(lang.get("seller-result-help"))
            .longest(usize::try_from(rules.max_text).unwrap_or(usize::MAX))
            .required();
        let endings: Vec<String> = rules
            .file_types
            .iter()
            .map(|ending| format!(".{ending}"))
            .collect();
        let paper = |kind: FileKind| {
            let field = Field::file(
                kind.name(),
                lang.get(&format!("flow-file-{kind}")),
                endings.join(","),
                true,
            );
            let field = page::with_complaint(field, lang, fail, kind.name());
            if FileKind::REQUIRED_WITH_DELIVERY.contains(&kind) {
                field.required()
            } else {
                field
            }
        };
        let mut fields = vec![
            page::with_complaint(text, lang, fail, "text"),
            page::with_complaint(enabled, lang, fail, "enabled_at"),
        ];
        fields.extend(PAPERS.map(paper));
        let summary = ErrorSummary::of(lang.get("seller-delivery-refused"), &fields);
        // Too many files are no single field's fault; the last field stands for all.
        let too_many = page::complaint(lang, fail, "files");
        let summary = match (summary, too_many) {
            (summary, None) => summary,
            (summary, Some(text)) => {
                let summary = summary
                    .unwrap_or_else(|| ErrorSummary::new(lang.get("seller-delivery-refused")));
                Some(summary.line(FileKind::Other.name(), text))
            }
        };
        Self {
            action: format!("{}/{flow}/deliver", supervision_list::PATH),
            summary,
            fields,
            files_help: files_help(lang, policy),
            submit: Button::submit(lang.get("seller-deliver-service")),
        }
    }
}

/// Which files are taken.
fn files_help(lang: Lang, policy: &CurrentPolicy) -> String {
    let rules = &policy.supervision;
    lang.format(
        "seller-files-help",
        &[
            ("count", Arg::Number(rules.max_files.into())),
            (
                "megabytes",
                Arg::Number((rules.max_file_bytes / (1024 * 1024)).into()),
            ),
            ("types", Arg::Text(&rules.file_types.join(", "))),
        ],
    )
}
