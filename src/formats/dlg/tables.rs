//! The log after its runs: clusters and RMSDs.

use super::{LoggedPose, title};

/// A bar of the histogram is at most this long.
const LONGEST_BAR: usize = 40;

/// A row per cluster. `ranked` holds run numbers and poses, best first.
pub(super) fn histogram(ranked: &[(usize, &LoggedPose)]) -> String {
    let mut text = title("CLUSTERING HISTOGRAM");
    text.push_str("Clus | Lowest    | Run | Mean      | Num | Histogram\n");
    text.push_str(
        "_____|___________|_____|___________|_____|________________________________________\n",
    );
    for cluster in 1..=clusters(ranked) {
        let members: Vec<_> = ranked
            .iter()
            .filter(|row| row.1.cluster == cluster)
            .collect();
        let Some((run, best)) = members.first() else {
            continue;
        };
        let mean = members.iter().map(|row| row.1.energy()).sum::<f64>() / members.len() as f64;
        text.push_str(&format!(
            "{cluster:4} | {:9.2} | {run:3} | {mean:9.2} | {:3} |{}\n",
            best.energy(),
            members.len(),
            "#".repeat(members.len().min(LONGEST_BAR)),
        ));
    }
    text
}

/// A row per run, cluster by cluster.
pub(super) fn rmsds(ranked: &[(usize, &LoggedPose)]) -> String {
    let mut text = title("RMSD TABLE");
    text.push_str("Rank | Sub- | Run  | Binding   | Cluster | Reference       | Grep\n");
    text.push_str("     | Rank |      | Energy    | RMSD    | RMSD            | Pattern\n");
    text.push_str("_____|______|______|___________|_________|_________________|___________\n");
    for cluster in 1..=clusters(ranked) {
        let members = ranked.iter().filter(|row| row.1.cluster == cluster);
        for (index, (run, pose)) in members.enumerate() {
            text.push_str(&format!(
                "{cluster:4} {:6} {run:6} {:11.2} {:9.2} {:9.2}           RANKING\n",
                index + 1,
                pose.energy(),
                pose.rmsd_cluster,
                pose.rmsd_reference,
            ));
        }
    }
    text
}

fn clusters(ranked: &[(usize, &LoggedPose)]) -> usize {
    ranked.iter().map(|row| row.1.cluster).max().unwrap_or(0)
}
