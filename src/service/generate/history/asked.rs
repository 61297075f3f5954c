//! The requests and the files of a generated history.

use super::super::random::Random;
use super::super::story::DAY;
use super::super::words::history as words;
use super::super::words::talk;
use super::{Happened, History, Scene};
use crate::model::attachment::{Attachment, kind};
use crate::model::choice::{OPEN, REQUEST_CANCELED, RESOLVED};
use crate::model::entity::Entity;
use crate::model::value::Value;

/// A file whose content is known by its place among [`words::FILES`] and is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The place of the content.
    pub place: usize,
    /// The file; its content has no number yet.
    pub file: Attachment,
}

impl History<'_> {
    /// Adds a request in so many of a hundred cases, but at least so many.
    pub(super) fn asked(
        &mut self,
        scene: &Scene<'_>,
        random: &mut Random,
        percent: usize,
        least: usize,
        happened: &mut Happened,
    ) {
        let count = usize::from(random.percent(percent)).max(least);
        for at in scene.moments(random, count) {
            let kind = random.below(words::REQUESTS.len());
            let title = random.pick(words::REQUESTS[kind]);
            let place = scene.lexicon.products.draw(random);
            let title = super::filled(title, scene.person.company.as_ref(), talk::PRODUCTS[place]);
            let mut values = vec![
                ("name", Value::text(title)),
                ("type", Value::Choice(1 + kind as i64)),
                ("product", Value::link(1 + place as i64)),
                ("priority", Value::Choice(1 + i64::from(!random.percent(20)) + i64::from(random.percent(15)))),
                ("origin", Value::Choice(random.between(1, 3))),
                ("due_at", Value::Instant(at + random.between(1, 10) * DAY)),
            ];
            let closed = at + random.between(0, 12 * DAY);
            let (state, reason) = match random.below(100) {
                _ if closed > scene.until => (OPEN, random.between(1, 4)),
                0..6 => (REQUEST_CANCELED, 6),
                6..88 => (RESOLVED, if kind == 0 { 1_000 } else { 5 }),
                _ => (OPEN, random.between(1, 4)),
            };
            values.extend([("status", Value::Choice(state)), ("status_reason", Value::Choice(reason))]);
            if state == RESOLVED {
                let text = random.pick(words::RESOLUTIONS);
                values.push(("resolution", Value::text(text)));
            }
            let modified = if state == OPEN { at } else { closed };
            if state != OPEN {
                values.push(("closed_at", Value::Instant(closed)));
            }
            let request = self.record(scene, random, Entity::Request, (at, modified), values);
            happened.requests.push(request);
        }
    }

    /// Adds a file in so many of a thousand cases, but at least so many.
    pub(super) fn filed(
        &mut self,
        scene: &Scene<'_>,
        random: &mut Random,
        permille: usize,
        least: usize,
        happened: &mut Happened,
    ) {
        let count = usize::from(random.below(1_000) < permille).max(least);
        for at in scene.moments(random, count) {
            let place = random.below(words::FILES.len());
            let (name, text) = words::FILES[place];
            self.made.files += 1;
            let file = Attachment {
                number: i64::try_from(self.made.files).unwrap_or(i64::MAX),
                id: random.id(at),
                version: 1,
                about: scene.about,
                name: name.to_owned(),
                mime: kind::mime(name, text.as_bytes()).to_owned(),
                size: text.len() as i64,
                content: 0,
                created_at: at,
                created_by: scene.by,
                modified_at: at,
                modified_by: scene.by,
                deleted_at: None,
            };
            happened.files.push(File { place, file });
        }
    }
}
