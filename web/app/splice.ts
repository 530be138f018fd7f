// While the text has an error, its good part is live and the rest of the last good run is shown after it, stale.
import { edited, linesBetween } from '../run/edit';
import type { Place, Run, Steps } from '../run/model';

/** What the page shows: a run, and how many of its steps belong to the text as it stands. */
export interface Shown {
  readonly run: Run;
  readonly live: number;
}

/**
 * Puts the steps of the last good run after those of a run that an error cut short. A step whose call was written over
 * stands in line 0, where nothing is; an assert that was written over is left out.
 */
export function spliceRuns(current: Run, good: Run | null): Shown {
  const live = current.steps.length;
  if (current.outcome.kind !== 'error' || !good) return { run: current, live };
  const edit = editBetween(good.source, current.source);
  const run: Run = {
    ...current,
    steps: joinSteps(current.steps, good.steps, edit),
    outputs: [...current.outputs, ...good.outputs.filter(({ step }) => step > live)],
    asserts: [
      ...current.asserts,
      ...good.asserts
        .filter(({ step }) => step > live)
        .map((one) => ({ ...one, place: moved(one.place, edit) }))
        .filter(({ place }) => place.line > 0),
    ],
    names: [...current.names, ...good.names.filter(({ step }) => step > live)],
  };
  return { run, live };
}

/** An edit: [from, before) of the old text became [from, after) of the new one, with so many lines more. */
interface Edit {
  readonly from: number;
  readonly before: number;
  readonly after: number;
  readonly lines: number;
}

function editBetween(old: string, text: string): Edit {
  const { from, before, after } = edited(old, text);
  return { from, before, after, lines: linesBetween(text, from, after) - linesBetween(old, from, before) };
}

type Spot = Pick<Place, 'from' | 'to' | 'line'>;

// Where a place of the old text is in the new one:
//   behind the edit         moved
//   before it               as it was
//   around it               from the same offset to the moved one: a call that is being written
//   cut or covered by it    nowhere: empty, in line 0
function moved<S extends Spot>(spot: S, { from, before, after, lines }: Edit): S {
  const by = after - before;
  if (spot.from >= before) return { ...spot, from: spot.from + by, to: spot.to + by, line: spot.line + lines };
  if (spot.to <= from) return spot;
  if (spot.from <= from && spot.to >= before) return { ...spot, to: spot.to + by };
  return { ...spot, to: spot.from, line: 0 };
}

function joinSteps(head: Steps, all: Steps, edit: Edit): Steps {
  const n = head.length;
  const length = Math.max(n, all.length);
  const [from, to, line] = [all.from.slice(), all.to.slice(), all.line.slice()];
  for (let i = n; i < all.length; i++) {
    const spot = moved({ from: from[i]!, to: to[i]!, line: line[i]! }, edit);
    [from[i], to[i], line[i]] = [spot.from, spot.to, spot.line];
  }
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
    from: join(head.from, from),
    to: join(head.to, to),
    line: join(head.line, line),
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
