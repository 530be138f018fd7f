import * as ev from '../../../assembly/abi/event';
import { VM_LOCKONFAULT } from '../../../assembly/abi/mman';
import type { KernelEvent } from '../../core/state';
import { count, pagesIn } from '../address';
import { has } from '../flags';
import { vmaAt, type Context } from './context';

/** What faults brought, in the order in which it is told: of one page, of more. */
const BROUGHT: readonly (readonly [kind: number, one: string, more: string])[] = [
  [ev.PAGES_ANON, 'new page', 'new pages'],
  [ev.PAGES_COW, 'private copy', 'private copies'],
  [ev.PAGES_SWAPIN, 'page from swap', 'pages from swap'],
  [ev.PAGES_FILE, 'page of the file', 'pages of the file'],
  [ev.PAGES_ZERO, 'zero page', 'zero pages'],
];

/** Adds up the pages of the EV_PAGES events of one kind. */
export function pagesOfKind({ events }: Context, kind: number): number {
  const mine = events.filter((event) => event.kind === ev.EV_PAGES && Number(event.c) === kind);
  return mine.reduce((sum, { b }) => sum + Number(b), 0);
}

/** Tells whether a call did more than its events have room for: then they count too little, and states have to be asked. */
export const isCut = ({ events }: Pick<Context, 'events'>): boolean => events.some(({ kind }) => kind === ev.EV_MORE);

/** Counts the VMAs, and their pages, in which one of the VM_* bits of `mask` came (`added`) or went. */
export function flagged({ change }: Context, mask: bigint, added = true, removed = true) {
  const { vmas } = change;
  let [pages, n] = [0, 0];
  for (let i = 0; i < vmas.length; i++) {
    const bits = (added ? vmas.added[i]! : 0n) | (removed ? vmas.removed[i]! : 0n);
    if ((bits & mask) === 0n) continue;
    pages += pagesIn(vmas.vm_start[i]!, vmas.vm_end[i]!);
    n++;
  }
  return { pages, vmas: n };
}

/** "4 new pages, 2 zero pages", '' when nothing came in. */
export function broughtText(context: Context): string {
  const text = eachBrought(context);
  return text !== '' && isCut(context) ? `at least ${text}` : text;
}

function eachBrought(context: Context): string {
  return BROUGHT.map(([kind, one, more]) => [pagesOfKind(context, kind), one, more] as const)
    .filter(([n]) => n > 0)
    .map(([n, one, more]) => `${n} ${n === 1 ? one : more}`)
    .join(', ');
}

/** Counts what faults brought in, the zero page too. */
export const brought = (context: Context): number =>
  BROUGHT.reduce((sum, [kind]) => sum + pagesOfKind(context, kind), 0);

/** Counts the VMA pieces that populate left to their first fault. */
export function waiting({ events, is }: Context): number {
  const skipped = events.filter(({ kind, status }) => kind === ev.EV_POPULATE && status === ev.POPULATE_SKIPPED);
  return skipped.filter(({ a }) => has(vmaAt(is, a)?.vm_flags ?? 0n, VM_LOCKONFAULT)).length;
}

/** Counts the pages that reclaim met with one outcome (RECLAIM_*). */
export const reclaimed = (events: readonly KernelEvent[], outcome: number): number =>
  sumOf(
    events.filter(({ kind, b }) => kind === ev.EV_RECLAIM && Number(b) === outcome),
    ({ a }) => a,
  );

/** Adds up a column over events. */
export const sumOf = (events: readonly KernelEvent[], column: (event: KernelEvent) => bigint): number =>
  events.reduce((sum, event) => sum + Number(column(event)), 0);

/** "3 VMAs". */
export const vmaCount = (n: number): string => count(n, 'VMA');
