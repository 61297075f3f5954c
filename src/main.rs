//! The program: arguments in, exit code out, nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    leadbook::config::process::prepare();
    ExitCode::from(leadbook::cli::run(std::env::args_os()))
}
