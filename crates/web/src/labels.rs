//! States as people read them: the same word, colour and icon on every page.

use delivery::instance::State as InstanceState;
use kernel::term::Period;
use kernel::who::Side;
use ordering::order::OrderType;
use ordering::status::OrderStatus;
use supervision::service_flow::{State as FlowState, waits_for};
use texts::{Arg, Lang};

use crate::ui::{Icon, StateLabel, Tone};

/// Status of an order.
pub(crate) fn order_status(lang: Lang, status: OrderStatus) -> StateLabel {
    let word = order_status_name(lang, status);
    match status {
        OrderStatus::PendingPayment => StateLabel::new(Tone::Warning, word).icon(Icon::Clock),
        OrderStatus::Processing | OrderStatus::Refunding => {
            StateLabel::new(Tone::Info, word).icon(Icon::Progress)
        }
        OrderStatus::Completed => StateLabel::new(Tone::Success, word),
        OrderStatus::Canceled => StateLabel::new(Tone::Neutral, word),
    }
}

/// The word for an order's status.
pub(crate) fn order_status_name(lang: Lang, status: OrderStatus) -> &'static str {
    lang.get(&format!("order-status-{}", status.name()))
}

/// The word for an order's type.
pub(crate) fn order_type(lang: Lang, order_type: OrderType) -> &'static str {
    lang.get(&format!("order-type-{}", order_type.name()))
}

/// State of what the seller opened.
pub(crate) fn instance_state(lang: Lang, state: InstanceState) -> StateLabel {
    let word = lang.get(&format!("instance-state-{}", state.name()));
    match state {
        InstanceState::Provisioning => StateLabel::new(Tone::Info, word).icon(Icon::Progress),
        InstanceState::Normal => StateLabel::new(Tone::Success, word),
        InstanceState::Grace => StateLabel::new(Tone::Warning, word).icon(Icon::Clock),
        InstanceState::Frozen => StateLabel::new(Tone::Danger, word).icon(Icon::Lock),
        InstanceState::Released => StateLabel::new(Tone::Neutral, word),
        InstanceState::Failed => StateLabel::new(Tone::Danger, word),
    }
}

/// State of a supervised delivery, in the colour of "your turn" when it waits
/// for the reader's own side.
pub(crate) fn flow_state(lang: Lang, state: FlowState, reader: Side) -> StateLabel {
    let word = flow_state_name(lang, state);
    match waits_for(state) {
        Some(side) if side == reader => StateLabel::new(Tone::Warning, word).icon(Icon::Clock),
        Some(_) => StateLabel::new(Tone::Info, word).icon(Icon::Progress),
        None if state == FlowState::Completed => StateLabel::new(Tone::Success, word),
        None => StateLabel::new(Tone::Neutral, word),
    }
}

/// The words for a state of a supervised delivery.
pub(crate) fn flow_state_name(lang: Lang, state: FlowState) -> &'static str {
    lang.get(&format!("flow-state-{}", state.name()))
}

/// Who acted, by the stored name of the side.
pub(crate) fn side(lang: Lang, name: &str) -> &'static str {
    lang.get(&format!("side-{name}"))
}

/// A required duration.
pub(crate) fn period(lang: Lang, period: Period) -> String {
    lang.format(
        &format!("period-{}", period.unit),
        &[("count", Arg::Number(period.count.into()))],
    )
}

#[cfg(test)]
mod tests {
    use kernel::names::Named;
    use kernel::term::PeriodType;

    use super::*;

    /// Text keys are put together from stored names, so that a missing one
    /// would only be seen on the page.
    #[test]
    fn every_state_has_its_words_in_each_language() {
        let mut keys: Vec<String> = Vec::new();
        keys.extend(OrderStatus::ALL.iter().map(|x| format!("order-status-{x}")));
        keys.extend(OrderType::ALL.iter().map(|x| format!("order-type-{x}")));
        keys.extend(
            InstanceState::ALL
                .iter()
                .map(|x| format!("instance-state-{x}")),
        );
        keys.extend(FlowState::ALL.iter().map(|x| format!("flow-state-{x}")));
        keys.extend(Side::ALL.iter().map(|x| format!("side-{x}")));
        for lang in [Lang::En, Lang::Zh] {
            for key in &keys {
                assert!(lang.find(key).is_some(), "{lang}: {key}");
            }
            for unit in PeriodType::ALL {
                let words = period(
                    lang,
                    Period {
                        unit: *unit,
                        count: 3,
                    },
                );
                assert!(!words.contains('\u{2026}'), "{lang}: {unit}");
            }
        }
    }

    #[test]
    fn the_colour_says_whose_turn_it_is() {
        let own = flow_state(Lang::En, FlowState::WaitRequest, Side::Buyer);
        let other = flow_state(Lang::En, FlowState::WaitRequest, Side::Seller);
        assert_ne!(own, other);
    }
}
