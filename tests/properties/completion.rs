//! Completion: whatever is offered, taken as it is, makes a filter that is read.

use leadbook::model::entity::Entity;
use leadbook::model::field::read::Reading;
use leadbook::query::{complete, parse};

use crate::world::{Dice, World};

/// The texts that the offers at the end of `text` make of it.
fn taken(text: &str, reading: &Reading<'_>) -> Vec<String> {
    let put = |offer: leadbook::query::Completion| {
        let mut whole = text.to_owned();
        whole.replace_range(offer.replace, &offer.text);
        assert!(!offer.help.is_empty(), "{text} → {whole} is offered without a word about it");
        whole
    };
    complete(text, text.len(), reading).into_iter().map(put).collect()
}

#[test]
fn what_is_offered_is_read() {
    let world = World::new(11, 40);
    let (mut names, mut values) = (0, 0);
    for entity in Entity::LISTED {
        let reading = Reading { entity: *entity, ..world.reading() };
        let letters = ('a'..='z').map(|letter| letter.to_string()).chain([String::new(), "ann (x ".into(), "-".into()]);
        let mut texts: Vec<String> = letters.flat_map(|typed| taken(&typed, &reading)).collect();
        texts.sort();
        texts.dedup();
        let ways: Vec<String> = texts.iter().filter(|text| text.ends_with('.')).cloned().collect();
        for way in ways {
            texts.extend(taken(&way, &reading));
            texts.extend(taken(&format!("{way}(x "), &reading));
        }
        for text in texts {
            names += 1;
            for whole in if text.ends_with(':') { taken(&text, &reading) } else { Vec::new() } {
                values += 1;
                let closed = format!("{whole}{}", ")".repeat(whole.matches('(').count()));
                assert!(parse(&closed, &reading).is_ok(), "{closed} of {}: {:?}", entity.plural(), parse(&closed, &reading));
            }
        }
    }
    assert!(names > 1_000 && values > 5_000, "too little is offered: {names} names, {values} values");
}

#[test]
fn a_word_that_is_half_typed_is_completed_to_what_was_meant() {
    let world = World::new(12, 40);
    let mut completed = 0;
    for seed in 1..=2_000 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (seed * 0x1_0000_01B3));
        let entity = Entity::LISTED[dice.roll(Entity::LISTED.len())];
        let reading = Reading { entity, ..world.reading() };
        let text = world.filter_of(&mut dice, entity, 2);
        let cut = (1..=text.len()).filter(|at| text.is_char_boundary(*at)).nth(dice.roll(text.len())).unwrap_or(text.len());
        // whatever stands behind the cursor: offers stand inside the text
        for offer in complete(&text, cut, &reading) {
            assert!(text.get(offer.replace.clone()).is_some() && offer.replace.start <= cut, "{text} at {cut}");
            completed += 1;
        }
    }
    assert!(completed > 1_000, "{completed}");
}
