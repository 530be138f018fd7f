import type { Check } from '../model';

/** A row on its way to the list: rows of one key may be folded into one. */
export interface Row extends Check {
  readonly key: string;
  /** Pages that a folded row sums up. */
  readonly nr_pages: number;
  /** What a folded row says before its sum; '' never folds. */
  readonly folded: string;
}

/** Rows of one key that are shown one by one. */
const SHOWN = 2;

export const passed = (name: string, numbers: string, errno = ''): Row => row('passed', name, numbers, errno);
export const failed = (name: string, numbers: string, errno = ''): Row => row('failed', name, numbers, errno);
export const notReached = (name: string, errno = '', left = ''): Row =>
  row('not-reached', name, left === '' ? 'not reached' : `not reached: ${left}`, errno);

function row(status: Check['status'], name: string, numbers: string, errno: string): Row {
  return { status, name, numbers, errno, key: '', nr_pages: 0, folded: '' };
}

/** Lets a row be folded with others of its key: `what` stays, the pages are added up. */
export const foldable = (what: Row, key: string, folded: string, nr_pages: number): Row => ({
  ...what,
  key: `${what.status} ${key}`,
  folded,
  nr_pages,
});

/** Puts more than a few rows of one key into one: "mlock_fixup ×412". It stands where the first of them stood. */
export function fold(rows: readonly Row[], title: (key: string) => string): Check[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.folded === '') continue;
    const group = groups.get(row.key);
    if (group) group.push(row);
    else groups.set(row.key, [row]);
  }
  return rows.flatMap((row): Check[] => {
    const { status, name, numbers, errno } = row;
    const group = row.folded === '' ? [] : (groups.get(row.key) ?? []);
    if (group.length <= SHOWN) return [{ status, name, numbers, errno }];
    if (group[0] !== row) return [];
    const sum = group.reduce((pages, { nr_pages }) => pages + nr_pages, 0);
    const pages = sum === 0 ? '' : `, ${sum} page${sum === 1 ? '' : 's'}`;
    return [{ status, name: `${title(row.key)} ×${group.length}`, numbers: `${row.folded}${pages}`, errno }];
  });
}
