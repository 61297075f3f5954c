//! What became of a lead: when it came, whose it is, what it is worth, when and how it was closed. Knows no names.

use super::random::Random;

/// A day in µs.
pub const DAY: i64 = 86_400_000_000;

/// What became of one lead. Instants are µs UTC, codes those of the option sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// When it came.
    pub created: i64,
    /// When it was changed last.
    pub modified: i64,
    /// When it was closed.
    pub closed: Option<i64>,
    /// Open, qualified, disqualified.
    pub status: i64,
    /// The reason.
    pub reason: i64,
    /// The owner: a user's number, or a team's negated.
    pub owner: i64,
    /// The user who entered it.
    pub created_by: i64,
    /// The source.
    pub source: i64,
    /// The rating.
    pub rating: i64,
    /// What it may bring, in ten-thousandths of its currency.
    pub value: Option<i64>,
    /// The day on which it may be closed.
    pub close_day: Option<i32>,
    /// When it was handed over, by whom, and when it was opened then.
    pub handed: Option<(i64, i64, Option<i64>)>,
    /// How many notes it has.
    pub notes: usize,
}

/// Five years in which each brings a third more leads than the one before, and the calendar they end in.
#[derive(Clone, Copy, Debug)]
pub struct Years {
    /// The first moment that is not past: the beginning of the day that counts as today.
    pub end: i64,
    /// How many leads there are.
    pub leads: u64,
    /// How many colleagues there are beside the first user.
    pub users: i64,
    /// How many teams.
    pub teams: i64,
}

/// How many of 1,000 leads came in each year, the last being the one that ends today.
const BY_YEAR: [f64; 5] = [100.0, 136.0, 183.0, 247.0, 334.0];

/// The shares of the sources of leads of which 40 % come from the web: code, share of the rest.
const OTHER_SOURCES: &[(i64, usize)] = &[(7, 22), (2, 14), (3, 14), (4, 14), (1, 12), (6, 9), (9, 7), (5, 4), (10, 4)];

const WEB: i64 = 8;
/// The reasons of disqualified leads and their shares.
const LOST: &[(i64, usize)] = &[(4, 30), (5, 25), (6, 35), (7, 10)];
const RATINGS: &[(i64, usize)] = &[(1, 12), (2, 48), (3, 40)];

fn weighted(random: &mut Random, of: &[(i64, usize)]) -> i64 {
    let mut at = random.below(of.iter().map(|(_, share)| share).sum());
    for (code, share) in of {
        if at < *share {
            return *code;
        }
        at -= share;
    }
    0
}

#[expect(clippy::cast_possible_truncation)]
fn whole(number: f64) -> i64 {
    number as i64
}

impl Years {
    /// When the `index`th lead came, and how far on the way from the first to the last it is, from 0 to 1.
    fn came(&self, random: &mut Random, index: u64) -> (i64, f64) {
        #[expect(clippy::cast_precision_loss)]
        let place = (index as f64 + random.unit()) / self.leads as f64;
        let mut left = place * 1_000.0;
        let mut year = 0;
        while year < 4 && left >= BY_YEAR[year] {
            left -= BY_YEAR[year];
            year += 1;
        }
        #[expect(clippy::cast_precision_loss)]
        let at = self.end - whole((5.0 - year as f64 - (left / BY_YEAR[year]).min(1.0)) * 365.25 * DAY as f64);
        (at.min(self.end - 1), place)
    }

    /// A moment of a working day near `at`: most weekends move to the Friday before, the hour lies between 7 and 18.
    pub fn at_work(random: &mut Random, at: i64) -> i64 {
        let mut day = at.div_euclid(DAY);
        let weekend = match (day + 4).rem_euclid(7) {
            6 => 1,
            0 => 2,
            _ => 0,
        };
        if weekend > 0 && random.percent(85) {
            day -= weekend;
        }
        let within = at.rem_euclid(DAY);
        day * DAY + 7 * DAY / 24 + within / 24 * 11
    }

    /// The story of the `index`th lead.
    pub fn tell(&self, random: &mut Random, index: u64) -> Story {
        let (came, place) = self.came(random, index);
        let created = Self::at_work(random, came);
        // old leads are mostly closed, those of the last weeks hardly: three fifths of all
        let closed_of_100 = if place < 0.8 { 68.0 } else { 46.0 - (place - 0.8) * 180.0 };
        let closed = (random.unit() * 100.0 < closed_of_100).then(|| {
            let after = created + whole(random.log_normal(45.0, 1.0) * DAY as f64);
            let after = if after < self.end - DAY { Self::at_work(random, after) } else { self.between(random, created) };
            after.clamp(created, self.end - 1)
        });
        let (status, reason) = match closed {
            Some(_) if random.percent(35) => (1, 3),
            Some(_) => (2, weighted(random, LOST)),
            None if random.percent(if place > 0.97 { 30 } else { 60 }) => (0, 2),
            None => (0, 1),
        };
        let modified = match closed {
            Some(at) => at,
            None if random.percent(30) => created,
            None => self.between(random, created),
        };
        let owner = self.owner(random);
        let created_by = if owner > 0 && random.percent(60) { owner } else { random.between(1, self.users + 1) };
        let value = random.percent(75).then(|| {
            let amount = whole(random.log_normal(9_000.0, 1.1));
            let step = if amount < 10_000 { 100 } else { 500 };
            (amount / step).max(1) * step * 10_000
        });
        let close_day = random.percent(55).then(|| {
            let near = if closed.is_some() { modified } else { created };
            i32::try_from(near / DAY + random.between(10, 240)).unwrap_or(0)
        });
        let handed = (closed.is_none() && owner > 0 && place > 0.95 && random.percent(12)).then(|| {
            let by = if owner == self.users { owner - 1 } else { self.users };
            let opened = random.percent(60).then(|| self.between(random, modified));
            (modified, by, opened)
        });
        Story {
            created,
            modified,
            closed,
            status,
            reason,
            owner,
            created_by,
            source: if random.percent(40) { WEB } else { weighted(random, OTHER_SOURCES) },
            rating: weighted(random, RATINGS),
            value,
            close_day,
            handed,
            notes: if random.percent(40) { Self::notes(random) } else { 0 },
        }
    }

    /// The first user has 30 %, the teams 8 %, the colleagues the rest, the first of them most.
    fn owner(&self, random: &mut Random) -> i64 {
        match random.below(100) {
            0..30 => 1,
            30..38 => -random.between(1, self.teams),
            _ => 1 + random.between(1, self.users).min(random.between(1, self.users)),
        }
    }

    fn notes(random: &mut Random) -> usize {
        let mut count = 1;
        while count < 40 && random.percent(38) {
            count += 1;
        }
        count
    }

    /// How many notes a lead that has notes has beside those: five all in all, of most fewer.
    pub fn more_notes(random: &mut Random) -> usize {
        let mut count = 0;
        while count < 60 && random.percent(78) {
            count += 1;
        }
        count
    }

    /// A moment between another and today.
    pub fn between(&self, random: &mut Random, after: i64) -> i64 {
        random.between(after, (self.end - 1).max(after))
    }
}
