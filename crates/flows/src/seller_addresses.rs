//! `Application Tools > Interface Addresses` (access guide 1.5): where a
//! seller's server is called. The seller adds, an operator verifies.

use accounts::actor::{OperatorActor, SellerActor};
use accounts::interface_address::{
    self, BaseUrl, BodySign, InterfaceAddress, InterfaceAddressId, Transport,
};
use accounts::organisation::Right;
use db::audit;
use kernel::id::OrganisationId;
use kernel::prelude::*;

use crate::App;

/// Characters of an operator's reason.
const MAX_WHY: usize = 500;

impl App {
    /// The seller's addresses, newest first.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn interface_addresses(
        &self,
        seller: &SellerActor,
    ) -> Result<Vec<InterfaceAddress>, Fail> {
        seller.require(Right::SellerRead)?;
        let organisation = seller.organisation();
        self.db
            .read(move |tx| interface_address::list_for_seller(tx, organisation))
            .await
    }

    /// A seller's addresses, for the operator who verifies them.
    ///
    /// # Errors
    /// Forbidden; the database's.
    pub async fn interface_addresses_of(
        &self,
        operator: &OperatorActor,
        seller: OrganisationId,
    ) -> Result<Vec<InterfaceAddress>, Fail> {
        operator.require(Right::OperatorRead)?;
        self.db
            .read(move |tx| interface_address::list_for_seller(tx, seller))
            .await
    }

    /// Adds an address. Nothing is sent to it before an operator verified it.
    ///
    /// # Errors
    /// Forbidden; trouble at `base_url`.
    pub async fn add_interface_address(
        &self,
        seller: &SellerActor,
        base_url: &str,
        body_sign: BodySign,
    ) -> Result<InterfaceAddressId, Fail> {
        seller.require(Right::ManageInterfaces)?;
        let base_url = self.callable(base_url)?;
        let (seller, now) = (seller.clone(), self.now());
        self.step(move |tx| {
            let organisation = seller.organisation();
            let address = InterfaceAddress::new(organisation, base_url.clone(), body_sign, now);
            interface_address::insert(tx, &address)?;
            audit::record(
                tx,
                &crate::app_audit(&seller, "addInterfaceAddress", address.id().as_str(), now),
            )?;
            Ok(address.id())
        })
        .await
    }

    /// What is asked of the signature of the server's answers.
    ///
    /// # Errors
    /// Forbidden; not found; changed meanwhile.
    pub async fn set_body_sign(
        &self,
        seller: &SellerActor,
        id: InterfaceAddressId,
        body_sign: BodySign,
    ) -> Result<(), Fail> {
        seller.require(Right::ManageInterfaces)?;
        let (seller, now) = (seller.clone(), self.now());
        self.step(move |tx| {
            let mut address = interface_address::find_for_seller(tx, seller.organisation(), id)?;
            interface_address::save_body_sign(tx, &mut address, body_sign)?;
            let mut entry = crate::app_audit(&seller, "setBodySign", id.as_str(), now);
            entry.detail = body_sign.name();
            audit::record(tx, &entry)
        })
        .await
    }

    /// An operator knows that an address is the seller's, and says why.
    ///
    /// # Errors
    /// Forbidden; trouble at `why`; not found; verified already.
    pub async fn verify_address(
        &self,
        operator: &OperatorActor,
        id: InterfaceAddressId,
        why: &str,
    ) -> Result<(), Fail> {
        operator.require(Right::ManageAccounts)?;
        let mut fields = Fields::new();
        let why = fields.required("why", why, MAX_WHY);
        fields.check()?;
        let (operator, now) = (operator.clone(), self.now());
        self.step(move |tx| {
            let mut address = interface_address::find_any(tx, id)?;
            let who = operator.who();
            interface_address::verified_by_operator(tx, &mut address, who, &why, now)?;
            audit::record(
                tx,
                &crate::app_audit(&operator, "verifyInterfaceAddress", id.as_str(), now),
            )
        })
        .await
    }

    /// An address that has the form of one and that the guard would let us
    /// call: which networks may be called without encryption is its setting.
    fn callable(&self, text: &str) -> Result<BaseUrl, Fail> {
        let base_url = BaseUrl::parse(text, Transport::HttpToo)?;
        self.sellers
            .check_address(base_url.as_str())
            .map_err(|refused| {
                let refused = refused.fail();
                Fail::fields(vec![FieldError {
                    field: "base_url".to_owned(),
                    code: refused.code(),
                    args: refused.args().to_vec(),
                }])
            })?;
        Ok(base_url)
    }
}
