// Sizes that all kernels of poses share.

override WORKGROUP: u32 = 64;

/// Numbers of a pose: translation 3 (A), unit quaternion 4, then torsions (radian, from the input).
const POSE: u32 = 6u + FRAGMENTS;
/// Directions that a pose can move in: translation 3, rotation vector about the ligand's centre 3, torsions.
const MOVES: u32 = 5u + FRAGMENTS;
