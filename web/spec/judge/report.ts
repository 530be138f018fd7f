// Verdicts as a table: clause, verdict, why, and the shortest scenario that shows it.
import { encodeLink } from '../../share/link';
import { defaultSettings } from '../../run/model';
import type { JudgedCall } from './collection';
import { VERDICTS, type Judged, type Verdict } from './judge';

/** One row of the report. */
export interface Row {
  readonly call: string;
  /** Id of the clause; of what a text leaves out '<call>.omits'. */
  readonly clause: string;
  readonly text: string;
  readonly verdict: Verdict;
  readonly because: readonly string[];
  /** The scenario that shows it, or ''. */
  readonly scenario: string;
  /** The step in it, or 0. */
  readonly step: number;
  /** '#v1/...' of that scenario at that step, or ''. */
  readonly link: string;
}

/** Makes the rows of one call, what it leaves out last. */
export async function rows({ call, clauses, omitted, scenarios }: JudgedCall, base = ''): Promise<Row[]> {
  const link = async (name: string, step: number): Promise<string> => {
    const scenario = scenarios.get(name);
    if (!scenario) return '';
    return base + (await encodeLink({ source: scenario.source, settings: defaultSettings, step, compare: null }));
  };
  const all = clauses.map(async ({ bound, verdict, because, evidence }: Judged): Promise<Row> => {
    const first = evidence[0];
    return {
      call: call.name,
      clause: bound.clause.id,
      text: bound.clause.text,
      verdict,
      because,
      scenario: first?.scenario ?? '',
      step: first?.step ?? 0,
      link: first ? await link(first.scenario, first.step) : '',
    };
  });
  const listed = new Set(clauses.flatMap(({ because }) => because));
  const left = omitted
    .filter(({ what }) => !listed.has(`omits ${what}`))
    .map(async ({ what, evidence }): Promise<Row> => ({
      call: call.name,
      clause: `${call.name}.omits`,
      text: what,
      verdict: 'omits',
      because: [`omits ${what}`],
      scenario: evidence.scenario,
      step: evidence.step,
      link: await link(evidence.scenario, evidence.step),
    }));
  return Promise.all([...all, ...left]);
}

const cell = (text: string): string => text.replace(/\s+/g, ' ').replace(/([|\\`<>[\]])/g, '\\$1');
const short = (text: string, length = 100): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/** Writes rows as Markdown, a table for each call. */
export function toMarkdown(table: readonly Row[]): string {
  const calls = [...new Set(table.map(({ call }) => call))];
  return calls
    .map((call) => {
      const mine = table.filter((row) => row.call === call);
      const lines = mine.map(
        ({ clause, text, verdict, because, scenario, step, link }) =>
          `| ${cell(clause)} | ${cell(short(text))} | ${verdict} | ${cell(because.join('; '))} | ${scenario === '' ? '' : `[${cell(scenario)}, step ${step}](${link})`} |`,
      );
      const head = ['| Clause | Claim | On 6.18 | Because | Shown by |', '| --- | --- | --- | --- | --- |'];
      return [`## ${call}`, '', summary(mine), '', ...head, ...lines, ''].join('\n');
    })
    .join('\n');
}

/** "holds: 31, contradicted: 2, ..." of rows. */
export function summary(table: readonly Row[]): string {
  const counts = VERDICTS.map((verdict) => [verdict, table.filter((row) => row.verdict === verdict).length] as const);
  return counts.flatMap(([verdict, nr]) => (nr > 0 ? [`${verdict}: ${nr}`] : [])).join(', ');
}

/** Writes rows for a terminal, one line a clause. */
export function toText(table: readonly Row[]): string {
  const lines = table.map(({ clause, verdict, because, scenario, step }) => {
    const shown = scenario === '' ? '' : ` (${scenario}, step ${step})`;
    return `${verdict.padEnd(22)} ${clause}${shown}${because.length > 0 ? `\n${' '.repeat(23)}${short(because.join('; '), 300)}` : ''}`;
  });
  return `${lines.join('\n')}\n${summary(table)}\n`;
}
