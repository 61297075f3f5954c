//! Text that wants more than to be read: escape sequences, bidi, zero-width, tag and combining characters in every field that
//! takes text, in notes, tags, names and files. None of it may reach the terminal as anything but visible characters.

use leadbook::config::{ListState, State};
use leadbook::model::clean::width;
use leadbook::model::entity::RecordId;
use leadbook::model::field::{Access, FieldId, Kind};
use leadbook::model::value::Value;
use leadbook::service::note::AddNote;
use leadbook::service::record::create::CreateRecord;
use ratatui::buffer::Buffer;

use crate::harness::{Setting, Stage};

/// What is tried, each a kind of mischief of its own.
pub const PAYLOADS: &[&str] = &[
    "red \u{1b}[31mred\u{1b}[0m",
    "title \u{1b}]0;owned\u{7} and \u{1b}]8;;https://evil.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "clipboard \u{1b}]52;c;ZXZpbA==\u{7}",
    "clear \u{1b}[2J\u{1b}[H\u{1b}c",
    "eight bit \u{9b}31m \u{9d}0;x\u{9c} \u{90}q\u{9c}",
    "line\nbreak\r\nand\rreturn\ttab\u{b}\u{c}",
    "nul \u{0} bell \u{7} delete \u{7f} backspace \u{8}\u{8}\u{8}",
    "bidi \u{202e}drowssap\u{202c} \u{2066}x\u{2069} \u{200f}\u{61c}",
    "zero\u{200b}width\u{200c}and\u{2060}more\u{feff}\u{ad}",
    "tags \u{e0041}\u{e0042}\u{e007f} \u{fff9}x\u{fffb}",
    "lines \u{2028}and\u{2029}paragraphs \u{85}",
    "combining Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}\u{30d}\u{30e}\u{30f}\u{310}algo",
    "\u{301}\u{301} begins with a mark",
    "family 👨\u{200d}👩\u{200d}👧 flag 🇩🇪 keycap 1\u{fe0f}\u{20e3} heart ❤\u{fe0f}",
    "wide 日本語テキスト한국어 and ﷽ and 𒐫",
    "hangul \u{115f}\u{1160}\u{3164}\u{ffa0} variation x\u{fe0f}\u{fe0e}",
    "formula =HYPERLINK(\"x\") *bold* `code` [link](https://evil.example) <b>html</b> {{x}} %s $(reboot)",
];

/// Fails if a cell holds anything that a terminal obeys, or that takes other room than it was given.
#[track_caller]
pub fn assert_harmless(buffer: &Buffer) {
    let columns = usize::from(buffer.area.width).max(1);
    for (y, row) in buffer.content().chunks(columns).enumerate() {
        for (x, cell) in row.iter().enumerate() {
            let symbol = cell.symbol();
            // a letter or a line of a frame, as nearly all are
            if matches!(symbol.as_bytes(), [b' '..=b'~'] | [0xE2, 0x94 | 0x95, _]) {
                continue;
            }
            let pictures = symbol.chars().filter(|c| *c as u32 >= 0x2190 && width(&c.to_string()) > 0).count();
            for c in symbol.chars() {
                let joins = c == '\u{200d}' && pictures > 1;
                assert!(joins || !is_effective(c), "U+{:04X} at {x},{y}: {:?}", c as u32, crate::picture::lines(buffer)[y]);
            }
            let marks = symbol.chars().filter(|c| width(&c.to_string()) == 0).count();
            assert!(marks <= 12, "{marks} marks in one cell at {x},{y}: {symbol:?}");
            let wide = width(symbol);
            assert!(x + wide.max(1) <= columns, "a wide character hangs over the edge at {x},{y}: {symbol:?}");
        }
    }
}

/// Whether a terminal or a reader obeys a character instead of showing it.
fn is_effective(c: char) -> bool {
    c.is_control()
        || matches!(c as u32,
            0xAD | 0x61C | 0x115F | 0x1160 | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFEFF | 0xFFA0
            | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
}

/// The fields that take a text as it is typed.
fn texts(stage: &Stage) -> Vec<FieldId> {
    let registry = &stage.env().catalog.lead;
    let takes = |id: &FieldId| {
        let field = registry.field(*id);
        field.access == Access::Edit && matches!(field.kind, Kind::Text | Kind::Memo | Kind::Email | Kind::Phone | Kind::Url)
    };
    registry.ids().map(|(id, _)| id).filter(takes).collect()
}

/// A stage on which every lead holds one payload in every field, and has it in a note.
fn stage(size: (u16, u16), columns: &[&str]) -> Stage {
    let mut state = State { preview: true, ..State::default() };
    let list = ListState { columns: columns.iter().map(|c| (*c).to_owned()).collect(), ..ListState::default() };
    state.lists.insert("leads".into(), list);
    let mut stage = Stage::with(Setting { seed: crate::seed::Seed::Empty, size, state, ..Setting::default() });
    for payload in PAYLOADS {
        let mut values: Vec<(FieldId, Value)> = Vec::new();
        for id in texts(&stage) {
            // what a field refuses cannot come into it this way; what it takes must be harmless
            let max = stage.env().catalog.field(id).max as usize;
            let text: String = payload.chars().take(if max == 0 { 4_000 } else { max }).collect();
            values.push((id, Value::text(text)));
        }
        stage.others(1, CreateRecord { entity: leadbook::model::entity::Entity::Lead, values });
    }
    let leads = stage.sql("SELECT CAST(number AS TEXT) FROM lead");
    assert_eq!(leads.len(), PAYLOADS.len(), "not every payload was taken");
    for (lead, payload) in leads.iter().zip(PAYLOADS) {
        let body = format!("{payload}\n\n- {payload}\n> {payload}");
        stage.others(1, AddNote { about: RecordId::lead(lead.parse().expect("a number")), body });
    }
    stage
}

fn look(stage: &Stage) {
    assert_harmless(&stage.frame().0);
}

#[test]
fn in_lists_with_every_column() {
    let names: Vec<&'static str> = {
        let stage = Stage::new(80, 24);
        let registry = &stage.env().catalog.lead;
        texts(&stage).into_iter().map(|id| registry.field(id).name).collect()
    };
    for columns in names.chunks(9) {
        let mut stage = stage((200, 40), columns);
        look(&stage);
        for size in [(120, 30), (80, 24), (60, 20), (45, 14)] {
            stage.resize(size.0, size.1).keys("j").wait(200);
            look(&stage);
        }
    }
}

#[test]
fn in_records_previews_forms_and_their_messages() {
    let mut stage = stage((120, 30), &["name", "company", "topic"]);
    for _ in PAYLOADS {
        stage.keys("j").wait(200);
        look(&stage);
        for keys in ["<enter>", "<c-d>", "<c-d>", "<c-d>", "G", "<tab>jj", "]", "]", "<tab>gg<enter>", "<esc>"] {
            stage.keys(keys);
            look(&stage);
        }
        for keys in ["e", "<tab><tab>", "<pgdn>", "<pgdn>", "<pgdn>", "<c-s>", "<esc>"] {
            stage.keys(keys);
            look(&stage);
        }
        // what is said of it: marks off, rated, tagged, deleted, taken back, listed
        for keys in ["R1", "a", "<esc>", "D", "u", "U", "<esc>", "H", "<esc>", "<esc>", ":messages<enter>", "<esc>", "yf", "yp"] {
            stage.keys(keys);
            look(&stage);
        }
    }
}

#[test]
fn where_it_is_typed_or_pasted() {
    for payload in PAYLOADS {
        let mut stage = Stage::new(80, 24);
        let places = ["/", "'", "F", ":", "?", "n", "i", "T", "abo<enter>", "I", "E", "v", "C", "<enter><enter>", "e"];
        for place in places {
            stage.keys(place);
            stage.paste(payload);
            look(&stage);
            stage.keys("<left><left>");
            look(&stage);
            stage.keys("<enter>");
            look(&stage);
            stage.keys("<c-s>");
            look(&stage);
            stage.keys("<esc><esc><esc><esc>");
            look(&stage);
        }
        stage.keys("U");
        look(&stage);
        stage.keys("<esc>:messages<enter>");
        look(&stage);
    }
}

#[test]
fn in_files_that_are_imported() {
    let mut stage = Stage::new(120, 30);
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut text = String::from("Last Name,Company,Topic,Status,Lead Source,Owner,");
    text.push_str(&PAYLOADS.iter().map(|p| quoted(p)).collect::<Vec<_>>().join(","));
    text.push('\n');
    for payload in PAYLOADS {
        let cells = 6 + PAYLOADS.len();
        text.push_str(&vec![quoted(payload); cells].join(","));
        text.push('\n');
    }
    let file = stage.folder().join("hos\u{202e}tile \u{1b}[31m.csv");
    std::fs::write(&file, text).expect("a file");
    stage.keys("I").paste(&file.display().to_string());
    look(&stage);
    for keys in ["<enter>", "jjj", "G", "e", "<esc>", "<tab>jjj", "<enter>", "jjjj", "<enter>", "jjj", "<esc>"] {
        stage.keys(keys);
        look(&stage);
    }
    stage.keys("vall l<enter>").keys("<enter>");
    look(&stage);
}
