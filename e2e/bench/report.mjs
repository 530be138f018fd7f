// What was measured as rows of a table, each with its goal and whether it is reached.
import { cell, digits, spread } from './table.mjs';

const MIB = 2 ** 20;
const TIMES_KERNEL = 10;
const MANY_VMAS = 2.5;
const TIMES_KERNEL_GIB = 10_000;
const REPLAY_RATE = 100_000;
const STEP_MS = 8;
const STEP_MIB = 256;

const median = (samples) => (samples?.length > 0 ? spread(samples).median : NaN);
const reached = (ok) => (ok ? 'yes' : 'NO');

/** Says how the two engines stand: the goal, the factor in Node and in Chromium, and whether both reach it. */
function both(text, factors, ok) {
  return factors.some(Number.isNaN) ? '' : `${text}: ${factors.map(digits).join(' / ')} ${reached(factors.every(ok))}`;
}

const engines = ['core, Node', 'core, Chromium'];
const against = (row, other) => engines.map((name) => median(other) / median(row.ns[name]));

/** `lockRows` and `largeRows` hold samples in ns by contender; the last two of `lockRows` are few VMAs and many. */
export function report({ lockRows, largeRows, replay, steps }) {
  const columns = Object.keys(lockRows[0].ns);
  const cells = ({ ns }) => columns.map((name) => cell(ns[name] ?? []));
  const one = (text) => columns.map((_, i) => (i === 0 ? text : '-'));
  const few = lockRows.at(-2);
  const locks = lockRows.map((row) => {
    const kernel = both(`${TIMES_KERNEL} x kernel`, against(row, row.ns.kernel), (x) => x >= TIMES_KERNEL);
    const growth = engines.map((name) => median(row.ns[name]) / median(few.ns[name]));
    const many = both(`at most ${MANY_VMAS} x 64 VMAs`, growth, (x) => x <= MANY_VMAS);
    return [row.name, ...cells(row), row === lockRows.at(-1) ? many : row === few ? '' : kernel];
  });
  const [gib, tib] = largeRows;
  const same = engines.map((name) => median(tib.ns[name]) / median(gib.ns[name]));
  const factors = against(gib, gib.ns.kernel);
  const text = `${digits(TIMES_KERNEL_GIB)} x kernel`;
  const rates = spread(replay.rates);
  const p95 = steps.looks.toSorted((a, b) => a - b)[Math.ceil(0.95 * steps.looks.length) - 1];
  const mib = steps.bytes / MIB;
  return [
    ['', ...columns, 'goal: Node / Chromium, reached'],
    ...locks,
    [gib.name, ...cells(gib), both(text, factors, (x) => x >= TIMES_KERNEL_GIB)],
    // Two figures that should be the same differ by chance: a tenth is not slower.
    [tib.name, ...cells(tib), both('no slower than 1 GiB', same, (x) => x <= 1.1)],
    [
      'replay, records compared',
      ...one(`${digits(rates.median)} calls/s (${digits(rates.min)} - ${digits(rates.max)})`),
      `${digits(REPLAY_RATE)} calls/s ${reached(rates.median >= REPLAY_RATE)}`,
    ],
    [
      'a step of 100,000, p95',
      ...one(`${p95.toFixed(2)} ms (at most ${Math.max(...steps.looks).toFixed(2)})`),
      `${STEP_MS} ms ${reached(p95 <= STEP_MS)}`,
    ],
    ['that run, whole process', ...one(`${digits(mib)} MiB`), `${STEP_MIB} MiB ${reached(mib <= STEP_MIB)}`],
  ];
}
