//! Which region a token belongs to: asked of the API, because a token does not tell.

use reqwest::Method;

use super::builder::ClientBuilder;
use super::custom::CustomRequest;
use super::region::Region;
use crate::runtime::error::{Error, Result};

/// Any version that tells the region of a workspace will do.
const VERSION: &str = "2.14";

impl Region {
    /// The region of the workspace that `token` belongs to, by asking `GET /me` of one region after the other.
    pub async fn discover(token: impl Into<String>) -> Result<Self> {
        let everywhere = [Self::Us, Self::Eu, Self::Au].map(Self::base_url);
        ask(&ClientBuilder::new(VERSION, |core| core).token(token), &everywhere).await
    }
}

/// Asks each address until one knows the token. What it says counts, not where it stands.
pub(super) async fn ask(builder: &ClientBuilder<super::Core>, addresses: &[&str]) -> Result<Region> {
    let mut refusal = None;
    for address in addresses {
        let core = builder.clone().base_url(*address).build()?;
        match CustomRequest::new(&core, Method::GET, "/me").send().await {
            Ok(me) => {
                let region = me.get("app").and_then(|app| app.get("region"));
                let region = region.as_ref().and_then(|region| region.as_str());
                return region.ok_or_else(|| Error::config("GET /me does not tell the region of the app"))?.parse();
            }
            Err(error) if error.is_unauthorized() => drop(refusal.get_or_insert(error)),
            Err(error) => return Err(error),
        }
    }
    Err(refusal.unwrap_or_else(|| Error::config("no region to ask")))
}
