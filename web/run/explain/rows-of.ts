// The rows of a step: its checks and what it did, in the order of its events, then what was not reached.
import * as ev from '../../../assembly/abi/event';
import { NOT_MODELLED } from '../../../assembly/abi/support';
import * as sys from '../../../assembly/abi/sysno';
import type { KernelEvent } from '../../core/state';
import { count, pagesIn } from '../address';
import { isBrkQuery } from '../call';
import { capsText, resourceText, rlimText, signalName } from '../constants';
import { vmFlagLetters, vmFlagNames } from '../flags';
import type { Check } from '../model';
import { checkRow } from './checks';
import { spanText, type Context } from './context';
import { coveredRow, fixupRow, flagsDelta, mergeRow, munlockRows, splitRow, type Running } from './fixup';
import { notReachedRows } from './order';
import { broughtText, reclaimed, waiting } from './pages';
import { failed, fold, foldable, passed, type Row } from './rows';

const RANGE_WALKS: readonly number[] = [sys.SYS_mlock, sys.SYS_mlock2, sys.SYS_munlock, sys.SYS_mprotect];
const UNLOCKS: readonly number[] = [sys.SYS_munlock, sys.SYS_munlockall];

/** Lists checks and effects of a step: passed, failed, not reached. */
export function checksFor(context: Context): Check[] {
  const { call, events, was } = context;
  if (isBrkQuery(call))
    return [{ status: 'passed', name: 'query', numbers: 'an address below start_brk only asks', errno: '' }];
  const running: Running = { locked_vm: was.counters.locked_vm, map_count: was.counters.map_count };
  const rows: Row[] = [];
  // munlock() is the one call of the family that asks nobody; that is worth a line.
  if (UNLOCKS.includes(call.nr)) rows.push(passed('privilege, limit', `${callOf(call.nr)} asks for neither`));
  let covered = !RANGE_WALKS.includes(call.nr) || events.some(isHole);
  for (const event of events) {
    const row = rowOf(context, event, running);
    if (!row) continue;
    if (!covered && isWalk(event)) {
      rows.push(...asList(coveredRow(context, 'ENOMEM')));
      covered = true;
    }
    rows.push(row);
  }
  rows.push(...populateRows(context), ...reclaimRows(context));
  if (UNLOCKS.includes(call.nr)) rows.push(...munlockRows(context));
  return fold([...rows, ...notReachedRows(context, rows)]);
}

const WALK: readonly number[] = [ev.EV_FIXUP, ev.EV_VMA_SPLIT, ev.EV_VMA_MERGE, ev.EV_VMA_FLAGS];
/** Checks that are asked at each VMA. */
const WALK_CHECKS: readonly number[] = [ev.WHY_MAP_COUNT, ev.WHY_MAY_PROT];
const isWalk = ({ kind, a }: KernelEvent): boolean =>
  WALK.includes(kind) || (kind === ev.EV_CHECK && WALK_CHECKS.includes(Number(a)));
const isHole = ({ kind, status, a }: KernelEvent): boolean =>
  kind === ev.EV_CHECK && status === ev.CHECK_FAILED && Number(a) === ev.WHY_VMA_AT;
const asList = (row: Row | null): Row[] => (row ? [row] : []);
const callOf = (nr: number): string => (nr === sys.SYS_munlock ? 'munlock' : 'munlockall');

function rowOf(context: Context, event: KernelEvent, running: Running): Row | null {
  const { a, b, c, d, e } = event;
  switch (event.kind) {
    case ev.EV_CHECK:
      return Number(a) === ev.WHY_POPULATE ? null : checkRow(context, event);
    case ev.EV_FIXUP:
      return fixupRow(context, event, running);
    case ev.EV_VMA_SPLIT:
      return splitRow(context, event, running);
    case ev.EV_VMA_MERGE:
      return mergeRow(context, event, running);
    case ev.EV_VMA_NEW: {
      running.map_count++;
      const text = `${count(pagesIn(b, c), 'page')}, ${vmFlagLetters(d).join(' ')}`;
      return foldable(passed(`new VMA ${spanText(context, b, c)}`, text), 'new VMA', '', pagesIn(b, c));
    }
    case ev.EV_VMA_REMOVE: {
      running.map_count--;
      const text = `${count(pagesIn(b, c), 'page')}, ${vmFlagLetters(d).join(' ')}`;
      return foldable(passed(`unmap ${spanText(context, b, c)}`, text), 'unmap', '', pagesIn(b, c));
    }
    case ev.EV_VMA_FLAGS: {
      const delta = flagsDelta(d, e) || 'flags unchanged';
      return foldable(passed(`flags ${spanText(context, b, c)}`, delta), 'flags', delta, pagesIn(b, c));
    }
    case ev.EV_VMA_RESIZE:
      return passed('VMA resized', `${pagesIn(b, c)} → ${count(pagesIn(d, e), 'page')}`);
    case ev.EV_DEF_FLAGS:
      return passed('def_flags', `${vmFlagNames(a).join('|') || '0'} → ${vmFlagNames(b).join('|') || '0'}`);
    case ev.EV_RLIMIT:
      return passed(resourceText(a), `soft ${rlimText(b)} → ${rlimText(c)}, hard ${rlimText(d)} → ${rlimText(e)}`);
    case ev.EV_CAP:
      return passed('effective set', `${capsText(a)} → ${capsText(b)}`);
    case ev.EV_FAULT:
      return failed('access', `${signalName(Number(b))} at ${spanText(context, a & ~4095n, (a & ~4095n) + 4096n)}`);
    case ev.EV_NOT_MODELLED:
      return failed('modelled', NOT_MODELLED[Number(a)]?.[1] ?? 'This is not modelled.');
    case ev.EV_RECLAIM:
      return null; // one row for each reason, below
    case ev.EV_PROCESS:
      return passed(PROCESS[event.status] ?? 'process', `pid ${a}`);
    case ev.EV_MORE:
      return passed('more of these', `${a} left out`);
    default:
      return null;
  }
}

function reclaimRows({ events }: Context): Row[] {
  return Object.entries(RECLAIM).flatMap(([reason, name]) => {
    const pages = reclaimed(events, Number(reason));
    return pages === 0 ? [] : [passed(name, count(pages, 'page'))];
  });
}

const RECLAIM: Readonly<Record<number, string>> = {
  [ev.RECLAIM_TAKEN]: 'taken',
  [ev.RECLAIM_MLOCKED]: 'kept: PG_mlocked',
  [ev.RECLAIM_UNEVICTABLE]: 'kept: unevictable list',
  [ev.RECLAIM_SHARED]: 'kept: mapped more than once',
  [ev.RECLAIM_NO_SWAP]: 'kept: no swap space',
};
const PROCESS: Readonly<Record<number, string>> = {
  [ev.PROC_FORKED]: 'forked',
  [ev.PROC_EXITED]: 'exited',
  [ev.PROC_KILLED]: 'killed',
  [ev.PROC_EXECED]: 'new image',
};

/** One row for what populate brought; a row of its own for each piece where it stopped. */
function populateRows(context: Context): Row[] {
  const pieces = context.events.filter(({ kind }) => kind === ev.EV_POPULATE);
  const check = context.events.findLast(({ kind, a }) => kind === ev.EV_CHECK && Number(a) === ev.WHY_POPULATE);
  const came = broughtText(context);
  if (check?.status === ev.CHECK_FAILED) {
    const row = checkRow(context, check);
    return [{ ...row, numbers: [came, row.numbers].filter(Boolean).join(', ') }];
  }
  const skipped = pieces.filter(({ status }) => status === ev.POPULATE_SKIPPED);
  const stopped = pieces.filter(({ status }) => status === ev.POPULATE_STOPPED);
  const rows: Row[] = [];
  const later = waiting(context);
  if (came !== '' || (pieces.length > skipped.length && later === 0)) {
    rows.push(passed('populate', came || 'all pages are there already'));
  } else if (pieces.length > 0)
    rows.push(
      passed('populate', later > 0 ? 'nothing now: VM_LOCKONFAULT waits for the first fault' : 'nothing to bring in'),
    );
  return [...rows, ...stopped.map((piece) => stoppedRow(context, piece))];
}

function stoppedRow(context: Context, { a, b, c }: KernelEvent): Row {
  const text = `stopped after ${count(pagesIn(a, c), 'page')}, the error is ignored`;
  const row = failed(`populate ${spanText(context, a, b)}`, text);
  return foldable(row, 'populate', 'stopped, the errors are ignored', pagesIn(a, b));
}
