// Memory as a running program sees it: its own variables, or pages of the simulated process.
import { SEGV_MAPERR, SIGSEGV } from '../../assembly/abi/errno';
import { OUT_CODE, OUT_FAULT } from '../../assembly/abi/layout';
import { P_die, P_load, P_store } from '../../assembly/abi/sysno';
import type { Value } from '../lang/arith';
import { OWN_BASE, type Site } from '../lang/code';
import { SIGNAL_NAMES } from '../lang/constants';
import type { Process } from './process';
import { placeOf } from './place';
import type { World } from './world';

/** True for addresses of the scenario's own variables, also those just beyond them. */
export const isOwn = (address: Value): boolean =>
  typeof address === 'bigint' && address >= OWN_BASE && address < OWN_BASE + (1n << 40n);

/** Ends a process by a signal that nobody caught. */
export function die(world: World, process: Process, site: Site, signal: number, what: string): void {
  world.step(process, site, P_die, [signal]);
  process.life = 'ended';
  if (process.pid !== 1) return;
  const message = `${SIGNAL_NAMES.get(signal) ?? `Signal ${signal}`}: ${what}`;
  world.outcome ??= { kind: 'signal', signal, place: placeOf(site), message };
}

/** An access to `len` bytes of simulated memory by an instruction of the program. False: it ended the process. */
export function accessPages(
  world: World,
  process: Process,
  site: Site,
  write: boolean,
  address: Value,
  len: Value,
): boolean {
  const signal = world.step(process, site, write ? P_store : P_load, [address, len]);
  if (world.outcome) return false;
  if (!write) process.loaded = true;
  if (signal === 0) return true;
  const code = Number(world.machine.out(OUT_CODE));
  const fault = `0x${world.machine.out(OUT_FAULT).toString(16)}`;
  const why =
    signal !== SIGSEGV
      ? 'lies beyond the end of its file'
      : code === SEGV_MAPERR
        ? 'is not mapped'
        : 'may not be accessed so';
  die(world, process, site, signal, `${write ? 'a write' : 'a read'} at ${fault}, which ${why}.`);
  return false;
}

/** Offset in own memory of `size` bytes, or null: a variable was left behind, and the run ends with that said. */
export function ownOffset(world: World, process: Process, site: Site, address: Value, size: number): number | null {
  const at = process.memory.offset(address, size);
  if (at >= 0) return at;
  const message = 'This address lies beyond the variables of the scenario. Write an index that is inside the array.';
  world.error('outside-variable', site, message);
  return null;
}
