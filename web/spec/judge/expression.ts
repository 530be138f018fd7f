// Constraints as C expressions over arguments and state: where one is false, the call fails.
import * as ev from '../../../assembly/abi/event';
import type { Constraint, Specification } from '../model';
import { constants, evaluate, type Names } from '../value';
import { argumentOf } from './arguments';
import { answer, claim, no, YES, type Answer, type Binding } from './claim';
import type { Observation } from './observation';
import { isLocked } from './pieces';

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const pagesIn = (seen: Observation): bigint => u64(seen.range.end - seen.range.start) >> 12n;

/** The values that an expression can name for one step. */
function valuesOf(call: Specification, seen: Observation): Names {
  const map = seen.events.findLast(({ kind, a }) => kind === ev.EV_CHECK && Number(a) === ev.WHY_MAP_COUNT);
  const locked = seen.pieces
    .filter(({ was, start, end }) => isLocked(was) && start >= seen.range.start && end <= seen.range.end)
    .reduce((sum, { nr_pages }) => sum + nr_pages, 0);
  const splits = seen.events.filter(({ kind }) => kind === ev.EV_VMA_SPLIT).length;
  const refused = map?.status === ev.CHECK_FAILED ? 1 : 0;
  const values: Readonly<Record<string, bigint>> = {
    end: seen.range.end,
    pages: pagesIn(seen),
    locked_vm: BigInt(seen.before.counters.locked_vm),
    locked_in: BigInt(locked),
    total_vm: BigInt(seen.before.counters.total_vm),
    RLIMIT_MEMLOCK: seen.limit,
    CAP_IPC_LOCK: seen.capable ? 1n : 0n,
    map_count: map?.b ?? BigInt(seen.before.counters.map_count),
    max_map_count: map?.c ?? BigInt(seen.moment.before.max_map_count),
    splits: BigInt(splits + refused),
    PAGE_SHIFT: 12n,
    PAGE_SIZE: 4096n,
  };
  return (name, args) => {
    if (args !== null) return constants(name, args);
    return argumentOf(call, name, seen) ?? (Object.hasOwn(values, name) ? values[name]! : null);
  };
}

/** The kernel's checks that an expression stands for, by the names in it. */
function checksOf(expression: string): readonly number[] {
  const has = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(expression);
  if (has('max_map_count')) return [ev.WHY_MAP_COUNT];
  if (has('total_vm')) return [ev.WHY_TOTAL_VM_FITS];
  if (has('locked_vm')) return [ev.WHY_FITS_LIMIT];
  if (has('RLIMIT_MEMLOCK')) return [ev.WHY_MAY_LOCK];
  if (has('flags')) return [ev.WHY_FLAGS];
  if (has('end') || has('PAGE_ALIGN')) return [ev.WHY_NO_WRAP, ev.WHY_LEN];
  return has('start') ? [ev.WHY_ALIGNED] : [];
}

/** Ties a constraint by its expression: where it is false the call gives the errno that the text names, or nothing at all. */
export function bindExpression(one: Constraint, call: Specification): Binding {
  if (one.expression === '') return { kind: 'prose' };
  const errno = /else (E[A-Z]+)/.exec(one.description)?.[1] ?? null;
  const checks = checksOf(one.expression);
  const isRule = errno !== null || /max_map_count/.test(one.expression);
  const look = (seen: Observation): Answer | null => {
    if (seen.name !== call.name) return null;
    // What is asked only after the call went another way says nothing here.
    const asked = seen.events.some(({ kind, a }) => kind === ev.EV_CHECK && checks.includes(Number(a)));
    if (isRule && checks.length > 0 && !asked && seen.failed) return null;
    if (/\bend\b/.test(one.expression) && !seen.saw(ev.EV_RANGE)) return null;
    const value = evaluate(one.expression, valuesOf(call, seen));
    if (value === null) return null;
    const failedHere = seen.reason !== null && checks.includes(seen.reason.why);
    if (value !== 0n) return isRule ? answer(!failedHere, `it is kept, and the call gives ${seen.errno}`) : YES;
    if (!isRule) return no('the expression is false');
    if (failedHere) return answer(errno === null || seen.errno === errno, `it gives ${seen.errno}, not ${errno}`);
    return seen.failed ? null : no(`it is not kept, and the call gives ${seen.call.result}`);
  };
  const known = evaluate(one.expression, (name, args) => constants(name, args) ?? (args === null ? 1n : null)) !== null;
  if (!known) return { kind: 'prose' };
  return { kind: 'bound', claims: [claim(one.expression, look, [], true)] };
}
