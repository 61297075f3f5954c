//! What holds on every screen: undo, help, commands, steps, files, leaving. And what is asked and answered for all of it.

use super::action::{Action, Scope};
use super::app::App;
use super::desk::Cx;
use super::effect::{Effect, Switch};
use super::files;
use super::flow;
use super::layer::commands::Commands;
use super::layer::confirm::{Confirm, undo_reasons};
use super::layer::find::Find;
use super::layer::listing::Listing;
use super::layer::prompt::Prompt;
use super::layer::steps::Steps;
use super::layer::trial::{self, TrialPage};
use super::layer::{Flow, Layer, Outcome, Purpose};
use super::next;
use crate::model::entity::{Entity, RecordId};
use crate::service::act::Done;
use crate::service::activity::today::GetDay;
use crate::service::erase::Erased;
use crate::service::record::read::{CountRecords, NewestStep, NextUndo};
use crate::service::rule::queue::TakeNext;
use crate::service::undo::{Redo, Undo};
use crate::store::log::Operation;
use crate::tui::view::spec::Screen;
use crate::tui::view::work::WorkView;
use crate::worker::reader::{Answer, Answered, AnyQuery, Slot};
use crate::worker::writer::{AnyAct, Reply};

/// How soon a second Ctrl-c must follow the first to quit, in µs.
const TWICE: i64 = 2_000_000;

/// Does an action that no layer took.
pub(super) fn act(app: &mut App, action: Action) {
    match action {
        Action::Undo => {
            app.undo_asked = true;
            let now = app.env.now();
            app.desk.ask(Slot::Undo, AnyQuery::Undo(NextUndo), now);
        }
        Action::Redo => {
            let now = app.env.now();
            app.desk.act(AnyAct::Redo(Redo), now);
        }
        Action::Steps => open(app, |cx| Box::new(Steps::new(cx))),
        Action::Help => help(app),
        Action::Palette => {
            let (scopes, reasons) = (app.scopes(), reasons(app));
            open(app, |cx| Box::new(Commands::palette(&cx.env.keymap, &scopes, &reasons)));
        }
        Action::Recent => open(app, |cx| Box::new(Listing::recent(cx))),
        Action::Messages => {
            let messages = app.desk.messages().to_vec();
            open(app, |cx| Box::new(Listing::messages(messages, cx.env)));
        }
        Action::FindAnywhere => open(app, |cx| Box::new(Find::new(cx))),
        Action::Import => open(app, |cx| Box::new(Prompt::import_file(cx.env))),
        Action::New => {
            let entity = listed(app);
            let flow = flow::new_record(entity, "", &mut Cx { env: &app.env, desk: &mut app.desk });
            let top = app.layers.len() - 1;
            app.follow(flow, top);
        }
        Action::GoOnWorking => match WorkView::go_on_with_last(&mut Cx { env: &app.env, desk: &mut app.desk }) {
            Some(view) => app.push(Box::new(view)),
            None => app.complain("no list was left in the middle; w works the one that is on the screen"),
        },
        Action::Today => app.go_to(Screen::Today),
        Action::Activities => app.go_to(Screen::List(Entity::Activity)),
        Action::Leads => app.go_to(Screen::List(Entity::Lead)),
        Action::Pipeline => app.go_to(Screen::Pipeline),
        Action::Reports => app.go_to(Screen::Reports),
        Action::Opportunities => app.go_to(Screen::List(Entity::Opportunity)),
        Action::Accounts => app.go_to(Screen::List(Entity::Account)),
        Action::Contacts => app.go_to(Screen::List(Entity::Contact)),
        Action::Rules => app.go_to(Screen::Rules),
        Action::TryRules => open(app, |cx| Box::new(TrialPage::of_database(cx))),
        Action::Route => {
            let flow = trial::route_open(&mut Cx { env: &app.env, desk: &mut app.desk });
            let top = app.layers.len() - 1;
            app.follow(flow, top);
        }
        Action::TakeNext => {
            let now = app.env.now();
            app.desk.act(AnyAct::TakeNext(TakeNext), now);
        }
        Action::NextBest => next::ask(&mut Cx { env: &app.env, desk: &mut app.desk }),
        Action::Products => app.go_to(Screen::List(Entity::Product)),
        Action::Competitors => app.go_to(Screen::List(Entity::Competitor)),
        Action::Campaigns => app.go_to(Screen::List(Entity::Campaign)),
        Action::Templates => app.go_to(Screen::List(Entity::Template)),
        Action::Requests => app.go_to(Screen::List(Entity::Request)),
        Action::Suspend => app.desk.push(Effect::Suspend),
        Action::Redraw => app.desk.push(Effect::Redraw),
        Action::Mouse => {
            app.env.config.mouse = !app.env.config.mouse;
            app.desk.push(Effect::Mouse(app.env.config.mouse));
            let text =
                if app.env.config.mouse { "the mouse works here again" } else { "the mouse selects text now, as in the shell" };
            app.desk.say(text, app.env.now());
        }
        Action::OpenMade => match app.desk.last_made() {
            Some(record) => open_record(app, record),
            None => app.complain("nothing was made of a lead yet: Q qualifies one"),
        },
        Action::Keep if app.env.sample => app.desk.push(Effect::Switch(Switch::Keep)),
        Action::Keep => app.complain("this is no sample data: it is kept already"),
        Action::SampleData => app.desk.push(Effect::Switch(Switch::Sample)),
        Action::HideChecklist => {
            let mut state = app.desk.state(&app.env);
            state.checklist_hidden = true;
            app.desk.push(Effect::SaveState(Box::new(state)));
        }
        Action::Back | Action::Close if app.layers.len() > 1 => {
            app.layers.pop();
        }
        Action::Quit | Action::Close => app.desk.push(Effect::Quit),
        Action::Cancel => cancel(app),
        Action::GoTo => app.complain("type the row behind the colon, as :5000 or :50%"),
        _ => {
            let label = super::action::row(action).label;
            app.complain(&format!("{label}: not possible here"));
        }
    }
}

/// Opens a record over what is there, or in the record screen that is there.
pub(super) fn open_record(app: &mut App, record: RecordId) {
    let opened = Outcome::OpenRecord(record);
    let mut cx = Cx { env: &app.env, desk: &mut app.desk };
    let flow = app.layers.last_mut().map_or(Flow::Pass, |layer| layer.outcome(&opened, &mut cx));
    match flow {
        Flow::Pass => outcome(app, opened),
        flow => app.follow(flow, app.layers.len() - 1),
    }
}

fn open(app: &mut App, make: impl FnOnce(&mut Cx<'_>) -> Box<dyn Layer>) {
    let layer = make(&mut Cx { env: &app.env, desk: &mut app.desk });
    app.push(layer);
}

/// The actions of this place that cannot be done now, with the reasons.
fn reasons(app: &App) -> Vec<(Action, String)> {
    let Some(top) = app.layers.last() else { return Vec::new() };
    super::action::table().iter().filter_map(|row| top.unavailable(row.action, &app.env).map(|why| (row.action, why))).collect()
}

fn help(app: &mut App) {
    let (scopes, reasons) = (app.scopes(), reasons(app));
    open(app, |cx| Box::new(Commands::help(&cx.env.keymap, &scopes, &reasons)));
}

/// Ctrl-c: a job, then a layer, then the marks and the filter; twice on the first screen quits.
fn cancel(app: &mut App) {
    if app.progress.is_some() {
        return app.desk.push(Effect::CancelJob);
    }
    if app.layers.len() > 1 {
        app.layers.pop();
        return;
    }
    let now = app.env.now();
    if now - app.cancel_at < TWICE {
        return app.desk.push(Effect::Quit);
    }
    app.cancel_at = now;
    app.desk.say("Ctrl-c again quits", now);
}

/// The kind of records of the list that is open; leads on other screens.
fn listed(app: &App) -> Entity {
    if let Screen::List(entity) = app.screen { entity } else { Entity::Lead }
}

/// What a layer was closed with and no layer below took.
pub(super) fn outcome(app: &mut App, outcome: Outcome) {
    match outcome {
        Outcome::Run(action) => app.dispatch(action),
        Outcome::Entered(Purpose::ImportFile, path) => {
            let entity = listed(app);
            open(app, |cx| Box::new(super::layer::import::ImportScreen::new(&path, entity, cx)));
        }
        other => {
            let flow = flow::finish(&other, &mut Cx { env: &app.env, desk: &mut app.desk });
            let top = app.layers.len() - 1;
            app.follow(flow, top);
        }
    }
}

/// Says what an act did, and that it can be taken back.
pub(super) fn announce(app: &mut App, done: &Done<Reply>) {
    let scopes = [Scope::Browse];
    let key = |action| app.env.keymap.all_keys_of(action, &scopes).into_iter().next().unwrap_or_default();
    let text = match (&done.reply, done.step) {
        (Reply::Undone(_), _) => {
            format!("{} · {} brings it back", done.summary, key(Action::Redo))
        }
        (Reply::Qualified(qualified), Some(_)) => {
            let open = match qualified.foremost() {
                Some(made) => format!(" · {} opens {made}", key(Action::OpenMade)),
                None => String::new(),
            };
            app.desk.made(qualified.foremost());
            format!("{}{open} · {} undoes", done.summary, key(Action::Undo))
        }
        (Reply::Erased(erased), _) => {
            forget_drafts(app, erased);
            done.summary.clone()
        }
        (_, Some(_)) => format!("{} · {} undoes", done.summary, key(Action::Undo)),
        (_, None) => done.summary.clone(),
    };
    app.desk.say(text, app.env.now());
}

/// What was typed about an erased person and not saved goes too.
fn forget_drafts(app: &mut App, erased: &Erased) {
    let gone = |record| [&erased.persons, &erased.deals, &erased.removed].into_iter().any(|list| list.contains(&record));
    let keys: Vec<String> =
        app.env.drafts.iter().filter(|draft| draft.about().is_some_and(gone)).map(|draft| draft.key.clone()).collect();
    keys.into_iter().for_each(|key| app.desk.push(Effect::DropDraft(key)));
    let records: Vec<String> =
        [&erased.persons, &erased.deals, &erased.removed].into_iter().flatten().map(ToString::to_string).collect();
    let mut state = app.desk.state(&app.env);
    if state.forget(&app.env.database, &records) {
        app.desk.push(Effect::SaveState(Box::new(state)));
    }
}

impl App {
    /// Takes the answers that no layer asked for; whether it was one.
    pub(super) fn global_answer(&mut self, answered: &Answered) -> bool {
        match (answered.slot, &answered.result) {
            (Slot::Undo, Ok(Answer::Undo(step))) if self.undo_asked => {
                self.undo_asked = false;
                self.undo(step.as_ref());
                true
            }
            // another question was interrupted just then
            (Slot::Undo, Err(crate::error::Error::Canceled)) if self.undo_asked => {
                let now = self.env.now();
                self.desk.ask(Slot::Undo, AnyQuery::Undo(NextUndo), now);
                true
            }
            (Slot::Undo, Err(error)) if self.undo_asked => {
                self.undo_asked = false;
                self.complain(&error.to_string());
                true
            }
            (Slot::Copy, Ok(Answer::Rows(rows))) => {
                if let (Some(copying), Some(row)) = (self.desk.take_copying(), rows.first()) {
                    let mut cx = Cx { env: &self.env, desk: &mut self.desk };
                    super::export::copy_row(&copying, row, &mut cx);
                }
                true
            }
            (Slot::Export, Ok(Answer::Exported(done))) => {
                self.progress = None;
                let leads = if done.count == 1 { "lead" } else { "leads" };
                self.desk.say(format!("{} {leads} written to {}", done.count, done.path.display()), self.env.now());
                true
            }
            (Slot::Export, Err(error)) => {
                self.progress = None;
                self.complain(&error.to_string());
                true
            }
            (Slot::Day, Ok(Answer::Day(day))) => {
                self.day_arrived(day);
                false
            }
            (Slot::SaveFile, Ok(Answer::Saved(saved))) => {
                self.progress = None;
                let said = files::written(saved, self.desk.folders());
                self.desk.say(said, self.env.now());
                true
            }
            (Slot::OpenFile, Ok(Answer::Saved(saved))) => {
                self.progress = None;
                self.desk.say(files::opening(saved), self.env.now());
                self.desk.push(Effect::OpenOutside(saved.path.clone()));
                true
            }
            (Slot::SaveFile, Err(error)) => {
                self.progress = None;
                let flow = files::not_written(error, &mut Cx { env: &self.env, desk: &mut self.desk });
                self.follow(flow, self.layers.len() - 1);
                true
            }
            (Slot::OpenFile, Err(error)) => {
                self.progress = None;
                self.complain(&error.to_string());
                true
            }
            (Slot::Report, _) => {
                self.progress = None;
                false
            }
            (Slot::Trial, _) => {
                self.progress = None;
                false
            }
            (Slot::NextBest, result) => {
                self.next_best(result);
                true
            }
            (Slot::NewToMe, Ok(Answer::Count(count, _))) => {
                self.new_to_me = *count;
                true
            }
            (Slot::Newest, Ok(Answer::Step(newest))) => {
                if *newest != self.newest {
                    self.newest = *newest;
                    self.count_new();
                    let mut cx = Cx { env: &self.env, desk: &mut self.desk };
                    for layer in &mut self.layers {
                        layer.changed(&mut cx);
                    }
                    self.desk.push(Effect::Reload);
                }
                true
            }
            _ => false,
        }
    }

    /// Opens the lead that is best worked next, and says why it is.
    fn next_best(&mut self, result: &crate::error::Result<Answer>) {
        match result {
            Ok(Answer::Rows(rows)) => match rows.first() {
                Some(row) => {
                    let why = next::reason(row, &self.env);
                    open_record(self, row.key);
                    self.desk.say(why, self.env.now());
                }
                None => self.complain("no open lead of yours waits for anything"),
            },
            Ok(_) => {}
            Err(error) => self.complain(&error.to_string()),
        }
    }

    /// Takes a step back, or asks first when it is large, old or not made here.
    fn undo(&mut self, step: Option<&Operation>) {
        let Some(step) = step else {
            return self.complain("nothing of yours to undo · U lists the steps of all");
        };
        let act = AnyAct::Undo(Undo { step: Some(step.number), origins: Vec::new() });
        if undo_reasons(step, &self.env).is_empty() {
            let now = self.env.now();
            self.desk.act(act, now);
        } else {
            let layer = Confirm::undo(step, act, &self.env);
            self.push(Box::new(layer));
        }
    }

    /// Asks how many leads are new to the person, for the first line.
    pub(super) fn count_new(&mut self) {
        let Ok(filter) = crate::query::parse("is:new", &self.env.reading()) else { return };
        let now = self.env.now();
        self.desk.ask(Slot::NewToMe, AnyQuery::Count(CountRecords { filter }), now);
        self.desk.ask(Slot::Day, AnyQuery::Day(GetDay), now);
    }

    /// Somebody may have written: asks for the newest step, which costs nothing.
    pub(super) fn look_again(&mut self) {
        let now = self.env.now();
        self.desk.ask(Slot::Newest, AnyQuery::Newest(NewestStep), now);
    }
}
