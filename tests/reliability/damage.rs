//! Files that are not what they should be: a sentence with what to do, never an empty list, and not a byte is changed.

use std::io::{Read, Seek, SeekFrom, Write};

use crate::desk::Desk;
use crate::leads;

/// A database of 100 leads, and its bytes.
fn filled() -> (Desk, Vec<u8>) {
    let desk = Desk::with_lead();
    let file = desk.file("leads.csv", &leads(100));
    desk.run(&["import", &file, "--json"]).json();
    let bytes = std::fs::read(desk.database()).expect("the database");
    (desk, bytes)
}

/// Every way in says that it is damaged, and the file stays as it is.
fn refused(desk: &Desk, bytes: &[u8], what: &str) {
    std::fs::write(desk.database(), bytes).expect("a file");
    for args in [&["list"][..], &["add", "Bo"], &["show", "L-1"], &["undo"], &["check"]] {
        let ran = desk.run(args);
        assert_eq!(ran.code, 1, "{what}: {args:?}: {ran:?}");
        let said = format!("{}{}", ran.out, ran.err);
        assert!(!said.contains("panicked"), "{what}: {said}");
        assert!(said.contains("leadbook") && said.lines().count() < 12, "{what}: {args:?}: {said}");
        assert_eq!(std::fs::read(desk.database()).expect("the file"), bytes, "{what}: {args:?} wrote to it");
    }
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    let (desk, bytes) = filled();
    for cut in [0, 1, 50, 99] {
        refused(&desk, &bytes[..cut], &format!("cut at {cut}"));
    }
    for (what, header) in [("zeros", vec![0; 4096]), ("text", b"these are my leads\n".repeat(300))] {
        refused(&desk, &header, what);
    }
}

#[test]
fn a_file_without_its_end_is_noticed() {
    let (desk, bytes) = filled();
    for cut in [100, 4_095, 4_096, bytes.len() * 6 / 10] {
        std::fs::write(desk.database(), &bytes[..cut]).expect("a file");
        let ran = desk.run(&["list", "--format", "ids"]);
        assert_ne!((ran.code, ran.out.as_str()), (0, ""), "cut at {cut} it looks empty");
        let ran = desk.run(&["check"]);
        assert!(ran.code == 1 && !ran.err.contains("panicked"), "cut at {cut}: {ran:?}");
    }
}

#[test]
fn damaged_pages_are_found_by_check_and_end_no_command_in_a_panic() {
    let (desk, bytes) = filled();
    let pages = bytes.len() / 4096;
    for page in (1..pages).step_by(pages / 12 + 1) {
        std::fs::write(desk.database(), &bytes).expect("a file");
        let mut file = std::fs::OpenOptions::new().read(true).write(true).open(desk.database()).expect("the database");
        file.seek(SeekFrom::Start(page as u64 * 4096)).expect("a place");
        file.write_all(&[0xa5; 64]).expect("harm");
        drop(file);
        for args in [&["list", "--format", "csv"][..], &["find", "ann"], &["show", "L-1"], &["export", "--format", "jsonl"]] {
            let ran = desk.run(args);
            assert!(matches!(ran.code, 0 | 1) && !ran.err.contains("panicked"), "page {page}: {args:?}: {ran:?}");
        }
        let ran = desk.run(&["check"]);
        assert!(ran.code == 1 && !ran.err.contains("panicked"), "page {page}: {ran:?}");
    }
}

#[test]
fn the_database_of_another_program_stays_as_it_is() {
    let desk = Desk::with_lead();
    let other = desk.path("other.db");
    std::fs::copy(desk.database(), &other).expect("a copy");
    let mut file = std::fs::OpenOptions::new().read(true).write(true).open(&other).expect("the copy");
    // that it keeps no log beside it, and the mark of the program that it belongs to
    file.seek(SeekFrom::Start(18)).expect("a place");
    file.write_all(&[1, 1]).expect("another kind");
    file.seek(SeekFrom::Start(68)).expect("a place");
    file.write_all(&[0, 0, 0, 7]).expect("another mark");
    drop(file);
    let before = std::fs::read(&other).expect("the file");
    for args in [&["list"][..], &["add", "Bo"], &["check"]] {
        let ran = desk.run(&[&["--db", &desk.text("other.db")], args].concat());
        assert_eq!(ran.code, 1, "{args:?}: {ran:?}");
        assert_eq!(std::fs::read(&other).expect("the file"), before);
    }
}

#[test]
fn a_newer_file_is_refused_in_words() {
    let desk = Desk::with_lead();
    let mut bytes = Vec::new();
    std::fs::File::open(desk.database()).and_then(|mut file| file.read_to_end(&mut bytes)).expect("the database");
    // the version of the format, as SQLite's header holds it
    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    std::fs::write(desk.database(), &bytes).expect("a file");
    for args in [&["list"][..], &["add", "Bo"]] {
        let said = desk.run(args).fails(1);
        assert!(said.contains("newer leadbook") && said.contains("9999"), "{said}");
        assert_eq!(std::fs::read(desk.database()).expect("the file"), bytes);
    }
}

#[test]
fn a_folder_or_a_pipe_in_its_place_is_no_database() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("folder.db")).expect("a folder");
    rustix::fs::mknodat(rustix::fs::CWD, desk.path("pipe.db"), rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0)
        .expect("a pipe");
    for name in ["folder.db", "pipe.db"] {
        for args in [&["list"][..], &["add", "Bo"], &["check"]] {
            let said = desk.run(&[&["--db", &desk.text(name)], args].concat()).fails(1);
            assert!(said.contains("not a file"), "{said}");
        }
    }
}
