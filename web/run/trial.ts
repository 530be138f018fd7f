// What an edit of the text would do, found by running the edited text.
import { errnoName } from './constants';
import type { Fix, Run } from './model';

/** How the calls of a step and the asserts end once a fix is made. */
export interface Trial {
  /** Results of the step's call, or of the calls that took its place: '' for success, else the errno. Empty: not reached. */
  readonly results: readonly string[];
  /** Asserts that held and would fail. */
  readonly broken: readonly Changed[];
  /** Asserts that failed and would hold. */
  readonly mended: readonly Changed[];
}

/** An assert as it stands in the text now. */
export interface Changed {
  readonly line: number;
  readonly text: string;
  /** "locked_vm() is 16, 12 expected"; '' for one that would hold. */
  readonly detail: string;
}

/** Makes the edit of a fix. */
export const applied = (source: string, { from, to, insert }: Fix): string =>
  source.slice(0, from) + insert + source.slice(to);

/** Compares a run with that of its text after a fix for `step`. */
export function trialOf(before: Run, after: Run, step: number, fix: Fix): Trial {
  const by = fix.insert.length - (fix.to - fix.from);
  const moved = (at: number): number => (at >= fix.to ? at + by : at);
  const from = before.steps.from[step - 1] ?? 0;
  const to = before.steps.to[step - 1] ?? 0;
  // The edit may be the call itself, an argument of it, or a statement elsewhere.
  const first = fix.from >= from && fix.from < to ? from : moved(from);
  const last = Math.max(moved(to), first);
  const results: string[] = [];
  const { steps } = after;
  for (let i = 0; i < steps.length; i++) {
    if (steps.from[i]! < first || steps.to[i]! > last || steps.nr[i] !== before.steps.nr[step - 1]) continue;
    results.push(steps.errno[i] === 0 ? '' : errnoName(steps.errno[i]!));
  }
  const now = new Map(after.asserts.map((one) => [one.place.from, one]));
  const changes = before.asserts.flatMap((old) => {
    const next = now.get(moved(old.place.from));
    if (!next || next.ok === old.ok) return [];
    const { place } = old;
    const text = before.source.slice(place.from, place.to).replace(/\s+/g, ' ');
    return [{ ok: next.ok, line: place.line, text, detail: next.ok ? '' : next.detail }];
  });
  const pick = (ok: boolean): Changed[] =>
    changes.filter((one) => one.ok === ok).map(({ line, text, detail }) => ({ line, text, detail }));
  return { results, broken: pick(false), mended: pick(true) };
}
