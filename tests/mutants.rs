//! `tools/mutate` in small: what it changes in a text, and that kernels notice a few dozen changes of their shaders.

#[allow(dead_code, reason = "the tool uses more of it")]
#[path = "../tools/mutate/equivalents.rs"]
mod equivalents;
#[allow(dead_code, reason = "the tool uses more of it")]
#[path = "../tools/mutate/jury.rs"]
mod jury;
#[allow(dead_code, reason = "the tool uses more of it")]
#[path = "../tools/mutate/mutants.rs"]
mod mutants;
#[path = "../tools/mutate/tokens.rs"]
mod tokens;

use equivalents::Equivalents;
use jury::{Jury, Verdict};
use libtest_mimic::{Arguments, Failed, Trial};
use mutants::{Mutant, mutants};
use std::path::Path;
use trimaran::gpu::{AdapterKind, adapters};

type Outcome = Result<(), Failed>;

/// Shaders that compile quickly, and how many mutants of each are tried.
const FILES: [&str; 5] = [
    "dock/random.wgsl",
    "dock/champion_poses.wgsl",
    "dock/census.wgsl",
    "dock/long_range_potential.wgsl",
    "dock/field_maps.wgsl",
];
const OF_EACH: usize = 6;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every changed text, the unchanged parts left out.
fn changes(text: &str) -> Vec<String> {
    let change = |m: Mutant| format!("{} -> {}", &text[m.at.clone()], m.to);
    mutants("test", text).into_iter().map(change).collect()
}

fn what_computes_is_changed() -> Outcome {
    assert_eq!(
        changes("let a = b + 2u;"),
        ["+ -> -", "2u -> 3u", "2u -> 1u"]
    );
    assert_eq!(changes("x <= 0.0"), ["<= -> <", "<= -> >", "0.0 -> 1.0"]);
    assert_eq!(
        changes("a.x * -b.yz"),
        ["x -> y", "* -> /", "- -> ", "yz -> zy"]
    );
    assert_eq!(
        changes("p = max(*p, q) << 1u")[..2],
        ["max -> min", "<< -> >>"]
    );
    assert_eq!(changes("a[i] += f(&b)"), ["+= -> -="]);
    assert_eq!(
        changes("select(f(a, b), c, true)"),
        ["f(a, b), c -> c, f(a, b)", "true -> false"]
    );
    assert_eq!(
        changes("0xffu + 1e-4"),
        [
            "0xffu -> 256u",
            "0xffu -> 254u",
            "+ -> -",
            "1e-4 -> 1.001e-4"
        ]
    );
    Ok(())
}

fn what_declares_is_left_alone() -> Outcome {
    for text in [
        "@group(0) @binding(1) var<storage, read> a: array<vec4<f32>, 3>;",
        "struct Params { nodes: vec3<u32>, pad: u32 }",
        "@compute @workgroup_size(8 * 8)",
        "fn f(a: ptr<function, array<f32, 4>>) -> vec2<f32> {}",
        "// a + 1",
        "/* a < 2 */",
        "x.best",
    ] {
        assert_eq!(changes(text), [""; 0], "{text}");
    }
    Ok(())
}

/// No reason outlives the line that it was given for.
fn what_is_explained_is_a_mutant() -> Outcome {
    let files = Jury::files(&root().join("shaders"));
    let mut stale = Vec::new();
    for known in Equivalents::read(root())?.0 {
        let text = files.get(&known.file).copied().unwrap_or_default();
        let lines = [known.before, known.after];
        let mut all = mutants(&known.file, text).into_iter();
        if !all.any(|mutant| mutant.lines(text) == lines) {
            stale.push(format!("{}: {lines:?}", known.file));
        }
    }
    if stale.is_empty() {
        Ok(())
    } else {
        Err(stale.join("\n").into())
    }
}

/// Mutants evenly over the file, of which none survives but those that are explained.
fn mutants_die(jury: &mut Jury, file: &str) -> Outcome {
    let files = Jury::files(&root().join("shaders"));
    let known = Equivalents::read(root())?;
    let text = files.get(file).ok_or("no kernel has this text")?;
    let all = mutants(file, text);
    let step = all.len().div_ceil(OF_EACH);
    let mut survivors = Vec::new();
    for mutant in all.iter().step_by(step) {
        let lines = mutant.lines(text);
        match jury.judge(mutant, text) {
            Verdict::Killed(_) => {}
            Verdict::Survived if known.reason(file, &lines).is_some() => {}
            verdict => survivors.push(format!("{verdict:?}: {lines:?}")),
        }
    }
    if survivors.is_empty() {
        Ok(())
    } else {
        Err(survivors.join("\n").into())
    }
}

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(1);
    // Nobody compiles a mutant twice, and the user's cache is not for them.
    #[expect(
        unsafe_code,
        reason = "unsafe only where other threads read the environment"
    )]
    // SAFETY: no other thread exists yet.
    unsafe {
        std::env::set_var("XDG_CACHE_HOME", "/dev/null");
        std::env::set_var("MESA_SHADER_CACHE_DISABLE", "true");
    }
    let mut trials = vec![
        Trial::test("what_computes_is_changed", what_computes_is_changed),
        Trial::test("what_declares_is_left_alone", what_declares_is_left_alone),
        Trial::test(
            "what_is_explained_is_a_mutant",
            what_is_explained_is_a_mutant,
        ),
    ];
    let mut adapters = adapters().into_iter();
    let software = adapters.find(|adapter| adapter.kind == AdapterKind::Software);
    for file in FILES {
        let trial = match &software {
            Some(adapter) => {
                let number = adapter.number.to_string();
                Trial::test(format!("mutants_die::{file}"), move || {
                    mutants_die(&mut Jury::new(&number)?, file)
                })
            }
            None => {
                let name =
                    format!("mutants_die::{file}: no software adapter (mesa-vulkan-drivers)");
                Trial::test(name, || Ok(())).with_ignored_flag(true)
            }
        };
        trials.push(trial);
    }
    libtest_mimic::run(&arguments, trials).exit();
}
