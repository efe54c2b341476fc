//! Every shader: valid, within the portable floor, and declaring the same structs as the host. Needs no device.

use naga::back::pipeline_constants;
use naga::{AddressSpace, Module, valid};
use trimaran::gpu::Kernel;
use trimaran::host_struct;
use trimaran::kernels::dock::random::Random;
use trimaran::kernels::list;
use trimaran::twin::Twin;

/// WebGPU's default limits, which every device of every interface has.
const STORAGE_BUFFERS: usize = 8;
const WORKGROUP_BYTES: u32 = 16 << 10;
const INVOCATIONS: u32 = 256;

/// Runs a check on each kernel of the list.
fn each_kernel(check: impl Fn(&Kernel)) {
    macro_rules! run {
        ($twin:ty) => {
            check(&<$twin>::KERNEL)
        };
    }
    trimaran::for_each_kernel!(run);
}

/// The kernel with its default constants in place. Kernels that `enable` something are variants of
/// a base one and may ask for more than the floor.
fn compile(kernel: &Kernel) -> (Module, valid::ModuleInfo, bool) {
    let source = kernel.source(&[]).unwrap();
    let name = kernel.name;
    let module = naga::front::wgsl::parse_str(&source)
        .unwrap_or_else(|e| panic!("{name}: {}", e.emit_to_string(&source)));
    let is_base = !source.contains("enable ");
    let capabilities = match is_base {
        // WGSL's own `unpack2x16float`: no feature of WebGPU, a capability to naga.
        true => valid::Capabilities::SHADER_FLOAT16_IN_FLOAT32,
        false => valid::Capabilities::all(),
    };
    let info = valid::Validator::new(valid::ValidationFlags::all(), capabilities)
        .validate(&module)
        .unwrap_or_else(|e| panic!("{name}: {}", e.emit_to_string(&source)));
    let (module, info) =
        pipeline_constants::process_overrides(&module, &info, None, &Default::default())
            .unwrap_or_else(|e| panic!("{name}: {e}"));
    (module.into_owned(), info.into_owned(), is_base)
}

#[test]
fn every_kernel_has_its_entry_point_and_named_bindings() {
    each_kernel(|kernel| {
        let reflection = kernel.reflect(&[]).unwrap_or_else(|e| panic!("{e}"));
        assert!(!reflection.bindings.is_empty(), "{}", kernel.name);
    });
}

#[test]
fn every_kernel_is_within_the_portable_floor() {
    each_kernel(|kernel| {
        let (module, _, is_base) = compile(kernel);
        if !is_base {
            return;
        }
        let name = kernel.name;
        let globals = || module.global_variables.iter().map(|(_, global)| global);
        let storage = globals().filter(|g| matches!(g.space, AddressSpace::Storage { .. }));
        assert!(
            storage.count() <= STORAGE_BUFFERS,
            "{name}: storage buffers"
        );
        let shared = globals().filter(|g| g.space == AddressSpace::WorkGroup);
        let bytes = shared.map(|g| module.types[g.ty].inner.size(module.to_ctx()));
        assert!(
            bytes.sum::<u32>() <= WORKGROUP_BYTES,
            "{name}: workgroup memory"
        );
        let entry = module
            .entry_points
            .iter()
            .find(|e| e.name == kernel.entry());
        let invocations: u32 = entry.unwrap().workgroup_size.iter().product();
        assert!(invocations <= INVOCATIONS, "{name}: invocations");
    });
}

#[test]
fn every_kernel_has_a_body_for_the_processor() {
    // A variant for GPUs needs none of its own.
    for kernel in list().iter().filter(|kernel| kernel.variant == "base") {
        assert!(kernel.kernel.native.is_some(), "{}", kernel.name);
    }
}

#[test]
fn host_structs_match_their_shaders() {
    macro_rules! run {
        ($twin:ty, $shared:ty) => {
            let reflection = <$twin>::KERNEL.reflect(&[]).unwrap();
            assert_eq!(
                reflection.mismatch::<$shared>(),
                None,
                "{}",
                <$twin>::KERNEL.name
            );
        };
    }
    trimaran::for_each_host_struct!(run);
}

#[test]
fn swapped_and_missing_fields_are_noticed() {
    mod swapped {
        super::host_struct!(Params {
            first: u32,
            stream: u32,
            key_high: u32,
            key_low: u32
        });
    }
    mod short {
        super::host_struct!(Params { first: u32 });
    }
    mod unknown {
        super::host_struct!(Nowhere { first: u32 });
    }
    let random = Random::KERNEL.reflect(&[]).unwrap();
    let swapped = random.mismatch::<swapped::Params>().unwrap();
    assert!(swapped.contains("key_high"), "{swapped}");
    let short = random.mismatch::<short::Params>().unwrap();
    assert!(short.contains("16 bytes"), "{short}");
    let unknown = random.mismatch::<unknown::Nowhere>().unwrap();
    assert!(unknown.contains("Nowhere"), "{unknown}");
}

#[test]
fn a_broken_shader_is_an_error_with_the_place() {
    let broken = Kernel {
        name: "test/broken",
        sources: &["fn broken() { let x = ; }"],
        capacities: &[],
        native: None,
    };
    let error = broken.reflect(&[]).err().unwrap().to_string();
    assert!(
        error.contains("test/broken") && error.contains("let x = ;"),
        "{error}"
    );
    let nameless = Kernel {
        name: "test/elsewhere",
        ..Random::KERNEL
    };
    let error = nameless.reflect(&[]).err().unwrap().to_string();
    assert!(error.contains("no entry point elsewhere"), "{error}");
}
