//! `Restart Debugging`: a seller or an operator has a failed call repeated now
//! (access guide 1.9). The request is built and signed anew.

use accounts::actor::{OperatorActor, SellerActor};
use accounts::organisation::Right;
use db::{Tx, audit, task};
use delivery::message::{self, Message, MessageId};
use kernel::prelude::*;

use crate::App;

kernel::codes! {
    /// The message is being called, has succeeded, or its order has failed.
    Conflict CANNOT_RESTART = "message-cannot-restart";
}

impl App {
    /// Repeats a seller's own message.
    ///
    /// # Errors
    /// Not found; [`CANNOT_RESTART`].
    pub async fn restart_message(&self, seller: &SellerActor, id: MessageId) -> Result<(), Fail> {
        seller.require(Right::RestartCalls)?;
        let (seller, now) = (seller.clone(), self.now());
        self.step(move |tx| {
            let message = message::store::find_for_seller(tx, seller.organisation(), id)?;
            restart(tx, &message, now)?;
            audit::record(
                tx,
                &crate::app_audit(&seller, "restartMessage", id.as_str(), now),
            )
        })
        .await
    }

    /// Repeats any message.
    ///
    /// # Errors
    /// As [`App::restart_message`].
    pub async fn restart_any_message(
        &self,
        operator: &OperatorActor,
        id: MessageId,
    ) -> Result<(), Fail> {
        operator.require(Right::ManageTasks)?;
        let (operator, now) = (operator.clone(), self.now());
        self.step(move |tx| {
            let message = message::store::find_any(tx, id)?;
            restart(tx, &message, now)?;
            audit::record(
                tx,
                &crate::app_audit(&operator, "restartMessage", id.as_str(), now),
            )
        })
        .await
    }
}

/// The task of a message has the message's effect key; made due, it finds the
/// message still waiting and calls again.
fn restart(tx: &Tx<'_>, message: &Message, now: Timestamp) -> Result<(), Fail> {
    if !message.can_restart() || !task::hurry(tx, &message.about().effect_key, now)? {
        return Err(Fail::new(CANNOT_RESTART));
    }
    Ok(())
}
