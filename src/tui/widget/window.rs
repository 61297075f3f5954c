//! A list of any length: its numbers in order, the rows around the screen, the cursor. Asks and draws nothing itself.

use std::collections::HashMap;
use std::sync::Arc;

use crate::service::record::read::ListRow;

/// The most rows that are kept; more than any screen shows, few enough to forget.
const KEPT: usize = 2_000;

/// The most leads that stay at their places while they are worked on.
const PLACES: usize = 50;

/// A window on a list.
#[derive(Debug, Default)]
pub struct Window {
    numbers: Option<Arc<Vec<i64>>>,
    first: Vec<i64>,
    rows: HashMap<i64, Kept>,
    /// Counts how often something was written or another list was asked for: a row that is older is shown until it is read again.
    age: u64,
    cursor: usize,
    top: usize,
    /// The lead that the cursor shall be on when the order comes.
    held: Option<i64>,
    /// Leads that were worked on, and their places: they do not jump away because the list is in the order of changes. Until
    /// another list is asked for.
    kept: Vec<(usize, i64)>,
    loaded: bool,
}

/// A row and when it was read.
#[derive(Debug)]
struct Kept {
    row: ListRow,
    age: u64,
}

impl Window {
    /// Whether anything has been answered yet.
    pub fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// How many rows there are, as far as is known.
    pub fn len(&self) -> usize {
        self.numbers.as_ref().map_or(self.first.len(), |n| n.len())
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows there are, once that is known.
    pub fn count(&self) -> Option<usize> {
        self.numbers.as_ref().map(|n| n.len())
    }

    /// The whole order, once it is known.
    pub fn numbers(&self) -> Option<&Arc<Vec<i64>>> {
        self.numbers.as_ref()
    }

    /// The lead at a place.
    pub fn number_at(&self, place: usize) -> Option<i64> {
        match &self.numbers {
            Some(numbers) => numbers.get(place).copied(),
            None => self.first.get(place).copied(),
        }
    }

    /// The row at a place, if it is here.
    pub fn row_at(&self, place: usize) -> Option<&ListRow> {
        self.row(self.number_at(place)?)
    }

    /// A row by its lead, if it is here.
    pub fn row(&self, number: i64) -> Option<&ListRow> {
        self.rows.get(&number).map(|kept| &kept.row)
    }

    /// Where the cursor is.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The first row on the screen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The lead under the cursor.
    pub fn current(&self) -> Option<i64> {
        self.number_at(self.cursor)
    }

    /// The row under the cursor.
    pub fn current_row(&self) -> Option<&ListRow> {
        self.row_at(self.cursor)
    }

    /// Another list is about to come: the cursor goes to its first row. The old rows stay until it is here.
    pub fn restart(&mut self) {
        self.age += 1;
        self.held = None;
        self.kept.clear();
        self.cursor = 0;
        self.top = 0;
    }

    /// The same list is about to come again: the cursor stays on its lead.
    pub fn hold(&mut self) {
        self.age += 1;
        self.held = self.current();
    }

    /// These leads were worked on: those among the `height` rows of the screen stay where they are.
    pub fn keep(&mut self, worked_on: &[i64], height: usize) {
        for place in self.top..(self.top + height).min(self.len()) {
            let Some(number) = self.number_at(place).filter(|number| worked_on.contains(number)) else { continue };
            self.kept.retain(|(_, other)| *other != number);
            self.kept.push((place, number));
        }
        self.kept.drain(..self.kept.len().saturating_sub(PLACES));
    }

    /// The same list is about to come again with a lead that was made: the cursor goes to it.
    pub fn come_to(&mut self, made: i64) {
        self.age += 1;
        self.held = Some(made);
    }

    /// A new order with the leads that were worked on at their old places.
    fn as_before(&self, numbers: Arc<Vec<i64>>) -> Arc<Vec<i64>> {
        let moved = |(place, number): &&(usize, i64)| numbers.get(*place) != Some(number);
        if self.kept.iter().find(moved).is_none() {
            return numbers;
        }
        let mut places: Vec<(usize, i64)> = Vec::new();
        let mut order: Vec<i64> = Vec::with_capacity(numbers.len());
        for number in numbers.iter() {
            match self.kept.iter().find(|(_, kept)| kept == number) {
                Some(kept) => places.push(*kept),
                None => order.push(*number),
            }
        }
        places.sort_unstable();
        for (place, number) in places {
            order.insert(place.min(order.len()), number);
        }
        Arc::new(order)
    }

    /// The first rows of a new list came.
    pub fn put_first(&mut self, rows: Vec<ListRow>) {
        self.loaded = true;
        self.numbers = None;
        self.first = rows.iter().map(|row| row.key.number).collect();
        self.put_rows(rows);
        self.clamp();
    }

    /// The whole order came.
    pub fn put_numbers(&mut self, numbers: Arc<Vec<i64>>) {
        self.loaded = true;
        // A cursor that was moved since the first rows came stays on its row too.
        let wanted = self.held.take().or_else(|| if self.cursor > 0 { self.current() } else { None });
        let offset = self.cursor.saturating_sub(self.top);
        let at_start = self.top == 0;
        self.numbers = Some(self.as_before(numbers));
        self.first.clear();
        if let Some(wanted) = wanted {
            let place = self.numbers.as_ref().and_then(|n| n.iter().position(|number| *number == wanted));
            if let Some(place) = place {
                self.cursor = place;
                // At the start what is new there is seen.
                self.top = if at_start { 0 } else { place.saturating_sub(offset) };
            }
        }
        self.clamp();
    }

    /// Rows came.
    pub fn put_rows(&mut self, rows: Vec<ListRow>) {
        if self.rows.len() + rows.len() > KEPT {
            self.rows.clear();
        }
        let age = self.age;
        self.rows.extend(rows.into_iter().map(|row| (row.key.number, Kept { row, age })));
    }

    /// Moves the cursor by rows.
    pub fn move_by(&mut self, rows: isize) {
        self.held = None;
        self.cursor = self.cursor.saturating_add_signed(rows);
        self.clamp();
    }

    /// Moves the cursor to a row; one behind the end is the last.
    pub fn move_to(&mut self, place: usize) {
        self.held = None;
        self.cursor = place;
        self.clamp();
    }

    fn clamp(&mut self) {
        self.cursor = self.cursor.min(self.len().saturating_sub(1));
        self.top = self.top.min(self.cursor);
    }

    /// Scrolls so that the cursor is among the `height` rows of the screen.
    pub fn scroll_to(&mut self, height: usize) {
        let height = height.max(1);
        if self.cursor < self.top {
            self.top = self.cursor;
        } else if self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
        // No empty rows at the end while there are rows before.
        self.top = self.top.min(self.len().saturating_sub(height));
    }

    /// The leads whose rows are missing, or were read before the last change, on the screen and a page around it; empty when the
    /// screen itself is complete.
    pub fn missing(&self, height: usize) -> Vec<i64> {
        let screen = self.top..(self.top + height).min(self.len());
        let fresh = |number: &i64| self.rows.get(number).is_some_and(|kept| kept.age == self.age);
        let lacks = |place: usize| self.number_at(place).filter(|number| !fresh(number));
        if screen.clone().all(|place| lacks(place).is_none()) {
            return Vec::new();
        }
        let around = self.top.saturating_sub(height)..(screen.end + height).min(self.len());
        around.filter_map(lacks).collect()
    }

    /// The leads on the screen.
    pub fn on_screen(&self, height: usize) -> Vec<i64> {
        (self.top..(self.top + height).min(self.len())).filter_map(|place| self.number_at(place)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: i64) -> ListRow {
        ListRow {
            key: crate::model::entity::RecordId::lead(number),
            values: Vec::new(),
            state: 0,
            rating: 0,
            currency: String::new(),
            deleted: false,
            incomplete: false,
            unopened: false,
            due: None,
            idle: false,
        }
    }

    #[test]
    fn the_cursor_stays_on_its_lead_when_the_order_changes() {
        let mut window = Window::default();
        window.put_numbers(Arc::new((1..=1000).collect()));
        window.move_to(500);
        window.scroll_to(20);
        window.hold();
        window.put_numbers(Arc::new((1..=1000).rev().collect()));
        assert_eq!(window.current(), Some(501));
        assert_eq!(window.cursor() - window.top(), 19);
    }

    #[test]
    fn a_cursor_that_is_moved_before_the_order_comes_is_not_taken_back() {
        let mut window = Window::default();
        window.put_numbers(Arc::new((1..=5).collect()));
        window.move_to(2);
        window.hold();
        window.move_by(1);
        window.put_numbers(Arc::new((0..=5).collect()));
        assert_eq!(window.current(), Some(4));
        window.hold();
        window.move_to(0);
        window.put_numbers(Arc::new((1..=5).collect()));
        assert_eq!(window.current(), Some(1));
    }

    #[test]
    fn what_is_worked_on_stays_at_its_place_until_another_list_is_asked_for() {
        let mut window = Window::default();
        window.put_numbers(Arc::new(vec![1, 2, 3, 4, 5]));
        window.move_to(2);
        window.keep(&[3, 9], 5);
        window.hold();
        // 3 was changed, and the newest change is first
        window.put_numbers(Arc::new(vec![3, 1, 2, 4, 5]));
        assert_eq!((window.current(), window.cursor()), (Some(3), 2));
        window.move_by(1);
        window.keep(&[4], 5);
        window.hold();
        window.put_numbers(Arc::new(vec![4, 3, 1, 2, 5]));
        assert_eq!(**window.numbers().unwrap(), [1, 2, 3, 4, 5]);
        // what left the list is gone, what is new is where it belongs
        window.hold();
        window.put_numbers(Arc::new(vec![6, 3, 1, 2, 5]));
        assert_eq!(**window.numbers().unwrap(), [6, 1, 3, 2, 5]);
        assert_eq!(window.cursor(), 3);
        window.restart();
        window.put_numbers(Arc::new(vec![4, 3, 1, 2, 5]));
        assert_eq!(**window.numbers().unwrap(), [4, 3, 1, 2, 5]);
    }

    #[test]
    fn what_is_new_at_the_start_is_seen() {
        let mut window = Window::default();
        window.put_numbers(Arc::new((1..=100).collect()));
        window.hold();
        window.put_numbers(Arc::new((0..=100).collect()));
        assert_eq!((window.current(), window.cursor(), window.top()), (Some(1), 1, 0));
        window.come_to(50);
        window.put_numbers(Arc::new((0..=100).collect()));
        assert_eq!(window.current(), Some(50));
    }

    #[test]
    fn a_row_that_was_read_before_a_change_is_shown_and_read_again() {
        let mut window = Window::default();
        window.put_first((1..=3).map(row).collect());
        window.hold();
        // 2 was out of the list for a while; nobody knows what became of it
        window.put_rows(vec![row(1), row(3)]);
        window.put_numbers(Arc::new(vec![1, 2, 3]));
        assert!(window.row_at(1).is_some());
        assert_eq!(window.missing(3), [2]);
        window.put_rows(vec![row(2)]);
        assert!(window.missing(3).is_empty());
        window.restart();
        assert_eq!(window.missing(3), [1, 2, 3]);
    }

    #[test]
    fn only_what_is_missing_is_asked_for() {
        let mut window = Window::default();
        window.put_first((1..=30).map(row).collect());
        assert!(window.missing(20).is_empty());
        window.put_numbers(Arc::new((1..=1000).collect()));
        window.move_to(999);
        window.scroll_to(20);
        assert_eq!(window.missing(20), (961..=1000).collect::<Vec<_>>());
        assert_eq!(window.top(), 980);
    }
}
