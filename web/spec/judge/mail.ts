// An audit as a reply to the mail that brought the patch: plain text of 72 columns, each clause quoted by its field.
import type { Audit, Audited } from './audit';
import { summary, type Row } from './report';

/** Columns of a line; an address is never broken and may be longer. */
export const COLUMNS = 72;
const QUIET = new Set(['holds']);

/** Writes an audit as Markdown for a mail: what does not simply hold, quoted, then what we would say. */
export function toMail({ calls, findings }: Audit): string {
  const unread = findings.map(({ place, message }) => wrap(`Line ${place.line}: ${message}`));
  return [...unread, ...calls.map(callMail)].join('\n\n').concat('\n');
}

function callMail(one: Audited): string {
  const { call } = one.judged;
  const head = wrap(
    `I ran the specification of ${call.name}() against a model of Linux 6.18 that is compared with the real kernel: ${summary(one.rows)}.`,
  );
  const notable = one.rows.filter(({ verdict }) => !QUIET.has(verdict));
  const silent = one.rows.filter(({ verdict }) => QUIET.has(verdict)).map(({ clause }) => fieldOf(clause));
  const self = one.findings.map(({ clause, message }) => `${quote(fieldOf(clause))}\n\n${wrap(message)}`);
  const holds = silent.length === 0 ? [] : [wrap(`What holds as it stands: ${silent.join(', ')}.`)];
  return [
    head,
    ...notable.map((row) => rowMail(row, one.ours.get(row.clause) ?? '')),
    ...(self.length > 0 ? ['The text itself:', ...self] : []),
    ...holds,
  ].join('\n\n');
}

function rowMail(row: Row, ours: string): string {
  const { clause, text, verdict, because, scenario, step, link } = row;
  const why = because.length === 0 ? '' : `: ${because.join('; ')}`;
  const said = wrap(`${sentence(verdict)}${why}.`);
  const shown = link === '' ? [] : [wrap(`${scenario}, step ${step}:`), link];
  const own = ours === '' ? [] : ['', wrap(`Ours: ${ours}`)];
  return [quote(`${fieldOf(clause)}: ${text}`), '', said, ...own, ...shown].join('\n');
}

const sentence = (verdict: string): string => verdict.charAt(0).toUpperCase() + verdict.slice(1);
/** 'munlock.param.len.constraint' is the field 'param.len.constraint'. */
const fieldOf = (clause: string): string => clause.slice(clause.indexOf('.') + 1) || clause;

const quote = (text: string): string =>
  wrap(text, COLUMNS - 2)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

/** Breaks a text at spaces. Words longer than a line are cut, so that no line is longer, and nothing is read as HTML. */
export function wrap(text: string, columns = COLUMNS): string {
  const lines: string[] = [];
  let line = '';
  const words = plain(text)
    .split(' ')
    .flatMap((word) => word.match(new RegExp(`.{1,${columns}}`, 'gu')) ?? []);
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.join('\n');
}

/** One line without tags: a "<" that could begin one becomes a bracket. "1UL << 63" stays. */
const plain = (text: string): string =>
  text
    .replace(/<(?=[A-Za-z!/?])/g, '(')
    .replace(/\s+/g, ' ')
    .trim();
