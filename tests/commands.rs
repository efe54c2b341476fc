//! Commands as people type them, with what they print: `tests/commands/*.trycmd`.

#[test]
fn commands_print_what_is_written_down() {
    trycmd::TestCases::new().case("tests/commands/*.trycmd");
}
