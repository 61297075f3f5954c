//! What each meaning looks like, read from a theme file. Decides no meaning and draws nothing.

#[cfg(test)]
mod bytes;
mod palette;
mod words;

use std::path::Path;

use ratatui::style::Style;

use super::terminal::capability::Colours;
use crate::config::lines::{self, Value};
use crate::config::{Mistake, guess, read_small};

/// What a piece of the screen means. Views name meanings; only themes know colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meaning {
    /// A step that is overdue; its sign is `!`.
    Late,
    /// A step that is due today.
    Today,
    /// A hot lead; its sign is `▲`.
    Hot,
    /// A lead without a next step; its sign is `–`.
    NoNextStep,
    /// A marked row; its sign is `▌`.
    Mark,
    /// Closed leads, and rows that a newer answer will replace.
    Dim,
    /// The row or field under the cursor.
    Cursor,
    /// The part of a word that a search matched.
    Match,
    /// What went wrong.
    Error,
    /// Names of screens, records and groups.
    Title,
    /// The name of a field beside its value.
    Label,
    /// Lines around panes.
    Frame,
    /// Lines around the pane that has the keys.
    Focus,
    /// The current screen or tab.
    Tab,
    /// A key in a hint.
    Key,
    /// What a key in a hint does.
    Hint,
    /// What was done.
    Message,
    /// The word before typed text.
    Prompt,
    /// Selected text.
    Selection,
    /// A record with a draft; its sign is `✎`.
    Draft,
    /// What cannot be done now.
    Disabled,
}

/// Every meaning with its name in theme files, in the order of the variants.
const NAMES: &[(Meaning, &str)] = &[
    (Meaning::Late, "late"),
    (Meaning::Today, "today"),
    (Meaning::Hot, "hot"),
    (Meaning::NoNextStep, "no-next-step"),
    (Meaning::Mark, "mark"),
    (Meaning::Dim, "dim"),
    (Meaning::Cursor, "cursor"),
    (Meaning::Match, "match"),
    (Meaning::Error, "error"),
    (Meaning::Title, "title"),
    (Meaning::Label, "label"),
    (Meaning::Frame, "frame"),
    (Meaning::Focus, "focus"),
    (Meaning::Tab, "tab"),
    (Meaning::Key, "key"),
    (Meaning::Hint, "hint"),
    (Meaning::Message, "message"),
    (Meaning::Prompt, "prompt"),
    (Meaning::Selection, "selection"),
    (Meaning::Draft, "draft"),
    (Meaning::Disabled, "disabled"),
];

/// The shipped themes; the first is the default, the second has no colours.
const SHIPPED: &[(&str, &str)] = &[
    ("default", include_str!("../../../assets/themes/default.toml")),
    ("mono", include_str!("../../../assets/themes/mono.toml")),
];

/// A style for each meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    styles: [Style; NAMES.len()],
}

impl Default for Theme {
    fn default() -> Self {
        Self::shipped(0)
    }
}

impl Theme {
    /// The theme of attributes alone.
    pub fn mono() -> Self {
        Self::shipped(1)
    }

    fn shipped(at: usize) -> Self {
        // a test holds that the shipped files have no mistake
        let mut theme = Self { styles: [Style::new(); NAMES.len()] };
        theme.read(SHIPPED[at].0, SHIPPED[at].1);
        theme
    }

    /// The theme called `name`, shipped or a file `name.toml` in `folder`, as far as the terminal can show it.
    ///
    /// A terminal without colours, or one told NO_COLOR, gets the theme of attributes alone. What a file leaves out is as in
    /// the default. Mistakes come back all at once; what was right holds.
    pub fn load(name: &str, folder: &Path, colours: Colours) -> (Self, Vec<Mistake>) {
        if colours == Colours::None {
            return (Self::mono(), Vec::new());
        }
        let mut theme = Self::default();
        let mut mistakes = Vec::new();
        let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
        let path = folder.join(format!("{name}.toml"));
        let own = if plain { read_small(&path) } else { Ok(None) };
        match own {
            Ok(Some(text)) => mistakes = theme.read(&path.display().to_string(), &text),
            Ok(None) => match SHIPPED.iter().find(|(shipped, _)| *shipped == name) {
                Some((file, text)) => mistakes = theme.read(file, text),
                None => {
                    let near = guess(name, SHIPPED.iter().map(|(shipped, _)| *shipped));
                    let message =
                        format!("there is no theme “{name}”{near}: a theme of your own is {}/NAME.toml", folder.display());
                    mistakes.push(Mistake::new("config.toml", 0, message));
                }
            },
            Err(error) => mistakes.push(Mistake::new(path.display().to_string(), 0, error.headline())),
        }
        for style in &mut theme.styles {
            *style = palette::fit(*style, colours);
        }
        (theme, mistakes)
    }

    fn read(&mut self, file: &str, text: &str) -> Vec<Mistake> {
        let (entries, mut mistakes) = lines::read(file, text);
        for entry in entries {
            let style = match (NAMES.iter().find(|(_, name)| *name == entry.key), &entry.value) {
                (Some((meaning, _)), Value::Text(text)) => words::style(text).map(|style| (*meaning, style)),
                (Some((_, name)), _) => Err(format!("“{name}”: write a style in quotes, as \"bold red\"")),
                (None, _) => {
                    let near = guess(&entry.key, NAMES.iter().map(|(_, name)| *name));
                    Err(format!("nothing is called “{}”{near}", entry.key))
                }
            };
            match style {
                Ok((meaning, style)) => self.styles[meaning as usize] = style,
                Err(message) => mistakes.push(Mistake::new(file, entry.line, message)),
            }
        }
        mistakes.sort_by_key(|mistake| mistake.line);
        mistakes
    }

    /// What `meaning` looks like; to be laid over what is there.
    pub fn style(&self, meaning: Meaning) -> Style {
        self.styles[meaning as usize]
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier, Style};

    use super::*;

    #[test]
    fn shipped_themes_have_no_mistake_and_name_every_meaning() {
        for (at, (file, text)) in SHIPPED.iter().enumerate() {
            assert_eq!(Theme::shipped(at).read(file, text), [], "{file}");
            for (meaning, name) in NAMES {
                assert!(text.lines().any(|line| line.starts_with(&format!("{name} ="))), "{file} says nothing of {name}");
                assert_eq!(NAMES[*meaning as usize].0, *meaning);
            }
        }
    }

    #[test]
    fn the_default_uses_the_terminals_own_sixteen_colours_and_no_background() {
        for style in Theme::default().styles {
            assert_eq!(style.bg, None);
            assert!(!matches!(style.fg, Some(Color::Rgb(..) | Color::Indexed(_))), "{style:?}");
        }
    }

    #[test]
    fn without_colours_there_is_none_whatever_is_asked_for() {
        let (theme, mistakes) = Theme::load("default", Path::new("/nowhere"), Colours::None);
        assert_eq!((theme.clone(), mistakes.len()), (Theme::mono(), 0));
        for style in theme.styles {
            assert_eq!((style.fg, style.bg), (None, None));
        }
        assert_ne!(theme.style(Meaning::Cursor), Style::new());
    }

    #[test]
    fn a_theme_of_ones_own_lies_over_the_default_and_says_its_mistakes() {
        let dir = tempfile::tempdir().unwrap();
        let text = "late = \"bold #ff0000 on 236\"\nhto = \"red\"\ntoday = \"bold purpel\"\ncursor = 3\n";
        std::fs::write(dir.path().join("mine.toml"), text).unwrap();
        let (theme, mistakes) = Theme::load("mine", dir.path(), Colours::True);
        let late = Style::new().fg(Color::Rgb(255, 0, 0)).bg(Color::Indexed(236)).add_modifier(Modifier::BOLD);
        assert_eq!(theme.style(Meaning::Late), late);
        assert_eq!(theme.style(Meaning::Cursor), Theme::default().style(Meaning::Cursor));
        let said: Vec<String> = mistakes.iter().map(|m| format!("{}: {}", m.line, m.message)).collect();
        assert_eq!(
            said,
            [
                "2: nothing is called “hto” (did you mean “hot”?)",
                "3: “purpel” is neither a colour nor bold, dim, italic, underlined, reversed, crossed (did you mean “purple”?)",
                "4: “cursor”: write a style in quotes, as \"bold red\"",
            ]
        );
        let (theme, _) = Theme::load("mine", dir.path(), Colours::Sixteen);
        assert_eq!(theme.style(Meaning::Late).fg, Some(Color::LightRed));
    }

    #[test]
    fn an_unknown_theme_is_a_mistake_and_gives_the_default() {
        for name in ["nope", "../../etc/passwd", ""] {
            let (theme, mistakes) = Theme::load(name, Path::new("/nowhere"), Colours::True);
            assert_eq!((theme, mistakes.len()), (Theme::default(), 1), "{name}");
        }
    }
}
