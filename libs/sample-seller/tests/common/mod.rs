//! A marketplace that calls the sample seller over loopback, and a buyer with a browser.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use reqwest::Client;
use reqwest::redirect::Policy;
use sample_seller::{Config, Handle, SampleSeller};
use seller_sdk::Clock;
use seller_wire::body_sign::Policy as BodySign;
use seller_wire::request::{
    Call, NewInstance, QueryInstance, RefreshInstance, RefreshScene, ReleaseInstance, Request,
    SignedRequest, StatusChange, UpdateInstanceStatus,
};
use seller_wire::response::{
    Answer, AppInfo, CallError, Checks, NewInstanceAnswer, QueryInstanceAnswer, ResultCode,
    read_new_instance, read_plain, read_query_instance,
};

pub(crate) const KEY: &str = "2f1a7c9e-5b1d-4c0f-9a55-0d6f3b8e1c42";
pub(crate) const NOW_S: i64 = 1_767_225_600;

pub(crate) struct Fixed;

impl Clock for Fixed {
    fn now_ms(&self) -> i64 {
        NOW_S * 1000
    }
}

pub(crate) fn config() -> Config {
    Config {
        clock: Arc::new(Fixed),
        hang: Duration::from_millis(50),
        ..Config::new(KEY)
    }
}

pub(crate) struct World {
    pub(crate) seller: Handle,
    pub(crate) http: Client,
    path: &'static str,
    nonce: AtomicU32,
}

/// What came over the wire.
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) body_sign: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn answer(&self) -> Answer<'_> {
        Answer {
            status: self.status,
            content_type: self.content_type.as_deref(),
            body_sign: self.body_sign.as_deref(),
            body: &self.body,
        }
    }
}

pub(crate) fn checks() -> Checks<'static> {
    Checks {
        access_keys: &[KEY],
        body_sign: BodySign::Required,
    }
}

impl World {
    pub(crate) async fn start(config: Config) -> Self {
        Self::at("", config).await
    }

    pub(crate) async fn at(path: &'static str, config: Config) -> Self {
        let seller = SampleSeller::bind(([127, 0, 0, 1], 0).into(), config)
            .await
            .unwrap();
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self {
            seller,
            http,
            path,
            nonce: AtomicU32::new(0),
        }
    }

    /// `None` when the connection was cut.
    pub(crate) async fn call(&self, call: Call) -> Option<Received> {
        let nonce = format!("N{}", self.nonce.fetch_add(1, Ordering::SeqCst));
        let signed =
            SignedRequest::new(&Request::production(call), KEY, NOW_S * 1000, &nonce).unwrap();
        let url = signed.url(&format!("{}{}", self.seller.produce_url(), self.path));
        let mut request = self.http.post(url).body(signed.body().to_vec());
        for (name, value) in SignedRequest::HEADERS {
            request = request.header(name, value);
        }
        let response = request.send().await.ok()?;
        let header = |name: &str| {
            response
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        let (content_type, body_sign) = (header("content-type"), header("body-sign"));
        let status = response.status().as_u16();
        let body = response.bytes().await.ok()?.to_vec();
        Some(Received {
            status,
            content_type,
            body_sign,
            body,
        })
    }

    pub(crate) async fn create(
        &self,
        order: &str,
        business: &str,
    ) -> Option<Result<NewInstanceAnswer, CallError>> {
        let received = self.call(new_instance(order, business)).await?;
        Some(read_new_instance(&received.answer(), &checks()))
    }

    pub(crate) async fn query(&self, id: &str) -> Result<QueryInstanceAnswer, CallError> {
        let received = self
            .call(Call::QueryInstance(QueryInstance {
                instance_ids: vec![id.into()],
            }))
            .await
            .unwrap();
        read_query_instance(&received.answer(), &checks())
    }

    pub(crate) async fn plain(&self, call: Call) -> ResultCode {
        let activity = call.activity();
        read_plain(
            activity,
            &self.call(call).await.unwrap().answer(),
            &checks(),
        )
        .unwrap()
        .code
    }

    /// Opens an instance and gives its access data.
    pub(crate) async fn open(&self, business: &str) -> AppInfo {
        self.create("CS2601010000ABCDE", business)
            .await
            .unwrap()
            .unwrap();
        self.query(business).await.unwrap().info[0]
            .app_info
            .clone()
            .unwrap()
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> reqwest::Response {
        let url = format!("http://{}{path}", self.seller.local_addr());
        self.http
            .get(url)
            .header("Cookie", cookie)
            .send()
            .await
            .unwrap()
    }

    pub(crate) async fn post(&self, path: &str, cookie: &str, form: String) -> reqwest::Response {
        let url = format!("http://{}{path}", self.seller.local_addr());
        let request = self.http.post(url).header("Cookie", cookie);
        request
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await
            .unwrap()
    }
}

pub(crate) fn new_instance(order: &str, business: &str) -> Call {
    Call::NewInstance(NewInstance {
        order_id: order.into(),
        order_line_id: format!("{order}-000001"),
        business_id: business.into(),
    })
}

pub(crate) fn status(id: &str, status: StatusChange) -> Call {
    Call::UpdateInstanceStatus(UpdateInstanceStatus {
        instance_id: id.into(),
        status,
    })
}

pub(crate) fn release(id: &str) -> Call {
    Call::ReleaseInstance(ReleaseInstance {
        instance_id: id.into(),
        unsubscription: None,
    })
}

pub(crate) fn refresh(id: &str, expires_at_s: i64) -> Call {
    Call::RefreshInstance(RefreshInstance {
        scene: RefreshScene::Renewal,
        order_id: "CS2601010001RENEW".into(),
        order_line_id: "CS2601010001RENEW-000001".into(),
        instance_id: id.into(),
        product_id: None,
        expires_at_s,
    })
}
