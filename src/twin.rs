//! How far a kernel may be from its f64 twin: tolerances in roundings.
