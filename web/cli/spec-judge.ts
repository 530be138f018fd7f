// The commands of `npm run -s spec` that run specifications: report, audit, mutate.
import { ourCalls } from '../spec/calls';
import { audit, type Audit } from '../spec/judge/audit';
import { asScenarios, collect, judgeCall, specExamples, type Collection } from '../spec/judge/collection';
import { toMail } from '../spec/judge/mail';
import { rows, toMarkdown, toText, type Row } from '../spec/judge/report';
import { trials } from '../spec/judge/score';
import { LOCK_CALLS } from '../spec/judge/observation';
import type { Kernel } from '../core/kernel';
import { nodeKernel } from './machine';

/** How a report is written. */
export interface Style {
  readonly as: 'text' | 'md' | 'json' | 'mail';
  /** What stands before '#v1/...' in links. */
  readonly base: string;
}

function prepare(): { readonly kernel: Kernel; readonly collection: Collection } {
  const kernel = nodeKernel();
  return { kernel, collection: collect(asScenarios(specExamples()), kernel) };
}

/** Judges our specifications of the five calls and of madvise, and gives the text of the report. */
export async function report({ as, base }: Style): Promise<string> {
  const { kernel, collection } = prepare();
  const table: Row[] = [];
  for (const call of ourCalls()) table.push(...(await rows(judgeCall(call, collection, kernel), base)));
  if (as === 'json') return `${JSON.stringify(table, null, 2)}\n`;
  return as === 'md' ? `# Specifications on Linux 6.18\n\n${toMarkdown(table)}` : toText(table);
}

/** Audits a text of any form and gives the text of the audit; `wrong` where a clause is contradicted or nothing was read. */
export async function auditText(text: string, { as, base }: Style): Promise<{ out: string; wrong: boolean }> {
  const { kernel, collection } = prepare();
  const done = await audit(text, collection, kernel, ourCalls(), base);
  const wrong =
    done.calls.length === 0 ||
    done.calls.some((one) => one.rows.some(({ verdict }) => verdict.startsWith('contradicted')));
  return { out: as === 'mail' ? toMail(done) : as === 'json' ? toJson(done) : toPage(done, as === 'md'), wrong };
}

function toJson({ calls, findings }: Audit): string {
  const plain = calls.map(({ judged, ours, ...rest }) => ({
    call: judged.call.name,
    ...rest,
    ours: Object.fromEntries(ours),
  }));
  return `${JSON.stringify({ calls: plain, findings }, null, 2)}\n`;
}

function toPage({ calls, findings }: Audit, isMarkdown: boolean): string {
  const read = findings.map(({ place, message }) => `${place.line}:${place.column}: ${message}\n`);
  const each = calls.map(({ judged, rows: table, findings: own, differences }) => {
    const found = own.map(({ place, clause, message }) => `- ${place.line}:${place.column} ${clause}: ${message}`);
    const other = (differences ?? []).map(({ kind, what, theirs, ours }) =>
      [`- ${what}: ${kind}`, theirs && `    theirs: ${theirs}`, ours && `    ours: ${ours}`]
        .filter((line) => line !== '')
        .join('\n'),
    );
    return [
      isMarkdown ? toMarkdown(table) : toText(table),
      found.length > 0 ? `The text itself:\n${found.join('\n')}\n` : '',
      differences === null ? `There is no specification of ${judged.call.name} of our own.\n` : '',
      other.length > 0 ? `Against our specification:\n${other.join('\n')}\n` : '',
    ]
      .filter((part) => part !== '')
      .join('\n');
  });
  return [...read, ...each].join('\n');
}

/** Alters each clause of the five specifications in turn; gives the score and what was not found, with why. */
export function mutate(): { out: string; score: number } {
  const { kernel, collection } = prepare();
  const all = ourCalls()
    .filter(({ name }) => LOCK_CALLS.includes(name))
    .flatMap((call) => trials(call, collection, kernel));
  const missed = all.filter(({ caught }) => !caught);
  const score = (all.length - missed.length) / all.length;
  const lines = missed.map(({ mutant, why }) => `missed ${mutant.clause} (${mutant.how}): ${why}`);
  const head = `${all.length - missed.length} of ${all.length} altered clauses are found: ${(100 * score).toFixed(1)} %`;
  return { out: `${[...lines, head].join('\n')}\n`, score };
}
