//! `execute` and `messages`: a stream of requests, a reply a line.

use serde_json::{Value as Json, json};

use crate::desk::Desk;

/// Runs requests and reads the replies, with the exit code.
fn execute(desk: &Desk, args: &[&str], requests: &[Json]) -> (i32, Vec<Json>) {
    let input: String = requests.iter().map(|request| format!("{request}\n")).collect();
    let ran = desk.run_with(&[&["execute"], args].concat(), input.as_bytes());
    (ran.code, ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

/// Runs requests that all must be done.
fn done(desk: &Desk, requests: &[Json]) -> Vec<Json> {
    let (code, replies) = execute(desk, &[], requests);
    assert_eq!(code, 0, "{replies:?}");
    replies.into_iter().map(|mut reply| reply["ok"].take()).collect()
}

/// The sample of the SDK: one lead into an account and a contact, another into an opportunity with a currency for an existing account.
#[test]
fn two_leads_are_qualified_as_the_sample_does_it() {
    let desk = Desk::new();
    let made = done(
        &desk,
        &[
            json!({"message": "Create", "Target": {"LogicalName": "account", "name": "Litware"}}),
            json!({"message": "Create", "Target": {"subject": "New store", "lastname": "Lee", "firstname": "Ann", "companyname": "Contoso"}}),
            json!({"message": "Create", "Target": {"subject": "Second store", "lastname": "Ek"}}),
        ],
    );
    assert_eq!(made.iter().map(|m| m["number"].as_str().unwrap()).collect::<Vec<_>>(), ["A-1", "L-1", "L-2"]);
    let replies = done(
        &desk,
        &[
            json!({"message": "QualifyLead", "LeadId": made[1]["id"], "CreateAccount": true, "CreateContact": true, "Status": 3}),
            json!({"message": "QualifyLead", "LeadId": "L-2", "CreateOpportunity": true, "OpportunityCurrencyId": "EUR",
                   "OpportunityCustomerId": {"LogicalName": "account", "id": made[0]["id"]}, "Status": "qualified"}),
            json!({"message": "Retrieve", "Target": "O-1", "ColumnSet": ["originatingleadid", "transactioncurrencyid", "account", "statecode"]}),
            json!({"message": "Retrieve", "Target": "C-1", "ColumnSet": ["originatingleadid", "parentcustomerid"]}),
        ],
    );
    assert_eq!(replies[0]["CreatedEntities"], json!(["A-2", "C-1"]));
    assert_eq!(replies[1]["CreatedEntities"], json!(["O-1"]));
    let deal = &replies[2];
    let held = (&deal["originating_lead"], &deal["currency"], &deal["account"], &deal["status"]);
    assert_eq!(held, (&json!("L-2"), &json!("EUR"), &json!("A-1"), &json!("open")));
    assert_eq!((&replies[3]["originating_lead"], &replies[3]["account"]), (&json!("L-1"), &json!("A-2")));
    // clean-up
    let names = ["O-1", "C-1", "A-2", "A-1", "L-1", "L-2"];
    done(&desk, &names.map(|name| json!({"message": "Delete", "Target": name})));
    for entity in ["lead", "account", "contact", "opportunity"] {
        assert_eq!(desk.run(&["list", "--entity", entity, "--format", "ids"]).ok(), "");
    }
}

#[test]
fn an_error_names_its_field_and_the_rest_goes_on() {
    let desk = Desk::with_lead();
    let (code, replies) = execute(
        &desk,
        &[],
        &[
            json!({"message": "Update", "Target": {"id": "L-1", "leadqualitycode": "hott"}}),
            json!({"message": "Retrive", "Target": "L-1"}),
            json!({"message": "Retrieve", "Targt": "L-1"}),
            json!({"message": "Retrieve"}),
            json!({"message": "Update", "Target": {"id": "L-9", "rating": 1}}),
            json!({"message": "AddToQueue", "Target": "L-1"}),
            json!(7),
            json!({"message": "Update", "Target": {"id": "L-1", "leadqualitycode": 3, "estimatedvalue": 1234.5, "ownerid": "ana"}}),
        ],
    );
    assert_eq!(code, 1);
    let error = |place: usize| (replies[place]["error"]["field"].clone(), replies[place]["error"]["message"].to_string());
    assert_eq!((error(0).0, replies[0]["error"]["code"].clone()), (json!("rating"), json!("invalid")));
    assert!(error(1).1.contains("did you mean Retrieve?"), "{:?}", error(1));
    assert!(error(2).1.contains("did you mean Target?"), "{:?}", error(2));
    assert!(error(3).1.contains("Retrieve needs Target"), "{:?}", error(3));
    assert!(error(4).1.contains("L-9"), "{:?}", error(4));
    assert!(error(5).1.contains("queues are off"), "{:?}", error(5));
    assert!(error(6).1.contains("a request is an object"), "{:?}", error(6));
    assert_eq!(replies[7]["ok"]["number"], "L-1");
    let lead = desk.run(&["show", "L-1", "--json"]).json();
    assert_eq!((&lead["rating"], &lead["estimated_value"]), (&json!("cold"), &json!("1234.50")));
    // what is no JSON ends it
    let ran = desk.run_with(&["execute"], b"{\"message\": \"Retrieve\", \"Target\": \"L-1\"}\n{oops");
    assert_eq!((ran.code, ran.out.lines().count()), (1, 2));
    assert!(ran.out.contains("standard input is no JSON at line 2"), "{}", ran.out);
}

#[test]
fn atomic_does_all_or_none() {
    let desk = Desk::with_lead();
    let create = json!({"message": "Create", "Target": {"topic": "T", "last_name": "New"}});
    let wrong = json!({"message": "Create", "Target": {"topic": "T"}});
    let (code, replies) = execute(&desk, &["--atomic"], &[create.clone(), wrong, create.clone()]);
    assert_eq!((code, replies.len()), (1, 3));
    assert!(replies[1]["error"]["message"].to_string().contains("Last Name is needed"), "{replies:?}");
    assert!(replies[0]["error"]["message"].to_string().contains("request 2 failed, so nothing was done"), "{replies:?}");
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-1\n");
    let (code, replies) = execute(&desk, &["--atomic"], &[create.clone(), create]);
    assert_eq!((code, replies.len()), (0, 2));
    assert_eq!(desk.run(&["list", "--format", "ids"]).lines().len(), 3);
    desk.run(&["undo"]).ok();
    assert_eq!(desk.run(&["list", "--format", "ids"]).ok(), "L-1\n", "one step");
}

#[test]
fn every_message_does_what_its_key_does() {
    let mut desk = Desk::with_lead();
    desk.run(&["user", "add", "bo"]).ok();
    let replies = done(
        &desk,
        &[
            json!({"message": "CreateMultiple", "Targets": [{"topic": "A", "lastname": "One"}, {"topic": "B", "lastname": "Two", "LogicalName": "lead"}]}),
            json!({"message": "UpdateMultiple", "Targets": [{"number": "L-2", "city": "Ulm"}, {"number": "L-3", "city": "Bonn"}]}),
            json!({"message": "Upsert", "Target": {"number": "L-2", "city": "Jena"}}),
            json!({"message": "Upsert", "Target": {"topic": "C", "lastname": "Three"}}),
            json!({"message": "UpsertMultiple", "Targets": [{"number": "L-3", "tags": ["expo", "vip"]}]}),
            json!({"message": "RetrieveMultiple", "Query": "city:jena", "ColumnSet": ["lastname"], "TopCount": 5}),
            json!({"message": "Assign", "Target": "L-2", "Assignee": "bo"}),
            json!({"message": "SetState", "EntityMoniker": "L-2", "State": 2, "Status": -1}),
            json!({"message": "SetState", "EntityMoniker": "L-2", "State": "open", "Status": "contacted"}),
            json!({"message": "Delete", "Target": 3}),
            json!({"message": "Restore", "Target": 3}),
            json!({"message": "InitializeFrom", "EntityMoniker": "L-1", "TargetEntityName": "account"}),
            json!({"message": "QualifyLead", "LeadId": "L-1", "CreateAccount": true, "CreateContact": true, "CreateOpportunity": true}),
            json!({"message": "SetState", "EntityMoniker": "O-1", "State": "won"}),
            json!({"message": "Associate", "Target": "L-2", "RelatedEntities": ["C-1", {"LogicalName": "account", "id": 1}], "Relationship": "partner"}),
            json!({"message": "Disassociate", "Target": "L-2", "RelatedEntities": ["C-1"]}),
            json!({"message": "GrantAccess", "Target": "L-1", "PrincipalAccess": {"Principal": "bo", "AccessMask": "Read,Write"}}),
            json!({"message": "ModifyAccess", "Target": "L-1", "PrincipalAccess": {"Principal": "bo", "AccessMask": "Read"}}),
            json!({"message": "RetrieveSharedPrincipalsAndAccess", "Target": "L-1"}),
            json!({"message": "RetrievePrincipalAccess", "Target": "L-1", "Principal": "bo"}),
            json!({"message": "RevokeAccess", "Target": "L-1", "Revokee": "bo"}),
            json!({"message": "Merge", "Target": "L-3", "SubordinateId": "L-4", "UpdateContent": {"jobtitle": "CEO"}}),
            json!({"message": "Rollup", "Target": "A-1", "RollupType": "Extended"}),
            json!({"message": "RetrieveDuplicates", "BusinessEntity": "L-1", "MatchingEntityName": "contact"}),
        ],
    );
    assert_eq!((&replies[3]["created"], &replies[2]["created"]), (&json!(true), &json!(false)));
    assert_eq!(
        replies[5],
        json!({"count": 1, "entities": [{"last_name": "One", "number": "L-2", "id": replies[5]["entities"][0]["id"], "version": 3}]})
    );
    assert_eq!((&replies[11]["name"], &replies[11]["email"]), (&json!("Contoso"), &json!("ann@contoso.com")));
    assert_eq!(replies[12]["CreatedEntities"], json!(["A-1", "C-1", "O-1"]));
    assert_eq!(replies[14], json!(["C-1", "A-1"]));
    assert_eq!(replies[16]["AccessMask"], "read,write");
    assert_eq!(replies[18], json!({"PrincipalAccesses": [{"Principal": "bo", "AccessMask": "read"}]}));
    assert_eq!(replies[19]["AccessRights"], "read");
    assert_eq!(replies[21]["number"], "L-3");
    assert_eq!((desk.field("L-4", "master"), desk.field("L-3", "job_title")), (json!("L-3"), json!("CEO")));
    assert_eq!(replies[22], json!(["L-1", "L-2"]));
    assert_eq!(replies[23][0]["number"], "C-1");
    desk.user = "ana";
    let lead = desk.run(&["show", "L-2", "--json"]).json();
    let held = (&lead["owner"], &lead["status_reason"], &lead["city"]);
    assert_eq!(held, (&json!("bo"), &json!("contacted"), &json!("Jena")));
    assert_eq!(desk.field("O-1", "status"), "won");
    // a double is refused where it is asked for
    let double = json!({"message": "Create", "Target": {"topic": "D", "lastname": "Lee", "email": "ANN@contoso.com"}, "SuppressDuplicateDetection": false});
    let (code, replies) = execute(&desk, &[], &[double]);
    assert!(code == 1 && replies[0]["error"]["message"].to_string().contains("L-1 is like it"), "{replies:?}");
}

#[test]
fn messages_are_listed_with_their_parameters() {
    let desk = Desk::new();
    let text = desk.run(&["messages"]).ok();
    assert!(text.lines().any(|line| line.starts_with("QualifyLead") && line.contains("LeadId [CreateAccount]")), "{text}");
    let list = desk.run(&["messages", "--json"]).json();
    let names: Vec<&str> = list.as_array().unwrap().iter().map(|m| m["message"].as_str().unwrap()).collect();
    for name in ["Create", "RetrieveMultiple", "Upsert", "SetState", "QualifyLead", "Associate", "Rollup"] {
        assert!(names.contains(&name), "{name}");
    }
    // every one is in README's list of what there is
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("README");
    for name in names {
        assert!(readme.contains(&format!("`{name}`")), "README does not speak of {name}");
    }
}

#[test]
fn duplicates_of_its_own_kind_come_with_their_reasons() {
    let desk = Desk::with_lead();
    desk.run(&["add", "Anna Lee @ Litware ann@contoso.com : Printers"]).ok();
    desk.run(&["add", "--entity", "account", "name=Contoso GmbH"]).ok();
    desk.run(&["add", "--entity", "account", "name=contoso"]).ok();
    let ask =
        |record: &str, kind: &str| json!({"message": "RetrieveDuplicates", "BusinessEntity": record, "MatchingEntityName": kind});
    let replies = done(&desk, &[ask("L-1", "lead"), ask("A-1", "account"), ask("L-1", "account")]);
    assert_eq!(replies[0], json!([{"number": "L-2", "name": "Anna Lee", "reasons": ["same e-mail"]}]));
    assert_eq!(replies[1], json!([{"number": "A-2", "name": "contoso", "reasons": ["same name"]}]));
    assert_eq!(replies[2].as_array().map(Vec::len), Some(2), "{replies:?}");
    let (_, refused) = execute(&desk, &[], &[ask("A-1", "contact")]);
    assert!(refused[0]["error"]["message"].to_string().contains("is not compared with contacts"), "{refused:?}");
}
