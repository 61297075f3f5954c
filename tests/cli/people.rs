//! Who acts: `--as`, LEADBOOK_USER, the settings, the system's login; and `user`.

use serde_json::json;

use crate::desk::Desk;

#[test]
fn the_first_user_is_the_person_at_the_keyboard_and_admin() {
    let desk = Desk::new();
    desk.run(&["source", "add", "Fair"]).ok();
    let users = desk.run(&["user", "list", "--json"]).json();
    assert_eq!(users, json!([{"login": "ana", "name": "Ana", "role": "admin", "active": true}]));
    let desk = Desk::new();
    assert_eq!(desk.run(&["--as", "zoe", "add", "Ann"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["--as", "zoe", "list", "--format", "ids"]).code, 1, "zoe is another than ana, who is not known");
}

#[test]
fn an_unknown_user_is_refused() {
    let mut desk = Desk::with_lead();
    desk.user = "eve";
    for args in [&["list"][..], &["add", "Bo"], &["undo"], &["user", "add", "eve"]] {
        assert!(desk.run(args).fails(1).contains("eve is no user of this database"), "{args:?}");
    }
    desk.env.push(("LEADBOOK_USER", "ana".into()));
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["--as", "eve", "list"]).code, 1);
}

#[test]
fn another_is_acted_as_by_an_admin_alone() {
    let mut desk = Desk::with_lead();
    desk.run(&["user", "add", "bo", "--name", "Bo Berg"]).ok();
    desk.run(&["user", "add", "cy", "--role", "admin"]).ok();
    assert_eq!(desk.run(&["--as", "BO", "add", "Dee"]).ok(), "L-2\n");
    assert_eq!(desk.field("L-2", "owner"), "bo");
    desk.user = "bo";
    assert!(desk.run(&["--as", "ana", "list"]).fails(1).contains("needs the admin role"));
    assert_eq!(desk.run(&["--as", "bo", "list", "owner:me", "--format", "ids"]).ok(), "L-2\n");
    assert!(desk.run(&["set", "L-1", "rating=cold"]).fails(1).contains("belongs to ana"));
    assert!(desk.run(&["user", "add", "dee"]).fails(1).contains("needs the admin role"));
    desk.user = "cy";
    assert_eq!(desk.run(&["--as", "ana", "list", "owner:me", "--format", "ids"]).ok(), "L-1\n");
}

#[test]
fn the_settings_name_the_user_and_the_country() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("config/leadbook")).expect("a folder");
    let text = "user = \"zoe\"\nname = \"Zoe Zed\"\ncountry = \"DE\"\ncolor = 1\n";
    std::fs::write(desk.path("config/leadbook/config.toml"), text).expect("settings");
    let ran = desk.run(&["add", "last_name=Lee", "topic=x", "value=1.234,50"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "L-1\n"));
    assert!(ran.err.contains("config.toml, line 4: there is no setting “color”"), "{}", ran.err);
    std::fs::write(desk.path("config/leadbook/config.toml"), text.replace("color = 1\n", "")).expect("settings");
    assert_eq!(desk.field("L-1", "estimated_value"), "1234.50");
    assert_eq!(desk.field("L-1", "currency"), "EUR");
    assert_eq!(desk.run(&["user", "list", "--json"]).json()[0]["name"], "Zoe Zed");
}

#[test]
fn users_are_added_once() {
    let blank = Desk::with_lead().run(&["user", "add", "x y"]).fails(1);
    assert!(blank.contains("“x y” has blanks; a login is one word"), "{blank}");
    let desk = Desk::with_lead();
    assert_eq!(desk.run(&["user", "add", "bo", "--name", "Bo Berg", "--json"]).json()["made"], json!(["bo"]));
    assert!(desk.run(&["user", "add", "BO"]).fails(1).contains("already"));
    assert!(desk.run(&["user", "add", "a,b"]).fails(1).contains("login"));
    desk.run(&["user", "add", "cy", "--role", "boss"]).fails(2);
    assert_eq!(desk.run(&["user", "list"]).lines()[2], "bo     Bo Berg  seller");
}
