//! A document before readers that are not ours: what they extract, the tags that they see, and the letters within (PRE-10).

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{path::Path, process::Command};

use pdf::{PaperBlock, PaperDocument, write};

fn document() -> PaperDocument {
    let long = "Η συνεδρίαση πραγματοποιήθηκε με τηλεδιάσκεψη, σύμφωνα με την απόφαση 429/2020. ".repeat(60);
    PaperDocument {
        title: "Πρακτικό συνεδρίασης".into(),
        language: "el".into(),
        blocks: vec![
            PaperBlock::Title("Πρακτικό συνεδρίασης".into()),
            PaperBlock::Heading("Παρουσίες".into()),
            PaperBlock::Table {
                head: vec!["Μέλος".into(), "Από".into(), "Έως".into()],
                rows: (1..=60).map(|nth| vec![format!("Μέλος ΰΐ {nth}"), "10:00".into(), "11:30".into()]).collect(),
            },
            PaperBlock::Heading("Συζήτηση".into()),
            PaperBlock::Text(format!("{long}\n\nΔεύτερη παράγραφος με «εισαγωγικά» και παύλα – έτσι.")),
        ],
    }
}

fn run(program: &str, args: &[&str], file: &Path) -> String {
    let said = Command::new(program).args(args).arg(file).output().expect("poppler-utils of Debian: cargo xtask setup");
    let said = said.clone();
    assert!(said.status.success(), "{program}: {}", String::from_utf8_lossy(&said.stderr));
    assert!(said.stderr.is_empty(), "{program}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap()
}

#[test]
fn pre_10_a_document_is_tagged_and_its_greek_is_read_by_others() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("minutes.pdf");
    let bytes = write(&document()).unwrap();
    assert_eq!(bytes, write(&document()).unwrap(), "the same document is the same file");
    std::fs::write(&file, &bytes).unwrap();
    if let Ok(keep) = std::env::var("SEIRA_PICTURES") {
        std::fs::write(Path::new(&keep).join("minutes.pdf"), &bytes).unwrap();
    }
    let info = run("pdfinfo", &[], &file);
    assert!(info.contains("Πρακτικό συνεδρίασης") && info.contains("Tagged:          yes"), "{info}");
    let said = run("pdftotext", &["-layout"], &file.clone()).len();
    assert!(said == 0, "it writes beside the file");
    let text = std::fs::read_to_string(file.with_extension("txt")).unwrap();
    for says in ["Μέλος ΰΐ 60", "Δεύτερη παράγραφος με «εισαγωγικά» και παύλα – έτσι.", "429/2020"]
    {
        assert!(text.contains(says), "{says} is not in: {text}");
    }
    let tags = run("pdfinfo", &["-struct-text"], &file);
    for tag in ["H1", "H2", "Table", "TR", "TH", "TD", "P"] {
        assert!(tags.lines().any(|line| line.trim_start().starts_with(tag)), "no {tag} in: {tags}");
    }
    assert!(tags.contains("Μέλος ΰΐ 60") && tags.contains("\"Δεύτερη"), "{tags}");
    let fonts = run("pdffonts", &[], &file);
    let inside = fonts.lines().skip(2).all(|line| line.contains("yes yes yes"));
    assert!(inside && fonts.contains("NotoSans-Regular") && fonts.contains("NotoSans-Bold"), "{fonts}");
}
