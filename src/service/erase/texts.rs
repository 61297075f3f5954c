//! What a person's records hold, and held, in words: by these a company's copy of them and the names of steps are known. Changes
//! nothing.

use std::collections::HashSet;

use crate::error::Result;
use crate::model::entity::RecordId;
use crate::model::erasure::is_personal;
use crate::model::fold::fold;
use crate::model::phone;
use crate::service::context::Context;
use crate::store::{self, Db, erasure};

/// A text shorter than this is in too many other texts.
const SHORT: usize = 4;

/// The texts of a person, of now and of before, folded.
#[derive(Debug, Default)]
pub(super) struct Texts(HashSet<String>);

impl Texts {
    /// All that these records hold and held in fields that go.
    pub fn of(db: &Db, ctx: &Context, persons: &[RecordId]) -> Result<Self> {
        let mut texts = HashSet::new();
        for key in persons {
            let registry = ctx.catalog.registry(key.entity);
            let record = store::record::get(db, registry, key.number)?;
            let is_text = |name: &str| {
                registry.find(name).map(|id| registry.field(id)).filter(|field| field.is_text() && is_personal(key.entity, field))
            };
            for (id, field) in registry.ids() {
                if let (Some(record), Some(_)) = (&record, is_text(field.name)) {
                    texts.insert(fold(record.get(id).as_text()));
                }
            }
            for (name, value) in erasure::log::texts(db, *key)? {
                if is_text(&name).is_some() {
                    texts.insert(fold(&value));
                }
            }
        }
        texts.remove("");
        Ok(Self(texts))
    }

    /// Whether a text is one of them.
    pub fn has(&self, text: &str) -> bool {
        self.0.contains(&fold(text))
    }

    /// Whether one of them stands in a text.
    pub fn is_in(&self, text: &str) -> bool {
        let text = fold(text);
        self.0.iter().any(|own| own.chars().count() >= SHORT && text.contains(own.as_str()))
    }

    /// Whether a text names the person, in a step that did not touch it: by a whole name, an address, a telephone number.
    pub fn names(&self, text: &str) -> bool {
        let text = fold(text);
        let says_who = |own: &str| own.contains([' ', '@']) || phone::digits(own).len() >= 7;
        self.0.iter().any(|own| own.chars().count() >= SHORT && says_who(own) && text.contains(own.as_str()))
    }
}
