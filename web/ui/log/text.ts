// The log as text, for a bug report or a mail.
import type { StepText } from '../../app/protocol';
import { count } from '../../app/words';
import type { Run } from '../../run/model';
import { commonCall, rowNumber, type LogRow } from './rows';

/** Rows that are copied at most: the drawing of each has to be made. */
export const MOST_COPIED = 1_000;

/** Lists the steps whose texts logText() needs. */
export const stepsIn = (rows: readonly LogRow[]): number[] =>
  rows.slice(0, MOST_COPIED).flatMap((row) => (row.kind === 'step' ? [row.first, row.last] : []));

/** Writes the rows in columns; of a long log its first MOST_COPIED rows, and how many there are more. */
export function logText(rows: readonly LogRow[], texts: readonly StepText[], { source }: Run): string {
  const byStep = new Map(texts.map((text) => [text.step, text]));
  const cells = rows.slice(0, MOST_COPIED).map((row): readonly string[] => {
    if (row.kind === 'print') return ['', row.text];
    if (row.kind === 'gap') return [rowNumber(row), 'left out by the filter'];
    if (row.kind === 'assert') {
      const { place, ok, detail } = row.result;
      return ['', `${ok ? 'holds' : 'fails'}: ${source.slice(place.from, place.to)}${detail ? `: ${detail}` : ''}`];
    }
    const last = byStep.get(row.last);
    const call = commonCall(byStep.get(row.first)?.call ?? '', last?.call ?? '');
    const times = row.last > row.first ? ` ×${count(row.last - row.first + 1)}` : '';
    return [rowNumber(row), `${call}${times}`, last?.result ?? '', last?.drawing ?? ''];
  });
  const width = (i: number) =>
    cells.reduce((most, row) => (i === 1 && row.length < 3 ? most : Math.max(most, row[i]?.length ?? 0)), 0);
  const [number, call, result] = [width(0), width(1), width(2)];
  const lines = cells.map(([a = '', b = '', c = '', d = '']) =>
    `${a.padStart(number)}  ${b.padEnd(call)}  ${c.padEnd(result)}  ${d}`.trimEnd(),
  );
  const more = rows.length - MOST_COPIED;
  return [...lines, ...(more > 0 ? [`… ${count(more)} more rows`] : []), ''].join('\n');
}
