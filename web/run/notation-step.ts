// Events and steps written by hand, for tests of the explanations.
import * as ev from '../../assembly/abi/event';
import { EINVAL, ENOMEM, EPERM } from '../../assembly/abi/errno';
import type { KernelEvent, Process } from '../core/state';
import type { Step } from './explain/context';
import type { Named, Why } from './model';
import { at, machine, RW } from './notation';

/** Operands by letter. */
export type Numbers = Partial<Record<'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g', bigint | number>>;

/** An event from its operands by letter. */
export const event = (kind: number, status: number, words: Numbers): KernelEvent => {
  const word = (key: keyof Numbers): bigint => BigInt(words[key] ?? 0);
  return {
    kind,
    status,
    a: word('a'),
    b: word('b'),
    c: word('c'),
    d: word('d'),
    e: word('e'),
    f: word('f'),
    g: word('g'),
  };
};
/** An EV_CHECK that held: WHY_*, the errno it would have given, its numbers. */
export const pass = (why: number, errno: number, words: Numbers = {}): KernelEvent =>
  event(ev.EV_CHECK, ev.CHECK_PASSED, { a: why, f: errno, ...words });
/** An EV_CHECK that did not hold. */
export const fail = (why: number, errno: number, words: Numbers = {}): KernelEvent =>
  event(ev.EV_CHECK, ev.CHECK_FAILED, { a: why, f: errno, ...words });
/** EV_RANGE over pages of the drawing. */
export const range = (from: number, to: number): KernelEvent => event(ev.EV_RANGE, 0, { a: at(from), b: at(to) });
/** RW with VM_LOCKED. */
export const LOCKED = RW | 0x2000n;
/** mlock_fixup of pages [from, to) of the drawing. */
export const fixup = (from: number, to: number, now = LOCKED, old = RW, splits = 0): KernelEvent => {
  const status = now === old ? ev.FIXUP_SAME : ev.FIXUP_CHANGED;
  return event(ev.EV_FIXUP, status, { a: at(from), b: at(to), c: old, d: now, e: 1, f: splits });
};
/** The limit check with its formula. */
export const fits = (asked: number, locked: number, inside: number, limit: number, ok = true): KernelEvent =>
  (ok ? pass : fail)(ev.WHY_FITS_LIMIT, ENOMEM, { b: asked, c: locked, d: inside, e: limit });
/** can_do_mlock() under a limit of 16 pages. */
export const mayLock = pass(ev.WHY_MAY_LOCK, EPERM, { b: 65536 });
/** The wrap check of a range of the drawing. */
export const noWrap = (from: number, pages: number): KernelEvent =>
  pass(ev.WHY_NO_WRAP, EINVAL, { b: at(from), c: pages * 4096, d: at(from + pages) });

/** buf: 16 pages from the start of the drawing, since step 1. */
export const BUF: Named[] = [{ name: 'buf', start: at(0), end: at(16), step: 1 }];

/** Step 9: a call of process 1 between two states. */
export function step(
  nr: number,
  args: readonly (bigint | number)[],
  result: number | bigint,
  before: Process,
  after: Process,
  events: KernelEvent[],
): Step {
  const call = { nr, pid: 1, args: args.map((arg) => BigInt.asUintN(64, BigInt(arg))), result: BigInt(result) };
  return {
    step: 9,
    call,
    events,
    before: machine(before),
    after: machine(after),
    names: BUF,
    source: null,
    place: null,
  };
}

const MARK = { passed: '✓', failed: '✕', 'not-reached': '–' };
/** The checks, one line each: mark and name, numbers, errno. */
export const rows = ({ checks }: Why): string[] =>
  checks.map(({ status, name, numbers, errno }) => [`${MARK[status]} ${name}`, numbers, errno].join(' | '));
