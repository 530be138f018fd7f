// Which mapping of one system stands for which of another: addresses differ, order and shape do not.

/** What is told of a mapping by its line in maps. */
export interface Mapping {
  readonly line: string;
  readonly nr_bytes: bigint;
  readonly perms: string;
  readonly name: string;
}

/** Indexes of two mappings that stand for each other; null on the side that has none. */
export type Pair = readonly [here: number | null, there: number | null];

/** Cells of the table that is filled at most: more mappings than that are paired by order alone. */
const MAX_CELLS = 4_000_000;
/** Likeness that two mappings need to be a pair. */
const ENOUGH = 3;

const isPath = (name: string): boolean => name.startsWith('/');
const base = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** How alike two mappings are: by name, size and permissions; 0 for two that cannot be the same. */
function likeness(a: Mapping, b: Mapping): number {
  const sameName = a.name === b.name || (isPath(a.name) && isPath(b.name) && base(a.name) === base(b.name));
  if (!sameName && !(isPath(a.name) && isPath(b.name))) return 0;
  const named = sameName ? (a.name === '' ? 1 : 4) : 0;
  return named + (a.nr_bytes === b.nr_bytes ? 2 : 0) + (a.perms === b.perms ? 1 : 0);
}

/** Pairs two lists of mappings, each in address order, so that the pairs are as alike as can be and never cross. */
export function align(here: readonly Mapping[], there: readonly Mapping[]): readonly Pair[] {
  let first = 0;
  const isSame = (a: number, b: number) =>
    likeness(here[a]!, there[b]!) >= 4 && here[a]!.nr_bytes === there[b]!.nr_bytes;
  while (first < here.length && first < there.length && isSame(first, first)) first++;
  let tail = 0;
  const room = Math.min(here.length, there.length) - first;
  while (tail < room && isSame(here.length - 1 - tail, there.length - 1 - tail)) tail++;
  const rows = here.length - first - tail;
  const columns = there.length - first - tail;
  const middle = rows * columns > MAX_CELLS ? byOrder(rows, columns) : best(rows, columns, first, here, there);
  return [
    ...Array.from({ length: first }, (_, i): Pair => [i, i]),
    ...middle.map(([a, b]): Pair => [a === null ? null : a + first, b === null ? null : b + first]),
    ...Array.from({ length: tail }, (_, i): Pair => [here.length - tail + i, there.length - tail + i]),
  ];
}

const byOrder = (rows: number, columns: number): readonly Pair[] =>
  Array.from({ length: Math.max(rows, columns) }, (_, i): Pair => [i < rows ? i : null, i < columns ? i : null]);

/** The pairs of the largest sum of likeness, by a table of the best sums of all ends. */
function best(
  rows: number,
  columns: number,
  first: number,
  here: readonly Mapping[],
  there: readonly Mapping[],
): readonly Pair[] {
  const width = columns + 1;
  const sums = new Uint32Array((rows + 1) * width);
  const worth = (r: number, c: number): number => {
    const like = likeness(here[first + r]!, there[first + c]!);
    return like >= ENOUGH ? like : 0;
  };
  for (let r = rows - 1; r >= 0; r--)
    for (let c = columns - 1; c >= 0; c--) {
      const like = worth(r, c);
      const paired = like > 0 ? like + sums[(r + 1) * width + c + 1]! : 0;
      sums[r * width + c] = Math.max(paired, sums[(r + 1) * width + c]!, sums[r * width + c + 1]!);
    }
  const pairs: Pair[] = [];
  let r = 0;
  let c = 0;
  while (r < rows || c < columns) {
    const now = r < rows && c < columns ? sums[r * width + c]! : 0;
    const like = r < rows && c < columns ? worth(r, c) : 0;
    if (like > 0 && now === like + sums[(r + 1) * width + c + 1]!) pairs.push([r++, c++]);
    else if (r < rows && (c >= columns || now === sums[(r + 1) * width + c]!)) pairs.push([r++, null]);
    else pairs.push([null, c++]);
  }
  return pairs;
}
