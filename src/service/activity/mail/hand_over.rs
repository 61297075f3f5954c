//! A message given to the program that sends it, or written into a folder. No shell is asked, and the message is no argument.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::exchange::mail::Address;
use crate::service::context::Cancel;

/// How long the sending program may take over one message.
const PATIENCE: Duration = Duration::from_secs(60);

/// How mails of the person leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mailer {
    /// Who writes them.
    pub from: Address,
    /// The program that sends a message from its input, with its arguments; empty: messages are written into the folder.
    pub command: Vec<String>,
    /// The folder into which .eml files are written.
    pub folder: Option<PathBuf>,
}

impl Mailer {
    /// Whether mails can leave at all; the sentence says what is to be set.
    pub fn check(&self) -> Result<()> {
        if self.from.email.is_empty() {
            return Err(Error::refused("it is not known from which address you write", "set mail_own in config.toml"));
        }
        if self.command.is_empty() && self.folder.is_none() {
            let hint = "set mail_send in config.toml to a program as \"msmtp -t\", or mail_folder to a folder for .eml files";
            return Err(Error::refused("it is not known how mails are sent", hint));
        }
        Ok(())
    }

    /// Whether they are sent, and not only written.
    pub fn is_sending(&self) -> bool {
        !self.command.is_empty()
    }

    /// Hands one message over; `name` is what a file is called, and its path comes back where one was written. The error says why it
    /// did not leave.
    pub fn hand_over(&self, bytes: &[u8], name: &str, cancel: &Cancel) -> Result<Option<PathBuf>> {
        match (self.command.split_first(), &self.folder) {
            (Some((program, arguments)), _) => send(program, arguments, bytes, cancel).map(|()| None),
            (None, Some(folder)) => write(folder, name, bytes).map(Some),
            (None, None) => self.check().map(|()| None),
        }
    }
}

/// Writes a new file, for its owner alone; one that is there stays.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf> {
    if !folder.exists() {
        std::fs::create_dir_all(folder).map_err(|e| Error::io(folder.display(), &e))?;
    }
    let path = folder.join(format!("{name}.eml"));
    let failed = |error: std::io::Error| Error::io(path.display(), &error);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    Ok(path)
}

/// Runs the program with the message on its input; its end says whether it took it.
fn send(program: &str, arguments: &[String], bytes: &[u8], cancel: &Cancel) -> Result<()> {
    let refused =
        |why: String| Error::refused(format!("{program} did not take the mail: {why}"), "mend mail_send in config.toml");
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| refused(error.to_string()))?;
    let (input, errors) = (child.stdin.take(), child.stderr.take());
    let message = bytes.to_vec();
    // both ends on threads of their own: a program that reads nothing, or says very much, is not waited for
    let writer = std::thread::spawn(move || input.is_some_and(|mut input| input.write_all(&message).is_ok()));
    let reader = std::thread::spawn(move || {
        let mut said = Vec::new();
        // what cannot be read of its complaints is not said
        let _ = errors.map(|errors| errors.take(4_096).read_to_end(&mut said));
        String::from_utf8_lossy(&said).trim().replace('\n', " · ")
    });
    let status = wait(&mut child, cancel);
    let code = match status {
        Ok(code) => code,
        Err(why) => return Err(refused(why)),
    };
    let whole = writer.join().unwrap_or(false);
    let said = reader.join().unwrap_or_default();
    match code {
        Some(0) if whole => Ok(()),
        Some(0) => Err(refused("it ended without reading all of it".into())),
        Some(code) if said.is_empty() => Err(refused(format!("it ended with {code}"))),
        Some(_) => Err(refused(said)),
        None => Err(refused("it was ended by a signal".into())),
    }
}

/// Waits for its end: its exit code, none where a signal ended it. One that takes too long is ended.
fn wait(child: &mut Child, cancel: &Cancel) -> Result<Option<i32>, String> {
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.code()),
            Ok(None) => {}
            Err(error) => return Err(error.to_string()),
        }
        let why = if started.elapsed() > PATIENCE {
            Some(format!("it took more than {} seconds", PATIENCE.as_secs()))
        } else {
            cancel.check().err().map(|_| "it was stopped".to_owned())
        };
        if let Some(why) = why {
            // it may be gone by itself meanwhile
            let _ = child.kill();
            let _ = child.wait();
            return Err(why);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
