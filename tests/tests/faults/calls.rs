//! The calls: reads and writes, and of the writes those that may be sent twice and one that may not.

use intercom_gen::Error;
use intercom_gen::unstable::Client;
use intercom_gen::unstable::types::{CreateContactRequest, CreateOrUpdateCompanyRequest, UpdateContactRequest};

/// What a call does, and the number that tells it from all others.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Get(usize),
    Create(usize),
    Update(usize),
    Delete(usize),
    Upsert(usize),
}

/// What the call of a number does.
pub fn kind(number: usize) -> Kind {
    match number % 5 {
        0 => Kind::Get(number),
        1 => Kind::Create(number),
        2 => Kind::Update(number),
        3 => Kind::Delete(number),
        _ => Kind::Upsert(number),
    }
}

impl Kind {
    /// Whether it does no more if it is sent twice.
    pub fn idempotent(self) -> bool {
        !matches!(self, Self::Create(_))
    }

    /// Whether it gives the same response again, though the server has acted on it.
    pub fn reads(self) -> bool {
        matches!(self, Self::Get(_) | Self::Upsert(_))
    }

    /// What it is about: no two calls have the same, so that an answer to one cannot pass for that to another.
    pub fn id(self) -> String {
        let (Self::Get(number)
        | Self::Create(number)
        | Self::Update(number)
        | Self::Delete(number)
        | Self::Upsert(number)) = self;
        format!("call-{number:06}")
    }
}

/// Makes the call; its value is the id that was answered.
pub async fn call(client: &Client, number: usize) -> Result<String, Error> {
    let kind = kind(number);
    let id = kind.id();
    let answered = match kind {
        Kind::Get(_) => client.contacts().get(id).await?.id,
        Kind::Create(_) => client.contacts().create(CreateContactRequest::new().external_id(id)).await?.id,
        Kind::Update(_) => client.contacts().update(id, UpdateContactRequest::new().name("Ada")).await?.id,
        Kind::Delete(_) => client.contacts().delete(id).await?.id,
        Kind::Upsert(_) => {
            client.companies().create_or_update(CreateOrUpdateCompanyRequest::new().company_id(id)).await?.id
        }
    };
    Ok(answered.as_str().to_owned())
}
