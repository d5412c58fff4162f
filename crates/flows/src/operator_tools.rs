//! What operators look after beside accounts and money: failed tasks, the
//! audit trail, and the written mails of a demo.

use accounts::actor::OperatorActor;
use accounts::organisation::Right;
use db::audit;
use db::task::{self, TaskId};
use gateway::mail::{FolderMailer, MailSummary, StoredMail};
use kernel::page::{Page, PageRequest};
use kernel::prelude::*;
use views::audit_list::{self, AuditRow};
use views::task_list::{self, TaskPage};

use crate::App;

/// Written mails on a page.
pub const WRITTEN_MAILS: usize = 50;

impl App {
    /// Tasks that gave up, with the number of those that work.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn failed_tasks(
        &self,
        operator: &OperatorActor,
        request: PageRequest,
    ) -> Result<TaskPage, Fail> {
        operator.require(Right::OperatorRead)?;
        self.db.read(move |tx| task_list::load(tx, &request)).await
    }

    /// Brings a task that gave up back to life.
    ///
    /// # Errors
    /// Forbidden; not found when it isn't one that gave up.
    pub async fn revive_task(&self, operator: &OperatorActor, id: TaskId) -> Result<(), Fail> {
        operator.require(Right::ManageTasks)?;
        let (operator, now) = (operator.clone(), self.now());
        self.step(move |tx| {
            task::revive(tx, id, now)?;
            audit::record(
                tx,
                &crate::app_audit(&operator, "reviveTask", id.as_str(), now),
            )
        })
        .await
    }

    /// The audit trail, newest first.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn audit_trail(
        &self,
        operator: &OperatorActor,
        filter: audit_list::Filter,
        request: PageRequest,
    ) -> Result<Page<AuditRow>, Fail> {
        operator.require(Right::ReadAudit)?;
        self.db
            .read(move |tx| audit_list::load(tx, &filter, &request))
            .await
    }

    /// The mails that a demo wrote, the latest first; with `before`, those
    /// older than the mail of that name.
    ///
    /// # Errors
    /// Forbidden; not found when this site isn't a demo.
    pub async fn written_mails(
        &self,
        operator: &OperatorActor,
        before: Option<&str>,
    ) -> Result<Vec<MailSummary>, Fail> {
        let folder = self.readable_mails(operator)?;
        folder.list(WRITTEN_MAILS, before).await.map_err(Fail::bug)
    }

    /// One written mail of a demo. It may hold a link that signs somebody in,
    /// so reading it is audited.
    ///
    /// # Errors
    /// Forbidden; not found.
    pub async fn written_mail(
        &self,
        operator: &OperatorActor,
        name: &str,
    ) -> Result<StoredMail, Fail> {
        let folder = self.readable_mails(operator)?;
        let mail = folder.read(name).await.map_err(Fail::bug)?;
        let mail = mail.ok_or_else(Fail::not_found)?;
        let (operator, now) = (operator.clone(), self.now());
        let name = mail.summary.name.clone();
        self.step(move |tx| {
            audit::record(
                tx,
                &crate::app_audit(&operator, "readWrittenMail", &name, now),
            )
        })
        .await?;
        Ok(mail)
    }

    fn readable_mails(&self, operator: &OperatorActor) -> Result<&FolderMailer, Fail> {
        operator.require(Right::OperatorRead)?;
        match &self.written_mails {
            Some(folder) if self.site.demo => Ok(folder),
            Some(_) | None => Err(Fail::not_found()),
        }
    }
}
