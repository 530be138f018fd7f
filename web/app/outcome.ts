import type { Outcome } from '../run/model';

/** How a run ended in one line, for tests and tools: `end`, `exit 0`, or the kind, the place and the message. */
export function outcomeText(outcome: Outcome): string {
  if (outcome.kind === 'end') return 'end';
  if (outcome.kind === 'exit') return `exit ${outcome.status}`;
  return `${outcome.kind} at ${outcome.place.line}:${outcome.place.column}: ${outcome.message}`;
}
