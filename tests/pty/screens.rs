//! Each screen once, at a real terminal, in three sizes: it comes, says its keys, keeps to its size, and Esc leaves it.

use std::sync::OnceLock;

use crate::desk::Desk;
use crate::session::Session;

const SIZES: [(u16, u16); 3] = [(24, 80), (40, 120), (50, 200)];

/// The database of all these tests, made once.
fn desk() -> Desk {
    static DATABASE: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = DATABASE.get_or_init(|| {
        let desk = Desk::with_lead();
        desk.run(&["add", "Bo Ek @ Fabrikam bo@fabrikam.example : Service plan"]).ok();
        desk.run(&["note", "L-1", "Wants a demo\n\n- large printer"]).ok();
        desk.run(&["set", "L-2", "rating=hot", "phone=+46 8 555 010"]).ok();
        std::fs::read(desk.database()).expect("a database")
    });
    let desk = Desk::new();
    desk.open_on_leads();
    std::fs::create_dir_all(desk.database().parent().expect("a folder")).expect("a folder");
    std::fs::write(desk.database(), bytes).expect("a copy");
    desk
}

/// Opens a place with keys, each when what it needs is shown, at every size, and looks at it.
fn each_size(keys: &[(&str, &str)], typed: &str, shows: &[&str]) {
    let desk = desk();
    let mut session = Session::start(&desk);
    session.wait_for("Bo Ek  ");
    for (rows, columns) in SIZES {
        session.resize_list(rows, columns);
        for (key, then) in keys {
            session.press_for(&[key], then);
        }
        session.type_text(typed);
        for text in shows {
            session.wait_for(text);
        }
        fits(&session, rows, columns);
        session.back(keys.len() + usize::from(!typed.is_empty()));
    }
    session.press("q");
    assert!(session.pty.ended());
    session.assert_left();
}

/// That the frame has the size of the terminal and its last line says something.
fn fits(session: &Session, rows: u16, columns: u16) {
    for line in 0..i32::from(rows) {
        let width = session.line(line).chars().count();
        assert!(width <= usize::from(columns), "line {line}: {width}\n{}", session.screen());
    }
    session.until("keys in the last line", || !session.line(-1).is_empty());
}

macro_rules! places {
    ($($name:ident: $keys:expr, $typed:expr, $shows:expr;)*) => {$(
        #[test]
        fn $name() {
            each_size(&$keys, $typed, &$shows);
        }
    )*};
}

places! {
    the_list: [], "", ["Ann Lee", "modified"];
    the_lead: [("Enter", "All Activ")], "", ["History", "L-2", "Fabrikam"];
    the_lead_and_the_next_one: [("Enter", "All Activ"), ("J", "Ann Lee")], "", ["L-1", "Wants a demo"];
    the_form: [("e", "Ctrl-s save")], "", ["Last Name (needed)"];
    one_field: [("Enter", "All Activ"), ("Enter", "Enter save")], "", ["Esc leave"];
    the_note_editor: [("i", "Note on Bo Ek")], "a thought", ["a thought", "Ctrl-e $EDITOR"];
    the_quick_line: [("n", "New lead")], "Cy Diaz @ Litware via web !hot", ["Litware", "Hot", "Enter save"];
    the_filter: [("/", "Enter keep")], "rating:hot", ["rating:hot", "Bo Ek"];
    the_finder: [("F", "Esc")], "lee", ["Ann Lee", "L-1"];
    the_views: [("v", "All leads")], "", ["Closed leads", "Enter choose"];
    the_sorts: [("s", "Enter choose")], "company", ["Company Name"];
    the_columns: [("C", "Space tick")], "", ["Company"];
    the_ratings: [("R", "Enter choose")], "", ["Cold", "Warm"];
    the_reasons: [("S", "Enter choose")], "", ["Contacted"];
    the_tags: [("T", "tags")], "expo", ["expo"];
    the_owners: [("a", "Enter choose")], "", ["ana"];
    the_steps: [("U", "Steps")], "", ["Enter undo this"];
    the_recent_records: [("Enter", "All Activ"), ("H", "Opened last")], "", ["Bo Ek"];
    the_help: [("?", "Enter run")], "undo", ["newest step"];
    the_commands: [(":", "Enter run")], "undo", ["undo"];
    the_import: [("I", "import file")], "x.csv", ["x.csv"];
    the_export: [("E", "write")], "", [".csv"];
    the_qualify_page: [("Q", "nothing written yet")], "", ["Account", "Contact", "Opportunity", "Reason"];
    why_a_lead_is_disqualified: [("X", "Enter choose")], "", ["Cannot Contact"];
    the_process: [("Enter", "All Activ"), ("Shift-Tab", "next stage")], "", ["Qualify ▸"];
    what_a_lead_is_tied_to: [("L", "Link L-2 to")], "lee", ["Ann Lee"];
    what_is_made_to_be_linked: [("L", "Link L-2 to")], "label printer", ["nothing matches"];
    what_a_lead_may_be_too: [("M", "Merge L-2 with")], "lee", ["Ann Lee"];
}

#[test]
fn the_other_screens() {
    let desk = desk();
    desk.run(&["product", "add", "Label printer", "price=1200"]).ok();
    desk.run(&["campaign", "add", "Spring fair", "type=event"]).ok();
    let mut session = Session::start(&desk);
    session.wait_for("Bo Ek  ");
    for (rows, columns) in SIZES {
        session.resize_list(rows, columns);
        for (key, then) in
            [("3", "3 Pipeline]"), ("4", "4 Opportunities]"), ("5", "5 Accounts]"), ("6", "6 Contacts]"), ("7", "7 Reports]")]
        {
            session.press_for(&[key], then);
            fits(&session, rows, columns);
        }
        for (list, then) in [("products", "1,200.00"), ("campaigns", "Spring fair"), ("competitors", "[Competitors]")] {
            session.press_for(&[":"], "Enter run");
            session.type_text(list);
            session.press_for(&["Enter"], then);
            fits(&session, rows, columns);
        }
        session.press_for(&["2"], "Bo Ek");
    }
    session.press("q");
    assert!(session.pty.ended());
    session.assert_left();
}
