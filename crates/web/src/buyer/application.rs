//! `Application Information`: how to get into what was bought. The same part
//! stands on the resource's page and, before the flow ends, on the supervision's
//! (B-43, B-45, B-47). It shows the last known values at once; a fragment that
//! is fetched afterwards asks the seller.

use accounts::actor::BuyerActor;
use accounts::organisation::Right;
use askama::Template;
use delivery::instance::{ShownInfo, State as InstanceState};
use flows::{CurrentPolicy, ResourceDetails};
use texts::{Arg, Lang};

use super::address;
use crate::page::{self, Answer};
use crate::ui::{Message, Moment, Secret, Tone};

/// What is known about the age of the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Nobody asked yet; the fragment will.
    Before,
    /// The seller told these values just now.
    Now,
    /// The seller told other values just now than the page shows.
    Otherwise,
    /// The seller was asked and didn't answer.
    NotNow,
}

/// How the part of the page keeps up with what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follows {
    /// Nothing more is coming.
    Nothing,
    /// It asks once, and the line with the time is replaced.
    Once,
    /// It asks again until the seller has opened the application: first part of
    /// a page.
    Opening,
    /// The same as the answer to such a question.
    StillOpening,
}

/// Seconds between looks while the seller opens the application.
const LOOK_AGAIN: u32 = 5;

/// Where the part is shown and by whom it is read.
pub(super) struct Reader<'r> {
    pub(super) lang: Lang,
    pub(super) policy: &'r CurrentPolicy,
    pub(super) buyer: &'r BuyerActor,
    /// The page around, to come back to.
    pub(super) back: &'r str,
}

/// The part.
#[derive(Template)]
#[template(path = "buyer/application.html")]
pub(super) struct Application {
    lang: Lang,
    follows: Follows,
    /// Where the fragment comes from.
    live: String,
    seconds: u32,
    notice: Option<Message>,
    info: Option<ShownInfo>,
    password: Option<Secret>,
    age: Age,
}

impl askama::filters::HtmlSafe for Application {}

/// The line that says how old the values are; replaced by the fragment.
#[derive(Template)]
#[template(path = "buyer/application_age.html")]
pub(super) struct Age {
    lang: Lang,
    told: Told,
    at: Option<Moment>,
    back: String,
}

impl askama::filters::HtmlSafe for Age {}

impl Application {
    /// As a part of a page.
    pub(super) fn new(reader: &Reader<'_>, details: &ResourceDetails, told: Told) -> Self {
        let id = details.instance.id();
        let state = details.instance.state();
        let part = if details.info.is_some() { "age" } else { "all" };
        let follows = match (state, told) {
            (InstanceState::Provisioning, _) => Follows::Opening,
            (_, Told::Before) if details.instance.is_usable() => Follows::Once,
            _ => Follows::Nothing,
        };
        let has_password = details.info.as_ref().is_some_and(|info| info.has_password);
        let may_see = reader.buyer.may(Right::RevealPassword);
        Self {
            lang: reader.lang,
            follows,
            live: address(
                &format!("/my/apps/{id}/live"),
                &[("part", part), ("back", reader.back)],
            ),
            seconds: LOOK_AGAIN,
            notice: notice(reader.lang, state, details.info.is_some()),
            info: details.info.clone(),
            password: (has_password && may_see).then(|| {
                Secret::new(reader.lang, format!("/my/apps/{id}/password"))
                    .hidden("back", reader.back)
            }),
            age: Age::new(reader, details, told),
        }
    }

    /// As the answer to a question of the page: the part without its frame.
    pub(super) fn answer(reader: &Reader<'_>, details: &ResourceDetails, told: Told) -> Answer {
        let mut part = Self::new(reader, details, told);
        if part.follows == Follows::Opening {
            part.follows = Follows::StillOpening;
        }
        page::show(part)
    }
}

impl Age {
    pub(super) fn new(reader: &Reader<'_>, details: &ResourceDetails, told: Told) -> Self {
        Self {
            lang: reader.lang,
            told,
            at: details
                .instance
                .info_at()
                .map(|at| page::moment(reader.lang, &reader.policy.zone, at)),
            back: reader.back.to_owned(),
        }
    }

    /// The sentence around the time, cut where the time stands.
    fn words(&self) -> (String, String) {
        let key = match self.told {
            Told::Before => "buyer-app-age-before",
            Told::Now | Told::Otherwise => "buyer-app-age-now",
            Told::NotNow => "buyer-app-age-not-now",
        };
        let sentence = self.lang.format(key, &[("time", Arg::Text("\u{1}"))]);
        match sentence.split_once('\u{1}') {
            Some((before, after)) => (before.to_owned(), after.to_owned()),
            None => (sentence, String::new()),
        }
    }
}

/// What has to be said about the state beside the values.
fn notice(lang: Lang, state: InstanceState, has_values: bool) -> Option<Message> {
    let (tone, title, line) = match state {
        InstanceState::Provisioning => (Tone::Info, "buyer-app-opening", "buyer-app-opening-why"),
        InstanceState::Normal if has_values => return None,
        InstanceState::Normal => (Tone::Info, "buyer-app-no-values", "buyer-app-no-values-why"),
        InstanceState::Grace => (Tone::Warning, "buyer-app-expired", "buyer-app-expired-why"),
        InstanceState::Frozen => (Tone::Danger, "buyer-app-frozen", "buyer-app-frozen-why"),
        InstanceState::Released => (
            Tone::Warning,
            "buyer-app-released",
            "buyer-app-released-why",
        ),
        InstanceState::Failed => (Tone::Danger, "buyer-app-failed", "buyer-app-failed-why"),
    };
    Some(Message::new(tone, lang.get(title)).line(lang.get(line)))
}
