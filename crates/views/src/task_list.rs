//! The operator's page of failed tasks and the figures above it.

use db::ReadTx;
use db::task::{self, Task};
use kernel::Fail;
use kernel::page::{Page, PageRequest};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct TaskPage {
    /// Tasks that gave up, newest first.
    pub dead: Page<Task>,
    /// Tasks that wait or run.
    pub live: i64,
}

/// Loads the page.
///
/// # Errors
/// The database's.
pub fn load(tx: &ReadTx<'_>, request: &PageRequest) -> Result<TaskPage, Fail> {
    let live = task::standing(tx)?
        .into_iter()
        .filter(|(state, _, _)| state == "live")
        .map(|(_, count, _)| count)
        .sum();
    Ok(TaskPage {
        dead: task::dead(tx, request)?,
        live,
    })
}
