// Medians with their spread, and a table of them for a terminal or for Markdown.

/** The middle of some samples, the least and the most. */
export function spread(samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], min: sorted[0], max: sorted.at(-1) };
}

/** Three digits that count, and thousands apart. */
export function digits(value) {
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}

/** Nanoseconds in the unit that fits. */
export function time(ns) {
  if (ns < 10_000) return `${digits(ns)} ns`;
  if (ns < 10_000_000) return `${digits(ns / 1000)} us`;
  return ns < 10_000_000_000 ? `${digits(ns / 1e6)} ms` : `${digits(ns / 1e9)} s`;
}

/** A cell of samples in ns: the median, and the spread in brackets. */
export function cell(samples) {
  if (samples.length === 0) return '-';
  const { median, min, max } = spread(samples);
  return `${time(median)} (${time(min)} - ${time(max)})`;
}

/** Writes rows of cells, the first row the heads; the first column to the left, the others to the right. */
export function table(rows, markdown) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const pad = (text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  const lines = rows.map((row) => row.map(pad));
  if (!markdown) return lines.map((line) => line.join('   ')).join('\n');
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [lines[0], rule, ...lines.slice(1)].map((line) => `| ${line.join(' | ')} |`).join('\n');
}
