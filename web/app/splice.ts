// While the text has an error, its good part is live and the rest of the last good run is shown after it, stale.
import type { Place, Run, Steps } from '../run/model';
import { edited, linesBetween } from './select';

/** What the page shows: a run, and how many of its steps belong to the text as it stands. */
export interface Shown {
  readonly run: Run;
  readonly live: number;
}

/** Puts the steps of the last good run after those of a run that an error cut short. */
export function spliceRuns(current: Run, good: Run | null): Shown {
  const live = current.steps.length;
  if (current.outcome.kind !== 'error' || !good) return { run: current, live };
  const move = mover(good.source, current.source);
  const run: Run = {
    ...current,
    steps: joinSteps(current.steps, good.steps, move),
    outputs: [...current.outputs, ...good.outputs.filter(({ step }) => step > live)],
    asserts: [
      ...current.asserts,
      ...good.asserts.filter(({ step }) => step > live).map((a) => ({ ...a, place: moved(a.place, move) })),
    ],
    names: [...current.names, ...good.names.filter(({ step }) => step > live)],
  };
  return { run, live };
}

interface Mover {
  /** Offsets from here on have moved. */
  readonly from: number;
  readonly by: number;
  readonly lines: number;
}

function mover(old: string, text: string): Mover {
  const { from, before, after } = edited(old, text);
  return { from: before, by: after - before, lines: linesBetween(text, from, after) - linesBetween(old, from, before) };
}

const moved = (place: Place, { from, by, lines }: Mover): Place =>
  place.from < from ? place : { ...place, from: place.from + by, to: place.to + by, line: place.line + lines };

function joinSteps(head: Steps, all: Steps, move: Mover): Steps {
  const n = head.length;
  const length = Math.max(n, all.length);
  const first = all.from.findIndex((from, i) => i >= n && from >= move.from);
  const shift = (column: Uint32Array, by: number) =>
    first < 0 ? column : column.map((value, i) => (i >= first && all.from[i]! >= move.from ? value + by : value));
  const join = <T extends { length: number; set(from: T, at?: number): void; slice(a: number, b?: number): T }>(
    a: T,
    b: T,
  ): T => {
    if (b.length <= n) return a;
    const joined = b.slice(0);
    joined.set(a);
    return joined;
  };
  return {
    length,
    from: join(head.from, shift(all.from, move.by)),
    to: join(head.to, shift(all.to, move.by)),
    line: join(head.line, shift(all.line, move.lines)),
    column: join(head.column, all.column),
    nr: join(head.nr, all.nr),
    pid: join(head.pid, all.pid),
    result: join(head.result, all.result),
    errno: join(head.errno, all.errno),
    signal: join(head.signal, all.signal),
    locked_vm: join(head.locked_vm, all.locked_vm),
    total_vm: join(head.total_vm, all.total_vm),
    rss: join(head.rss, all.rss),
    map_count: join(head.map_count, all.map_count),
    limit: join(head.limit, all.limit),
    caps: join(head.caps, all.caps),
    asked: join(head.asked, all.asked),
    not_atomic: join(head.not_atomic, all.not_atomic),
    loop: join(head.loop, all.loop),
    iteration: join(head.iteration, all.iteration),
  };
}
