// The rows of the log: a row a step, a row for a loop's equal calls, rows for printed lines and for asserts.
import type { Matches } from '../../app/filter';
import { count } from '../../app/words';
import type { AssertResult, Run } from '../../run/model';

/** Steps `first` to `last` are one call of a loop, made again and again with the same result. */
export interface StepRow {
  readonly kind: 'step';
  readonly first: number;
  readonly last: number;
}

/** A line that was printed after `step`. */
export interface PrintRow {
  readonly kind: 'print';
  readonly step: number;
  readonly text: string;
}

/** An assert, after the step that it was evaluated after last. */
export interface AssertRow {
  readonly kind: 'assert';
  readonly step: number;
  readonly result: AssertResult;
}

/** Steps that the filter passes over. */
export interface GapRow {
  readonly kind: 'gap';
  readonly first: number;
  readonly last: number;
}

export type LogRow = StepRow | PrintRow | AssertRow | GapRow;

/** Makes the rows of a run. Printed lines and asserts end a group of steps: they stand where they were made. */
export function logRows({ steps, outputs, asserts }: Pick<Run, 'steps' | 'outputs' | 'asserts'>): readonly LogRow[] {
  const rows: LogRow[] = [];
  const notes = notesOf(outputs, asserts);
  let next = 0;
  const note = (step: number) => {
    for (; next < notes.length && notes[next]!.step <= step; next++) rows.push(notes[next]!);
  };
  note(0);
  for (let first = 1; first <= steps.length;) {
    const until = Math.min(steps.length, notes[next]?.step ?? Infinity);
    let last = first;
    while (last < until && isSame(last + 1, first)) last++;
    rows.push({ kind: 'step', first, last });
    note(last);
    first = last + 1;
  }
  note(Infinity);
  return rows;

  function isSame(a: number, b: number): boolean {
    const i = a - 1;
    const j = b - 1;
    return (
      steps.loop[i] !== 0 &&
      steps.loop[i] === steps.loop[j] &&
      steps.from[i] === steps.from[j] &&
      steps.result[i] === steps.result[j] &&
      steps.locked_vm[i] === steps.locked_vm[i - 1]
    );
  }
}

/** Printed lines and asserts in the order of their steps; after one step the asserts first. */
function notesOf(outputs: Run['outputs'], asserts: Run['asserts']): (PrintRow | AssertRow)[] {
  const printed = outputs.flatMap(({ step, text }) =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line): PrintRow => ({ kind: 'print', step, text: line })),
  );
  const asserted = asserts.map((result): AssertRow => ({ kind: 'assert', step: result.step, result }));
  return [...asserted, ...printed].sort((a, b) => a.step - b.step); // a stable sort
}

/** Puts what the filter passes over into gaps, with what was printed and asserted there. */
export function filterRows(rows: readonly LogRow[], { hits }: Matches): readonly LogRow[] {
  const kept: LogRow[] = [];
  let isKept = false;
  for (const row of rows) {
    if (row.kind === 'step') {
      isKept = hits.subarray(row.first, row.last + 1).includes(1);
      const gap = kept.at(-1);
      if (isKept) kept.push(row);
      else if (gap?.kind === 'gap') kept[kept.length - 1] = { ...gap, last: row.last };
      else kept.push({ kind: 'gap', first: row.first, last: row.last });
    } else if (isKept) kept.push(row);
  }
  return kept;
}

/** Writes the numbers of a row's steps: "9", "3–6". */
export const rowNumber = ({ first, last }: StepRow | GapRow): string =>
  first === last ? count(first) : `${count(first)}–${count(last)}`;

/** The most characters that the number of a row has: numbers grow, so the last row of either form has them. */
export function numberWidth(rows: readonly LogRow[]): number {
  const isOne = (row: LogRow) => row.kind === 'step' && row.first === row.last;
  const isMany = (row: LogRow) => row.kind === 'step' && row.first < row.last;
  const widest = [rows.findLast(isOne), rows.findLast(isMany)] as (StepRow | undefined)[];
  return Math.max(...widest.map((row) => (row ? rowNumber(row).length : 0)));
}

/** Finds the row of a step; 0 if there is none. */
export function rowOf(rows: readonly LogRow[], step: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const row = rows[middle]!;
    if (('first' in row ? row.first : row.step + 0.5) <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Writes one text for the calls of a group: arguments that differ become "…". */
export function commonCall(a: string, b: string): string {
  if (a === b) return a;
  const [nameA, argsA] = parts(a);
  const [nameB, argsB] = parts(b);
  if (nameA !== nameB || argsA.length !== argsB.length) return `${nameA}(…)`;
  return `${nameA}(${argsA.map((arg, i) => (arg === argsB[i] ? arg : '…')).join(', ')})`;
}

function parts(call: string): [string, string[]] {
  const open = call.indexOf('(');
  return [call.slice(0, open), call.slice(open + 1, -1).split(', ')];
}
