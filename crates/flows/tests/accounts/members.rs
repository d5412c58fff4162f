//! Members of an organisation, and the operator's staff.

use accounts::actor::OPERATOR_NEEDS_TOTP;
use accounts::one_time_link::LINK_NOT_VALID;
use accounts::organisation::{ALREADY_MEMBER, LAST_OWNER, Role};
use accounts::user::Language;
use flows::{INVITATION_NOT_YOURS, Manager, SignInOutcome};
use kernel::fail::{FORBIDDEN, NOT_FOUND};
use kernel::page::PageRequest;

use crate::house::{BROWSER, House, field, manager, newcomer, token_in};

#[tokio::test]
async fn an_invitation_lets_in_its_address_alone() {
    let house = House::new().await;
    let owner = house.buyer("owner@x.example").await;
    let guest = house.buyer("guest@x.example").await;
    let stranger = house.buyer("stranger@x.example").await;
    let by = manager(&owner);
    let invite = |role| {
        house
            .app
            .invite_member(&by, "Guest@x.example", role, Language::En)
    };
    assert_eq!(field(&invite("seller_owner").await.unwrap_err()).0, "role");
    invite("buyer_viewer").await.unwrap();
    let earlier = house.link("guest@x.example", "/invitations").await;
    invite("buyer_purchaser").await.unwrap();
    let token = house.link("guest@x.example", "/invitations").await;
    assert!(house.app.invitation(&earlier).await.is_err());
    assert!(house.app.invitation(&token).await.unwrap().has_account);
    let fail = house.app.accept_invitation(&stranger, &token).await;
    assert!(fail.unwrap_err().is(INVITATION_NOT_YOURS));
    house.app.accept_invitation(&guest, &token).await.unwrap();
    assert!(invite("buyer_viewer").await.unwrap_err().is(ALREADY_MEMBER));
    let both = house.signed("guest@x.example").await;
    let roles = both.memberships().iter().map(|seat| seat.role());
    assert_eq!(
        roles.filter(|role| *role == Role::BuyerPurchaser).count(),
        1
    );
}

#[tokio::test]
async fn an_invitation_makes_an_account_for_whoever_has_none() {
    let house = House::new().await;
    let owner = house.buyer("owner@x.example").await;
    let by = manager(&owner);
    *house.post.refusals.lock().unwrap() = 1;
    let language = Language::Zh;
    let invited = house
        .app
        .invite_member(&by, "new@x.example", "buyer_viewer", language);
    invited.await.unwrap();
    assert!(house.mails_to("new@x.example").await.is_empty());
    house.bed.clock.advance_seconds(60);
    let token = house.link("new@x.example", "/invitations").await;
    let list = house
        .app
        .members(&by, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(list.invitations.len(), 1);
    let form = newcomer();
    let joined = house
        .app
        .accept_invitation_as_newcomer(&token, &form, &BROWSER);
    assert!(matches!(joined.await, Ok(SignInOutcome::Signed(_))));
    let buyer = house.signed("new@x.example").await.buyer().unwrap();
    assert_eq!(buyer.organisation(), owner.buyer().unwrap().organisation());
    assert!(Manager::try_from(&buyer).unwrap_err().is(FORBIDDEN));
}

#[tokio::test]
async fn a_withdrawn_invitation_is_neither_mailed_nor_accepted() {
    let house = House::new().await;
    let by = manager(&house.buyer("owner@x.example").await);
    let strangers = manager(&house.buyer("stranger@x.example").await);
    let mut token = None;
    for email in ["mailed@x.example", "early@x.example"] {
        let invited = house
            .app
            .invite_member(&by, email, "buyer_viewer", Language::En);
        invited.await.unwrap();
        if token.is_none() {
            token = Some(house.link(email, "/invitations").await);
        }
        let list = house
            .app
            .members(&by, PageRequest::default())
            .await
            .unwrap();
        let name = list.invitations[0].token_hash();
        let fail = house.app.withdraw_invitation(&strangers, name).await;
        assert!(fail.unwrap_err().is(NOT_FOUND));
        house.app.withdraw_invitation(&by, name).await.unwrap();
    }
    let opened = house.app.invitation(&token.unwrap()).await;
    assert!(opened.unwrap_err().is(LINK_NOT_VALID));
    assert!(house.mails_to("early@x.example").await.is_empty());
}

#[tokio::test]
async fn the_last_owner_stays_and_strangers_change_nobody() {
    let house = House::new().await;
    let owner = house.buyer("owner@x.example").await;
    let stranger = house.buyer("stranger@x.example").await;
    let (by, strangers) = (manager(&owner), manager(&stranger));
    let fail = house
        .app
        .remove_member(&by, owner.user())
        .await
        .unwrap_err();
    assert!(fail.is(LAST_OWNER));
    let down = house
        .app
        .change_member_role(&by, owner.user(), "buyer_viewer");
    assert!(down.await.unwrap_err().is(LAST_OWNER));
    let theirs = house.app.remove_member(&strangers, owner.user()).await;
    assert!(theirs.unwrap_err().is(NOT_FOUND));
    let up = house
        .app
        .change_member_role(&strangers, owner.user(), "buyer_owner");
    assert!(up.await.unwrap_err().is(NOT_FOUND));
    house
        .app
        .rename_organisation(&by, "Another Name")
        .await
        .unwrap();
    let names = house.signed("owner@x.example").await;
    assert_eq!(names.memberships()[0].name(), "Another Name");
}

#[tokio::test]
async fn an_operator_needs_two_step_verification_except_in_a_demo() {
    let house = House::new().await;
    let signed = house.operator("admin@x.example").await;
    assert!(signed.operator().unwrap_err().is(OPERATOR_NEEDS_TOTP));
    house.enrol(&signed).await;
    let demo = House::with(true).await;
    let signed = demo.operator("admin@x.example").await;
    let operator = signed.operator().unwrap();
    assert_eq!(operator.role(), Role::OperatorAdministrator);
    let second = demo.operator("second@x.example").await;
    let theirs = second.operator().unwrap().organisation();
    assert_eq!(theirs, operator.organisation());
}

#[tokio::test]
async fn an_operators_link_works_once_and_brings_a_known_account_in() {
    let house = House::with(true).await;
    let before = house.buyer("a@x.example").await;
    let link = house.app.create_operator("a@x.example").await.unwrap();
    let token = token_in(link.reveal(), "/operator-invitation");
    let (app, form) = (&house.app, newcomer());
    let joined = app.accept_operator_link(&token, &form, &BROWSER).await;
    assert!(matches!(joined, Ok(SignInOutcome::Signed(_))));
    let again = app.accept_operator_link(&token, &form, &BROWSER).await;
    assert!(again.unwrap_err().is(LINK_NOT_VALID));
    assert!(!house.lives(&before).await);
    let signed = house.signed("a@x.example").await;
    assert_eq!(signed.memberships().len(), 2);
    assert_eq!(signed.name(), "Some Buyer");
}

#[tokio::test]
async fn an_operator_helps_somebody_who_lost_the_device() {
    let house = House::with(true).await;
    let operator = house.operator("admin@x.example").await.operator().unwrap();
    let locked_out = house.buyer("a@x.example").await;
    house.enrol(&locked_out).await;
    let user = locked_out.user();
    house.app.take_two_step_away(&operator, user).await.unwrap();
    assert!(!house.lives(&locked_out).await);
    house.signed("a@x.example").await;
    let ended = house.app.end_all_sessions_of(&operator, user).await;
    assert_eq!(ended.unwrap(), 1);
}
