//! A kernel described once, by its WGSL: its text, and the structs it shares with the host.

use super::native::Call;
use crate::{Error, Result};
use bytemuck::Pod;

/// A WGSL entry point: its text and the sizes that the host sets in it.
#[derive(Clone, Copy, Debug)]
pub struct Kernel {
    /// Path of the shader without ending, such as `dock/local_search`; the last part is the entry point.
    pub name: &'static str,
    /// WGSL texts, concatenated in this order: `shaders/lib` files, then the kernel's own.
    pub sources: &'static [&'static str],
    /// Sizes of private arrays with their defaults. WGSL cannot size those by `override`,
    /// so each is written as a `const` in front of the text.
    pub capacities: &'static [(&'static str, u32)],
    /// The same computation for the host's processor; `None` where it has none.
    pub native: Option<NativeBody>,
}

/// A kernel's computation on the host's processor: reads and writes what the WGSL's bindings name.
pub type NativeBody = fn(&Call) -> Result<()>;

impl Kernel {
    /// The entry point bears the file's name: `dock/local_search` is `fn local_search`.
    pub fn entry(&self) -> &'static str {
        self.name.rsplit('/').next().unwrap_or(self.name)
    }

    /// The whole text, with the capacities that `constants` names set and the others at their default.
    ///
    /// # Errors
    /// [`Error::Kernel`] where a capacity is not a whole number from 1 to 2^32 - 1.
    pub fn source(&self, constants: &[(&str, f64)]) -> Result<String> {
        self.source_from(self.sources, constants)
    }

    /// The same, put together from other texts than the kernel's own.
    pub(super) fn source_from(&self, texts: &[&str], constants: &[(&str, f64)]) -> Result<String> {
        let mut head = String::new();
        for (name, default) in self.capacities {
            let given = constants.iter().find(|(given, _)| given == name);
            let value = given.map_or(f64::from(*default), |(_, value)| *value);
            if value.fract() != 0.0 || !(1.0..=f64::from(u32::MAX)).contains(&value) {
                return Err(self.error(format!("capacity {name} cannot be {value}")));
            }
            head += &format!("const {name}: u32 = {value};\n");
        }
        let text = texts.join("\n");
        // WGSL wants its `enable` lines before all declarations, whichever file they stand in.
        let (enables, body): (Vec<_>, Vec<_>) =
            text.lines().partition(|line| line.starts_with("enable "));
        Ok([&enables.join("\n"), &*head, &body.join("\n")].join("\n"))
    }

    pub(super) fn error(&self, what: impl Into<String>) -> Error {
        Error::Kernel {
            kernel: self.name.into(),
            what: what.into(),
        }
    }
}

/// A `#[repr(C)]` struct that WGSL declares under the same name with the same fields.
/// Made by [`host_struct!`](crate::host_struct).
pub trait HostStruct: Pod {
    /// Name of the struct in both languages.
    const NAME: &'static str;
    /// Names and byte offsets of the fields.
    const FIELDS: &'static [(&'static str, usize)];
}

/// Declares a struct shared with WGSL: `host_struct!(Params { atoms: u32, scale: f32 });`.
/// [`Reflection::mismatch`](crate::gpu::Reflection::mismatch) compares it with the shader's.
#[macro_export]
macro_rules! host_struct {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$about])*
        #[doc = concat!("\n\nThe shader's struct `", stringify!($name), "`.")]
        #[repr(C)]
        #[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
        pub struct $name { $($(#[$of])* #[allow(missing_docs, reason = "explained in the shader")] pub $field: $type),* }
        impl $crate::gpu::HostStruct for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [(&'static str, usize)] =
                &[$((stringify!($field), std::mem::offset_of!($name, $field))),*];
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZED: Kernel = Kernel {
        name: "test/sized",
        sources: &["enable f16;\nvar<private> a: array<f32, ATOMS>;"],
        capacities: &[("ATOMS", 32)],
        native: None,
    };

    #[test]
    fn capacities_stand_in_front_and_enables_before_them() {
        let default = SIZED.source(&[]).unwrap();
        assert!(
            default.starts_with("enable f16;\nconst ATOMS: u32 = 32;\n"),
            "{default}"
        );
        let set = SIZED
            .source(&[("ATOMS", 48.0), ("WORKGROUP", 64.0)])
            .unwrap();
        assert!(set.contains("const ATOMS: u32 = 48;"), "{set}");
        assert!(SIZED.source(&[("ATOMS", 0.5)]).is_err());
    }
}
