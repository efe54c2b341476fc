//! Tables and documents out: one file a format.
