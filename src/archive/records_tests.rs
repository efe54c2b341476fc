//! Streams of all formats cut into records.

use super::*;

fn records(text: &str) -> Vec<Record> {
    records_of(Format::Pdbqt, text.as_bytes())
}

fn records_of(format: Format, text: &[u8]) -> Vec<Record> {
    let mut all = Vec::new();
    let _ = split(format, text, &mut |record| {
        all.push(record);
        ControlFlow::Continue(())
    });
    all
}

fn text(content: &str, first_line: usize) -> Result<Text, String> {
    text_of(Format::Pdbqt, content, first_line)
}

fn text_of(format: Format, content: &str, first_line: usize) -> Result<Text, String> {
    Ok(Text {
        format,
        content: content.into(),
        first_line,
    })
}

#[test]
fn one_record_without_models() {
    assert_eq!(
        records("ROOT\nATOM 1\n"),
        [(None, text("ROOT\nATOM 1\n", 1))]
    );
    assert_eq!(
        records("MODEL 1\nATOM 1\nENDMDL\n\n"),
        [(None, text("ATOM 1\n", 2))]
    );
}

#[test]
fn several_models_are_numbered_and_keep_their_lines() {
    let all = records("REMARK x\nMODEL 1\nATOM 1\nENDMDL\nMODEL 2\nATOM 2\nMODEL 3\nATOM 3\n");
    let want = [
        (Some(1), text("ATOM 1\n", 3)),
        (Some(2), text("ATOM 2\n", 6)),
        (Some(3), text("ATOM 3\n", 8)),
    ];
    assert_eq!(all, want);
}

#[test]
fn sdf_is_cut_at_dollars_and_needs_none_at_its_end() {
    let sdf = |text: &str| records_of(Format::Sdf, text.as_bytes());
    let text = |content, line| text_of(Format::Sdf, content, line);
    let want = [(Some(1), text("a\n\n", 1)), (Some(2), text("b\n", 4))];
    for end in ["", "$$$$", "$$$$\n", "$$$$\n\n\n"] {
        assert_eq!(sdf(&format!("a\n\n$$$$\nb\n{end}")), want);
        assert_eq!(sdf(&format!("a\r\n\r\n$$$$\rb\n{end}")), want);
    }
    assert_eq!(sdf("a\nb"), [(None, text("a\nb", 1))]);
    assert_eq!(sdf("\n\n"), [(None, Err("the file is empty".into()))]);
}

#[test]
fn mol2_begins_at_its_molecule_section() {
    let text = "# x\n@<TRIPOS>MOLECULE\na\n@<TRIPOS>ATOM\n\n@<TRIPOS>MOLECULE\nb\n";
    let (first, second) = text.split_at(text.rfind("@<TRIPOS>MOLECULE").unwrap());
    let want = [
        (Some(1), text_of(Format::Mol2, first, 1)),
        (Some(2), text_of(Format::Mol2, second, 6)),
    ];
    assert_eq!(records_of(Format::Mol2, text.as_bytes()), want);
}

#[test]
fn a_smiles_is_a_line() {
    let got = records_of(Format::Smiles, b"# x\nCCO ethanol\n\nC");
    let text = |content, line| text_of(Format::Smiles, content, line);
    assert_eq!(
        got,
        [(Some(1), text("CCO ethanol\n", 2)), (Some(2), text("C", 4))]
    );
}

#[test]
fn latin_1_is_understood() {
    let got = records_of(Format::Smiles, b"CCO \xe4thanol\n");
    assert_eq!(got, [(None, text_of(Format::Smiles, "CCO äthanol\n", 1))]);
}

#[test]
fn nothing_and_too_much_are_said() {
    assert_eq!(records(""), [(None, Err("the file is empty".to_string()))]);
    let huge = "x".repeat(LARGEST_RECORD + 10);
    assert!(
        records(&huge)[0]
            .1
            .as_ref()
            .unwrap_err()
            .starts_with("larger than 16 MiB")
    );
}

#[test]
fn a_visitor_can_stop() {
    let mut seen = 0;
    let stopped = split(
        Format::Pdbqt,
        "MODEL\nENDMDL\nMODEL\nENDMDL\nMODEL\nENDMDL\n".as_bytes(),
        &mut |_| {
            seen += 1;
            ControlFlow::Break(())
        },
    );
    assert!(stopped.is_break() && seen == 1);
}
