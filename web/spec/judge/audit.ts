// Audits any text that holds specifications: read, linted, each clause judged by running, and compared with ours.
import type { Kernel } from '../../core/kernel';
import { lint } from '../lint';
import type { Finding, Specification } from '../model';
import { read } from '../read';
import { judgeCall, type Collection, type JudgedCall } from './collection';
import { compare, ourSentences, type Difference } from './difference';
import { rows, type Row } from './report';

/** What an audit says of one specification. */
export interface Audited {
  readonly judged: JudgedCall;
  readonly rows: readonly Row[];
  /** What it contradicts in itself. */
  readonly findings: readonly Finding[];
  /** How it differs from our own specification of the call; null where we have none. */
  readonly differences: readonly Difference[] | null;
  /** Our sentence for a clause of theirs, by its id; none where we say the same or nothing. */
  readonly ours: ReadonlyMap<string, string>;
}

/** What an audit says of a text. */
export interface Audit {
  readonly calls: readonly Audited[];
  /** What could not be read. */
  readonly findings: readonly Finding[];
}

/** Audits a text of any form. Links begin with `base`. Never throws for what the text says. */
export async function audit(
  text: string,
  collection: Collection,
  kernel: Kernel,
  ours: readonly Specification[],
  base = '',
): Promise<Audit> {
  const { specifications, findings } = read(text);
  const calls: Audited[] = [];
  for (const call of specifications) {
    const judged = judgeCall(call, collection, kernel);
    const our = ours.find(({ name }) => name === call.name);
    calls.push({
      judged,
      rows: await rows(judged, base),
      findings: lint(call),
      differences: our ? compare(call, our) : null,
      ours: our ? ourSentences(call, our) : new Map<string, string>(),
    });
  }
  return { calls, findings };
}
