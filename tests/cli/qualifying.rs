//! `qualify`, `disqualify`, `reopen`, `stage`, `win`, `lose`, `link`, `unlink`, `merge`, `competitor`, `campaign`.

use serde_json::json;

use crate::desk::Desk;

#[test]
fn a_lead_becomes_three_records_and_the_answer_names_them() {
    let desk = Desk::with_lead();
    assert_eq!(desk.run(&["qualify", "L-1", "--value", "40k EUR", "--close", "2026-12-18"]).lines(), ["A-1", "C-1", "O-1"]);
    assert_eq!(desk.field("L-1", "status"), "qualified");
    let deal = desk.run(&["show", "O-1", "--json"]).json();
    let wanted = json!(["needs printers", "develop", "40000.00", "EUR", "2026-12-18", "open"]);
    let got: Vec<_> = ["name", "stage", "estimated_value", "currency", "estimated_close_date", "status"]
        .iter()
        .map(|field| deal[*field].clone())
        .collect();
    assert_eq!(json!(got), wanted);
    let said = desk.run(&["qualify", "1"]).fails(1);
    assert!(said.contains("L-1 is qualified already and cannot be qualified"), "{said}");
    // a colleague of the same company: the account is there by her e-mail's contact, and nothing is doubled
    desk.run(&["add", "Ann Lee @ Contoso ann@contoso.com : more printers"]).ok();
    let done = desk.run(&["qualify", "L-2", "--json"]).json();
    assert_eq!(done, json!({"created": ["O-2"], "linked": ["A-1", "C-1"]}));
    desk.run(&["undo"]).ok();
    assert_eq!(desk.field("L-2", "status"), "open");
    assert_eq!(desk.run(&["list", "--entity", "opportunity", "--format", "ids"]).ok(), "O-1\n");
}

#[test]
fn each_part_can_be_chosen() {
    let desk = Desk::with_lead();
    desk.run(&["add", "--entity", "account", "name=Fabrikam"]).ok();
    desk.run(&["add", "--entity", "contact", "last_name=Ek"]).ok();
    let done = desk.run(&["qualify", "L-1", "--account", "A-1", "--contact", "none", "--opportunity", "no", "--json"]).json();
    assert_eq!(done, json!({"created": [], "linked": ["A-1"]}));
    desk.run(&["reopen", "L-1"]).ok();
    assert_eq!(desk.field("L-1", "status_reason"), "new");
    let done =
        desk.run(&["qualify", "L-1", "--account", "none", "--contact", "none", "--customer", "C-1", "--name", "Deal", "--json"]);
    assert_eq!(done.json(), json!({"created": ["O-1"], "linked": []}));
    assert_eq!(desk.field("O-1", "name"), "Deal");
    for (args, said) in [
        (&["qualify", "L-1", "--account", "C-1"][..], "C-1 is a contact, not an account"),
        (&["qualify", "A-1"], "A-1 is an account; this is done on leads"),
    ] {
        assert!(desk.run(args).fails(2).contains(said), "{args:?}");
    }
    assert!(desk.run(&["qualify", "L-1", "--reason", "lost"]).fails(1).contains("it can be qualified"));
}

#[test]
fn a_lead_is_disqualified_for_a_reason_and_reopened() {
    let desk = Desk::with_lead();
    assert!(desk.run(&["disqualify", "L-1"]).fails(2).contains("--reason"));
    assert!(desk.run(&["disqualify", "L-1", "--reason", "new"]).fails(1).contains("lost, cannot-contact"));
    assert_eq!(desk.run(&["disqualify", "L-1", "--reason", "cannot-contact", "--note", "moved away"]).lines(), ["L-1", "N-1"]);
    let lead = desk.run(&["show", "L-1", "--json"]).json();
    assert_eq!((&lead["status"], &lead["status_reason"]), (&json!("disqualified"), &json!("cannot-contact")));
    assert_eq!(lead["notes"][0]["body"], "moved away");
    assert!(desk.run(&["set", "L-1", "rating=cold"]).fails(1).contains("disqualified"));
    assert_eq!(desk.run(&["reopen", "L-1"]).ok(), "L-1\n");
    assert_eq!(desk.field("L-1", "status"), "open");
    desk.run(&["qualify", "L-1"]).ok();
    desk.run(&["reopen", "L-1"]).ok();
    let said = desk.run(&["disqualify", "L-1", "--reason", "lost"]).fails(1);
    assert!(said.contains("open opportunity O-1"), "{said}");
}

#[test]
fn an_opportunity_goes_its_way_and_is_closed_with_an_entry() {
    let desk = Desk::with_lead();
    desk.run(&["qualify", "L-1", "--value", "40k EUR"]).ok();
    assert_eq!(desk.run(&["stage", "O-1", "propose"]).ok(), "O-1\n");
    assert_eq!(desk.field("O-1", "stage"), "propose");
    assert!(desk.run(&["stage", "O-1", "lunch"]).fails(1).contains("qualify, develop, propose, close"));
    desk.run(&["win", "O-1", "--revenue", "38k", "--date", "2026-11-24", "--note", "Signed by Ann"]).ok();
    let deal = desk.run(&["show", "O-1", "--json"]).json();
    assert_eq!((&deal["status"], &deal["actual_value"]), (&json!("won"), &json!("38000.00")));
    let entry = deal["notes"][0]["body"].as_str().unwrap();
    assert!(entry.starts_with("Won · 38,000.00 EUR · 2026-11-24") && entry.ends_with("Signed by Ann"), "{entry}");
    assert!(desk.run(&["win", "O-1"]).fails(1).contains("O-1 is won already"));
    desk.run(&["reopen", "O-1"]).ok();
    let deal = desk.run(&["show", "O-1", "--json"]).json();
    assert_eq!((&deal["status"], &deal["actual_value"]), (&json!("open"), &json!(null)));
    assert!(desk.run(&["lose", "O-1", "--reason", "out-sold", "--competitor", "Litware"]).fails(1).contains("there is none yet"));
    desk.run(&["competitor", "add", "Litware"]).ok();
    desk.run(&["lose", "O-1", "--reason", "out-sold", "--competitor", "litware"]).ok();
    let deal = desk.run(&["show", "O-1", "--json"]).json();
    assert_eq!(
        (&deal["status"], &deal["status_reason"], &deal["competitor"]),
        (&json!("lost"), &json!("out-sold"), &json!("litware"))
    );
    assert!(deal["notes"].to_string().contains("Lost: Out-Sold · to Litware"), "{}", deal["notes"]);
}

#[test]
fn records_are_linked_with_a_role_and_untied() {
    let desk = Desk::with_lead();
    desk.run(&["add", "--entity", "contact", "last_name=Ek"]).ok();
    desk.run(&["link", "L-1", "C-1", "--role", "decision maker"]).ok();
    let history = desk.run(&["history", "C-1"]).ok();
    assert!(history.contains("linked L-1 as decision maker"), "{history}");
    desk.run(&["unlink", "C-1", "1"]).ok();
    assert!(desk.run(&["unlink", "L-1", "C-1"]).fails(1).contains("are not linked"));
    assert!(desk.run(&["link", "L-1", "L-1"]).fails(1).contains("cannot be linked to itself"));
}

#[test]
fn campaigns_are_records_and_choices() {
    let desk = Desk::with_lead();
    assert_eq!(desk.run(&["campaign", "add", "Spring fair", "type=event", "actual_cost=4k EUR"]).lines(), ["M-1"]);
    assert_eq!(desk.run(&["campaign", "add", "spring FAIR"]).out, "M-1\n", "it is there already");
    assert_eq!(desk.run(&["campaign", "list", "--format", "ids"]).lines(), ["M-1"]);
    desk.run(&["campaign", "set", "1", "reason=launched", "ends=2026-12-24"]).ok();
    assert_eq!((desk.field("M-1", "status_reason"), desk.field("M-1", "type")), ("launched".into(), "event".into()));
    assert!(desk.run(&["campaign", "set", "M-1", "reason=won"]).fails(1).contains("Ready To Launch"));
    desk.run(&["qualify", "L-1", "--campaign", "spring-fair"]).ok();
    assert_eq!(desk.field("O-1", "campaign"), "spring-fair");
    assert_eq!(desk.run(&["list", "campaign:spring-fair", "--entity", "opportunity", "--format", "ids"]).lines(), ["O-1"]);
    let links = desk.run(&["show", "M-1", "--json"]).json()["links"].clone();
    assert_eq!(links, json!([{"record": "O-1", "name": "needs printers", "referrer": "campaign"}]), "what came of it");
    desk.run(&["campaign", "set", "M-1", "name=Spring expo", "status=inactive"]).ok();
    assert_eq!(desk.field("O-1", "campaign"), "spring-expo", "it is called as it is now");
    assert_eq!(desk.field("M-1", "status_reason"), "inactive");
    desk.run(&["campaign", "remove", "1"]).ok();
    assert_eq!(desk.run(&["campaign", "list", "--format", "ids"]).ok(), "");
}

#[test]
fn products_are_sold_with_an_opportunity_and_interest_a_lead() {
    let desk = Desk::with_lead();
    assert_eq!(desk.run(&["product", "add", "Label printer", "price=1200 EUR", "product_number=LP-2"]).lines(), ["P-1"]);
    assert!(desk.run(&["product", "add", "X", "price=dear"]).fails(1).contains("price"));
    desk.run(&["link", "L-1", "P-1"]).ok();
    desk.run(&["competitor", "add", "Hartwell"]).ok();
    desk.run(&["link", "L-1", "V-1"]).ok();
    let lead = desk.run(&["show", "L-1", "--json"]).json();
    assert_eq!((&lead["interest"], &lead["competitors"]), (&json!(["Label printer"]), &json!(["Hartwell"])));
    let found = |filter: &str| desk.run(&["list", filter, "--format", "ids"]).ok();
    assert_eq!((found("interest:\"label printer\"").as_str(), found("competitors:litware").as_str()), ("L-1\n", ""));
    assert_eq!((found("has:interest").as_str(), found("no:competitors").as_str()), ("L-1\n", ""));
    assert!(desk.run(&["set", "L-1", "interest=ink"]).fails(1).contains("follow from the links with products"));
    desk.run(&["qualify", "L-1", "--currency", "EUR"]).ok();
    let said = desk.run(&["link", "O-1", "P-1", "--role", "3"]);
    said.ok();
    assert_eq!(desk.field("O-1", "estimated_value"), "3600.00");
    desk.run(&["link", "P-1", "O-1", "--role", "3 x 1000"]).ok();
    let deal = desk.run(&["show", "O-1", "--json"]).json();
    assert_eq!((&deal["estimated_value"], &deal["value_from_products"]), (&json!("3000.00"), &json!(true)));
    let line = json!({"record": "P-1", "name": "Label printer", "role": "product",
                      "quantity": "3.00", "price": "1000.00", "amount": "3000.00"});
    assert!(deal["links"].as_array().unwrap().contains(&line), "{}", deal["links"]);
    for (role, wrong) in [("many", "quantity"), ("3 x dear", "price"), ("0", "above 0"), ("-1", "above 0"), ("1 x -5", "price")] {
        assert!(desk.run(&["link", "O-1", "P-1", &format!("--role={role}")]).fails(1).contains(wrong), "{role}");
    }
    desk.run(&["set", "O-1", "value=5k"]).ok();
    assert_eq!(
        desk.run(&["show", "O-1", "--json"]).json()["value_from_products"],
        json!(false),
        "who writes it gives it by hand"
    );
    desk.run(&["link", "O-1", "P-1", "--role", "4"]).ok();
    assert_eq!(desk.field("O-1", "estimated_value"), "5000.00");
    desk.run(&["set", "O-1", "value_from_products=yes"]).ok();
    assert_eq!(desk.field("O-1", "estimated_value"), "4000.00");
    desk.run(&["undo"]).ok();
    desk.run(&["undo"]).ok();
    assert!(desk.run(&["show", "O-1"]).ok().contains("3 × 1,000.00 = 3,000.00"), "the line is undone too");
    let history = desk.run(&["history", "O-1"]).ok();
    assert!(history.contains("P-1: 3 × 1,000.00 = 3,000.00"), "{history}");
    assert!(desk.run(&["undo", "2"]).fails(1).contains("P-1"), "a product that is sold is not taken back");
    desk.run(&["win", "O-1"]).ok();
    assert!(desk.run(&["unlink", "O-1", "P-1"]).fails(1).contains("O-1 is won"));
}

#[test]
fn what_a_record_is_tied_to_and_the_notes_of_its_lead_are_shown() {
    let desk = Desk::with_lead();
    desk.run(&["note", "L-1", "Wants a demo"]).ok();
    desk.run(&["qualify", "L-1"]).ok();
    let deal = desk.run(&["show", "O-1", "--json"]).json();
    assert_eq!(deal["notes"][0]["body"], "Wants a demo", "one copy, read on what the lead became");
    let links = deal["links"].as_array().unwrap();
    assert!(links.contains(&json!({"record": "A-1", "name": "Contoso", "field": "account"})), "{links:?}");
    assert!(links.contains(&json!({"record": "C-1", "name": "Ann Lee", "role": "Stakeholder"})), "{links:?}");
    let account = desk.run(&["show", "A-1"]).ok();
    for part in ["Wants a demo", "O-1  needs printers · its Account", "L-1  Ann Lee · its Parent Account"] {
        assert!(account.contains(part), "{part} in\n{account}");
    }
}

#[test]
fn two_leads_become_one_and_undo_brings_both_back() {
    let desk = Desk::with_lead();
    desk.run(&["add", "first_name=Anna", "last_name=Lee", "topic=T", "phone=2", "job_title=CEO"]).ok();
    desk.run(&["note", "L-2", "Wants a demo"]).ok();
    let words = ["merge", "L-1", "2", "phone=other", "job-title=other", "job_title=master"];
    assert_eq!(desk.run(&words).lines(), ["L-1"]);
    assert_eq!((desk.field("L-1", "phone"), desk.field("L-1", "job_title")), (json!("2"), json!(null)));
    assert_eq!(desk.field("L-1", "notes")[0]["body"], "Wants a demo");
    let other = desk.run(&["show", "L-2", "--json"]).json();
    let wanted = json!(["disqualified", "canceled", true, "L-1"]);
    assert_eq!(json!([other["status"], other["status_reason"], other["merged"], other["master"]]), wanted);
    assert!(desk.run(&["reopen", "L-2"]).fails(1).contains("L-2 was merged into L-1; work on that"));
    let history = desk.run(&["history", "L-1"]).ok();
    assert!(history.contains("N-1 moved from L-2") && history.contains("L-2 merged into it"), "{history}");
    let history = desk.run(&["history", "L-2"]).ok();
    assert!(history.contains("Merged Into: – → L-1"), "{history}");
    desk.run(&["undo"]).ok();
    assert_eq!(
        (desk.field("L-2", "status"), desk.field("L-2", "notes")[0]["body"].clone()),
        (json!("open"), json!("Wants a demo"))
    );
    desk.run(&["redo"]).ok();
    desk.run(&["undo"]).ok();
    let done = desk.run(&["merge", "L-2", "L-1", "--json"]).json();
    assert_eq!(done["changed"], json!(["L-2"]));
    assert!(done["step"].is_i64());
    for (words, code, said) in [
        (&["merge", "L-1"][..], 2, "OTHER"),
        (&["merge", "L-1", "L-2", "phone=1"], 2, "phone=1: it is phone=other or phone=master"),
        (&["merge", "L-1", "L-2", "fone=other"], 2, "there is no field “fone”; did you mean phone?"),
        (&["merge", "L-2", "L-2"], 1, "L-2 cannot be merged with itself"),
        (&["merge", "L-2", "L-1"], 1, "L-1 was merged into L-2; work on that"),
        (&["merge", "L-2", "N-1"], 1, "N-1 is a note and cannot be merged"),
    ] {
        let message = desk.run(words).fails(code);
        assert!(message.contains(said), "{message}");
    }
}
