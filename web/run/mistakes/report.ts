// What was found, as diagnostics: with an edit where one mends it, without what the text asks not to be told.
import type { Expr, Item } from '../../lang/ast';
import { Lines } from '../../lang/diagnostic';
import { visit } from '../../lang/visit';
import type { Diagnostic, Fix, Place } from '../model';
import type { Finding, Mend } from './finding';

type Call = Expr & { readonly kind: 'call' };

/** The calls of a text by where they begin, and the statements that are a call and no more. */
interface Calls {
  readonly all: ReadonlyMap<number, Call>;
  /** By the offset of the call: its statement, and the one before it in the same block. */
  readonly alone: ReadonlyMap<number, { readonly from: number; readonly to: number; readonly before: number | null }>;
  readonly comparisons: readonly (Expr & { readonly kind: 'binary' })[];
}

/** Comments that silence a line: NOLINT, NOLINT(name, name), and NOLINTNEXTLINE for the line below. */
const SILENT = /\/[/*].*\bNOLINT(?:\(([^)]*)\))?(?![A-Z])/;
const SILENT_NEXT = /\/[/*].*\bNOLINTNEXTLINE(?:\(([^)]*)\))?/;

/** Makes diagnostics of findings, and adds what only the text shows. */
export function mistakes(source: string, items: readonly Item[], findings: readonly Finding[]): Diagnostic[] {
  const hasCounters = /\brlim_(cur|max)\b/.test(source) && /\b(locked_vm|total_vm|rss)\b/.test(source);
  if (findings.length === 0 && !hasCounters) return [];
  const calls = callsOf(items);
  const lines = source.split('\n');
  const isLoud = ({ code, place }: Pick<Diagnostic, 'code' | 'place'>): boolean => {
    const says = (line: string | undefined, pattern: RegExp): boolean => {
      const found = line === undefined ? null : pattern.exec(line);
      return found !== null && (found[1] === undefined || found[1].split(/[\s,]+/).includes(code));
    };
    return !says(lines[place.line - 1], SILENT) && !says(lines[place.line - 2], SILENT_NEXT);
  };
  const found = findings
    .filter(({ code, place }) => code !== 'unchecked-lock' || isUnchecked(source, calls, place))
    .map(({ code, severity, place, message, mend }): Diagnostic => {
      const fix = mend && fixOf(source, calls, place, mend);
      return { code, severity, place, message, ...(fix ? { fix } : {}) };
    });
  const places = new Lines(source);
  const pages = comparedInPages(source, calls).map((one) => ({ ...one, place: places.place(one.place) }));
  return [...found, ...pages].filter(isLoud);
}

function callsOf(items: readonly Item[]): Calls {
  const all = new Map<number, Call>();
  const alone = new Map<number, { from: number; to: number; before: number | null }>();
  const comparisons: (Expr & { kind: 'binary' })[] = [];
  const isCall = (item: Item | undefined): boolean => item?.kind === 'expression' && item.value.kind === 'call';
  const siblings = (body: readonly Item[]): void =>
    body.forEach((item, i) => {
      if (item.kind !== 'expression' || item.value.kind !== 'call') return;
      const before = body[i - 1];
      alone.set(item.value.from, {
        from: item.from,
        to: item.to,
        before: before && isCall(before) ? before.from : null,
      });
    });
  siblings(items);
  visit(items, {
    block: siblings,
    body: (stmt) => siblings([stmt]),
    expression(expr) {
      if (expr.kind === 'call') all.set(expr.from, expr);
      if (expr.kind === 'binary' && /^[<>=!]=?$/.test(expr.op)) comparisons.push(expr);
    },
  });
  return { all, alone, comparisons };
}

/** Its result is dropped, and the next statement does not ask for errno either. */
function isUnchecked(source: string, { alone }: Calls, { from }: Place): boolean {
  const statement = alone.get(from);
  if (!statement) return false;
  const next = source.slice(statement.to).split(/;(?=\s)/)[0]!;
  return !/\b(errno|perror)\b/.test(next.replace(/\/\/.*/g, ''));
}

function fixOf(source: string, calls: Calls, place: Place, mend: Mend): Fix | null {
  const call = calls.all.get(place.from);
  if (!call) return null;
  const textOf = ({ from, to }: { from: number; to: number }): string => source.slice(from, to);
  switch (mend.kind) {
    case 'replace':
    case 'append': {
      const arg = call.args[mend.argument];
      if (!arg) return null;
      const from = mend.kind === 'append' ? arg.to : arg.from;
      return { title: mend.title, from, to: arg.to, insert: mend.insert };
    }
    case 'copy': {
      const arg = call.args[mend.argument];
      const other = calls.all.get(mend.of)?.args[mend.argument];
      return arg && other ? { title: mend.title, from: arg.from, to: arg.to, insert: textOf(other) } : null;
    }
    case 'check': {
      const title = `Look at the result of ${call.name}`;
      return { title, from: call.from, to: call.to, insert: `if (${textOf(call)} == -1) perror("${call.name}")` };
    }
    case 'before': {
      const statement = calls.alone.get(call.from);
      if (!statement || statement.before === null || statement.before !== mend.of) return null;
      const first = calls.alone.get(mend.of)!;
      const between = source.slice(first.to, statement.from);
      if (between.trim() !== '') return null; // a comment between them belongs to one of them
      const insert = textOf(statement) + between + textOf(first);
      return { title: 'Lock first, write then', from: first.from, to: statement.to, insert };
    }
  }
}

const COUNTERS = ['locked_vm', 'total_vm', 'rss'];
const MESSAGE =
  'Pages are compared with bytes: the counter counts pages, rlim_cur counts bytes. Divide the limit by PAGE_SIZE.';

/** `locked_vm() < r.rlim_cur`: one side counts pages, the other bytes. */
function comparedInPages(source: string, { comparisons }: Calls): (Omit<Diagnostic, 'place'> & { place: Expr })[] {
  return comparisons.flatMap((one) => {
    const sides = [one.left, one.right];
    const limit = sides.find((side) => side.kind === 'member' && /^rlim_(cur|max)$/.test(side.member));
    const counter = sides.find((side) => side.kind === 'call' && COUNTERS.includes(side.name));
    if (!limit || !counter || source[limit.from] === '(') return [];
    const fix = { title: 'Divide by PAGE_SIZE', from: limit.to, to: limit.to, insert: ' / PAGE_SIZE' };
    return [{ code: 'pages-and-bytes', severity: 'hint' as const, place: one, message: MESSAGE, fix }];
  });
}
