//! The thread that reads the terminal. It can be parked, so that a child has the terminal to itself. Decides nothing.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossterm::event::Event;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::pipe::PipeFlags;

use super::decode::Decoder;

/// What the thread sends.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd)]
pub enum Arrived {
    /// A key, a click, a paste, a change of focus.
    Event(Event),
    /// The terminal is gone; nothing follows.
    Closed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Running,
    /// Asked to park, not yet parked.
    Parking,
    Parked,
    Stopping,
    Ended,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, state: State) {
        *self.lock() = state;
        self.changed.notify_all();
    }
}

/// The thread that reads the terminal; it ends when this is dropped.
#[derive(Debug)]
pub struct Input {
    shared: Arc<Shared>,
    wake: OwnedFd,
    thread: Option<JoinHandle<()>>,
}

impl Input {
    /// Reads standard input. `send` is called on the thread for whatever comes; when it returns false the thread ends.
    pub fn start(send: impl FnMut(Arrived) -> bool + Send + 'static) -> io::Result<Self> {
        Self::start_on(io::stdin().as_fd().try_clone_to_owned()?, send)
    }

    /// The same for any terminal, or whatever stands in for one.
    pub fn start_on(terminal: OwnedFd, send: impl FnMut(Arrived) -> bool + Send + 'static) -> io::Result<Self> {
        let (woken, wake) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC)?;
        let shared = Arc::new(Shared { state: Mutex::new(State::Running), changed: Condvar::new() });
        let mut reader = Reader { terminal, woken, shared: Arc::clone(&shared), decoder: Decoder::default(), send };
        let thread = thread::Builder::new().name("input".into()).spawn(move || {
            reader.run();
            reader.shared.set(State::Ended);
        })?;
        Ok(Self { shared, wake, thread: Some(thread) })
    }

    /// Parks the thread and waits until it has: from then on not a byte of the terminal is read.
    pub fn park(&self) {
        let mut state = self.shared.lock();
        if *state != State::Running {
            return;
        }
        *state = State::Parking;
        self.nudge();
        while *state == State::Parking {
            state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lets a parked thread go on.
    pub fn resume(&self) {
        let mut state = self.shared.lock();
        if *state == State::Parked {
            *state = State::Running;
            self.shared.changed.notify_all();
        }
    }

    fn nudge(&self) {
        // a full pipe has woken it already
        let _ = rustix::io::write(&self.wake, &[1]);
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        if *self.shared.lock() != State::Ended {
            self.shared.set(State::Stopping);
        }
        self.nudge();
        if let Some(thread) = self.thread.take() {
            // a panic of that thread has been reported by the hook
            let _ = thread.join();
        }
    }
}

struct Reader<F> {
    terminal: OwnedFd,
    woken: OwnedFd,
    shared: Arc<Shared>,
    decoder: Decoder,
    send: F,
}

impl<F: FnMut(Arrived) -> bool> Reader<F> {
    fn run(&mut self) {
        let mut events = Vec::new();
        let mut last = Instant::now();
        let mut buffer = [0_u8; 4096];
        loop {
            if !self.may_read() {
                return;
            }
            let left = self.decoder.patience().map(|patience| patience.saturating_sub(last.elapsed()));
            match self.wait(left) {
                Ok(Ready::Nothing) => self.decoder.give_up(&mut events),
                Ok(Ready::Woken) => continue,
                Ok(Ready::Bytes) => match rustix::io::read(&self.terminal, &mut buffer) {
                    Ok(0) => return self.close(),
                    Ok(count) => {
                        last = Instant::now();
                        self.decoder.feed(&buffer[..count], &mut events);
                    }
                    Err(Errno::INTR | Errno::AGAIN) => continue,
                    Err(_) => return self.close(),
                },
                Err(Errno::INTR) => continue,
                Err(_) => return self.close(),
            }
            for event in events.drain(..) {
                if !(self.send)(Arrived::Event(event)) {
                    return;
                }
            }
        }
    }

    fn close(&mut self) {
        // when nobody listens any more there is nobody to tell
        let _ = (self.send)(Arrived::Closed);
    }

    /// Parks while asked to; false when the thread is to end.
    fn may_read(&mut self) -> bool {
        let mut state = self.shared.lock();
        loop {
            match *state {
                State::Running => return true,
                State::Stopping | State::Ended => return false,
                State::Parking => {
                    *state = State::Parked;
                    self.decoder.reset();
                    self.shared.changed.notify_all();
                }
                State::Parked => {
                    state = self.shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }

    fn wait(&self, left: Option<Duration>) -> Result<Ready, Errno> {
        let mut both = [PollFd::new(&self.woken, PollFlags::IN), PollFd::new(&self.terminal, PollFlags::IN)];
        let limit = left.map(|left| Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() });
        poll(&mut both, limit.as_ref())?;
        if !both[0].revents().is_empty() {
            let mut woken = [0_u8; 16];
            rustix::io::read(&self.woken, &mut woken)?;
            return Ok(Ready::Woken);
        }
        Ok(if both[1].revents().is_empty() { Ready::Nothing } else { Ready::Bytes })
    }
}

enum Ready {
    Nothing,
    Woken,
    Bytes,
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use crossterm::event::KeyCode;

    use super::*;

    fn started() -> (Input, OwnedFd, Receiver<Arrived>) {
        let (read, write) = rustix::pipe::pipe().unwrap();
        let (sender, receiver) = channel();
        let input = Input::start_on(read, move |arrived| sender.send(arrived).is_ok()).unwrap();
        (input, write, receiver)
    }

    fn next(receiver: &Receiver<Arrived>) -> Option<Arrived> {
        receiver.recv_timeout(Duration::from_secs(5)).ok()
    }

    fn pressed(code: KeyCode) -> Option<Arrived> {
        Some(Arrived::Event(Event::Key(code.into())))
    }

    #[test]
    fn a_sequence_in_two_pieces_is_one_key_and_a_lone_esc_acts_soon() {
        let (_input, terminal, receiver) = started();
        rustix::io::write(&terminal, b"\x1b").unwrap();
        thread::sleep(Duration::from_millis(15));
        rustix::io::write(&terminal, b"[A").unwrap();
        assert_eq!(next(&receiver), pressed(KeyCode::Up));
        rustix::io::write(&terminal, b"\x1b").unwrap();
        assert_eq!(next(&receiver), pressed(KeyCode::Esc));
    }

    #[test]
    fn a_parked_thread_leaves_every_byte_to_the_child() {
        let (input, terminal, receiver) = started();
        input.park();
        rustix::io::write(&terminal, b"x").unwrap();
        assert!(receiver.recv_timeout(Duration::from_millis(50)).is_err());
        input.resume();
        assert_eq!(next(&receiver), pressed(KeyCode::Char('x')));
        input.park();
        input.park();
        input.resume();
        rustix::io::write(&terminal, b"y").unwrap();
        assert_eq!(next(&receiver), pressed(KeyCode::Char('y')));
    }

    #[test]
    fn a_terminal_that_goes_is_said_once_and_dropping_ends_the_thread() {
        let (input, terminal, receiver) = started();
        drop(terminal);
        assert_eq!(next(&receiver), Some(Arrived::Closed));
        assert_eq!(next(&receiver), None);
        // an ended thread is as good as parked
        input.park();
        drop(input);
        let (input, _terminal, receiver) = started();
        drop(input);
        assert_eq!(next(&receiver), None);
    }
}
