//! A browser without a network: pages and open APIs behind the whole shell.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use kernel::id::UserId;
use server::config::Layers;
use server::http::{Routers, Shell, assemble};
use server::routes;
use testkit::TestApp;
use tower::ServiceExt as _;

/// The demo's name of the site; plain HTTP, so the cookie has its plain name.
const HOST: &str = "koogallery.localhost:8080";

/// One person's browser.
pub(crate) struct Browser {
    site: Router,
    cookie: String,
}

/// What came back.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
}

impl Browser {
    /// Somebody who isn't signed in.
    pub(crate) fn stranger(app: &TestApp) -> Self {
        let config = Layers::gather(None, std::iter::empty())
            .unwrap()
            .config()
            .unwrap();
        let routers = Routers {
            pages: routes::pages(app),
            api: routes::open_apis(app),
            operations: Router::new(),
            render: None,
        };
        let site = assemble(&Shell::of(&config.server).unwrap(), routers).unwrap();
        Self {
            site,
            cookie: String::new(),
        }
    }

    /// Somebody who just signed in.
    pub(crate) async fn of(app: &TestApp, user: UserId) -> Self {
        let session = app.session_of(user).await;
        let cookie = format!("koogallery={}", session.reveal());
        Self {
            cookie,
            ..Self::stranger(app)
        }
    }

    /// Follows a link.
    pub(crate) async fn open(&self, path: &str) -> Page {
        self.send(Method::GET, path, Body::empty()).await
    }

    /// Sends a form whose fields need no escaping.
    pub(crate) async fn submit(&self, path: &str, fields: &str) -> Page {
        self.send(Method::POST, path, Body::from(fields.to_owned()))
            .await
    }

    async fn send(&self, method: Method, path: &str, body: Body) -> Page {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &self.cookie)
            .body(body)
            .unwrap();
        let answer = self.site.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 10_000_000).await.unwrap();
        Page {
            status,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }
}
