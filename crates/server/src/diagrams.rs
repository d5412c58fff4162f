//! The tables of all state machines as pictures: a Markdown page per machine,
//! drawn by Mermaid. `cargo xtask diagrams` compares them with `docs/states/`.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use kernel::names::Named;
use kernel::state::Machine;

use crate::error::CommandError;

/// Writes a file per machine.
///
/// # Errors
/// A sentence when a file can't be written.
pub(crate) fn write_all(folder: &Path, out: &mut dyn Write) -> Result<(), CommandError> {
    let failed =
        |error| CommandError::because(format!("{} can't be written", folder.display()), error);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let pages = pages();
    for (name, page) in &pages {
        std::fs::write(folder.join(format!("{name}.md")), page).map_err(failed)?;
    }
    writeln!(out, "{} diagrams are in {}", pages.len(), folder.display())?;
    Ok(())
}

fn pages() -> Vec<(&'static str, String)> {
    vec![
        page::<accounts::interface_address::AddressMachine>(),
        page::<catalog::product::ProductMachine>(),
        page::<ordering::order_line::LineMachine>(),
        page::<delivery::instance::InstanceMachine>(),
        page::<delivery::message::MessageMachine>(),
        page::<supervision::service_flow::ServiceFlowMachine>(),
        page::<billing::top_up::TopUpMachine>(),
        page::<support::feedback::FeedbackMachine>(),
    ]
}

fn page<M: Machine>() -> (&'static str, String) {
    let mut text = format!(
        "# {}\n\nWritten by `cargo xtask diagrams` from the program's own table.\n\n```mermaid\nstateDiagram-v2\n",
        M::NAME
    );
    for state in M::State::ALL {
        for event in M::Event::ALL {
            if let Some(next) = M::next(*state, *event) {
                // Writing to a text can't fail.
                let _ = writeln!(
                    text,
                    "    {} --> {}: {}",
                    state.name(),
                    next.name(),
                    event.name()
                );
            }
        }
    }
    text.push_str("```\n");
    (M::NAME, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_machine_has_a_page_of_its_own_with_every_step() {
        let pages = pages();
        let names: std::collections::BTreeSet<_> = pages.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), pages.len());
        let (_, line) = pages
            .iter()
            .find(|(name, _)| *name == "order_line")
            .unwrap();
        assert!(line.contains("PENDING_PAYMENT --> PAID: pay"), "{line}");
    }
}
