//! A small interface that shows what arrives. Runs only where a test has started it.

use std::process::Command;
use std::sync::mpsc::channel;

use crossterm::event::Event;
use leadbook::tui::action::keymap::KeyChord;
use leadbook::tui::terminal::{Arrived, Screen, Signal, Signals, guard};
use ratatui::widgets::Paragraph;

enum Msg {
    Arrived(Arrived),
    Signal(Signal),
}

pub fn run() {
    let Ok(words) = std::env::var("LEADBOOK_TEST_CHILD") else { return };
    leadbook::config::process::prepare();
    guard::set_last_words(move || {
        std::fs::write(&words, "said").ok();
    });
    let (sender, receiver) = channel();
    let signal_sender = sender.clone();
    let _signals = Signals::watch(move |signal| signal_sender.send(Msg::Signal(signal)).is_ok()).unwrap();
    let mut screen = Screen::open(true, move |arrived| sender.send(Msg::Arrived(arrived)).is_ok()).unwrap();
    let mut said = "start".to_owned();
    loop {
        screen.draw(|frame| frame.render_widget(Paragraph::new(format!("ready {said}")), frame.area())).unwrap();
        said = match receiver.recv().unwrap() {
            Msg::Arrived(Arrived::Closed) => return,
            Msg::Signal(Signal::Suspend) => {
                screen.sleep();
                "awake".into()
            }
            Msg::Signal(Signal::Continue) => {
                screen.enter_again();
                "awake".into()
            }
            Msg::Signal(signal) => format!("{signal:?}"),
            Msg::Arrived(Arrived::Event(Event::Key(key))) => match KeyChord::of(key).to_string().as_str() {
                "q" => return,
                "p" => panic_while_drawing(&mut screen),
                "t" => failed_thread(),
                "s" => asked_child(&mut screen),
                "Ctrl-z" => {
                    screen.sleep();
                    "awake".into()
                }
                other => format!("key {other}"),
            },
            Msg::Arrived(Arrived::Event(Event::Paste(text))) => format!("paste {text:?}"),
            Msg::Arrived(Arrived::Event(other)) => format!("{other:?}"),
        };
    }
}

fn panic_while_drawing(screen: &mut Screen) -> String {
    screen
        .draw(|frame| {
            frame.render_widget(Paragraph::new("never shown"), frame.area());
            panic!("drawing failed on purpose");
        })
        .unwrap();
    String::new()
}

fn failed_thread() -> String {
    let thread = std::thread::Builder::new().name("a worker".into()).spawn(|| panic!("on purpose")).unwrap();
    thread.join().unwrap_err();
    guard::take_panics().join(" ")
}

fn asked_child(screen: &mut Screen) -> String {
    let script = "trap 'echo child interrupted' INT; echo child asks; read x || read x; echo child got $x; sleep 0.1";
    let status = screen.suspended(|| Command::new("sh").args(["-c", script]).status()).unwrap();
    format!("{status}")
}
