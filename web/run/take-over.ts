// Where an edit changed nothing but a comment between two statements, the run of the text before it is taken over: what
// stands behind the edit has moved, all else is the same.
import { compile } from '../lang/compile';
import { Report } from '../lang/diagnostic';
import { tokenize, type Token } from '../lang/token';
import { edited, linesBetween } from './edit';
import type { Finding, Mend } from './mistakes/finding';
import { mistakes } from './mistakes/report';
import type { Diagnostic, Outcome, Place, Settings, Steps } from './model';
import type { Made } from './run';

/**
 * Makes the run of an edited text from that of the text before it. null: it has to be made anew, for the edit changed
 * more than such a comment, or the old run did not come to where it always comes to.
 */
export function takeOver(old: Made, source: string, settings: Settings): Made | null {
  const began = performance.now();
  const { run } = old;
  if (!isRepeatable(run.outcome) || !areSame(run.settings, settings)) return null;
  if (run.source === source) return { ...old, run: { ...run, ms: performance.now() - began } };
  const edit = commentEdit(run.source, source);
  if (!edit) return null;
  const move = mover(edit);
  const program = compile(source);
  const findings = old.findings.map((finding) => movedFinding(finding, move));
  const late = old.late.map((one) => movedDiagnostic(one, move));
  const diagnostics = [...program.diagnostics, ...late, ...mistakes(source, program.items, findings)];
  return {
    findings,
    late,
    run: {
      ...run,
      source,
      diagnostics,
      steps: movedSteps(run.steps, move),
      outcome: 'place' in run.outcome ? { ...run.outcome, place: movedPlace(run.outcome.place, move) } : run.outcome,
      asserts: run.asserts.map((one) => ({ ...one, place: movedPlace(one.place, move) })),
      ms: performance.now() - began,
    },
  };
}

/** A run with an error shows less than the text says; where time was up it would be up elsewhere the next time. */
const isRepeatable = (outcome: Outcome): boolean =>
  outcome.kind !== 'error' && !(outcome.kind === 'limit' && outcome.limit === 'time');

const areSame = (a: Settings, b: Settings): boolean =>
  a.max_steps === b.max_steps && a.max_ms === b.max_ms && a.max_output === b.max_output;

/** All offsets beyond `gap` have moved by `by`. */
interface CommentEdit {
  readonly gap: number;
  readonly by: number;
}

/** The edit between two texts, if both have the same tokens in the same lines and columns. */
function commentEdit(old: string, text: string): CommentEdit | null {
  const { from, before, after } = edited(old, text);
  const by = after - before;
  if (linesBetween(old, from, before) !== linesBetween(text, from, after)) return null;
  const [tokens, next] = [tokensOf(old), tokensOf(text)];
  const last = tokens.findLastIndex(({ kind, to }) => kind !== 'end' && to <= from);
  const behind = tokens[last + 1]; // of the edit, in a line of its own
  if (!behind?.fresh || behind.from < before || !isBetweenStatements(tokens[last])) return null;
  const isSame = (token: Token, i: number) => isMoved(token, next[i]!, i > last ? by : 0);
  if (tokens.length !== next.length || !tokens.every(isSame)) return null;
  return { gap: tokens[last]?.to ?? 0, by };
}

const tokensOf = (text: string): Token[] => tokenize(text, new Report(text));

/** Behind such a token a statement is over: no text of an assert has the comment in it. */
const isBetweenStatements = (token: Token | undefined): boolean =>
  token === undefined || token.kind === 'directive' || [';', '{', '}'].includes(token.text);

const isMoved = (a: Token, b: Token, by: number): boolean =>
  a.kind === b.kind && a.text === b.text && a.fresh === b.fresh && a.from + by === b.from && a.to + by === b.to;

type Move = (offset: number) => number;

const mover =
  ({ gap, by }: CommentEdit): Move =>
  (offset) =>
    offset > gap ? offset + by : offset;

const movedPlace = <P extends Place>(place: P, move: Move): P => ({
  ...place,
  from: move(place.from),
  to: move(place.to),
});

function movedDiagnostic(one: Diagnostic, move: Move): Diagnostic {
  const { fix } = one;
  const place = movedPlace(one.place, move);
  return fix ? { ...one, place, fix: { ...fix, from: move(fix.from), to: move(fix.to) } } : { ...one, place };
}

function movedFinding(finding: Finding, move: Move): Finding {
  const mend = finding.mend && movedMend(finding.mend, move);
  return { ...finding, place: movedPlace(finding.place, move), mend };
}

function movedMend(mend: Mend, move: Move): Mend {
  return 'of' in mend ? { ...mend, of: move(mend.of) } : mend;
}

function movedSteps(steps: Steps, move: Move): Steps {
  const loop = (at: number) => (at === 0 ? 0 : move(at - 1) + 1); // an offset + 1
  return { ...steps, from: steps.from.map(move), to: steps.to.map(move), loop: steps.loop.map(loop) };
}
