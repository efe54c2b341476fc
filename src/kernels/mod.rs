//! The one list of kernels, and one file for each.

pub mod bigint;
pub mod dock;

use crate::twin::Listed;

/// All kernels, in the order of the list.
pub fn list() -> Vec<Listed> {
    let mut list = Vec::new();
    macro_rules! add {
        ($twin:ty) => {
            list.push(Listed::of::<$twin>())
        };
    }
    crate::for_each_kernel!(add);
    list
}

/// The one list of kernels: `for_each_kernel!(run)` expands to `run!(Type)` for every
/// [`Twin`](crate::twin::Twin). [`list`](crate::kernels::list) is made from it; a new kernel is one more line.
#[macro_export]
macro_rules! for_each_kernel {
    ($run:ident) => {
        $run!($crate::kernels::dock::random::Random);
        $run!($crate::kernels::dock::angles::Angles);
        $run!($crate::kernels::dock::long_range_potential::LongRangePotential);
        $run!($crate::kernels::dock::field_maps::FieldMaps);
        $run!($crate::kernels::dock::affinity_maps::AffinityMaps);
        $run!($crate::kernels::dock::score_poses::ScorePoses);
        $run!($crate::kernels::dock::score_poses::Variant<true>);
        $run!($crate::kernels::dock::breed::Breed);
        $run!($crate::kernels::dock::local_search_twin::Variant<$crate::kernels::dock::adadelta::Adadelta, false>);
        $run!($crate::kernels::dock::local_search_twin::Variant<$crate::kernels::dock::adadelta::Adadelta, true>);
        $run!($crate::kernels::dock::local_search_twin::Variant<$crate::kernels::dock::solis_wets::SolisWets, false>);
        $run!($crate::kernels::dock::local_search_twin::Variant<$crate::kernels::dock::solis_wets::SolisWets, true>);
        $run!($crate::kernels::dock::census::Census);
        $run!($crate::kernels::dock::champion_poses::ChampionPoses);
        $run!($crate::kernels::bigint::add::Add);
        $run!($crate::kernels::bigint::compare::Compare);
        $run!($crate::kernels::bigint::extreme::Extreme);
        $run!($crate::kernels::bigint::multiply::Multiply<8>);
        $run!($crate::kernels::bigint::multiply::Multiply<16>);
        $run!($crate::kernels::bigint::multiply::Multiply<32>);
        $run!($crate::kernels::bigint::multiply::Multiply<64>);
        $run!($crate::kernels::bigint::montgomery::Montgomery<8>);
        $run!($crate::kernels::bigint::montgomery::Montgomery<16>);
        $run!($crate::kernels::bigint::montgomery::Montgomery<32>);
        $run!($crate::kernels::bigint::montgomery::Montgomery<64>);
        $run!($crate::kernels::bigint::polynomial::Polynomial<8>);
        $run!($crate::kernels::bigint::polynomial::Polynomial<16>);
        $run!($crate::kernels::bigint::columns::Columns);
        $run!($crate::kernels::bigint::carry::Carry);
        $run!($crate::kernels::bigint::power::Power<8>);
        $run!($crate::kernels::bigint::power::Power<16>);
        $run!($crate::kernels::bigint::power::Power<32>);
        $run!($crate::kernels::bigint::power::Power<64>);
        $run!($crate::kernels::bigint::divide::Divide);
        $run!($crate::kernels::bigint::gcd::Gcd);
    };
}

/// The one list of structs shared with shaders: `for_each_host_struct!(run)` expands to
/// `run!(Twin, Struct)` for every [`HostStruct`](crate::gpu::HostStruct) and a kernel that declares it.
#[macro_export]
macro_rules! for_each_host_struct {
    ($run:ident) => {
        $run!(
            $crate::kernels::dock::long_range_potential::LongRangePotential,
            $crate::kernels::dock::long_range_potential::Params
        );
        $run!(
            $crate::kernels::dock::field_maps::FieldMaps,
            $crate::kernels::dock::field_maps::Params
        );
        $run!(
            $crate::kernels::dock::affinity_maps::AffinityMaps,
            $crate::kernels::dock::affinity_maps::Params
        );
        $run!(
            $crate::kernels::dock::field_maps::FieldMaps,
            $crate::kernels::dock::map_points::Grid
        );
        $run!(
            $crate::kernels::dock::random::Random,
            $crate::kernels::dock::random::Params
        );
        $run!(
            $crate::kernels::dock::score_poses::ScorePoses,
            $crate::kernels::dock::affinity_grid::Grid
        );
        $run!(
            $crate::kernels::dock::score_poses::ScorePoses,
            $crate::kernels::dock::topology::Ligand
        );
        $run!(
            $crate::kernels::dock::breed::Breed,
            $crate::kernels::dock::search_state::Search
        );
        $run!(
            $crate::kernels::dock::breed::Breed,
            $crate::kernels::dock::search_state::Status
        );
        $run!(
            $crate::kernels::dock::breed::Breed,
            $crate::kernels::dock::search_state::Run
        );
        $run!(
            $crate::kernels::dock::breed::Breed,
            $crate::kernels::dock::search_state::Progress
        );
        $run!(
            $crate::kernels::dock::long_range_potential::LongRangePotential,
            $crate::kernels::dock::long_range_potential::Params
        );
        $run!(
            $crate::kernels::dock::field_maps::FieldMaps,
            $crate::kernels::dock::field_maps::Params
        );
        $run!(
            $crate::kernels::dock::affinity_maps::AffinityMaps,
            $crate::kernels::dock::affinity_maps::Params
        );
        $run!(
            $crate::kernels::dock::affinity_maps::AffinityMaps,
            $crate::kernels::dock::map_points::Grid
        );
        $run!(
            $crate::kernels::bigint::add::Add,
            $crate::kernels::bigint::operands::Operands
        );
        $run!(
            $crate::kernels::bigint::polynomial::Polynomial<8>,
            $crate::kernels::bigint::polynomial::Run
        );
        $run!(
            $crate::kernels::bigint::carry::Carry,
            $crate::kernels::bigint::carry::Columns
        );
    };
}
