//! Views are saved from the list, changed and taken away; a lead says why it has its score.

use leadbook::model::definition::{Body, Definition, ScoreRule, Target};
use leadbook::service::definition::PutDefinition;

use crate::harness::Stage;

fn names(stage: &Stage) -> Vec<String> {
    let mut saved: Vec<_> = stage.env().catalog.saved_views().map(|(d, _)| (d.place, d.name.clone())).collect();
    saved.sort();
    saved.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn the_list_is_saved_under_a_name_and_opens_as_it_was() {
    let mut stage = Stage::new(80, 24);
    stage.keys("/rating:hot created<lt>this-week sort:name<enter>").keys("vsave this<enter>").shows("name of the view");
    stage.keys("Old and hot<enter>").shows("Old and hot").shows("u undoes");
    let (_, view) = stage.env().catalog.saved_views().next().expect("a view");
    assert_eq!((view.filter.as_str(), view.sort.as_str()), ("is:mine status:open rating:hot created<this-week", "name"));
    assert_eq!(view.columns.first().map(String::as_str), Some("next_due_at"));
    let mut stage = stage.restart();
    stage.shows("Old and hot").shows("name ↑");
    // without a key, by its name among the commands; the same name writes over it
    stage.keys("scompany<enter>:save-view<enter>Old and hot<enter>").shows("Changed the view Old and hot");
    assert_eq!(names(&stage), ["Old and hot"]);
    assert_eq!(stage.env().catalog.saved_views().next().map(|(_, view)| view.sort.clone()).as_deref(), Some("company"));
    stage.keys("u").shows("name ↑");
}

#[test]
fn a_saved_view_is_renamed_ordered_shared_and_deleted() {
    let mut stage = Stage::new(120, 40);
    for name in ["First", "Second"] {
        stage.keys(":save-view<enter>").keys(name).keys("<enter>").shows(name);
    }
    stage.keys("v");
    snapshot!(stage, "views_saved");
    stage.keys("change<enter>").shows("earlier in the list");
    snapshot!(stage, "view_changes", "");
    stage.keys("3").shows("Moved the view Second");
    assert_eq!(names(&stage), ["Second", "First"]);
    stage.keys("vchange<enter>2").shows("name of the view").keys("<c-u>Number two<enter>").shows("Number two");
    stage.keys("vchange<enter>5");
    assert!(stage.env().catalog.saved_views().any(|(d, _)| d.owner.is_none() && d.name == "Number two"));
    stage.keys("v").shows("shared").keys("<esc>");
    stage.keys("/lee<enter>vchange<enter>1");
    let filter = |stage: &Stage| {
        let view = stage.env().catalog.saved_views().find(|(d, _)| d.name == "Number two").map(|(_, view)| view.filter.clone());
        view.expect("the view")
    };
    assert_eq!(filter(&stage), "is:mine status:open lee");
    stage.keys("vchange<enter>6").shows("Removed the view Number two").shows("My open leads");
    assert_eq!(names(&stage), ["First"]);
    stage.keys("u");
    assert_eq!(filter(&stage), "is:mine status:open lee");
}

fn put(name: &str, body: Body) -> PutDefinition {
    let definition = Definition { number: 0, name: name.into(), place: 0, owner: None, body };
    PutDefinition { definition }
}

#[test]
fn a_lead_says_why_it_has_its_score() {
    let mut stage = Stage::new(120, 40);
    let me = stage.env().me;
    for (points, name, when) in [(60, "Hot", "rating:hot"), (-10, "No phone", "no:phone"), (20, "Sweden", "country:se")] {
        stage.meanwhile(me, put(name, Body::ScoreRule(ScoreRule { points, when: when.into(), active: true })));
    }
    stage.keys("j").wait(500).shows("score 60 B");
    stage.keys(":score<enter>").shows("+60  Hot").shows("score 60 B");
    snapshot!(stage, "score", "");
    stage.keys("<esc><enter>").shows("score 60 B");
    stage.keys("<esc>/score>=60 grade:b<enter>").shows("Ann Lee").hides("Bo Ekman");
}

#[test]
fn today_says_what_was_won_of_the_target() {
    let mut stage = Stage::new(80, 24);
    let me = stage.env().me;
    let target = Target { of: Some(me), month: None, amount: 500_000_000, currency: "EUR".into() };
    stage.meanwhile(me, put("ana", Body::Target(target)));
    stage.keys("gt").shows("of 50k EUR this month");
}
