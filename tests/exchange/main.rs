//! File formats and the plan of an import, on look-alikes of other programs' exports and, where they are, on real ones.

mod common;
mod every_cell;
mod look_alikes;
mod oddities;
mod real_data;
mod round_trip;
mod vcards;
