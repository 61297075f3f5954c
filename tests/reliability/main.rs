//! What the program promises when the machine does not: killed, out of space, not allowed to write, damaged, many at once.

#[path = "../common/desk.rs"]
mod desk;

mod damage;
mod full;
mod kills;
mod memory;
mod together;

use desk::Desk;

/// A CSV with so many leads, each with an id of its own.
fn leads(count: usize) -> String {
    let rows = (0..count).map(|n| format!("{n},Ann,Number{n},n{n}@x.example,555 {n:04},Company {},Source {}\n", n % 9, n % 5));
    format!("Lead ID,First Name,Last Name,Email,Phone,Company,Lead Source\n{}", rows.collect::<String>())
}

/// The numbers of all leads that are there.
fn ids(desk: &Desk) -> Vec<String> {
    desk.run(&["list", "--format", "ids"]).lines()
}

/// Fails the test unless the whole database is sound.
fn sound(desk: &Desk) {
    let said = desk.run(&["check", "--json"]).json();
    assert_eq!(said["problems"], serde_json::json!([]));
}
