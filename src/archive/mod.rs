//! Archives in and out as streams: no ligand is ever a file of its own.
