//! Names of files as strangers choose them, and the rules by which files are taken.

use super::*;

#[test]
fn no_name_leaves_its_folder_or_hides_in_it() {
    for (given, kept, safe) in [
        ("offer.pdf", "offer.pdf", "offer.pdf"),
        ("../../.bashrc", ".bashrc", "_bashrc"),
        ("/etc/passwd", "passwd", "passwd"),
        ("a/../../b", "b", "b"),
        ("..\\..\\win.ini", "win.ini", "win.ini"),
        ("-rf", "-rf", "_rf"),
        ("..", "..", "file"),
        ("/", "file", "file"),
        ("", "file", "file"),
        (" ~root ", "~root", "_root"),
        ("a\0b", "a\0b", "a_b"),
        ("a\nb.txt", "a\nb.txt", "a_b.txt"),
        ("gnp.\u{202e}fdp", "gnp.\u{202e}fdp", "gnp._fdp"),
        ("con.txt", "con.txt", "_con.txt"),
        ("LPT1", "LPT1", "_LPT1"),
        ("console.txt", "console.txt", "console.txt"),
        ("x: $(touch y);`z`", "x: $(touch y);`z`", "x_ $(touch y);`z`"),
        ("日本 é.txt", "日本 é.txt", "日本 é.txt"),
    ] {
        assert_eq!(kept_name(given), kept, "{given:?}");
        assert_eq!(safe_name(kept_name(given).as_str()), safe, "{given:?}");
    }
    assert_eq!(safe_name("../../.ssh/authorized_keys"), "_._.._.ssh_authorized_keys");
}

#[test]
fn a_long_name_keeps_its_ending() {
    let long = format!("{}.pdf", "é".repeat(4_000));
    let kept = kept_name(&long);
    assert!(kept.chars().count() == LONGEST_NAME && kept.ends_with("é.pdf"));
    let safe = safe_name(&kept);
    assert!(safe.len() <= 255 && safe.ends_with("é.pdf"));
    let second = numbered_name(&safe, 2);
    assert!(second.len() <= 255 && second.ends_with("é (2).pdf"));
    assert!(safe_name(&"x".repeat(400)).len() == 255);
    assert_eq!(numbered_name("offer.pdf", 3), "offer (3).pdf");
    assert_eq!(numbered_name("README", 2), "README (2)");
}

#[test]
fn files_that_run_are_refused_by_their_last_ending() {
    let rules = Rules::default();
    for name in ["setup.exe", "SETUP.EXE", "offer.pdf.bat", "x.js. ", "x.lnk..", "x.wsh\n"] {
        let said = rules.refuses(name).unwrap_or_else(|| panic!("{name:?} is taken"));
        assert!(said.starts_with("files that end in ."), "{said}");
    }
    for name in ["offer.pdf", "exe", "bat.txt", "x.", "report.exe.txt"] {
        assert_eq!(rules.refuses(name), None, "{name:?}");
    }
    assert_eq!(endings(".Exe, bat;js  "), ["exe", "bat", "js"]);
    assert_eq!(endings(BLOCKED).len(), 96);
}

#[test]
fn a_size_is_read_at_a_glance() {
    for (bytes, shown) in [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (1_449, "1.4 kB"),
        (212_400, "212 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (25_000_000, "25 MB"),
        (1_440_000, "1.4 MB"),
        (1_000_000_000, "1 GB"),
    ] {
        assert_eq!(show_size(bytes), shown, "{bytes}");
    }
    let rules = Rules { largest: 1_000, ..Rules::default() };
    assert_eq!(rules.too_large(1_000), None);
    assert_eq!(rules.too_large(2_000).as_deref(), Some("it has 2 kB, and 1 kB are allowed"));
    assert_eq!(rules.too_large(1_001).as_deref(), Some("it has 1001 bytes, and 1000 are allowed"));
}
