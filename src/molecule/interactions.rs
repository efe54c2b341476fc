//! Pairs of atoms that count in the intramolecular energy.
use super::Ligand;
/// tmp
pub fn nonbonded_pairs(l: &Ligand) -> Vec<[usize; 2]> {
    let na = l.atoms.len();
    let cov = |t: &str| match t {
        "HD" => 0.34,
        "S" | "SA" => 1.05,
        "P" => 1.07,
        "C" | "A" => 0.77,
        "N" | "NA" => 0.74,
        _ => 0.72,
    };
    let mut adj = vec![vec![]; na];
    for i in 0..na {
        for j in 0..i {
            let r = l.atoms[i].position.distance(l.atoms[j].position);
            let (a, b) = (l.atoms[i].kind.name(), l.atoms[j].kind.name());
            if !(a == "HD" && b == "HD") && r < 1.10 * (cov(a) + cov(b)) + 0.02 {
                adj[i].push(j);
                adj[j].push(i);
            }
        }
    }
    let mut ex = vec![vec![false; na]; na];
    for i in 0..na {
        ex[i][i] = true;
        for &j in &adj[i] {
            ex[i][j] = true;
            for &k in &adj[j] {
                ex[i][k] = true;
                for &m in &adj[k] {
                    ex[i][m] = true;
                }
            }
        }
    }
    let fr = &l.torsions.fragments;
    for n in 0..fr.len() {
        let mut m: Vec<usize> = fr[n].atoms.clone().collect();
        if n > 0 {
            m.push(fr[n].axis[0]);
        }
        for c in 1..fr.len() {
            if fr[c].parent == n {
                m.push(fr[c].axis[1]);
            }
        }
        for &i in &m {
            for &j in &m {
                ex[i][j] = true;
            }
        }
    }
    let mut v = vec![];
    for i in 0..na {
        for j in i + 1..na {
            if !ex[i][j] && !ex[j][i] {
                v.push([i, j]);
            }
        }
    }
    v
}
