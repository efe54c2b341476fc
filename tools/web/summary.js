// The table of an end-to-end test: kernel by implementation, worst roundings over its samples.

/** The worst of a kernel's rows on one implementation, and what went wrong where something did. */
function cell(rows) {
  if (!rows.length) return "not run";
  const failed = rows.find((row) => row.roundings === null);
  if (failed) return "FAILS";
  const worst = Math.max(...rows.map((row) => row.roundings));
  return `${Number(worst.toPrecision(3))}${rows.every((row) => row.ok) ? "" : " DIFFERS"}`;
}

/** Prints the table, then a line for every row that is not right. */
export function printTable(rows) {
  const implementations = [...new Set(rows.map((row) => `${row.driver}, ${row.adapter}`))];
  const kernels = [...new Set(rows.map((row) => `${row.kernel} ${row.variant}`))];
  implementations.forEach((name, at) => console.log(`(${at + 1}) ${name}`));
  const line = (cells) => console.log(cells.map((text, at) => (at ? text.padStart(18) : text.padEnd(36))).join(""));
  line(["kernel", "samples", ...implementations.map((_, at) => `(${at + 1})`), "allowed"]);
  for (const kernel of kernels) {
    const own = rows.filter((row) => `${row.kernel} ${row.variant}` === kernel);
    const of = (name) => own.filter((row) => `${row.driver}, ${row.adapter}` === name);
    line([kernel, String(of(implementations[0]).length), ...implementations.map((name) => cell(of(name))), String(own[0].allowed)]);
  }
  for (const row of rows.filter((row) => !row.ok)) {
    console.log(`${row.kernel} ${row.variant} ${row.sample} on ${row.driver}: ${row.reason}`);
  }
}
