//! Whose a mail is: who has one of its addresses, and what it answers. Writes nothing.

use super::super::check_about;
use crate::error::{Error, Result};
use crate::exchange::mail::Mail;
use crate::model::email;
use crate::model::entity::RecordId;
use crate::service::act::Tx;
use crate::store;

/// The most open records that may share an address: on more than these a mail is filed on none, as it cannot be said whose it is.
const MOST: usize = 5;

/// Whose a mail is.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The records on which it is filed, the first being the one that it stands on.
    pub records: Vec<RecordId>,
    /// Whether it was written by us.
    pub is_outgoing: bool,
    /// Whether the sender, or whom it went to, is known to any record, be it closed or shared by many.
    pub is_known: bool,
    /// Where it was not filed, and why.
    pub said: Vec<String>,
}

/// Finds whose a mail is. `own` are the person's own addresses, as keys.
pub(super) fn find(tx: &Tx<'_>, mail: &Mail, own: &[String]) -> Result<Found> {
    let mut found = Found::default();
    let is_own = |address: &str| own.contains(&email::key(address));
    found.is_outgoing = mail.from.iter().any(|address| is_own(&address.email));
    let mut candidates = Vec::new();
    for id in mail.related() {
        if let Some(activity) = store::mail::filed(tx.db, id)? {
            candidates.extend(store::mail::records_of(tx.db, activity)?);
            break;
        }
    }
    let sender = mail.from.first().map(|address| email::key(&address.email)).unwrap_or_default();
    let (mut knows_sender, mut keys) = (false, Vec::new());
    for address in mail.from.iter().chain(&mail.reply_to).chain(mail.recipients()) {
        let key = email::key(&address.email);
        if own.contains(&key) || keys.contains(&key) {
            continue;
        }
        let open = store::mail::with_address(tx.db, &key, true, MOST as i64 + 1)?;
        let mut is_known = !open.is_empty();
        if open.len() > MOST {
            found.said.push(format!("more than {MOST} open records have {}: it is filed on none of them", address.email));
        } else if open.is_empty() {
            if let Some(closed) = store::mail::with_address(tx.db, &key, false, 1)?.first() {
                is_known = true;
                found
                    .said
                    .push(format!("{} is on {closed} alone, which is closed; reopen it to file mails on it", address.email));
            }
        } else {
            candidates.extend(open);
        }
        found.is_known |= is_known;
        knows_sender |= is_known && key == sender;
        keys.push(key);
    }
    // where nobody said which addresses are ours, a mail to somebody known from somebody who is not was most likely written here
    found.is_outgoing |= own.is_empty() && found.is_known && !knows_sender;
    for about in candidates {
        if found.records.contains(&about) {
            continue;
        }
        match check_about(tx.db, tx.ctx, about) {
            Ok(_) => found.records.push(about),
            Err(Error::Denied(why)) => found.said.push(why),
            // one that is in Deleted, or gone
            Err(Error::Refused { .. } | Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}
