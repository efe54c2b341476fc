// Unit quaternions (x, y, z, w) as rotations.

/// v turned by q.
fn rotate(q: vec4<f32>, v: vec3<f32>) -> vec3<f32> {
    let t = 2.0 * cross(q.xyz, v);
    return v + q.w * t + cross(q.xyz, t);
}

/// The rotation b followed by the rotation a.
fn compose(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
    return vec4(a.w * b.xyz + b.w * a.xyz + cross(a.xyz, b.xyz), a.w * b.w - dot(a.xyz, b.xyz));
}

/// The rotation by an angle (radian) about a unit axis.
fn about_axis(axis: vec3<f32>, angle: f32) -> vec4<f32> {
    let half = sine_cosine(0.5 * angle);
    return vec4(axis * half.x, half.y);
}

/// The rotation whose axis is v and whose angle (radian) is its length.
fn from_rotation_vector(v: vec3<f32>) -> vec4<f32> {
    let angle = length(v);
    // sin(a/2)/a tends to 1/2: below this angle the series is exact in f32.
    let half = sine_cosine(0.5 * angle);
    let scale = select(half.x / max(angle, 1e-4), 0.5, angle < 1e-4);
    return normalize(vec4(v * scale, half.y));
}
