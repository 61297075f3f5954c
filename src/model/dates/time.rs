//! Times of day as people say them: `9:30pm`, `15h`, `half past 9`, `noon`, `in the morning`. Knows no day.

use chrono::{NaiveTime, Timelike};

use super::clock::clock;
use super::parts::{figures, short};
use super::span::is_stretch;

/// A time of day as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// What the clock shows; midnight for 24:00.
    pub at: NaiveTime,
    /// Seconds east of UTC, where they are written.
    pub offset: Option<i32>,
    /// The end of the day, 24:00, and not its begin.
    pub ends_day: bool,
    /// Written so that it can be of both halves of the day: the afternoon makes 15:00 of 3.
    pub bare: bool,
}

impl Time {
    fn of(hour: u32, minute: u32) -> Option<Self> {
        let ends_day = hour == 24 && minute == 0;
        let at = NaiveTime::from_hms_opt(if ends_day { 0 } else { hour }, minute, 0)?;
        Some(Self { at, offset: None, ends_day, bare: (1..12).contains(&hour) })
    }
}

/// A part of the day: alone a time, beside a time it says which half of the day is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Daypart {
    /// Before noon; alone 9:00.
    Morning,
    /// From noon to six; alone 14:00.
    Afternoon,
    /// From four on; alone 20:00.
    Evening,
    /// From five on; alone 20:00.
    Night,
}

impl Daypart {
    /// `morning`, `afternoon`, `evening`, `night`.
    pub fn read(word: &str) -> Option<Self> {
        Some(match word {
            "morning" => Self::Morning,
            "afternoon" => Self::Afternoon,
            "evening" => Self::Evening,
            "night" => Self::Night,
            _ => return None,
        })
    }

    /// The time that it stands for alone.
    pub fn time(self) -> NaiveTime {
        let hour = match self {
            Self::Morning => 9,
            Self::Afternoon => 14,
            Self::Evening | Self::Night => 20,
        };
        NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN)
    }

    /// What `time` is in this part of the day; none when it lies in another one.
    pub fn place(self, time: Time) -> Option<NaiveTime> {
        let hours = match self {
            Self::Morning => 0..12,
            Self::Afternoon => 12..18,
            Self::Evening => 16..24,
            Self::Night => 17..24,
        };
        let later = if time.bare && self != Self::Morning { 12 } else { 0 };
        let at = time.at.with_hour(time.at.hour() + later)?;
        (hours.contains(&at.hour()) && !time.ends_day).then_some(at)
    }
}

/// What the words before a time say about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// A day is known, so 10.12 is no other day but twelve past ten.
    pub day: bool,
    /// It was said as people speak, `mon` or `tomorrow`, so that a number alone is an hour.
    pub spoken: bool,
}

/// The time that `words` begin with, and how many of them it takes.
pub fn time(words: &[&str], before: Before) -> Option<(usize, Time)> {
    let word = words[0];
    if matches!(word, "at" | "@") {
        let (count, time) = hour(words.get(1..).filter(|rest| !rest.is_empty())?)?;
        return Some((count + 1, time));
    }
    if word.parse::<u32>().is_ok() {
        let says_hour = before.spoken || matches!(words.get(1..), Some(["in", "the", part, ..]) if Daypart::read(part).is_some());
        return marked(words).or_else(|| if says_hour && word.len() <= 2 { hour(words) } else { None });
    }
    let is_day = !before.day && word.split_once('.').is_some_and(|(day, month)| is_up_to(day, 31) && is_up_to(month, 12));
    let alone = !before.day && !before.spoken && words.len() == 1;
    if (is_day && marked(words).is_none()) || (alone && is_stretch(word)) {
        return None;
    }
    hour(words)
}

/// A time where only a time can stand: `9`, `930`, `9:30 pm`, `half past 9`, `noon`.
fn hour(words: &[&str]) -> Option<(usize, Time)> {
    marked(words).or_else(|| past_or_to(words)).or_else(|| {
        let word = words[0];
        let time = match figures(word) {
            Some(number) if word.len() <= 2 => Time::of(number, 0),
            Some(number) if word.len() <= 4 => Time::of(number / 100, number % 100),
            Some(_) => None,
            None => named(word).or_else(|| written(word)),
        };
        time.map(|time| (1, time))
    })
}

/// A number that the next word makes a time: `9 pm`, `15 h`, `9 o'clock`. So small a number as in `2 h` is a stretch of time.
fn marked(words: &[&str]) -> Option<(usize, Time)> {
    let (word, mark) = (words[0], words.get(1)?.replace('.', ""));
    let time = match mark.as_str() {
        "am" | "pm" => written(&format!("{word}{mark}")),
        "h" if is_stretch(&format!("{word}h")) => None,
        "h" | "hrs" | "uhr" | "o'clock" => figures(word)
            .and_then(|number| if word.len() <= 2 { Time::of(number, 0) } else { Time::of(number / 100, number % 100) })
            .or_else(|| written(word)),
        _ => None,
    };
    time.map(|time| (2, time))
}

/// `half past 9`, `quarter to 10`, `10 past 3`.
fn past_or_to(words: &[&str]) -> Option<(usize, Time)> {
    let [count, way @ ("past" | "to"), hour, ..] = words else { return None };
    let minutes = match *count {
        "half" if *way == "past" => 30,
        "quarter" => 15,
        number => short(number).filter(|minutes| (1..=30).contains(minutes))?,
    };
    let hour = short(hour).filter(|hour| (1..=24).contains(hour))?;
    let time = if *way == "past" { Time::of(hour % 24, minutes) } else { Time::of(hour - 1, 60 - minutes) };
    time.map(|time| (3, Time { bare: (1..=12).contains(&hour), ..time }))
}

fn named(word: &str) -> Option<Time> {
    match word {
        "noon" | "midday" | "lunch" | "lunchtime" => Time::of(12, 0),
        "midnight" => Time::of(24, 0),
        "eod" | "cob" => Time::of(17, 0),
        _ => None,
    }
}

/// `15:00`, `9:30pm`, `9p`, `9.30`, `15h30`, `1500h`, `15:00z`.
fn written(word: &str) -> Option<Time> {
    let bare = !word.starts_with('0');
    if let Some(digits) = word.strip_suffix("hrs").or(word.strip_suffix('h')).filter(|digits| digits.len() == 4) {
        let number = figures(digits)?;
        return Time::of(number / 100, number % 100).map(|time| Time { bare: false, ..time });
    }
    if matches!(word, "24:00" | "24h" | "24.00") {
        return Time::of(24, 0);
    }
    let mut text = word.to_owned();
    if let Some((hour, rest)) = word.split_once('.')
        && short(hour).is_some()
        && rest.len() >= 2
        && short(&rest[..rest.floor_char_boundary(2)]).is_some()
    {
        text.replace_range(hour.len()..=hour.len(), ":");
    }
    if text.ends_with(['a', 'p']) {
        text.push('m');
    }
    let (at, offset) = clock(&text)?;
    let halved = text.ends_with("am") || text.ends_with("pm");
    Some(Time { at, offset, ends_day: false, bare: bare && !halved && offset.is_none() && (1..12).contains(&at.hour()) })
}

fn is_up_to(text: &str, most: u32) -> bool {
    short(text).is_some_and(|number| (1..=most).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, before: Before) -> Option<(usize, String)> {
        let words: Vec<&str> = text.split(' ').collect();
        let (count, time) = time(&words, before)?;
        Some((count, if time.ends_day { "24:00".into() } else { time.at.format("%H:%M").to_string() }))
    }

    #[test]
    fn a_number_is_an_hour_only_where_words_before_it_say_so() {
        let spoken = Before { day: true, spoken: true };
        let day = Before { day: true, spoken: false };
        for (text, before, meant) in [
            ("9", Before::default(), None),
            ("9", day, None),
            ("9", spoken, Some((1, "09:00"))),
            ("25", spoken, None),
            ("930", spoken, None),
            ("at 930", day, Some((2, "09:30"))),
            ("9 in the morning", Before::default(), Some((1, "09:00"))),
            ("10.12", Before::default(), None),
            ("10.12", day, Some((1, "10:12"))),
            ("10.12 pm", Before::default(), Some((2, "22:12"))),
            ("15.30", Before::default(), Some((1, "15:30"))),
            ("2h", Before::default(), None),
            ("2h", spoken, Some((1, "02:00"))),
            ("15h", Before::default(), Some((1, "15:00"))),
            ("24:00", Before::default(), Some((1, "24:00"))),
            ("at", Before::default(), None),
        ] {
            assert_eq!(read(text, before), meant.map(|(count, time)| (count, time.to_owned())), "{text} {before:?}");
        }
    }

    #[test]
    fn a_part_of_the_day_says_which_half() {
        let at = |text: &str| time(&[text], Before { day: true, spoken: true }).expect("a time").1;
        assert_eq!(Daypart::Afternoon.place(at("3")), NaiveTime::from_hms_opt(15, 0, 0));
        assert_eq!(Daypart::Morning.place(at("9:30")), NaiveTime::from_hms_opt(9, 30, 0));
        assert_eq!(Daypart::Evening.place(at("8pm")), NaiveTime::from_hms_opt(20, 0, 0));
        assert_eq!(Daypart::Morning.place(at("15:00")), None);
        assert_eq!(Daypart::Afternoon.place(at("9am")), None);
    }
}
