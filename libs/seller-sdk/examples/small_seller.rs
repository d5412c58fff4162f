//! A whole seller in a few lines.

use seller_sdk::wire::{
    request::*,
    response::{AppInfo, InstanceInfo},
};
use seller_sdk::{Created, Keys, Lookup, MemoryStore, Refusal, Seller, SellerServer, SystemClock};
use std::sync::Arc;

struct Shop;

impl Seller for Shop {
    async fn new_instance(&self, call: NewInstance) -> Result<Created, Refusal> {
        // Query the order with OpenApiClient, open the application, keep it.
        Ok(Created::Ready {
            instance_id: call.business_id,
        })
    }
    async fn query_instance(&self, instance_id: String) -> Result<Lookup, Refusal> {
        let app = AppInfo {
            front_end_url: "https://app.example.com".into(),
            ..AppInfo::default()
        };
        Ok(Lookup::Ready(InstanceInfo {
            instance_id,
            app_info: Some(app),
            usage_info: Vec::new(),
        }))
    }
    async fn refresh_instance(&self, _call: RefreshInstance) -> Result<(), Refusal> {
        Ok(()) // Keep call.expires_at_s.
    }
    async fn update_instance_status(&self, _call: UpdateInstanceStatus) -> Result<(), Refusal> {
        Ok(()) // Freeze or unfreeze.
    }
    async fn release_instance(&self, _call: ReleaseInstance) -> Result<(), Refusal> {
        Ok(()) // Delete.
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = Keys::new(std::env::var("ACCESS_KEY")?);
    let server = SellerServer::new(Shop, keys, Arc::new(SystemClock), MemoryStore::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8444").await?;
    Ok(axum::serve(listener, server.router("/produce")).await?)
}
