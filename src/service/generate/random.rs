//! Numbers that look random and are the same everywhere: whole numbers and IEEE sums and products only. Not for secrets.

use uuid::Uuid;

/// A stream of numbers: xoshiro256**, seeded by splitmix64.
#[derive(Clone, Debug)]
pub struct Random([u64; 4]);

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        let mut state = seed;
        Self([(); 4].map(|()| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        }))
    }

    /// The stream that belongs to one thing of many, whatever was drawn before.
    pub fn of(seed: u64, kind: u64, index: u64) -> Self {
        let mut random = Self::new(seed ^ kind.wrapping_mul(0xd6e8_feb8_6659_fd93));
        Self::new(random.next() ^ index.wrapping_mul(0xa076_1d64_78bd_642f))
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        let s = &mut self.0;
        let out = s[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        out
    }

    /// A number from 0 to `n - 1`; 0 where there is none.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from((u128::from(self.next()) * (n as u128)) >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(width)).unwrap_or(0)
    }

    /// Whether something happens that does so in `percent` of a hundred cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A number from 0 up to, but without, 1.
    pub fn unit(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss)]
        let bits = (self.next() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// A number of mean 0 and deviation 1, nearly normal, never beyond ±6.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// A log-normal number of this median; `spread` is the deviation of its logarithm.
    pub fn log_normal(&mut self, median: f64, spread: f64) -> f64 {
        median * exp(spread * self.normal())
    }

    /// One of several, all alike.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Another order.
    pub fn shuffle<T>(&mut self, of: &mut [T]) {
        for i in (1..of.len()).rev() {
            of.swap(i, self.below(i + 1));
        }
    }

    /// A UUIDv7 of a moment in µs UTC.
    pub fn id(&mut self, at: i64) -> Uuid {
        let millis = u128::try_from(at / 1_000).unwrap_or(0) & 0xffff_ffff_ffff;
        let (a, b) = (u128::from(self.next()), u128::from(self.next()));
        Uuid::from_u128(millis << 80 | 0x7 << 76 | (a & 0xfff) << 64 | 0b10 << 62 | b >> 2)
    }
}

/// e to the power of `x`, by halving and a series: the same bits on every machine, which a mathematics library does not promise.
fn exp(x: f64) -> f64 {
    let small = x / 1024.0;
    let mut out = 1.0 + small * (1.0 + small / 2.0 * (1.0 + small / 3.0 * (1.0 + small / 4.0)));
    for _ in 0..10 {
        out *= out;
    }
    out
}

/// Zipf's law: the first of many comes twice as often as the second, three times as often as the third.
#[derive(Clone, Debug)]
pub struct Zipf(Vec<u64>);

impl Zipf {
    /// Over `n` things, the most frequent first.
    pub fn new(n: usize) -> Self {
        let mut sum = 0;
        Self(
            (1..=n.max(1) as u64)
                .map(|rank| {
                    sum += (1 << 32) / rank;
                    sum
                })
                .collect(),
        )
    }

    /// The place of one of them.
    pub fn draw(&self, random: &mut Random) -> usize {
        let sum = self.0.last().map_or(1, |sum| usize::try_from(*sum).unwrap_or(usize::MAX));
        let at = random.below(sum) as u64;
        self.0.partition_point(|upto| *upto <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_for_ever() {
        let mut random = Random::new(42);
        let first: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(first, [1_546_998_764_402_558_742, 6_990_951_692_964_543_102, 12_544_586_762_248_559_009]);
        assert_eq!(Random::new(1).id(1_700_000_000_000_000).get_version_num(), 7);
    }

    #[test]
    fn laws_hold_roughly() {
        let mut random = Random::new(1);
        let zipf = Zipf::new(50);
        let mut counts = [0; 50];
        (0..50_000).for_each(|_| counts[zipf.draw(&mut random)] += 1);
        assert!((1.8..2.2).contains(&(f64::from(counts[0]) / f64::from(counts[1]))), "{counts:?}");
        let below = (0..10_000).filter(|_| random.log_normal(100.0, 1.2) < 100.0).count();
        assert!((4_800..5_200).contains(&below), "{below}");
        assert!((exp(1.0) - std::f64::consts::E).abs() < 1e-9 && (exp(-7.0) - 0.000_911_882).abs() < 1e-9);
    }
}
