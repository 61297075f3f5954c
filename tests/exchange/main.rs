//! File formats, mails among them, and the plan of an import, on look-alikes of other programs' files and, where they are, on real ones.

mod common;
mod every_cell;
mod look_alikes;
mod mail;
mod oddities;
mod real_data;
mod round_trip;
mod vcards;
