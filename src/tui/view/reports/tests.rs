//! The reports on a stage: what is asked for, where the cursor goes.
