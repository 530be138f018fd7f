// The rows of the log: a row a step, a row for a loop's equal calls, a row for each printed line.
import { count } from '../../app/words';
import type { Run } from '../../run/model';

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

export type LogRow = StepRow | PrintRow;

/** Makes the rows of a run. Printed lines end a group of steps: they stand where they were printed. */
export function logRows({ steps, outputs }: Run): readonly LogRow[] {
  const rows: LogRow[] = [];
  let next = 0;
  const print = (step: number) => {
    for (; next < outputs.length && outputs[next]!.step <= step; next++) {
      const lines = outputs[next]!.text.replace(/\n$/, '').split('\n');
      for (const text of lines) rows.push({ kind: 'print', step: outputs[next]!.step, text });
    }
  };
  print(0);
  for (let first = 1; first <= steps.length;) {
    const until = Math.min(steps.length, outputs[next]?.step ?? Infinity);
    let last = first;
    while (last < until && isSame(last + 1, first)) last++;
    rows.push({ kind: 'step', first, last });
    print(last);
    first = last + 1;
  }
  print(Infinity);
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

/** Writes the numbers of a row's steps: "9", "3–6". */
export const rowNumber = ({ first, last }: StepRow): string =>
  first === last ? count(first) : `${count(first)}–${count(last)}`;

/** Finds the row of a step; 0 if there is none. */
export function rowOf(rows: readonly LogRow[], step: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const row = rows[middle]!;
    if ((row.kind === 'step' ? row.first : row.step + 0.5) <= step) low = middle;
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
