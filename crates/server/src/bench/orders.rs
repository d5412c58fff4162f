//! Orders, each counted when its instance is open: confirmation page, order,
//! payment through the pages, opening by signed calls at the sample seller.

use std::io;

use kernel::Stopwatch;

use super::client::{Client, Load, Reply, number};
use super::process::{Demo, cpu_seconds};
use super::{BenchOptions, Report, timed};
use crate::error::CommandError;

/// Seconds that the last openings may take after the last payment.
const PATIENCE_S: u64 = 60;

pub(super) async fn measure(
    options: &BenchOptions,
    demo: &Demo,
    bare_commits_per_second: f64,
    report: &mut Report<'_>,
) -> Result<(), CommandError> {
    let failed = |error: io::Error| CommandError::because("orders couldn't be measured", error);
    report.title("Orders, counted when the instance is open")?;
    let cookie = sign_in(demo).await.map_err(failed)?;
    let checkout = cheapest_checkout(demo, &cookie).await.map_err(failed)?;
    let opened_before = demo.metric("orders_opened_total").await.map_err(failed)?;
    let commits_before = demo.metric("db_batch_jobs_count").await.map_err(failed)?;
    let closures_before = demo.metric("db_batch_jobs_sum").await.map_err(failed)?;
    let calls_before = demo
        .metric("seller_call_seconds_count")
        .await
        .map_err(failed)?;
    let (server_before, own_before) = (demo.cpu_seconds(), cpu_seconds(std::process::id()));

    let work = async {
        let load = place(options, demo, &cookie, &checkout).await?;
        wait_until_opened(demo, opened_before + number(load.requests)).await?;
        Ok::<_, io::Error>(load)
    };
    let (load, seconds) = timed(work).await;
    let mut load = load.map_err(failed)?;
    load.seconds = seconds;

    let orders = demo.metric("orders_opened_total").await.map_err(failed)? - opened_before;
    let commits = demo.metric("db_batch_jobs_count").await.map_err(failed)? - commits_before;
    let closures = demo.metric("db_batch_jobs_sum").await.map_err(failed)? - closures_before;
    let calls = demo
        .metric("seller_call_seconds_count")
        .await
        .map_err(failed)?
        - calls_before;
    let per_order = |total: f64| if orders > 0.0 { total / orders } else { 0.0 };
    report.rate("orders opened", "orders", &load)?;
    report.line(
        "per order",
        &format!(
            "{:.1} transactions in {:.1} commits, {:.1} calls to the seller",
            per_order(closures),
            per_order(commits),
            per_order(calls)
        ),
    )?;
    let share = 100.0 * load.per_second() * per_order(closures) / bare_commits_per_second.max(1.0);
    report.line(
        "orders/s x transactions per order",
        &format!("{share:.0} % of the bare grouped commits"),
    )?;
    let cores = 100.0 / seconds.max(0.001);
    report.line(
        "CPU",
        &format!(
            "server and sample seller {:.0} %, load generator {:.0} % of one core",
            (demo.cpu_seconds() - server_before) * cores,
            (cpu_seconds(std::process::id()) - own_before) * cores
        ),
    )
}

async fn sign_in(demo: &Demo) -> io::Result<String> {
    let mut client = Client::connect(&demo.address, &demo.host, "").await?;
    let (email, password) = &demo.buyer;
    let form = format!(
        "email={}&password={}",
        email.replace('@', "%40"),
        encoded(password)
    );
    let reply = client.post("/sign-in", &form).await?;
    if reply.cookie.is_empty() {
        return Err(io::Error::other(format!(
            "signing in answered {}",
            reply.status
        )));
    }
    Ok(reply.cookie)
}

/// The checkout address of a product that needs no further input.
async fn cheapest_checkout(demo: &Demo, cookie: &str) -> io::Result<String> {
    let mut client = Client::connect(&demo.address, &demo.host, cookie).await?;
    let list = text(client.get("/search?sort=price&supervised=false").await?);
    for part in list.split("href=\"/products/").skip(1) {
        let slug = part.split('"').next().unwrap_or_default();
        let page = text(client.get(&format!("/products/{slug}")).await?);
        let address = format!("/checkout?{}", filled_in(&page, "formaction=\"/checkout\""));
        let checkout = client.get(&address).await?;
        let good = checkout.status == 200;
        let body = text(checkout);
        let confirms = body.contains("name=\"digest\"");
        let needs_input =
            body.contains("name=\"extension.") || body.contains("name=\"contact_consent\"");
        if good && confirms && !needs_input && !slug.starts_with("scenario") {
            return Ok(address);
        }
    }
    Err(io::Error::other(
        "no product of the first page can be ordered as it is",
    ))
}

fn text(reply: Reply) -> String {
    String::from_utf8_lossy(&reply.body).into_owned()
}

async fn place(
    options: &BenchOptions,
    demo: &Demo,
    cookie: &str,
    checkout: &str,
) -> io::Result<Load> {
    let watch = Stopwatch::start();
    let mut running = Vec::new();
    for _ in 0..options.clients {
        let (address, host, cookie, checkout) = (
            demo.address.clone(),
            demo.host.clone(),
            cookie.to_owned(),
            checkout.to_owned(),
        );
        let seconds = options.seconds;
        running.push(tokio::spawn(async move {
            let mut client = Client::connect(&address, &host, &cookie).await?;
            let mut load = Load::default();
            while watch.elapsed().as_secs() < seconds {
                let one = Stopwatch::start();
                let paid = buy(&mut client, &checkout).await?;
                load.note(one, paid);
            }
            Ok::<_, io::Error>(load)
        }));
    }
    let mut load = Load::default();
    for one in running {
        load.join(one.await.map_err(io::Error::other)??);
    }
    Ok(load)
}

/// One purchase, as a browser makes it.
async fn buy(client: &mut Client, checkout: &str) -> io::Result<bool> {
    let page = text(client.get(checkout).await?);
    let placed = client
        .post("/checkout", &filled_in(&page, "name=\"digest\""))
        .await?;
    if placed.status != 303 {
        return Ok(false);
    }
    let pay = text(client.get(&placed.location).await?);
    let paid = client
        .post(
            &placed.location,
            &filled_in(&pay, "name=\"idempotency_key\""),
        )
        .await?;
    Ok(paid.status == 303)
}

/// The page's form that holds `mark`, as it stands, with all boxes ticked.
fn filled_in(page: &str, mark: &str) -> String {
    let forms = page
        .split("<form")
        .filter_map(|form| form.split("</form>").next());
    let page = forms
        .into_iter()
        .find(|form| form.contains(mark))
        .unwrap_or_default();
    let mut pairs = Vec::new();
    for input in page.split("<input").skip(1) {
        let tag = input.split('>').next().unwrap_or_default();
        let (kind, Some(name)) = (
            attribute(tag, "type").unwrap_or("text"),
            attribute(tag, "name"),
        ) else {
            continue;
        };
        let sent = match kind {
            "hidden" => !matches!(name, "back" | "theme" | "lang"),
            "checkbox" | "number" => true,
            "radio" => tag.contains(" checked"),
            _ => false,
        };
        if sent {
            pairs.push((name, attribute(tag, "value").unwrap_or("true")));
        }
    }
    for select in page.split("<select").skip(1) {
        let body = select.split("</select>").next().unwrap_or_default();
        let chosen = body
            .split("<option")
            .skip(1)
            .find(|option| {
                option
                    .split('>')
                    .next()
                    .is_some_and(|tag| tag.contains(" selected"))
            })
            .or_else(|| body.split("<option").nth(1));
        if let (Some(name), Some(option)) = (attribute(body, "name"), chosen) {
            pairs.push((name, attribute(option, "value").unwrap_or_default()));
        }
    }
    let pair = |(name, value): (&str, &str)| {
        let value = value
            .replace("&amp;", "&")
            .replace("&#34;", "\"")
            .replace("&#38;", "&");
        format!("{}={}", encoded(name), encoded(&value))
    };
    pairs.into_iter().map(pair).collect::<Vec<_>>().join("&")
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split(&format!(" {name}=\""))
        .nth(1)
        .and_then(|rest| rest.split('"').next())
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

async fn wait_until_opened(demo: &Demo, wanted: f64) -> io::Result<()> {
    let watch = Stopwatch::start();
    while demo.metric("orders_opened_total").await? < wanted {
        if watch.elapsed().as_secs() > PATIENCE_S {
            return Err(io::Error::other("not every paid order was opened in time"));
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Ok(())
}
