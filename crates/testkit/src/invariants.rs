//! What must hold in every world, however it came to be (rulings, "Money" and
//! "Contracts and growth").

use std::collections::BTreeMap;

use billing::ledger;
use db::ReadTx;
use kernel::Fail;
use sample_seller::InstanceStatus;

use crate::TestApp;
use crate::store::{self, Line, Unit};

/// States in which a row may stand without any history.
const FIRST_STATES: [(&str, &[&str]); 8] = [
    // An order that ends another one is accepted at once.
    ("order_line", &["PENDING_PAYMENT", "PAID"]),
    ("instance", &["PROVISIONING"]),
    ("service_flow", &["WAIT_REQUEST"]),
    ("interface_message", &["CALLING"]),
    ("interface_address", &["UNVERIFIED"]),
    ("product", &["DRAFT"]),
    ("top_up", &["AWAITING_SECOND", "BOOKED"]),
    ("feedback", &["SUBMITTED"]),
];

impl TestApp {
    /// Sentences about everything that is not as it must be.
    pub async fn broken(&self) -> Vec<String> {
        self.db.read(look).await.expect("the world can be read")
    }

    /// Ids that are open at the seller and that no line of the market stands for.
    pub async fn orphans(&self) -> Vec<String> {
        let units = self.db.read(store::units).await.unwrap();
        let known: Vec<String> = units
            .into_iter()
            .filter(|unit| unit.state == "NORMAL")
            .filter_map(|unit| unit.external_ref)
            .collect();
        let open = self.seller.instances().into_iter();
        open.filter(|(id, status)| *status == InstanceStatus::Normal && !known.contains(id))
            .map(|(id, _)| id)
            .collect()
    }

    /// Tasks that were given up.
    pub async fn dead_tasks(&self) -> i64 {
        self.db.read(store::dead_tasks).await.unwrap()
    }
}

fn look(tx: &ReadTx<'_>) -> Result<Vec<String>, Fail> {
    let mut broken = Vec::new();
    for (currency, sum) in ledger::sums(tx)? {
        if sum != 0 {
            broken.push(format!("the ledger sums to {sum} in {}", currency.code()));
        }
    }
    for (account, balance, sum) in store::balances(tx)? {
        if balance < 0 || balance != sum {
            broken.push(format!(
                "{account} stands at {balance} and its postings sum to {sum}"
            ));
        }
    }
    for standing in store::standings(tx)? {
        let first = FIRST_STATES
            .iter()
            .find(|(machine, _)| *machine == standing.machine);
        let fits = match &standing.last {
            Some(last) => *last == standing.state,
            None => first.is_some_and(|(_, states)| states.contains(&standing.state.as_str())),
        };
        if !fits {
            let last = standing.last.as_deref().unwrap_or("nothing");
            broken.push(format!(
                "{} {} is {}, its history says {last}",
                standing.machine, standing.id, standing.state
            ));
        }
    }
    for kind in store::kinds(tx)? {
        if !flows::tasks::has_handler(&kind) {
            broken.push(format!("nobody handles tasks of the kind {kind}"));
        }
    }
    let mut units: BTreeMap<String, Vec<Unit>> = BTreeMap::new();
    for unit in store::units(tx)? {
        units.entry(unit.line.clone()).or_default().push(unit);
    }
    for line in store::lines(tx)? {
        let units = units.remove(&line.id).unwrap_or_default();
        look_at_money(&line, &mut broken);
        look_at_delivery(&line, &units, &mut broken);
    }
    Ok(broken)
}

/// Paid = recognised + refunded + escrow, each at most once.
fn look_at_money(line: &Line, broken: &mut Vec<String>) {
    let (paid, escrow, completions, refunds) = match line.state.as_str() {
        "PENDING_PAYMENT" | "CANCELLED" => (0, 0, 0, 0),
        "PAID" => (line.gross, line.gross, 0, 0),
        "COMPLETED" => (line.gross, 0, 1, 0),
        "REFUNDED" => (line.gross, 0, 0, 1),
        other => return broken.push(format!("{} stands in the unknown state {other}", line.id)),
    };
    let found = (line.paid, line.escrow, line.completions, line.refunds);
    if found != (paid, escrow, completions, refunds) {
        broken.push(format!(
            "{} of {} is {}: paid {}, escrow {}, completions {}, refunds {}",
            line.id, line.gross, line.state, line.paid, line.escrow, line.completions, line.refunds
        ));
    }
}

/// Each paid line is where somebody or something takes it further, or ended.
fn look_at_delivery(line: &Line, units: &[Unit], broken: &mut Vec<String>) {
    let states: Vec<&str> = units.iter().map(|unit| unit.state.as_str()).collect();
    let opened = !units.is_empty() && states.iter().all(|state| *state == "NORMAL");
    let opening = units
        .iter()
        .all(|unit| unit.state != "PROVISIONING" || unit.opening_tasks == 1);
    let given_up = !units.is_empty()
        && states
            .iter()
            .all(|state| matches!(*state, "FAILED" | "RELEASED"));
    let flow = line.flow.as_deref();
    let flow_open = flow.is_some_and(|state| state.starts_with("WAIT_"));
    let accepted = flow == Some("COMPLETED");
    let fits = match (line.state.as_str(), line.supervised) {
        ("PENDING_PAYMENT" | "CANCELLED", _) => units.is_empty() && flow.is_none(),
        // The flow waits for somebody, and what isn't open yet is being opened.
        ("PAID", true) if flow_open => opening && !given_up,
        ("PAID", true) => accepted && opened && line.completing == 1,
        ("PAID", false) => states == ["PROVISIONING"] && opening && flow.is_none(),
        ("COMPLETED", true) => opened && accepted,
        ("COMPLETED", false) => opened && flow.is_none(),
        ("REFUNDED", true) => given_up && flow == Some("CLOSED_UNSUBSCRIBED"),
        ("REFUNDED", false) => given_up && flow.is_none(),
        _ => false,
    };
    if !fits {
        let tasks: Vec<String> = units
            .iter()
            .map(|unit| format!("{} {} tasks {}", unit.id, unit.state, unit.opening_tasks))
            .collect();
        broken.push(format!(
            "{} (supervised: {}) is {}, its flow {flow:?}, its instances [{}], completing {}",
            line.id,
            line.supervised,
            line.state,
            tasks.join(", "),
            line.completing
        ));
    }
}
