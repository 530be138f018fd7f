import * as ev from '../../../assembly/abi/event';
import type { KernelEvent } from '../../core/state';
import { count } from '../address';
import type { Context } from './context';

/** What faults brought, in the order in which it is told. */
const BROUGHT: readonly (readonly [kind: number, noun: string])[] = [
  [ev.PAGES_ANON, 'new page'],
  [ev.PAGES_COW, 'private copy'],
  [ev.PAGES_SWAPIN, 'page from swap'],
  [ev.PAGES_FILE, 'page of the file'],
  [ev.PAGES_ZERO, 'zero page'],
];

const plural = (n: number, noun: string): string => {
  if (n === 1) return `1 ${noun}`;
  const [first = '', ...rest] = noun.split(' of ');
  const many = first.endsWith('copy')
    ? `${first.slice(0, -1)}ies`
    : first.includes(' from ')
      ? first.replace('page', 'pages')
      : `${first}s`;
  return `${n} ${[many, ...rest].join(' of ')}`;
};

/** Adds up the pages of the EV_PAGES events of one kind. */
export function pagesOfKind({ events }: Context, kind: number): number {
  const mine = events.filter((event) => event.kind === ev.EV_PAGES && Number(event.c) === kind);
  return mine.reduce((sum, { b }) => sum + Number(b), 0);
}

/** "4 new pages, 2 zero pages", '' when nothing came in. */
export function broughtText(context: Context): string {
  return BROUGHT.map(([kind, noun]) => [pagesOfKind(context, kind), noun] as const)
    .filter(([n]) => n > 0)
    .map(([n, noun]) => plural(n, noun))
    .join(', ');
}

/** Counts what faults brought in, the zero page too. */
export const brought = (context: Context): number =>
  BROUGHT.reduce((sum, [kind]) => sum + pagesOfKind(context, kind), 0);

/** Adds up a column over events. */
export const sumOf = (events: readonly KernelEvent[], column: (event: KernelEvent) => bigint): number =>
  events.reduce((sum, event) => sum + Number(column(event)), 0);

/** "3 VMAs". */
export const vmaCount = (n: number): string => count(n, 'VMA');
