// fork, wait, execve, kill, pause, exit: how processes begin and end. A child runs to its end, or to pause(), before
// its parent goes on; so there is always one process that runs, and a run has one order.
import { OUT_STATUS } from '../../assembly/abi/layout';
import { SYS_execve, SYS_exit, SYS_fork, SYS_kill, SYS_wait4 } from '../../assembly/abi/sysno';
import type { Value } from '../lang/arith';
import type { Site } from '../lang/code';
import { SIGNAL_NAMES } from '../lang/constants';
import { isOwn, ownOffset } from './access';
import type { Process } from './process';
import { placeOf } from './place';
import { MAX_PROCESSES, type World } from './world';

/** The part of a call that these need. */
interface Life {
  readonly world: World;
  readonly process: Process;
  readonly site: Site;
  readonly name: string;
}

const WNOHANG = 1;

/** A frame whose -errno becomes -1 and errno. */
function system({ world, process, site, name }: Life, nr: number, args: readonly number[] = []): number {
  const result = world.step(process, site, nr, args);
  if (world.outcome || result >= 0) return result;
  process.errno = -result;
  world.failed(site, name, -result);
  return -1;
}

/** fork(): gives the child's pid; the child starts with 0 on its stack. */
export function fork(call: Life): Value {
  const { world, process, site } = call;
  const alive = [...world.processes.values()].filter(({ life }) => life === 'running' || life === 'paused').length;
  if (alive >= MAX_PROCESSES) {
    world.stop('memory', site, process, `Stopped at ${MAX_PROCESSES} processes.`);
    return 0;
  }
  const pid = system(call, SYS_fork);
  if (pid < 0 || world.outcome) return pid;
  const child = process.fork(pid);
  child.stack.push(0);
  world.processes.set(child.pid, child);
  world.ready.push(child);
  return pid;
}

/** wait() and waitpid(): the status goes to a variable of the scenario's own. */
export function wait(call: Life, pid: number, statusAt: bigint, options: number): Value {
  const { world, process, site } = call;
  if (statusAt !== 0n && !isOwn(statusAt)) {
    world.error('variable-needed', site, 'Contents of memory are not simulated. Write `&` and an `int` variable.');
    return 0;
  }
  const mine = process.children.filter((child) => !child.reaped && (pid <= 0 || child.pid === pid));
  if (!mine.some(({ life }) => life === 'ended')) {
    const replaced = mine.find(({ life }) => life === 'replaced');
    if (replaced)
      end(world, replaced, replaced.site, 0); // the program that execve() started has nothing else to do
    else if (mine.length > 0 && options & WNOHANG) return 0;
    else if (mine.length > 0) {
      const message = `Process ${mine[0]!.pid} pauses and never ends, so this waits for ever. Write \`kill(${mine[0]!.pid}, SIGKILL)\` before it.`;
      world.error('waits-for-ever', site, message);
      return 0;
    }
  }
  const got = system(call, SYS_wait4, [pid]);
  const child = mine.find((one) => one.pid === got);
  if (!child || world.outcome) return got;
  child.reaped = true;
  if (statusAt === 0n) return got;
  const at = ownOffset(world, process, site, statusAt, 4);
  if (at !== null) process.memory.write(at, 'i32', Number(BigInt.asIntN(32, world.machine.out(OUT_STATUS))));
  return got;
}

/** execve(): the text of the process ends; the image that replaces it is its last state. */
export function execve(call: Life): Value {
  const { world, process } = call;
  const result = system(call, SYS_execve);
  if (result !== 0 || world.outcome) return result;
  process.life = 'replaced';
  if (process.pid === 1) world.outcome = { kind: 'end' };
  return 0;
}

/** kill(): a signal ends a process at once; 0 only asks whether it is there. */
export function kill(call: Life, pid: number, signal: number): Value {
  const { world, site } = call;
  const result = system(call, SYS_kill, [pid, signal]);
  if (result !== 0 || world.outcome || signal === 0) return result;
  const target = world.processes.get(pid);
  if (target) target.life = 'ended';
  if (pid === 1) {
    const message = `${SIGNAL_NAMES.get(signal) ?? `Signal ${signal}`}: the process was sent this signal.`;
    world.outcome = { kind: 'signal', signal, place: placeOf(site), message };
  }
  return 0;
}

/** pause(): the process stays as it is. */
export function pause({ world, process }: Life): Value {
  process.life = 'paused';
  if (process.pid === 1) world.outcome = { kind: 'end' };
  return 0;
}

/** exit(). */
export function exit({ world, process, site }: Life, status: number): Value {
  end(world, process, site, status);
  if (process.pid === 1) world.outcome ??= { kind: 'exit', status: status & 0xff, place: placeOf(site) };
  return 0;
}

/** Ends a process by exit. */
export function end(world: World, process: Process, site: Site, status: number): void {
  world.step(process, site, SYS_exit, [status & 0xff]);
  process.life = 'ended';
}
