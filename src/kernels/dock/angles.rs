//! Sine and cosine on the device, at angles where they are hardest: what poses and random rotations are turned by.
//!
//! Beside a pose's energy an error of a few roundings in a rotation does not show. Here it does.

use super::synthetic::Draws;
use crate::gpu::Kernel;
use crate::twin::{Format, Launch, Tolerance, Twin, Value, Values};
use std::f64::consts::{FRAC_PI_4, TAU};

/// The kernel `dock/angles`: sine and cosine of each.
pub struct Angles;

/// Turns up to which the functions are promised to be right.
const TURNS: f64 = 300.0;

/// An angle of a sample by its number, radian: within a turn, where one quarter turn gives way to the next, small ones,
/// and many turns.
fn angle(number: usize, draws: &mut Draws) -> f32 {
    let any = draws.between(-1.0, 1.0);
    let angle = match number % 4 {
        0 => TAU * any,
        1 => (2 * (number as i64 / 4 % 64) - 63) as f64 * FRAC_PI_4 * (1.0 + 0.002 * any),
        2 => 10f64.powf(-4.0 * any.abs()) * any.signum(),
        _ => TURNS * TAU * any,
    };
    angle as f32
}

impl Twin for Angles {
    const KERNEL: Kernel = Kernel {
        name: "dock/angles",
        sources: &[
            include_str!("../../../shaders/lib/sine_cosine.wgsl"),
            include_str!("../../../shaders/dock/angles.wgsl"),
        ],
        capacities: &[],
        native: Some(super::native::angles::angles),
    };
    // 2^-23 of 1, as the text says.
    const TOLERANCE: Tolerance = Tolerance { roundings: 2.0 };
    type Input = Vec<f32>;

    fn sizes() -> &'static [usize] {
        &[1, 63, 64, 65, 5000]
    }

    fn sample(size: usize, seed: u64) -> Vec<f32> {
        let draws = &mut Draws::new(seed, size as u32);
        match size {
            1 => vec![0.0],
            _ => (0..size).map(|number| angle(number, draws)).collect(),
        }
    }

    fn twin(angles: &Vec<f32>) -> Vec<Value> {
        let both = |angle: &f32| [f64::from(*angle).sin(), f64::from(*angle).cos()];
        let values = angles.iter().flat_map(both);
        values.map(|value| [value, 1.0]).collect()
    }

    fn launch(angles: &Vec<f32>) -> Option<Launch> {
        let groups = [angles.len().div_ceil(64) as u32, 1, 1];
        let launch = Launch::new(Self::KERNEL, &[("WORKGROUP", 64.0)], groups)
            .with("radians", angles)
            .output::<[f32; 2]>("results", angles.len())
            .values([Values::first("results", Format::F32, 2 * angles.len())]);
        Some(launch)
    }
}
