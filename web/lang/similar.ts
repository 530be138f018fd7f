/** Finds the name that was most likely meant: at most two typing mistakes away, fewer for short names. */
export function closest(name: string, names: Iterable<string>): string | null {
  const most = name.length < 4 ? 1 : 2;
  let best: string | null = null;
  let least = most + 1;
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const away = candidate.toLowerCase() === name.toLowerCase() ? 0.5 : distance(name, candidate);
    if (away < least) [best, least] = [candidate, away];
  }
  return best;
}

/** Letters to insert, remove, replace or swap with their neighbour (Damerau). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
