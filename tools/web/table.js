// The page's table: a block per kernel, a row per sample, filled in as verdicts come.

/** What a sample's state is called, with a sign that does not need colour. */
const VERDICTS = { waits: "waits", runs: "… runs", agrees: "✓ agrees", differs: "✗ differs", fails: "✗ fails", skipped: "– not run" };

/** A new element with a class and text or children. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Roundings with two decimals, so that they stand in line; in powers of ten from a million on. */
function short(number) {
  if (number === 0) return "0";
  if (!Number.isFinite(number)) return "∞";
  if (number < 0.005) return "< 0.01";
  if (number >= 1e6) return number.toExponential(1);
  return number.toFixed(number < 100 ? 2 : 0);
}

function time(seconds) {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}

function allowed(roundings) {
  return roundings === 0 ? "exact" : `≤ ${roundings}`;
}

/** What a block of the table is called, for its heading and for links to it. */
export function blockName({ kernel, variant }) {
  return variant === "base" ? kernel : `${kernel} ${variant}`;
}

/** The block of one kernel and variant: its heading with a tally, to be followed by its rows. */
function makeBlock(name) {
  const tally = element("span", "tally");
  const heading = element("th", "", name, tally);
  heading.colSpan = 5;
  heading.scope = "rowgroup";
  const body = element("tbody", "", element("tr", "heading", heading));
  body.id = name;
  return { body, tally, samples: 0, agreed: 0, bad: 0 };
}

/** Shows a state in a row; with it goes the colour. */
function showState(row, state) {
  row.className = state;
  row.lastChild.replaceChildren(VERDICTS[state]);
}

/** The table of all samples of a manifest. */
export class ResultTable {
  constructor(table, samples) {
    this.blocks = new Map();
    this.rows = samples.map((sample) => this.addSample(sample));
    for (const block of this.blocks.values()) block.tally.textContent = `${block.samples}`;
    table.replaceChildren(table.tHead, ...[...this.blocks.values()].map((block) => block.body));
  }

  blockOf(sample) {
    const name = blockName(sample);
    if (!this.blocks.has(name)) this.blocks.set(name, makeBlock(name));
    return this.blocks.get(name);
  }

  addSample(sample) {
    const cells = ["", "", allowed(sample.roundings), "", ""].map((text) => element("td", "", text));
    const row = element("tr", "", ...cells);
    cells[0].textContent = sample.sample;
    showState(row, "waits");
    const block = this.blockOf(sample);
    block.samples += 1;
    block.body.append(row);
    return row;
  }

  showRunning(at) {
    if (this.rows[at]) showState(this.rows[at], "runs");
  }

  /** Fills row `at` in, and the tally of its kernel. */
  showResult(at, result) {
    const row = this.rows[at];
    const ran = result.roundings !== null;
    row.cells[1].textContent = ran ? short(result.roundings) : "–";
    row.cells[3].textContent = ran ? time(result.seconds) : "–";
    showState(row, result.ok ? "agrees" : ran ? "differs" : "fails");
    if (result.reason) row.after(this.reasonRow(result.reason));
    this.count(result);
  }

  reasonRow(text) {
    const cell = element("td", "", text);
    cell.colSpan = 5;
    return element("tr", "reason", cell);
  }

  count(result) {
    const block = this.blockOf(result);
    block.agreed += result.ok ? 1 : 0;
    block.bad += result.ok ? 0 : 1;
    const done = block.agreed + block.bad === block.samples;
    block.tally.textContent = block.bad ? `✗ ${block.bad} of ${block.samples} wrong` : `${done ? "✓ " : ""}${block.agreed} of ${block.samples}`;
    block.body.className = block.bad ? "bad" : done ? "good" : "";
  }

  /** Marks what has not been run, from row `from` on. */
  showSkipped(from) {
    for (const row of this.rows.slice(from)) showState(row, "skipped");
  }
}
