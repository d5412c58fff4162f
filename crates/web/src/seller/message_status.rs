//! How far a call is, as people read it.

use delivery::message::Status;
use texts::Lang;

use crate::ui::{Icon, StateLabel, Tone};

/// The word for a status.
pub(crate) fn word(lang: Lang, status: Status) -> &'static str {
    lang.get(&format!("message-status-{}", status.name()))
}

/// The status with its colour.
pub(crate) fn label(lang: Lang, status: Status) -> StateLabel {
    let word = word(lang, status);
    match status {
        Status::Calling | Status::Polling => StateLabel::new(Tone::Info, word).icon(Icon::Progress),
        Status::Retrying => StateLabel::new(Tone::Warning, word).icon(Icon::Refresh),
        Status::Stopped => StateLabel::new(Tone::Danger, word).icon(Icon::Blocked),
        Status::Succeeded => StateLabel::new(Tone::Success, word),
        Status::OrderFailed => StateLabel::new(Tone::Danger, word),
    }
}
