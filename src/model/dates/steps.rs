//! Steps on the calendar: weeks that begin on Monday, months, quarters. Each is nothing where the calendar ends.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

/// The day `days` later.
pub fn plus_days(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    date.checked_add_signed(TimeDelta::try_days(days)?)
}

/// The Monday of the week that is `weeks` after the one of `day`.
pub fn monday(day: NaiveDate, weeks: i64) -> Option<NaiveDate> {
    plus_days(day, weeks * 7 - i64::from(day.weekday().num_days_from_monday()))
}

/// The first day of the month that is `months` after the one of `day`.
pub fn first_of_month(day: NaiveDate, months: i32) -> Option<NaiveDate> {
    plus_months(day.with_day(1)?, months)
}

/// The first day of the quarter that is `quarters` after the one of `day`.
pub fn first_of_quarter(day: NaiveDate, quarters: i32) -> Option<NaiveDate> {
    plus_months(day.with_day(1)?.with_month0(day.month0() / 3 * 3)?, quarters.checked_mul(3)?)
}

/// The same day `months` later, or the last one of that month.
pub fn plus_months(day: NaiveDate, months: i32) -> Option<NaiveDate> {
    let count = Months::new(months.unsigned_abs());
    if months < 0 { day.checked_sub_months(count) } else { day.checked_add_months(count) }
}

/// The nearest such weekday after `today`.
pub fn next_weekday(today: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    plus_days(today, (index(weekday) - index(today.weekday()) + 6).rem_euclid(7) + 1)
}

/// Days since Monday.
pub fn index(weekday: Weekday) -> i64 {
    weekday.num_days_from_monday().into()
}

/// The nearest such weekday before `today`.
pub fn last_weekday(today: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    let back = (index(today.weekday()) - index(weekday) + 6).rem_euclid(7) + 1;
    plus_days(today, -back)
}
