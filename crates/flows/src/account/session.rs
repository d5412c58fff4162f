//! Sessions: who sends a request, and where else somebody is signed in.

use accounts::actor::{self, Caller, Signed};
use accounts::session::{self, Session};
use accounts::token::TokenHash;
use kernel::id::OrganisationId;
use kernel::prelude::*;

use super::common::Oneself;
use crate::App;

impl App {
    /// Finds out who sends a request; notes the use of the session at most once a
    /// minute. `address` is where the request comes from.
    ///
    /// # Errors
    /// The database's. A token that opens nothing gives [`Caller::Nobody`].
    pub async fn authenticate(
        &self,
        token: &Secret<String>,
        address: &str,
    ) -> Result<Caller, Fail> {
        let rules = self.account_rules().await?;
        let (hash, from, now) = (
            TokenHash::of(token.reveal()),
            address.to_owned(),
            self.now(),
        );
        let caller = self
            .db
            .read(move |tx| actor::authenticate(tx, &hash, &from, now, &rules))
            .await?;
        if let Caller::Signed(signed) = &caller
            && signed.session().wants_touch(now)
        {
            let session = signed.session().token_hash().clone();
            let touched = self.step(move |tx| session::touch(tx, &session, now)).await;
            // Whoever only reads can go on while nothing can be written.
            if let Err(fail) = touched {
                tracing::warn!(error = %fail, "the use of a session couldn't be noted");
            }
        }
        Ok(caller)
    }

    /// Signs out, also somebody whose code is still owed. A session that ended
    /// before is no error.
    ///
    /// # Errors
    /// The database's.
    pub async fn sign_out(&self, token: &Secret<String>, address: &str) -> Result<(), Fail> {
        let now = self.now();
        match self.authenticate(token, address).await? {
            Caller::Nobody => Ok(()),
            Caller::TotpPending(waiting) => {
                self.step(move |tx| {
                    gone_is_fine(session::end(tx, waiting.user(), waiting.session()))
                })
                .await
            }
            Caller::Signed(signed) => {
                let oneself = Oneself::from(&*signed);
                self.step(move |tx| {
                    gone_is_fine(session::end(tx, oneself.user, &oneself.session))?;
                    oneself.record(tx, "signOut", now)
                })
                .await
            }
        }
    }

    /// Ends all sessions of the person, this one included; how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn sign_out_everywhere(&self, signed: &Signed) -> Result<u64, Fail> {
        let (oneself, now) = (Oneself::from(signed), self.now());
        self.step(move |tx| {
            let ended = session::end_all(tx, oneself.user, None)?;
            oneself.record(tx, "signOutEverywhere", now)?;
            Ok(ended)
        })
        .await
    }

    /// The person's open sessions, last used first.
    ///
    /// # Errors
    /// The database's.
    pub async fn sessions(&self, signed: &Signed) -> Result<Vec<Session>, Fail> {
        let rules = self.account_rules().await?;
        let (user, now) = (signed.user(), self.now());
        self.db
            .read(move |tx| session::list(tx, user, &rules, now))
            .await
    }

    /// Ends one of the person's sessions.
    ///
    /// # Errors
    /// "Not found".
    pub async fn end_session(&self, signed: &Signed, session: &TokenHash) -> Result<(), Fail> {
        let (oneself, session, now) = (Oneself::from(signed), session.clone(), self.now());
        self.step(move |tx| {
            session::end(tx, oneself.user, &session)?;
            oneself.record(tx, "endSession", now)
        })
        .await
    }

    /// Chooses for which of several buyers or sellers the person acts in the
    /// session of a token.
    ///
    /// # Errors
    /// "Not found" when they are no member of it; nobody signed in.
    pub async fn choose_organisation(
        &self,
        token: &Secret<String>,
        address: &str,
        organisation: OrganisationId,
    ) -> Result<(), Fail> {
        let signed = self.authenticate(token, address).await?.signed()?;
        self.step(move |tx| actor::choose_organisation(tx, &signed, organisation))
            .await
    }
}

fn gone_is_fine(ended: Result<(), Fail>) -> Result<(), Fail> {
    match ended {
        Err(fail) if fail.is(kernel::fail::NOT_FOUND) => Ok(()),
        other => other,
    }
}
