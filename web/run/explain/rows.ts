import { count } from '../address';
import type { Check } from '../model';

/** A row on its way to the list: rows of one key may be folded into one. */
export interface Row extends Check {
  /** '' never folds. */
  readonly key: string;
  /** Name of the folded row: "mlock_fixup". */
  readonly title: string;
  /** What the folded row says before its sum of pages. */
  readonly folded: string;
  readonly nr_pages: number;
}

/** Rows of one key that are shown one by one. */
const SHOWN = 2;

export const passed = (name: string, numbers: string, errno = ''): Row => row('passed', name, numbers, errno);
export const failed = (name: string, numbers: string, errno = ''): Row => row('failed', name, numbers, errno);
export const notReached = (name: string, errno = '', left = ''): Row =>
  row('not-reached', name, left === '' ? 'not reached' : `not reached: ${left}`, errno);

function row(status: Check['status'], name: string, numbers: string, errno: string): Row {
  return { status, name, numbers, errno, key: '', title: name, folded: '', nr_pages: 0 };
}

/** Lets a row be folded with others that have its title and say the same; their pages are added up. */
export const foldable = (what: Row, title: string, folded: string, nr_pages: number, group = folded): Row => ({
  ...what,
  key: `${what.status} ${title} ${group}`,
  title,
  folded,
  nr_pages,
});

/** Puts more than a few rows of one key into one: "mlock_fixup ×412". It stands where the first of them stood. */
export function fold(rows: readonly Row[]): Check[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.key === '') continue;
    const group = groups.get(row.key);
    if (group) group.push(row);
    else groups.set(row.key, [row]);
  }
  return rows.flatMap((row): Check[] => {
    const { status, name, numbers, errno, title } = row;
    const group = row.key === '' ? [] : (groups.get(row.key) ?? []);
    if (group.length <= SHOWN) return [{ status, name, numbers, errno }];
    if (group[0] !== row) return [];
    const sum = group.reduce((pages, { nr_pages }) => pages + nr_pages, 0);
    const parts = [group.at(-1)!.folded, ...(sum === 0 ? [] : [count(sum, 'page')])];
    return [
      { status, name: `${title} ×${group.length}`, numbers: parts.filter((part) => part !== '').join(', '), errno },
    ];
  });
}
