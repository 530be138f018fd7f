// What the editor shows beside the text: results after the calls, marks in the margin, squiggles.
import { P_die } from '../../../assembly/abi/sysno';
import { hasFailed } from '../../app/select';
import type { Shown } from '../../app/splice';
import { count, lockedChange, shortResult, signed, stepResult } from '../../app/words';
import { linesBetween } from '../../run/edit';
import type { Run } from '../../run/model';

/** A result written after a call. `at` is an offset in the text. */
export interface Inlay {
  readonly at: number;
  /** "-> -1 ENOMEM". */
  readonly text: string;
  /** "+10", or ''. */
  readonly change: string;
  readonly look: 'plain' | 'failed' | 'stale';
}

/** A sign in the margin of a line: • for what ran, ✕ for what failed. */
export interface LineMark {
  readonly line: number;
  readonly look: 'ok' | 'failed' | 'stale-ok' | 'stale-failed';
}

/** A wavy line under a piece of the text. */
export interface Squiggle {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
  /** What `// NOLINT(code)` calls it. */
  readonly code: string;
}

export interface Marks {
  readonly inlays: readonly Inlay[];
  readonly lines: readonly LineMark[];
}

/** One call of the text with all steps that it made. */
interface Site {
  readonly from: number;
  readonly to: number;
  readonly endLine: number;
  readonly last: number;
  readonly count: number;
  readonly failures: number;
  readonly change: number;
  readonly stale: boolean;
}

/** What a person wants to see behind the calls. */
export type InlayChoice = 'both' | 'result' | 'change' | 'off';

/** The inlays of a choice. */
export function chosenInlays(inlays: readonly Inlay[], choice: InlayChoice): readonly Inlay[] {
  switch (choice) {
    case 'both':
      return inlays;
    case 'result':
      return inlays.map((inlay) => ({ ...inlay, change: '' }));
    case 'change':
      return inlays.filter(({ change }) => change !== '').map((inlay) => ({ ...inlay, text: '' }));
    case 'off':
      return [];
  }
}

/** Computes the marks of what is shown. `short` shortens addresses, for a narrow editor. */
export function marksOf({ run, live }: Shown, short: boolean): Marks {
  const sites = sitesOf(run, live);
  const asserts = assertMarks(run, live);
  return {
    inlays: [
      ...sites.filter((site) => !isErrorLine(run, site)).map((site) => inlayOf(run, site, short)),
      ...asserts.inlays,
      ...errorInlays(run),
    ],
    lines: worst([...sites.map(lineMark), ...asserts.lines, ...errorLines(run)]),
  };
}

function sitesOf({ source, steps }: Run, live: number): Site[] {
  const sites = new Map<number, Site>();
  for (let step = 1; step <= steps.length; step++) {
    const i = step - 1;
    const from = steps.from[i]!;
    if (steps.nr[i] === P_die) continue; // the access before it has the signal
    if (steps.line[i] === 0) continue; // its call was written over
    const stale = step > live;
    const old = sites.get(from);
    if (old && old.stale !== stale) continue; // the live part says it
    sites.set(from, {
      from,
      to: steps.to[i]!,
      endLine: old?.endLine ?? steps.line[i]! + linesBetween(source, from, steps.to[i]!),
      last: step,
      count: (old?.count ?? 0) + 1,
      failures: (old?.failures ?? 0) + (hasFailed(steps, step) ? 1 : 0),
      change: (old?.change ?? 0) + lockedChange(steps, step),
      stale,
    });
  }
  return alone([...sites.values()], source);
}

/** A call that has its line for itself gets its result after the line, also after a comment. */
function alone(sites: readonly Site[], source: string): Site[] {
  const perLine = new Map<number, number>();
  for (const { endLine } of sites) perLine.set(endLine, (perLine.get(endLine) ?? 0) + 1);
  return sites.map((site) =>
    perLine.get(site.endLine) === 1 ? { ...site, to: site.to, at: endOfLine(source, site.to) } : site,
  );
}

/** Columns up to which a result can stand after a comment and still be seen. */
const COLUMNS = 60;

/** The end of the line; before its comment if the line is a long one. */
function endOfLine(source: string, at: number): number {
  const newline = source.indexOf('\n', at);
  const end = newline < 0 ? source.length : newline;
  const start = source.lastIndexOf('\n', at - 1) + 1;
  const comment = source.slice(at, end).search(/\s*\/\//);
  return end - start > COLUMNS && comment >= 0 ? at + comment : end;
}

function inlayOf({ steps }: Run, site: Site & { at?: number }, short: boolean): Inlay {
  const result = stepResult(steps, site.last);
  const failed = hasFailed(steps, site.last);
  const times = site.count > 1 ? ` ×${count(site.count)}` : '';
  const some = !failed && site.failures > 0 ? `, ${site.failures} failed` : '';
  return {
    at: site.at ?? site.to,
    text: `-> ${short ? shortResult(result) : result}${times}${some}`,
    change: signed(site.change),
    look: site.stale ? 'stale' : failed ? 'failed' : 'plain',
  };
}

const lineMark = ({ endLine, failures, stale }: Site): LineMark => ({
  line: endLine,
  look: failures > 0 ? (stale ? 'stale-failed' : 'failed') : stale ? 'stale-ok' : 'ok',
});

function assertMarks({ source, asserts }: Run, live: number): { inlays: Inlay[]; lines: LineMark[] } {
  const marks = asserts.map(({ place, ok, detail, step }) => {
    const stale = step > live;
    const inlay: Inlay = {
      at: endOfLine(source, place.to),
      text: ok ? '✓' : `✕ ${detail}`,
      change: '',
      look: stale ? 'stale' : ok ? 'plain' : 'failed',
    };
    const line: LineMark = {
      line: place.line + linesBetween(source, place.from, place.to),
      look: ok ? (stale ? 'stale-ok' : 'ok') : stale ? 'stale-failed' : 'failed',
    };
    return { inlay, line };
  });
  return { inlays: marks.map(({ inlay }) => inlay), lines: marks.map(({ line }) => line) };
}

const errorsOf = ({ diagnostics }: Run) => diagnostics.filter(({ severity }) => severity === 'error');

/** The first error is named in its line; the strip below the editor says what to write. */
function errorInlays(run: Run): Inlay[] {
  const error = errorsOf(run)[0];
  if (!error) return [];
  return [{ at: endOfLine(run.source, error.place.to), text: errorText(error), change: '', look: 'failed' }];
}

/** "expected )", or the short name of the error in words. */
const errorText = ({ code, fix }: Run['diagnostics'][number]): string =>
  fix && fix.from === fix.to && fix.insert.trim() !== '' && fix.insert.length < 12
    ? `expected ${fix.insert.trim()}`
    : code.replaceAll('-', ' ');

const isErrorLine = (run: Run, { endLine, stale }: Site): boolean => stale && errorsOf(run)[0]?.place.line === endLine;

const errorLines = (run: Run): LineMark[] => errorsOf(run).map(({ place }) => ({ line: place.line, look: 'failed' }));

/** The wavy lines of what a run says of its text. */
export function squigglesOf({ diagnostics, source }: Run): Squiggle[] {
  return diagnostics.map(({ severity, place, message, code }) => ({
    from: place.from,
    to: Math.min(Math.max(place.to, place.from + 1), source.length),
    severity,
    message: message.replaceAll('`', ''),
    code,
  }));
}

/** One mark a line: a failure hides a success, a live one hides a stale one. */
function worst(marks: readonly LineMark[]): LineMark[] {
  const order = ['stale-ok', 'stale-failed', 'ok', 'failed'];
  const byLine = new Map<number, LineMark>();
  for (const mark of marks) {
    const other = byLine.get(mark.line);
    if (!other || order.indexOf(other.look) < order.indexOf(mark.look)) byLine.set(mark.line, mark);
  }
  return [...byLine.values()];
}
