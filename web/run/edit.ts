/** What changed between two texts: [from, before) of the old became [from, after) of the new one. */
export function edited(old: string, text: string): { from: number; before: number; after: number } {
  const most = Math.min(old.length, text.length);
  let from = 0;
  while (from < most && old.charCodeAt(from) === text.charCodeAt(from)) from++;
  let tail = 0;
  while (tail < most - from && old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail))
    tail++;
  return { from, before: old.length - tail, after: text.length - tail };
}

/** Counts line ends in [from, to). */
export function linesBetween(source: string, from: number, to: number): number {
  let lines = 0;
  for (let at = source.indexOf('\n', from); at >= 0 && at < to; at = source.indexOf('\n', at + 1)) lines++;
  return lines;
}
