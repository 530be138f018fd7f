// What a step left behind, as sentences.
import { VM_LOCKED, VM_LOCKONFAULT } from '../../../assembly/abi/mman';
import * as ev from '../../../assembly/abi/event';
import { P_pending_signal, P_sysctl } from '../../../assembly/abi/sysno';
import { KPF_MLOCKED } from '../../../assembly/abi/kpf';
import type { KernelEvent, Process } from '../../core/state';
import { count, hex, pagesIn } from '../address';
import { isTouch } from '../call';
import { capsText, resourceText, rlimText, signalName } from '../constants';
import { rssOf } from '../diff';
import { vmFlagNames } from '../flags';
import type { Context } from './context';
import { broughtText, flagged, isCut, vmaCount } from './pages';

const LOCKED = BigInt(VM_LOCKED);
const ONFAULT = BigInt(VM_LOCKONFAULT);

/** True for a call that failed and still changed something. A touch is no call: what it brought is what it was for. */
export const isNotAtomic = ({ failed, changed, call }: Context): boolean => failed && changed && !isTouch(call.nr);

/** What these change is none of the process's state. */
const SETTINGS: readonly number[] = [P_sysctl, P_pending_signal];

/** Lists the effects: what was kept although the call failed, that nothing changed, or what changed. */
export function effectsFor(context: Context): string[] {
  const { failed, changed, is, was } = context;
  if (was.life === 'running' && is.life !== 'running') {
    const how = is.life === 'killed' ? `by ${signalName(is.status)}` : `with status ${is.status}`;
    return [`Process ${is.pid} ended ${how}.`, 'Its memory is free.'];
  }
  const pages = context.change.pages.reduce((sum, [, n]) => sum + n, 0);
  const list = parts(context).join(', ') || broughtText(context) || `${count(pages, 'page')} in another state`;
  if (isNotAtomic(context)) return [`Kept although it failed: ${list}.`, 'Nothing is rolled back.'];
  if (!changed && failed && Number(context.broken?.a ?? 0n) === ev.WHY_FITS_LIMIT) {
    return ['Nothing changed.', 'The limit is checked before any VMA is touched.'];
  }
  if (!changed) return SETTINGS.includes(context.call.nr) ? [] : ['Nothing changed.'];
  return [`Now: ${list}.`];
}

function parts(context: Context): string[] {
  const { was, is } = context;
  const counter = (name: string, before: number, after: number): string[] =>
    before === after ? [] : [`${name} ${before} → ${after}`];
  const a = was.counters;
  const b = is.counters;
  return [
    ...counter('locked_vm', a.locked_vm, b.locked_vm),
    ...lockFlags(context),
    ...mlocked(context),
    ...counter('total_vm', a.total_vm, b.total_vm),
    ...counter('map_count', a.map_count, b.map_count),
    ...counter('rss', rssOf(was), rssOf(is)),
    ...(a.def_flags === b.def_flags ? [] : [`def_flags ${names(a.def_flags)} → ${names(b.def_flags)}`]),
    ...(a.brk === b.brk ? [] : [`brk ${hex(a.brk)} → ${hex(b.brk)}`]),
    ...(a.caps === b.caps ? [] : [`capabilities ${capsText(BigInt(a.caps))} → ${capsText(BigInt(b.caps))}`]),
    ...limits(context),
    ...files(context),
    ...otherFlags(context),
    ...started(context),
  ];
}

const names = (flags: number): string => vmFlagNames(BigInt(flags)).join('|') || '0';

/** "lo on 1 VMA", "lo off 2 VMAs", "lf on 1 VMA". */
function lockFlags(context: Context): string[] {
  const fixups = context.events.filter(({ kind, status }) => kind === ev.EV_FIXUP && status === ev.FIXUP_CHANGED);
  const counted = (bit: bigint, on: boolean): number =>
    isCut(context)
      ? flagged(context, bit, on, !on).vmas
      : fixups.filter(({ c, d }) => (c & bit) !== (d & bit) && ((d & bit) !== 0n) === on).length;
  return (
    [
      ['lo on', counted(LOCKED, true)],
      ['lo off', counted(LOCKED, false)],
      ['lf on', counted(ONFAULT, true)],
      ['lf off', counted(ONFAULT, false)],
    ] as const
  )
    .filter(([what, n]) => n > 0 && !(what === 'lf off' && counted(LOCKED, false) > 0))
    .map(([what, n]) => `${what} ${vmaCount(n)}`);
}

/** Pages with PG_mlocked that the process maps, against before. */
function mlocked({ was, is }: Context): string[] {
  const pages = ({ extents }: Process): number =>
    extents.reduce((sum, { kpf, nr_pages }) => sum + ((kpf >> BigInt(KPF_MLOCKED)) & 1n ? nr_pages : 0), 0);
  const more = pages(is) - pages(was);
  if (more === 0) return [];
  return [more > 0 ? `${count(more, 'page')} PG_mlocked` : `${count(-more, 'page')} no longer PG_mlocked`];
}

/** "RLIMIT_AS 65536 → 4096 B". */
function limits({ events }: Context): string[] {
  const bytes = (limit: bigint): string => `${rlimText(limit)}${limit < 1n << 63n ? ' B' : ''}`;
  return events
    .filter(({ kind }) => kind === ev.EV_RLIMIT)
    .flatMap(({ a, b, c, d, e }) => [
      ...(b === c ? [] : [`${resourceText(a)} ${bytes(b)} → ${bytes(c)}`]),
      ...(d === e ? [] : [`hard ${resourceText(a)} ${bytes(d)} → ${bytes(e)}`]),
    ]);
}

/** "file 3 made", "file 3 0 → 8192 B". */
function files({ before, after }: Context): string[] {
  const old = new Map(before.files.map(({ id, size }) => [id, size]));
  return after.files.flatMap(({ id, size }) => {
    const was = old.get(id);
    if (was === undefined) return [`file ${id} made`];
    return was === size ? [] : [`file ${id} ${was} → ${size} B`];
  });
}

/** "process 2 started". */
function started({ before, after }: Context): string[] {
  const old = before.processes.map(({ pid }) => pid);
  return after.processes.filter(({ pid }) => !old.includes(pid)).map(({ pid }) => `process ${pid} started`);
}

/** Flag changes that are no lock: mprotect, madvise. */
function otherFlags({ events }: Context): string[] {
  const mine = events.filter((event): event is KernelEvent => event.kind === ev.EV_VMA_FLAGS && event.d !== event.e);
  if (mine.length === 0) return [];
  const pages = mine.reduce((sum, { b, c }) => sum + pagesIn(b, c), 0);
  return [`flags of ${vmaCount(mine.length)}, ${count(pages, 'page')}`];
}
