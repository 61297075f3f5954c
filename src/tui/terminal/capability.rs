//! What the terminal can do, as far as the environment tells. Asks the terminal nothing and changes nothing.

use std::io::IsTerminal;

/// How many colours may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// None: NO_COLOR is set, or the terminal has none.
    None,
    /// The sixteen that every terminal has.
    Sixteen,
    /// The cube and the greys besides.
    TwoHundredFiftySix,
    /// Any.
    True,
}

/// What is known of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capability {
    /// Whether both standard input and standard output are one.
    pub interactive: bool,
    /// The colours that may be used.
    pub colours: Colours,
    /// Whether tmux stands in between.
    pub tmux: bool,
    /// Whether the program runs on another machine than the terminal.
    pub remote: bool,
}

impl Capability {
    /// Of the terminal that the program runs in.
    pub fn detect() -> Self {
        let interactive = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        Self::of(interactive, &|name| std::env::var(name).ok())
    }

    /// As the environment tells it.
    pub fn of(interactive: bool, env: &dyn Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
        Self { interactive, colours: colours(env), tmux: set("TMUX"), remote: set("SSH_TTY") || set("SSH_CONNECTION") }
    }
}

/// NO_COLOR counts when it is not empty, as its convention says; then TERM and COLORTERM tell.
fn colours(env: &dyn Fn(&str) -> Option<String>) -> Colours {
    let term = env("TERM").unwrap_or_default().to_ascii_lowercase();
    if env("NO_COLOR").is_some_and(|value| !value.is_empty()) || term == "dumb" || term.starts_with("vt") {
        return Colours::None;
    }
    let wide = env("COLORTERM").unwrap_or_default().to_ascii_lowercase();
    if wide.contains("truecolor") || wide.contains("24bit") || term.contains("direct") {
        Colours::True
    } else if term.contains("256color") {
        Colours::TwoHundredFiftySix
    } else {
        Colours::Sixteen
    }
}

#[cfg(test)]
mod tests {
    use super::{Capability, Colours};

    fn colours(pairs: &[(&str, &str)]) -> Colours {
        Capability::of(true, &|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())).colours
    }

    #[test]
    fn the_environment_tells_the_colours() {
        assert_eq!(colours(&[("TERM", "xterm")]), Colours::Sixteen);
        assert_eq!(colours(&[("TERM", "screen-256color")]), Colours::TwoHundredFiftySix);
        assert_eq!(colours(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Colours::True);
        assert_eq!(colours(&[("TERM", "dumb"), ("COLORTERM", "truecolor")]), Colours::None);
        assert_eq!(colours(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]), Colours::None);
        assert_eq!(colours(&[("TERM", "xterm"), ("NO_COLOR", "")]), Colours::Sixteen);
        assert_eq!(colours(&[("TERM", "vt100")]), Colours::None);
    }
}
