//! Rules on the command line: `rule`, `route`, `take`, `queue`.

use serde_json::json;

use crate::desk::Desk;

fn desk() -> Desk {
    let desk = Desk::with_lead();
    desk.run(&["user", "add", "bo", "--name", "Bo Berg"]).ok();
    desk.run(&["user", "add", "cy"]).ok();
    desk
}

#[test]
fn rules_are_added_changed_moved_removed_and_told() {
    let desk = desk();
    let add = ["rule", "add", "Hot", "--when", "rating:hot", "--share", "round-robin", "--among", "bo,cy", "--tag", "#vip"];
    assert_eq!(desk.run(&add).ok(), "D-1\n");
    let add = [
        "rule",
        "add",
        "Rest",
        "--on",
        "created,idle:30d",
        "--assign",
        "bo",
        "--set",
        "rating=cold",
        "--task",
        "Call",
        "--due",
        "+2h",
    ];
    assert_eq!(desk.run(&[&add[..], &["--json"]].concat()).json()["made"], json!(["D-2"]));
    let list = desk.run(&["rule", "list"]).lines();
    assert_eq!(
        list[1..],
        [
            "1  Hot   rating:hot  round-robin among bo, cy · #vip           created, imported, by-hand      0",
            "2  Rest  every lead  bo · rating=cold · task “Call” +2h        created, idle:30d               0"
        ],
        "{list:#?}"
    );
    desk.run(&["rule", "set", "hot", "--when", "rating:hot value>10k", "--active", "off", "--rename", "Big"]).ok();
    desk.run(&["rule", "move", "Rest", "1"]).ok();
    let rules = desk.run(&["rule", "list", "--json"]).json();
    assert_eq!(
        (&rules[1]["name"], &rules[1]["when"], &rules[1]["active"]),
        (&json!("Big"), &json!("rating:hot value>10k"), &json!(false))
    );
    assert_eq!(rules[1]["assign"], "round-robin among bo, cy", "what is not given stays");
    desk.run(&["rule", "remove", "D-1"]).ok();
    assert_eq!(desk.run(&["rule", "list", "--json"]).json().as_array().map(Vec::len), Some(1));
    assert!(desk.run(&["rule", "remove", "Rst"]).fails(1).contains("did you mean Rest?"));
    assert!(desk.run(&["rule", "add", "X", "--when", "ratin:hot", "--assign", "bo"]).fails(2).contains("rating"));
    assert!(desk.run(&["rule", "add", "X", "--on", "often", "--assign", "bo"]).fails(2).contains("makes no rule be asked"));
    assert!(desk.run(&["rule", "add", "X", "--when", "rating:hot"]).fails(1).contains("does nothing"));
    desk.run(&["rule", "add", "X", "--assign", "bo", "--queue", "y"]).fails(2);
    assert!(desk.run(&["rule", "set", "Rest"]).fails(2).contains("nothing to change"));
    assert!(desk.run(&["rule", "move", "Rest", "0"]).fails(2).contains("counted from 1"));
    assert!(desk.run(&["rule", "set", "Rest", "--on", "updated:foo"]).fails(2).contains("foo"));
    for when in ["owner:me", "-is:mine", "is:new", "unit:mine"] {
        assert!(desk.run(&["rule", "set", "Rest", "--when", when]).fails(1).contains("the same for everybody"), "{when}");
    }
    assert!(desk.run(&["rule", "set", "Rest", "--when", "rating:hot sort:name"]).fails(1).contains("a rule has no order"));
}

#[test]
fn leads_are_routed_by_hand_tried_before_and_explained() {
    let desk = desk();
    desk.run(&["add", "Bob Ek @ Fabrikam via partner"]).ok();
    assert!(desk.run(&["route", "status:open"]).fails(1).contains("no rule is asked by hand"));
    desk.run(&["rule", "add", "Hot", "--when", "rating:hot or value>5k", "--assign", "bo"]).ok();
    desk.run(&["rule", "add", "Web", "--when", "source:web", "--assign", "cy"]).ok();
    let tried = desk.run(&["route", "-source:partner", "--dry-run", "--json"]).json();
    assert_eq!((&tried["asked"], &tried["moved"], &tried["owners"]["bo"]["would"]), (&json!(1), &json!(1), &json!(1)));
    let lines = desk.run(&["route", "status:open", "--dry-run", "--explain"]).lines();
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("L-1") && line.contains("ana") && line.contains("Hot") && line.contains("rating:hot"))
    );
    assert!(lines.iter().any(|line| line.starts_with("L-2") && line.ends_with("no rule matches")));
    assert_eq!(desk.field("L-1", "owner"), "ana");
    let done = desk.run(&["route", "status:open", "--json"]).json();
    assert_eq!(
        (&done["asked"], &done["matched"], &done["moved"], &done["unmatched"]),
        (&json!(2), &json!(1), &json!(1), &json!(1))
    );
    assert_eq!((desk.field("L-1", "owner"), desk.field("L-2", "owner")), (json!("bo"), json!("ana")));
    desk.run(&["undo"]).ok();
    let told = desk.run(&["route", "status:open", "--explain", "--json"]).json();
    assert_eq!((&told["moved"], &told["leads"][0]["rule"], &told["others"]), (&json!(1), &json!("Hot"), &json!(0)));
    let again = desk.run(&["route", "status:open", "--explain"]).lines();
    assert!(again.iter().any(|line| line.contains("L-2")), "one that is listed already is explained too: {again:?}");
    desk.run(&["undo"]).ok();
    let log = desk.run(&["rule", "log", "--json"]).json();
    assert_eq!((&log[0]["rule"], &log[0]["matched"], &log[0]["to"]), (&json!("Hot"), &json!("rating:hot"), &json!("bo")));
    assert_eq!(desk.run(&["rule", "log", "--unmatched", "--json"]).json()[0]["lead"], "L-2");
    desk.run(&["undo"]).ok();
    assert_eq!(desk.field("L-1", "owner"), "ana");
    assert_eq!(desk.run(&["rule", "log", "--json"]).json(), json!([]));
    // without a filter what waits for time is asked, and nothing does
    assert_eq!(desk.run(&["route", "--json"]).json()["asked"], 0);
    assert!(desk.run(&["route", "ratin:hot"]).fails(2).contains("rating"));
}

#[test]
fn an_import_is_routed_and_taken_back_as_one() {
    let desk = desk();
    desk.run(&["user", "add", "dee"]).ok();
    desk.run(&[
        "rule",
        "add",
        "Nordics",
        "--when",
        "country:no or country:se",
        "--share",
        "round-robin",
        "--among",
        "bo,cy",
        "--tag",
        "nordic",
    ])
    .ok();
    desk.run(&["rule", "add", "Words", "--when", "fabrikam", "--assign", "dee", "--set", "rating=hot"]).ok();
    let rows: String = (0..1_200)
        .map(|n| format!("Lee{n},T,{},{}\n", ["Contoso", "Fabrikam"][n % 2], ["Norway", "Spain", "Sweden"][n % 3]))
        .collect();
    std::fs::write(desk.path("leads.csv"), format!("Last Name,Topic,Company Name,Country\n{rows}")).expect("a file");
    desk.run(&["import", &desk.text("leads.csv")]).ok();
    let count = |filter: &str| desk.run(&["list", filter, "--format", "ids"]).ok().lines().count();
    assert_eq!((count("owner:bo tag:nordic"), count("owner:cy tag:nordic")), (400, 400));
    assert_eq!((count("owner:dee country:es rating:hot"), count("owner:ana country:es")), (200, 200));
    assert_eq!(count("fabrikam"), 600, "words are found as ever");
    let log = desk.run(&["rule", "log", "Words", "--limit", "1", "--json"]).json();
    assert_eq!((&log[0]["event"], &log[0]["to"]), (&json!("imported"), &json!("dee")));
    assert_eq!(desk.field("L-2", "handed_note"), "rule “Nordics”");
    let history = desk.run(&["history", "L-2"]).ok();
    assert!(history.contains("rule “Nordics”") && history.contains("ana → "), "{history}");
    desk.run(&["check"]).ok();
    let steps = desk.run(&["steps", "--limit", "1", "--json"]).json();
    desk.run(&["undo", &steps[0]["step"].to_string()]).ok();
    assert_eq!(count(""), 1);
}

#[test]
fn options_of_a_rule_are_taken_back() {
    let desk = desk();
    let add =
        ["rule", "add", "R", "--share", "least-loaded", "--among", "bo,cy", "--match", "region,language", "--set", "rating=hot"];
    desk.run(&[&add[..], &["--tag", "x", "--task", "Call"]].concat()).ok();
    let does = || desk.run(&["rule", "list", "--json"]).json()[0]["does"].clone();
    assert_eq!(does(), "least-loaded among bo, cy by region, language · rating=hot · #x · task “Call” today");
    for (option, text, left) in [
        ("--match", "", "least-loaded among bo, cy · rating=hot · #x · task “Call” today"),
        ("--among", "none", "least-loaded · rating=hot · #x · task “Call” today"),
        ("--set", "none", "least-loaded · #x · task “Call” today"),
        ("--tag", "none", "least-loaded · task “Call” today"),
        ("--queue", "", "least-loaded · task “Call” today"),
        ("--share", "none", "task “Call” today"),
        ("--match", "none", "task “Call” today"),
    ] {
        desk.run(&["rule", "set", "R", option, text]).ok();
        assert_eq!(does(), left, "{option} {text}");
    }
    desk.run(&["rule", "set", "R", "--tag", "y", "--task", ""]).ok();
    assert_eq!(does(), "#y");
    assert!(desk.run(&["rule", "set", "R", "--share", "fairly"]).fails(2).contains("it can be round-robin, least-loaded, none"));
}

#[test]
fn what_should_be_heard_is_told_to_scripts_too() {
    let desk = desk();
    desk.run(&["rule", "add", "Warm", "--on", "updated:rating", "--when", "rating:hot", "--set", "rating=warm"]).ok();
    desk.run(&["rule", "add", "Hot", "--on", "updated:rating", "--when", "rating:warm", "--set", "rating=hot"]).ok();
    let ran = desk.run(&["set", "L-1", "rating=warm", "--json"]);
    let sentence = "the rule “Hot” feeds itself";
    assert!(ran.code == 0 && ran.err.contains(sentence) && !ran.err.contains("Rating of"), "{}", ran.err);
    assert!(ran.out.contains("\"message\"") && ran.out.contains(sentence), "{}", ran.out);
    desk.run(&["user", "set", "bo", "away=1 Jan 2020..1 Jan 2099", "deputy=cy"]).ok();
    assert!(desk.run(&["assign", "L-1", "--to", "bo"]).err.contains("bo is away until 1 Jan 2099, cy stands in"));
    desk.run(&["user", "add", "rita", "--role", "read-only"]).ok();
    assert!(desk.run(&["assign", "L-1", "--to", "rita"]).err.contains("rita only reads"));
}

#[test]
fn leads_are_taken_from_queues() {
    let desk = desk();
    assert!(desk.run(&["take"]).fails(1).contains("has no queues"));
    desk.run(&["queue", "on"]).ok();
    assert!(desk.run(&["take"]).fails(1).contains("in no team that has a queue"));
    assert_eq!(desk.run(&["queue", "list", "--json"]).json(), json!([]));
    desk.run(&["team", "add", "Inside", "members=bo,cy", "queue=yes"]).ok();
    desk.run(&["rule", "add", "Into", "--queue", "Inside"]).ok();
    let told = desk.run(&["queue", "off"]);
    assert!(told.err.contains("the rule “Into” gives nobody a lead now"), "{}", told.err);
}

#[test]
fn what_a_rule_did_is_told_when_it_is_gone() {
    let desk = desk();
    desk.run(&["rule", "add", "Hot", "--when", "rating:hot", "--assign", "bo"]).ok();
    desk.run(&["add", "last_name=Lee", "topic=x", "rating=hot"]).ok();
    desk.run(&["rule", "remove", "Hot"]).ok();
    let log = desk.run(&["rule", "log", "hot", "--json"]).json();
    assert_eq!((&log[0]["rule"], &log[0]["to"]), (&json!("Hot"), &json!("bo")));
    assert!(desk.run(&["rule", "log", "Hott"]).fails(1).contains("there is no rule “Hott”"));
}

#[test]
fn two_programs_that_take_at_once_get_no_lead_twice_and_lose_none() {
    const LEADS: usize = 24;
    let desk = desk();
    desk.run(&["team", "add", "Inside", "members=bo,cy", "queue=yes"]).ok();
    desk.run(&["queue", "on"]).ok();
    desk.run(&["assign", "L-1", "--to", "team:Inside"]).ok();
    for n in 1..LEADS {
        desk.run(&["add", &format!("last_name=Lee{n}"), "topic=x", "owner=team:Inside"]).ok();
    }
    let take = |user: &'static str| {
        let mut taken = Vec::new();
        loop {
            let ran = desk.run(&["--as", user, "take"]);
            if ran.code != 0 {
                assert!(ran.err.contains("nothing waits"), "{}", ran.err);
                return taken;
            }
            taken.push(ran.out.trim().to_owned());
        }
    };
    let (one, other) = std::thread::scope(|scope| {
        let other = scope.spawn(|| take("cy"));
        (take("bo"), other.join().expect("taken"))
    });
    let mut all = [one, other].concat();
    assert_eq!(all.len(), LEADS, "{all:?}");
    all.sort();
    all.dedup();
    assert_eq!(all.len(), LEADS, "{all:?}");
}

#[test]
fn a_dry_run_names_the_rules_that_are_not_asked() {
    let desk = desk();
    desk.run(&["rule", "add", "Hot", "--on", "by-hand", "--set", "rating=cold"]).ok();
    desk.run(&["rule", "add", "Cold", "--on", "updated:rating", "--when", "rating:cold", "--assign", "bo"]).ok();
    desk.run(&["rule", "add", "Late", "--on", "idle:30d", "--assign", "cy"]).ok();
    let tried = desk.run(&["route", "status:open", "--dry-run", "--json"]).json();
    assert_eq!((&tried["matched"], &tried["moved"]), (&json!(1), &json!(1)));
    assert_eq!(tried["waiting"], json!([{"rule": "Late", "waits": "asked only when a lead is left alone for 30 days"}]));
    let lines = desk.run(&["route", "status:open", "--dry-run"]).lines();
    assert!(lines.iter().any(|line| line.starts_with("Late") && line.contains("left alone for 30 days")), "{lines:#?}");
    let done = desk.run(&["route", "status:open", "--json"]).json();
    assert_eq!((&done["matched"], &done["moved"], desk.field("L-1", "owner")), (&json!(1), &json!(1), json!("bo")));
}
