//! Who acts: `--as`, LEADBOOK_USER, the settings, the system's login; and `user`.

use serde_json::json;

use crate::desk::Desk;

#[test]
fn the_first_user_is_the_person_at_the_keyboard_and_admin() {
    let desk = Desk::new();
    desk.run(&["source", "add", "Fair"]).ok();
    let users = desk.run(&["user", "list", "--json"]).json();
    assert_eq!(
        users,
        json!([{
            "login": "ana", "name": "Ana", "role": "admin", "unit": "Organization", "active": true, "takes_leads": true,
            "capacity": null, "languages": [], "regions": [], "hours": "mon-fri 9:00-17:00", "away": null, "deputy": null,
        }])
    );
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
    let list = desk.run(&["user", "list"]).lines()[2].split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(list, ["bo", "Bo", "Berg", "seller", "Organization", "yes"]);
}

#[test]
fn people_are_edited_a_field_at_a_time() {
    let desk = Desk::new();
    desk.run(&["unit", "add", "North"]).ok();
    desk.run(&["unit", "add", "Oslo", "parent=North"]).ok();
    desk.run(&["user", "add", "bo", "unit=Oslo", "capacity=40", "regions=Norway, Sweden"]).ok();
    desk.run(&["user", "set", "bo", "deputy=ana", "away=20 Dec..6 Jan", "role=manager"]).ok();
    let bo = &desk.run(&["user", "list", "--json"]).json()[1];
    assert_eq!(
        (&bo["unit"], &bo["capacity"], &bo["regions"], &bo["deputy"], &bo["role"]),
        (&json!("Oslo"), &json!(40), &json!(["Norway", "Sweden"]), &json!("ana"), &json!("manager"))
    );
    desk.run(&["team", "add", "Nordics", "members=bo,ana", "queue=yes"]).ok();
    assert_eq!(desk.run(&["team", "list", "--json"]).json()[0]["members"], json!(["ana", "bo"]));
    desk.run(&["partner", "add", "Fjord Resellers"]).ok();
    desk.run(&["add", "last_name=Lee", "topic=x", "partner=fjord-resellers"]).ok();
    assert_eq!(desk.run(&["list", "partner:fjord-resellers", "--format", "ids"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["partner", "list", "--json"]).json()[0]["kind"], "channel-partner");
    // what is wrong is said, and changes nothing
    assert!(desk.run(&["user", "set", "bo", "colour=red"]).fails(2).contains("there is no field “colour”"));
    assert!(desk.run(&["user", "set", "bo", "role=boss"]).fails(1).contains("it can be admin, manager, seller, read-only"));
    assert!(desk.run(&["user", "set", "ana", "active=no"]).fails(1).contains("ana is the only admin"));
    assert!(desk.run(&["unit", "remove", "Oslo"]).fails(1).contains("bo belongs to the unit Oslo"));
    assert!(desk.run(&["unit", "set", "North", "parent=Oslo"]).fails(1).contains("does not lie below itself"));
    desk.run(&["undo"]).ok();
    assert!(desk.run(&["partner", "list"]).ok().contains("Fjord Resellers"), "the newest step was the lead");
}
