//! Acts that keys start on records: which layer asks what is missing, and which act comes of the answer. Shared by all screens.

use crate::model::clean::clean;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::record::Record;
use crate::model::value::{Named, Value};
use crate::query;
use crate::service::activity::complete::CompleteActivities;
use crate::service::attachment::RenameAttachment;
use crate::service::line::{pair, typed};
use crate::service::link::Associate;
use crate::service::record::advance::Advance;
use crate::service::record::assign::AssignRecords;
use crate::service::record::delete::DeleteRecords;
use crate::service::record::read::ListRow;
use crate::service::record::tag::TagRecords;
use crate::service::record::update::UpdateRecords;
use crate::service::request::LeadFromRequest;
use crate::service::scope::Targets;
use crate::tui::action::Action;
use crate::tui::decide;
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::files;
use crate::tui::layer::attach::Attach;
use crate::tui::layer::erase::EraseQuestion;
use crate::tui::layer::find::{Find, Sought};
use crate::tui::layer::form::Form;
use crate::tui::layer::merge::MergePage;
use crate::tui::layer::note_editor::NoteEditor;
use crate::tui::layer::picker::Picker;
use crate::tui::layer::prompt::Prompt;
use crate::tui::layer::quick_add::QuickAdd;
use crate::tui::layer::score::ScoreLines;
use crate::tui::layer::why_owner::WhyPage;
use crate::tui::layer::{Along, Flow, Outcome, Pick, Purpose};
pub use crate::tui::needs::{is_on_record, is_on_rows, why_not};
use crate::tui::planning;
use crate::tui::view::spec::EntitySpec;
use crate::worker::writer::AnyAct;

/// Starts what an action needs on these targets; `row` is the record under the cursor, its values those of `fields`.
pub fn start(
    entity: Entity,
    action: Action,
    targets: Option<Targets>,
    row: Option<&ListRow>,
    fields: &[FieldId],
    cx: &mut Cx<'_>,
) -> Flow {
    let registry = cx.env.catalog.registry(entity);
    if action == Action::New {
        return new_record(entity, "", cx);
    }
    let Some(targets) = targets else { return Flow::Pass };
    // of many records the closed ones are left out
    let one = row.filter(|row| targets == Targets::one(row.key));
    let state = one.map_or(crate::model::choice::OPEN, |row| row.state);
    let name = row.map(|row| title(row, fields, cx.env)).unwrap_or_default();
    match action {
        Action::Rating => match registry.find("rating") {
            Some(rating) => Flow::Push(Box::new(Picker::choice(cx.env, rating, state, targets))),
            None => {
                cx.complain(format!("{} has no rating", entity.one()));
                Flow::Stay
            }
        },
        Action::StatusReason => Flow::Push(Box::new(Picker::choice(cx.env, registry.id("status_reason"), state, targets))),
        Action::Assign => Flow::Push(Box::new(Picker::owner(cx.env, targets))),
        Action::Request => match row {
            Some(row) if row.key.entity.takes_requests() => new_request(row.key, &name, cx),
            _ => {
                cx.complain(format!("{} has no requests of its own; leads, accounts and contacts have", entity.one()));
                Flow::Stay
            }
        },
        Action::StepOn if entity == Entity::Request => match row {
            Some(row) => {
                cx.act(AnyAct::LeadFromRequest(LeadFromRequest { request: row.key.number }));
                Flow::Stay
            }
            None => Flow::Pass,
        },
        Action::StepOn | Action::StepBack => match row {
            Some(row) => {
                cx.act(AnyAct::Advance(Advance { record: row.key, on: action == Action::StepOn }));
                Flow::Stay
            }
            None => Flow::Pass,
        },
        Action::WhyOwner => match row {
            Some(row) => Flow::Push(Box::new(WhyPage::open(row.key, &name, cx))),
            None => Flow::Pass,
        },
        Action::Link => match row {
            Some(row) => Flow::Push(Box::new(Find::sought(Sought::Link(row.key)))),
            None => Flow::Pass,
        },
        Action::Merge => decide::merge(&targets, cx),
        Action::Tags => Flow::Push(Box::new(Prompt::tags(cx.env, targets))),
        Action::Attach => Flow::Push(Box::new(Attach::new(targets, cx))),
        Action::Export => Flow::Push(Box::new(Prompt::export(cx.env, targets))),
        Action::Delete => submit(AnyAct::Delete(DeleteRecords { targets }), cx),
        Action::Erase => match row.filter(|row| targets == Targets::one(row.key)) {
            Some(row) => Flow::Push(Box::new(EraseQuestion::open(row.key, cx))),
            None => {
                cx.complain("people are erased one by one: take the marks off");
                Flow::Stay
            }
        },
        Action::CloseBadly | Action::Done | Action::Reschedule if entity == Entity::Activity => {
            planning::start(action, targets, row, fields, &name, cx)
        }
        Action::Call | Action::Mail | Action::Task | Action::Book | Action::Done | Action::Reschedule => {
            planning::start(action, targets, row, fields, &name, cx)
        }
        Action::CloseWell => decide::well(targets, row, fields, cx),
        Action::CloseBadly => decide::badly(targets, cx),
        Action::Restore => decide::again(targets, row, cx),
        Action::Repeat => match cx.desk.repeat() {
            Some(act) => submit(act.with_targets(targets), cx),
            None => {
                cx.complain("nothing to repeat yet");
                Flow::Stay
            }
        },
        Action::Dial | Action::CopyField | Action::CopyEmail | Action::CopyPhone | Action::CopyNumber => {
            copy(action, row, fields, cx)
        }
        Action::CopyCard => match row {
            Some(row) => crate::tui::export::copy_card(row.key, cx),
            None => Flow::Pass,
        },
        Action::Note => match row {
            Some(row) => Flow::Push(Box::new(NoteEditor::new_note(row.key, &title(row, fields, cx.env), cx))),
            None => Flow::Pass,
        },
        Action::Score => match row {
            Some(row) => Flow::Push(Box::new(ScoreLines::open(row.key, cx))),
            None => Flow::Pass,
        },
        Action::Edit => match row {
            Some(row) => Flow::Push(Box::new(Form::edit(row.key, cx))),
            None => Flow::Pass,
        },
        _ => Flow::Pass,
    }
}

/// The same for a record that is known by itself, as the one that a call is with; `name` is what it is called.
pub fn start_named(action: Action, targets: Targets, name: &str, record: Option<&Record>, cx: &mut Cx<'_>) -> Flow {
    if matches!(action, Action::Mail | Action::Task | Action::Book) {
        return planning::start(action, targets, None, &[], name, cx);
    }
    let Some(record) = record else { return Flow::Pass };
    let registry = cx.env.catalog.registry(record.key.entity);
    let row = ListRow::of(record, registry);
    let fields: Vec<FieldId> = registry.ids().map(|(id, _)| id).collect();
    start(record.key.entity, action, Some(targets), Some(&row), &fields, cx)
}

/// What records are called in messages: the name, else the company, else the number.
fn title(row: &ListRow, fields: &[FieldId], env: &Env) -> String {
    let registry = env.catalog.registry(row.key.entity);
    let value = |name: &&str| {
        let id = registry.find(name)?;
        let value = fields.iter().position(|f| *f == id).and_then(|place| row.values.get(place))?;
        Some(value.as_text()).filter(|text| !text.is_empty())
    };
    let first = EntitySpec::of(row.key.entity).title.iter().find_map(value);
    first.map_or_else(|| row.key.to_string(), str::to_owned)
}

/// Begins a new record with what was typed: a lead in one line, all else as a form.
pub fn new_record(entity: Entity, text: &str, cx: &mut Cx<'_>) -> Flow {
    if entity == Entity::Lead {
        return quick_add(text, cx);
    }
    let registry = cx.env.catalog.registry(entity);
    let name = registry.id(if entity == Entity::Contact { "last_name" } else { "name" });
    let values = if text.is_empty() { Vec::new() } else { vec![(name, Value::text(text))] };
    Flow::Push(Box::new(Form::new_record(entity, values, cx)))
}

/// Opens the form of a request of a customer who is called `name`; it can be saved as it is.
fn new_request(about: RecordId, name: &str, cx: &mut Cx<'_>) -> Flow {
    let registry = &cx.env.catalog.request;
    let title: String = format!("Request of {name}").chars().take(registry.field(registry.id("name")).max as usize).collect();
    let customer = Value::Record(Named { key: about, name: name.to_owned() });
    let name = registry.id("name");
    let values = vec![(name, Value::text(title)), (registry.id("regarding"), customer)];
    Flow::Push(Box::new(Form::new_record(Entity::Request, values, cx).proposing(name)))
}

/// Opens the line that makes a lead.
pub fn quick_add(text: &str, cx: &mut Cx<'_>) -> Flow {
    Flow::Push(Box::new(QuickAdd::new(text, cx.env)))
}

/// The words of a filter without its fields: what a person who found nothing meant to find.
pub fn plain_words(filter: &str) -> String {
    let words = query::highlight(filter).into_iter().filter(|(_, class)| *class == query::TokenClass::Word);
    words.filter_map(|(span, _)| filter.get(span)).map(|word| word.trim_matches('"')).collect::<Vec<_>>().join(" ")
}

/// Does an act, or asks first when it touches many records.
pub fn submit(act: AnyAct, cx: &mut Cx<'_>) -> Flow {
    match question(&act, cx) {
        Some(question) => question,
        None => {
            cx.act(act);
            Flow::Stay
        }
    }
}

/// The question before an act that touches many records; none before others. The count of a whole list is asked for with it.
pub fn question(act: &AnyAct, cx: &mut Cx<'_>) -> Option<Flow> {
    use crate::service::record::read::CountRecords;
    use crate::tui::layer::confirm::Confirm;
    use crate::worker::reader::{AnyQuery, Slot};
    let limit = cx.env.config.confirm_above as usize;
    if is_repeatable(act) {
        cx.desk.remember(act.clone());
    }
    match act.targets() {
        Some(Targets::Numbers { numbers, .. }) if numbers.len() > limit => {
            Some(Flow::Push(Box::new(Confirm::act(act.clone(), numbers.len() as u64, cx.env))))
        }
        Some(Targets::All { filter, .. }) => {
            let count = CountRecords { filter: (**filter).clone() };
            let serial = cx.ask(Slot::Count, AnyQuery::Count(count));
            Some(Flow::Push(Box::new(Confirm::counting(act.clone(), serial, cx.env))))
        }
        _ => None,
    }
}

pub(super) fn is_repeatable(act: &AnyAct) -> bool {
    matches!(
        act,
        AnyAct::UpdateMany(_)
            | AnyAct::Assign(_)
            | AnyAct::Tag(_)
            | AnyAct::Delete(_)
            | AnyAct::Restore(_)
            | AnyAct::Disqualify(_)
            | AnyAct::Reopen(_)
            | AnyAct::Attach(_)
            | AnyAct::AddActivities(_)
    )
}

/// What comes of a layer's result, wherever it was opened.
pub fn finish(outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
    match outcome {
        Outcome::Picked(Purpose::Choice(field, targets), pick) => {
            let value = match pick {
                Pick::Choice(choice) => Value::Choice(choice.code),
                Pick::Nothing => Value::None,
                _ => return Flow::Pass,
            };
            submit(
                AnyAct::UpdateMany(UpdateRecords {
                    targets: targets.clone(),
                    values: vec![(*field, value)],
                    leave_out_closed: true,
                }),
                cx,
            )
        }
        Outcome::Picked(Purpose::Owner(targets), Pick::Owner(owner)) => {
            Flow::Push(Box::new(Prompt::hand_over(cx.env, *owner, targets.clone())))
        }
        Outcome::Entered(Purpose::HandOver(owner, targets, along), text) => {
            let note = Some(text.trim().to_owned()).filter(|t| !t.is_empty());
            let activities = *along == Along::Go;
            submit(AnyAct::Assign(AssignRecords { targets: targets.clone(), owner: *owner, note, activities }), cx)
        }
        Outcome::Entered(Purpose::Tags(targets), text) => {
            let (mut add, mut remove) = (Vec::new(), Vec::new());
            for word in text.split([' ', ',']).filter(|w| !w.is_empty()) {
                match word.strip_prefix('-') {
                    Some(tag) => remove.push(tag.to_owned()),
                    None => add.push(word.trim_start_matches('+').to_owned()),
                }
            }
            if add.is_empty() && remove.is_empty() {
                return Flow::Stay;
            }
            submit(AnyAct::Tag(TagRecords { targets: targets.clone(), add, remove }), cx)
        }
        Outcome::Picked(Purpose::Disqualify(targets), Pick::Choice(reason)) => decide::disqualify(targets, reason.code),
        Outcome::Picked(Purpose::DisqualifyCalled(targets), Pick::Choice(reason)) => {
            decide::disqualified(targets, reason.code, "", cx)
        }
        Outcome::Entered(Purpose::DisqualifyNote(reason, targets), text) => decide::disqualified(targets, *reason, text, cx),
        Outcome::Entered(Purpose::Resolve(targets), text) => decide::resolved(targets, text, cx),
        Outcome::Entered(Purpose::Closing(act, asks), text) => decide::entered((**act).clone(), *asks, text, cx),
        Outcome::Picked(Purpose::Ended(record), Pick::Index(place)) => decide::ended(*record, *place == 0, cx),
        Outcome::Picked(Purpose::Closing(act, asks), pick) => decide::picked((**act).clone(), *asks, pick, cx),
        Outcome::Found { record, name, sought: Sought::Link(one) } if pair(*one, *record).is_some() => {
            how_many(*one, *record, &format!("{} · how many › ", clean(name)), "1", None)
        }
        Outcome::Found { record, name, sought: Sought::Link(one) } => {
            let label = format!("{record} {} is › ", clean(name));
            let prompt = Prompt::new(label, Purpose::Role(*one, *record), "");
            Flow::Push(Box::new(prompt.saying("its role: decision maker, consultant; may be empty · Enter links")))
        }
        Outcome::Found { record, sought: Sought::Merge(one), .. } => Flow::Push(Box::new(MergePage::open(*one, *record, cx))),
        Outcome::Picked(Purpose::Outcome(targets), Pick::Choice(outcome)) => {
            let targets = targets.clone();
            submit(AnyAct::Complete(CompleteActivities { targets, outcome: Some(outcome.code), note: None, at: None }), cx)
        }
        Outcome::Entered(Purpose::Role(one, other), role) => {
            if let (Some(_), Err(wrong)) = (pair(*one, *other), typed(role, cx.env.locale.decimal_comma)) {
                return how_many(*one, *other, "how many › ", role, Some(wrong.to_string()));
            }
            cx.act(AnyAct::Link(Associate { one: *one, other: *other, role: role.clone() }));
            Flow::Stay
        }
        Outcome::Found { record, sought: Sought::Field(field, _, targets), .. } => {
            let values = vec![(*field, Value::link(record.number))];
            submit(AnyAct::UpdateMany(UpdateRecords { targets: targets.clone(), values, leave_out_closed: false }), cx)
        }
        Outcome::Entered(Purpose::WriteOut(file), folder) => files::write_out(*file, folder, cx),
        Outcome::Entered(Purpose::RenameFile(file), name) => {
            cx.act(AnyAct::RenameFile(RenameAttachment { file: *file, name: name.clone() }));
            Flow::Stay
        }
        Outcome::Entered(Purpose::Export(targets), path) => crate::tui::export::start(targets, path, cx),
        Outcome::Confirmed(act) => {
            cx.act((**act).clone());
            Flow::Stay
        }
        Outcome::NewForm(entity, values) => Flow::Push(Box::new(Form::new_record(*entity, values.clone(), cx))),
        Outcome::QuickAdd(text) => quick_add(text, cx),
        Outcome::OpenRecord(record) => Flow::Push(Box::new(crate::tui::view::record::RecordView::open(*record, cx))),
        _ => Flow::Pass,
    }
}

/// Asks how many of a product are sold with an opportunity; again where what was typed is wrong.
fn how_many(one: RecordId, other: RecordId, label: &str, text: &str, mistake: Option<String>) -> Flow {
    let prompt = Prompt::new(label, Purpose::Role(one, other), text);
    let prompt = if mistake.is_none() { prompt.proposing() } else { prompt.mistaken(mistake) };
    Flow::Push(Box::new(prompt.saying("3, or 3 x 1200 for another price of one than the list price · Enter puts it on")))
}

fn copy(action: Action, row: Option<&ListRow>, fields: &[FieldId], cx: &mut Cx<'_>) -> Flow {
    let Some(row) = row else { return Flow::Pass };
    let registry = cx.env.catalog.registry(row.key.entity);
    let name = match action {
        Action::CopyEmail => "email",
        Action::CopyPhone | Action::Dial if row.key.entity == Entity::Activity => "phone_number",
        Action::CopyPhone | Action::Dial => "phone",
        Action::CopyNumber => "number",
        _ => "name",
    };
    let Some(id) = registry.find(name) else {
        cx.complain(format!("{} has none", row.key.entity.one()));
        return Flow::Stay;
    };
    let held = |id: FieldId| fields.iter().position(|f| *f == id).and_then(|place| row.values.get(place));
    if action == Action::Dial {
        return match (held(id), registry.find(planning::asks_not(row.key.entity)).map(held)) {
            (Some(number), None) => planning::dial(number.as_text(), None, cx),
            (Some(number), Some(Some(asks))) => planning::dial(number.as_text(), planning::warning(Some(asks)), cx),
            // not among the columns: asked for, and dialled when it comes
            _ => crate::tui::export::copy_later(row.key, id, true, cx),
        };
    }
    let text = if name == "number" {
        row.key.to_string()
    } else {
        match held(id) {
            Some(value) => value.as_text().to_owned(),
            // Not among the columns: asked for, and copied when it comes.
            None => return crate::tui::export::copy_later(row.key, id, false, cx),
        }
    };
    copy_text(registry.field(id).label, &text, cx)
}

/// Copies a text, or says that there is none.
pub fn copy_text(what: &str, text: &str, cx: &mut Cx<'_>) -> Flow {
    if text.is_empty() {
        cx.complain(format!("no {} to copy", what.to_lowercase()));
    } else {
        cx.push(Effect::Copy { what: what.to_owned(), text: text.to_owned() });
    }
    Flow::Stay
}
