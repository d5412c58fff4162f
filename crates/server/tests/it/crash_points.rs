//! The whole life of an order, killed at every commit, send and receive.

use accounts::actor::{BuyerActor, SellerActor};
use dbtest::Engine;
use ordering::order_line::LineState;
use testkit::{Goods, TestApp, faults};

/// Who plays: the form's key makes the order the same in each life.
struct Cast {
    buyer: BuyerActor,
    seller: SellerActor,
    goods: Goods,
}

async fn cast(app: &TestApp, goods: Goods) -> Cast {
    let goods = app.sells(goods).await;
    Cast {
        buyer: app.buyer_with_balance("100.00").await,
        seller: app.seller_owner().await,
        goods,
    }
}

async fn completed(app: &TestApp, cast: &Cast) {
    let order = app
        .try_order(&cast.buyer, cast.goods, "the order")
        .await
        .unwrap();
    assert_eq!(app.line_state(order).await, LineState::Completed);
    assert_eq!(app.balance(&cast.buyer).await, "USD 70.00");
    assert_eq!(app.seller.instances().len(), 1);
}

async fn unsupervised(engine: Engine) {
    faults::every_point(
        engine,
        async |app| cast(app, Goods::plain()).await,
        async |app, cast| {
            let order = app.try_order(&cast.buyer, cast.goods, "the order").await?;
            app.pay_from_balance(&cast.buyer, order).await?;
            app.try_drain().await
        },
        completed,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_survives_being_killed_at_any_point() {
    unsupervised(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_survives_being_killed_at_any_point_on_postgres() {
    unsupervised(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_supervised_order_survives_being_killed_at_any_point() {
    faults::every_point(
        Engine::Sqlite,
        async |app| cast(app, Goods::supervised()).await,
        async |app, cast| {
            let order = app.try_order(&cast.buyer, cast.goods, "the order").await?;
            app.pay_from_balance(&cast.buyer, order).await?;
            app.try_drain().await?;
            app.supervise(&cast.buyer, &cast.seller, order).await?;
            app.try_drain().await
        },
        completed,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_opening_survives_being_killed_at_any_point() {
    faults::every_point(
        Engine::Sqlite,
        async |app| cast(app, Goods::plain().at("slow", "/produce/slow")).await,
        async |app, cast| {
            let order = app.try_order(&cast.buyer, cast.goods, "the order").await?;
            app.pay_from_balance(&cast.buyer, order).await?;
            for _ in 0..5 {
                app.try_drain().await?;
                app.clock.advance_seconds(60);
            }
            app.try_drain().await
        },
        completed,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_opening_is_refunded_wherever_it_is_killed() {
    faults::every_point(
        Engine::Sqlite,
        async |app| {
            app.seller.script_always(
                seller_wire::request::Activity::NewInstance,
                sample_seller::Step::Pending(100_000),
            );
            cast(app, Goods::plain()).await
        },
        async |app, cast| {
            let order = app.try_order(&cast.buyer, cast.goods, "the order").await?;
            app.pay_from_balance(&cast.buyer, order).await?;
            app.try_drain().await?;
            app.clock.advance_seconds(3 * 3_600);
            app.try_drain().await
        },
        async |app, cast| {
            let order = app
                .try_order(&cast.buyer, cast.goods, "the order")
                .await
                .unwrap();
            assert_eq!(app.line_state(order).await, LineState::Refunded);
            assert_eq!(app.balance(&cast.buyer).await, "USD 100.00");
        },
    )
    .await;
}
