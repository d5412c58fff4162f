//! How far a supervised delivery is: its steps, and what everybody did (B-60).

use kernel::prelude::*;
use kernel::who::Side;
use supervision::record::{Action, Record};
use supervision::service_flow::State;
use texts::Lang;

use super::moment_text;
use crate::page;
use crate::ui::{Link, Step, StepState, Steps, Timeline, TimelineEntry, Tone};

/// The steps after the payment: key of the name, who acts.
const STEPS: [(&str, Side); 4] = [
    ("buyer-step-request", Side::Buyer),
    ("buyer-step-confirm", Side::Seller),
    ("buyer-step-deliver", Side::Seller),
    ("buyer-step-accept", Side::Buyer),
];

/// How many of the steps are done in a state; a closed flow stopped where its
/// records say.
fn done(state: State, records: &[Record]) -> usize {
    match state {
        State::WaitRequest => 0,
        State::WaitRequestConfirm => 1,
        State::WaitDelivery => 2,
        State::WaitAcceptance => 3,
        State::Completed => STEPS.len(),
        State::ClosedUnsubscribed | State::ClosedByOperator => records
            .iter()
            .rev()
            .find_map(|record| after(record.action))
            .unwrap_or(0),
    }
}

/// How many steps are done after an action; none for what moves nothing.
fn after(action: Action) -> Option<usize> {
    match action {
        Action::Opened | Action::RequestRejected => Some(0),
        Action::RequestSubmitted => Some(1),
        Action::RequestAccepted | Action::DeliveryRejected => Some(2),
        Action::Delivered => Some(3),
        Action::Accepted => Some(STEPS.len()),
        Action::Reminded | Action::Unsubscribed | Action::ClosedByOperator => None,
    }
}

/// The steps with who acts, and when what is behind us happened.
pub(crate) fn steps(
    lang: Lang,
    zone: &Zone,
    state: State,
    records: &[Record],
    order_completed: bool,
) -> Steps {
    let done = done(state, records);
    let closed = matches!(state, State::ClosedUnsubscribed | State::ClosedByOperator);
    let when = |count: usize| {
        let record = records
            .iter()
            .rev()
            .find(|record| after(record.action) == Some(count));
        record.map(|record| moment_text(lang, zone, record.at))
    };
    let paid = Step::new(lang.get("buyer-step-paid"), StepState::Done);
    let mut steps = vec![with_note(
        paid,
        records
            .first()
            .map(|record| moment_text(lang, zone, record.at)),
    )];
    for (index, (name, side)) in STEPS.iter().enumerate() {
        let state = standing(index, done, closed);
        let note = match state {
            StepState::Done => when(index + 1),
            StepState::Failed => Some(lang.get("buyer-step-ended").to_owned()),
            StepState::Current | StepState::Pending => {
                Some(crate::labels::side(lang, side.name()).to_owned())
            }
        };
        steps.push(with_note(Step::new(lang.get(name), state), note));
    }
    let last = match (done == STEPS.len(), order_completed) {
        (true, true) => StepState::Done,
        (true, false) => StepState::Current,
        (false, _) => StepState::Pending,
    };
    steps.push(Step::new(lang.get("buyer-step-completed"), last));
    Steps::new(lang, lang.get("buyer-steps"), steps)
}

/// How a step stands when so many are done.
fn standing(index: usize, done: usize, closed: bool) -> StepState {
    match index.cmp(&done) {
        std::cmp::Ordering::Less => StepState::Done,
        std::cmp::Ordering::Equal if closed => StepState::Failed,
        std::cmp::Ordering::Equal => StepState::Current,
        std::cmp::Ordering::Greater => StepState::Pending,
    }
}

fn with_note(step: Step, note: Option<String>) -> Step {
    match note {
        Some(note) => step.note(note),
        None => step,
    }
}

/// Names of the two sides, for the records.
pub(crate) struct Sides<'s> {
    pub(crate) buyer: &'s str,
    pub(crate) seller: &'s str,
}

/// The operation records, newest first, with links to their files, which stand under the address
/// `files`.
pub(crate) fn timeline(
    lang: Lang,
    zone: &Zone,
    records: &[Record],
    sides: &Sides<'_>,
    files: &str,
) -> Timeline {
    let entry = |record: &Record| {
        let who = match record.side {
            Side::Buyer => sides.buyer,
            Side::Seller | Side::SellerSystem => sides.seller,
            Side::Operator | Side::System => crate::labels::side(lang, record.side.name()),
        };
        let title = lang.get(&format!("flow-action-{}", record.action));
        let mut entry = TimelineEntry::new(
            tone(record.action),
            title,
            who,
            page::moment(lang, zone, record.at),
        );
        if !record.text.is_empty() {
            entry = entry.text(&record.text);
        }
        for file in &record.files {
            let label = format!(
                "{}: {}",
                lang.get(&format!("flow-file-{}", file.kind)),
                file.name
            );
            entry = entry.link(Link::new(label, format!("{files}/{}", file.file)));
        }
        entry
    };
    Timeline::new(records.iter().rev().map(entry).collect())
}

fn tone(action: Action) -> Tone {
    match action {
        Action::Opened | Action::RequestSubmitted | Action::Delivered => Tone::Info,
        Action::RequestAccepted | Action::Accepted => Tone::Success,
        Action::RequestRejected | Action::DeliveryRejected => Tone::Warning,
        Action::Reminded => Tone::Neutral,
        Action::Unsubscribed | Action::ClosedByOperator => Tone::Danger,
    }
}

#[cfg(test)]
mod tests {
    use supervision::record::RecordId;

    use super::*;

    fn records(actions: &[Action]) -> Vec<Record> {
        let record = |action: &Action| Record {
            id: RecordId::fresh(Timestamp::ZERO),
            number: 1,
            at: Timestamp::ZERO,
            side: Side::Buyer,
            user: None,
            action: *action,
            text: String::new(),
            files: Vec::new(),
        };
        actions.iter().map(record).collect()
    }

    #[test]
    fn a_rejected_delivery_goes_one_step_back() {
        assert_eq!(done(State::WaitDelivery, &[]), 2);
        assert_eq!(
            after(Action::DeliveryRejected),
            Some(done(State::WaitDelivery, &[]))
        );
        assert_eq!(
            after(Action::RequestRejected),
            Some(done(State::WaitRequest, &[]))
        );
    }

    #[test]
    fn a_flow_that_was_closed_stopped_where_its_records_say() {
        let told = records(&[
            Action::Opened,
            Action::RequestSubmitted,
            Action::Reminded,
            Action::Unsubscribed,
        ]);
        let stopped = done(State::ClosedUnsubscribed, &told);
        assert_eq!(stopped, 1);
        assert_eq!(standing(stopped, stopped, true), StepState::Failed);
    }
}
