//! What naga reads out of a kernel's WGSL: bindings, element sizes, override constants, structs.

use super::kernel::{HostStruct, Kernel};
use crate::Result;
use naga::proc::{Layouter, TypeLayout};
use naga::{AddressSpace, Expression, Literal, StorageAccess, TypeInner, valid};

/// Where a binding lives and whether the kernel writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// `var<uniform>`
    Uniform,
    /// `var<storage, read>`
    Read,
    /// `var<storage, read_write>`
    ReadWrite,
}

/// One buffer that a kernel declares.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Its name in WGSL, by which arguments are given.
    pub name: String,
    /// Its `@binding` number.
    pub slot: u32,
    /// Its address space.
    pub space: Space,
    /// Bytes from one element to the next; of the whole value where it is no array.
    pub element_bytes: u64,
    /// Bytes that a buffer must have at least: one element of a runtime-sized array, else all.
    pub least_bytes: u64,
}

/// A parsed and validated kernel.
pub struct Reflection {
    /// The whole text that was parsed.
    pub source: String,
    /// Its bindings, by slot.
    pub bindings: Vec<Binding>,
    /// Names of its `override` constants.
    pub overrides: Vec<String>,
    module: naga::Module,
}

impl Kernel {
    /// Parses and validates the text with these capacities (default where not named).
    ///
    /// # Errors
    /// [`crate::Error::Kernel`] with the compiler's message and the place in the text.
    pub fn reflect(&self, constants: &[(&str, f64)]) -> Result<Reflection> {
        self.reflect_source(self.source(constants)?)
    }

    pub(super) fn reflect_source(&self, source: String) -> Result<Reflection> {
        let module = naga::front::wgsl::parse_str(&source)
            .map_err(|e| self.error(e.emit_to_string(&source)))?;
        valid::Validator::new(valid::ValidationFlags::all(), valid::Capabilities::all())
            .validate(&module)
            .map_err(|e| self.error(e.emit_to_string(&source)))?;
        if !module.entry_points.iter().any(|e| e.name == self.entry()) {
            return Err(self.error(format!("WGSL has no entry point {}", self.entry())));
        }
        let mut layouts = Layouter::default();
        layouts
            .update(module.to_ctx())
            .map_err(|e| self.error(e.to_string()))?;
        let bound = module.global_variables.iter();
        let mut bindings: Vec<_> = bound
            .filter_map(|(_, var)| binding(&module, layouts[var.ty], var))
            .collect();
        bindings.sort_by_key(|binding| binding.slot);
        let overrides = module.overrides.iter();
        let overrides = overrides.filter_map(|(_, o)| o.name.clone()).collect();
        Ok(Reflection {
            source,
            bindings,
            overrides,
            module,
        })
    }
}

fn binding(
    module: &naga::Module,
    layout: TypeLayout,
    var: &naga::GlobalVariable,
) -> Option<Binding> {
    let space = match var.space {
        AddressSpace::Uniform => Space::Uniform,
        AddressSpace::Storage { access } if access.contains(StorageAccess::STORE) => {
            Space::ReadWrite
        }
        AddressSpace::Storage { .. } => Space::Read,
        _ => return None,
    };
    let element_bytes = match module.types[var.ty].inner {
        TypeInner::Array { stride, .. } => stride,
        _ => layout.size,
    };
    Some(Binding {
        name: var.name.clone()?,
        slot: var.binding.as_ref()?.binding,
        space,
        element_bytes: element_bytes.into(),
        least_bytes: layout.size.max(element_bytes).into(),
    })
}

impl Reflection {
    /// The number that an `override` constant has where nobody sets it; `None` where it must be set.
    pub fn default_of(&self, name: &str) -> Option<f64> {
        let mut overrides = self.module.overrides.iter();
        let (_, found) = overrides.find(|(_, o)| o.name.as_deref() == Some(name))?;
        match self.module.global_expressions[found.init?] {
            Expression::Literal(Literal::F32(v)) => Some(v.into()),
            Expression::Literal(Literal::I32(v)) => Some(v.into()),
            Expression::Literal(Literal::U32(v)) => Some(v.into()),
            _ => None,
        }
    }

    /// Workgroup memory that the kernel takes, in bytes.
    pub fn workgroup_bytes(&self) -> u32 {
        let variables = self.module.global_variables.iter();
        let shared = variables.filter(|(_, var)| var.space == AddressSpace::WorkGroup);
        let bytes =
            |var: &naga::GlobalVariable| self.module.types[var.ty].inner.size(self.module.to_ctx());
        shared.map(|(_, var)| bytes(var)).sum()
    }

    /// What differs between the Rust struct and the WGSL struct of the same name; `None` where nothing.
    pub fn mismatch<T: HostStruct>(&self) -> Option<String> {
        let found = self.module.types.iter().find_map(|(_, t)| match &t.inner {
            TypeInner::Struct { members, span } if t.name.as_deref() == Some(T::NAME) => {
                Some((members, *span as usize))
            }
            _ => None,
        });
        let Some((members, span)) = found else {
            return Some(format!("WGSL has no struct {}", T::NAME));
        };
        let wgsl: Vec<_> = members
            .iter()
            .map(|m| (m.name.as_deref().unwrap_or(""), m.offset as usize))
            .collect();
        let same = wgsl == T::FIELDS && span == size_of::<T>();
        (!same).then(|| {
            let (name, fields, bytes) = (T::NAME, T::FIELDS, size_of::<T>());
            format!("{name}: Rust {fields:?} {bytes} bytes, WGSL {wgsl:?} {span} bytes")
        })
    }
}
