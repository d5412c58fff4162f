//! What follows a business fact. One function names for each fact who hears of
//! it; a new fact doesn't compile before somebody decides.

use std::collections::BTreeMap;

use accounts::organisation::Role;
use db::Tx;
use db::task::{self, NewTask};
use kernel::id::{OrganisationId, UserId};
use kernel::prelude::*;
use kernel::who::Side;
use ordering::order_line::OrderLine;
use supervision::service_flow::ServiceFlow;
use support::notice::{self, Kind, NewNotice};

use crate::tasks::mail::MailPayload;

/// Something that happened and that people must hear of.
#[derive(Debug)]
pub(crate) enum Fact<'a> {
    OrderPaid(&'a OrderLine),
    OrderExpired(&'a OrderLine),
    InstanceOpened(&'a OrderLine),
    OpeningFailed(&'a OrderLine),
    RequestSubmitted(&'a OrderLine, &'a ServiceFlow),
    RequestAccepted(&'a OrderLine, &'a ServiceFlow),
    RequestRejected(&'a OrderLine, &'a ServiceFlow, &'a str),
    ServiceDelivered(&'a OrderLine, &'a ServiceFlow),
    DeliveryRejected(&'a OrderLine, &'a ServiceFlow, &'a str),
    ServiceAccepted(&'a OrderLine, &'a ServiceFlow),
    Reminded(&'a OrderLine, &'a ServiceFlow, Side),
    LineCompleted(&'a OrderLine),
    TopUpBooked {
        buyer: OrganisationId,
        amount: Money,
        reference: &'a str,
    },
    CallsFailed {
        seller: OrganisationId,
        count: i64,
    },
    FeedbackReplied {
        author: UserId,
        page: &'a str,
    },
}

/// Who hears of a fact.
enum Audience {
    Buyer(OrganisationId),
    Seller(OrganisationId),
    Person(UserId),
}

/// Members that get a message at most.
const MOST_RECIPIENTS: u32 = 20;

struct Message<'a> {
    audience: Audience,
    kind: Kind,
    link: String,
    args: Vec<(&'static str, &'a str)>,
}

/// Writes the notices of a fact and enqueues its mails, in its transaction.
pub(crate) fn announce(tx: &Tx<'_>, fact: &Fact<'_>, now: Timestamp) -> Result<(), Fail> {
    match fact {
        Fact::OrderPaid(line) => {
            send(tx, &to_buyer(line, Kind::Paid, order_link(line)), now)?;
            send(
                tx,
                &to_seller(line, Kind::Paid, seller_order_link(line)),
                now,
            )
        }
        Fact::OrderExpired(line) => send(
            tx,
            &to_buyer(line, Kind::OrderExpired, order_link(line)),
            now,
        ),
        Fact::InstanceOpened(line) => {
            let link = if line.terms().supervised {
                "/my/supervision"
            } else {
                "/my/apps"
            };
            send(tx, &to_buyer(line, Kind::Opened, link.to_owned()), now)?;
            send(
                tx,
                &to_seller(line, Kind::Opened, seller_order_link(line)),
                now,
            )
        }
        Fact::OpeningFailed(line) => {
            let amount = line.terms().gross.to_string();
            send(
                tx,
                &to_buyer(line, Kind::OpeningFailed, order_link(line)).with("amount", &amount),
                now,
            )?;
            send(
                tx,
                &to_seller(line, Kind::OpeningFailed, seller_order_link(line))
                    .with("amount", &amount),
                now,
            )
        }
        Fact::RequestSubmitted(line, flow) => send(
            tx,
            &to_seller(line, Kind::RequestSubmitted, seller_flow_link(flow)),
            now,
        ),
        Fact::RequestAccepted(line, flow) => send(
            tx,
            &to_buyer(line, Kind::RequestAccepted, flow_link(flow)),
            now,
        ),
        Fact::RequestRejected(line, flow, reason) => send(
            tx,
            &to_buyer(line, Kind::RequestRejected, flow_link(flow)).with("reason", reason),
            now,
        ),
        Fact::ServiceDelivered(line, flow) => {
            send(tx, &to_buyer(line, Kind::Delivered, flow_link(flow)), now)
        }
        Fact::DeliveryRejected(line, flow, reason) => send(
            tx,
            &to_seller(line, Kind::DeliveryRejected, seller_flow_link(flow)).with("reason", reason),
            now,
        ),
        Fact::ServiceAccepted(line, flow) => send(
            tx,
            &to_seller(line, Kind::Accepted, seller_flow_link(flow)),
            now,
        ),
        Fact::Reminded(line, flow, Side::Buyer) => {
            send(tx, &to_buyer(line, Kind::Reminder, flow_link(flow)), now)
        }
        Fact::Reminded(line, flow, _) => send(
            tx,
            &to_seller(line, Kind::Reminder, seller_flow_link(flow)),
            now,
        ),
        Fact::LineCompleted(line) => {
            send(tx, &to_buyer(line, Kind::Completed, order_link(line)), now)?;
            send(
                tx,
                &to_seller(line, Kind::Completed, seller_order_link(line)),
                now,
            )
        }
        Fact::TopUpBooked {
            buyer,
            amount,
            reference,
        } => {
            let amount = amount.to_string();
            let message = Message {
                audience: Audience::Buyer(*buyer),
                kind: Kind::TopUpBooked,
                link: "/billing".to_owned(),
                args: vec![("amount", &amount), ("reference", reference)],
            };
            send(tx, &message, now)
        }
        Fact::CallsFailed { seller, count } => {
            let count = count.to_string();
            let message = Message {
                audience: Audience::Seller(*seller),
                kind: Kind::CallsFailed,
                link: "/seller/interface-messages?status=failed".to_owned(),
                args: vec![("count", &count)],
            };
            send(tx, &message, now)
        }
        Fact::FeedbackReplied { author, page } => {
            let message = Message {
                audience: Audience::Person(*author),
                kind: Kind::FeedbackReplied,
                link: "/my/feedback".to_owned(),
                args: vec![("page", page)],
            };
            send(tx, &message, now)
        }
    }
}

impl<'a> Message<'a> {
    fn with(mut self, name: &'static str, value: &'a str) -> Self {
        self.args.push((name, value));
        self
    }
}

fn about(line: &OrderLine) -> Vec<(&'static str, &str)> {
    vec![
        ("product", line.frozen().product_name.as_str()),
        ("order", line.order_number()),
    ]
}

fn to_buyer<'a>(line: &'a OrderLine, kind: Kind, link: String) -> Message<'a> {
    Message {
        audience: Audience::Buyer(line.buyer()),
        kind,
        link,
        args: about(line),
    }
}

fn to_seller<'a>(line: &'a OrderLine, kind: Kind, link: String) -> Message<'a> {
    Message {
        audience: Audience::Seller(line.terms().seller),
        kind,
        link,
        args: about(line),
    }
}

fn order_link(line: &OrderLine) -> String {
    format!("/billing/orders/{}", line.order())
}
fn seller_order_link(line: &OrderLine) -> String {
    format!("/seller/orders/{}", line.order())
}
fn flow_link(flow: &ServiceFlow) -> String {
    format!("/my/supervision/{}", flow.id())
}
fn seller_flow_link(flow: &ServiceFlow) -> String {
    format!("/seller/supervision/{}", flow.id())
}

fn send(tx: &Tx<'_>, message: &Message<'_>, now: Timestamp) -> Result<(), Fail> {
    let (side, recipients) = match message.audience {
        Audience::Buyer(buyer) => {
            let roles = [Role::BuyerOwner, Role::BuyerPurchaser];
            (
                Side::Buyer,
                accounts::organisation::members_in_roles(tx, buyer, roles, MOST_RECIPIENTS)?,
            )
        }
        Audience::Seller(seller) => {
            let roles = [Role::SellerOwner, Role::SellerDelivery];
            (
                Side::Seller,
                accounts::organisation::members_in_roles(tx, seller, roles, MOST_RECIPIENTS)?,
            )
        }
        Audience::Person(user) => (Side::Buyer, vec![user]),
    };
    for user in recipients {
        let args: BTreeMap<String, String> = message
            .args
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let notice = NewNotice {
            user_id: user,
            side,
            kind: message.kind,
            args: args.clone(),
            link: message.link.clone(),
        };
        let id = notice::store::insert(tx, &notice, now)?;
        let payload = MailPayload {
            user,
            kind: message.kind.name().to_owned(),
            args,
            link: message.link.clone(),
            message_id: id.to_string(),
        };
        let payload = payload.stored()?;
        let task = NewTask {
            kind: crate::tasks::mail::KIND,
            realm: Realm::Live,
            lane: "mail",
            payload: &payload,
            due_at: now,
            unique_key: None,
        };
        task::enqueue(tx, &task, now)?;
    }
    Ok(())
}
