// Signals, locks and the context of a call: what the machine tells of them in its events.
import * as ev from '../../../assembly/abi/event';
import { SIGBUS, SIGKILL, SIGSEGV } from '../../../assembly/abi/errno';
import type { Lock, Signal, Specification } from '../model';
import { answer, claim, no, YES, type Answer, type Binding, type Claim } from './claim';
import { wasKilledInPopulate } from './causes';
import type { Observation } from './observation';
import { isLocked } from './pieces';

const isWaitKilled = (seen: Observation): boolean => seen.reason?.why === ev.WHY_KILLABLE;

/** Ties a signal. */
export function bindSignal(one: Signal, call: Specification): Binding {
  const text = `${one.condition} ${one.description}`.toLowerCase();
  if (one.direction.includes('send')) return sent(one, call, text);
  if (/handled|handler/.test(text) || /handled/.test(one.name)) return handled(one, call);
  if (/brought in|bringing in/.test(text)) return duringPopulate(one, call);
  if (!one.direction.includes('receive')) return ignored(one, call);
  const errno = one.errno.replace(/^-/, '') || /-?(E[A-Z]{3,})/.exec(one.description)?.[1] || 'EINTR';
  const look = (seen: Observation): Answer | null => {
    if (seen.name !== call.name || seen.pending === 0 || !seen.contended) return null;
    if (one.name === 'SIGKILL' && seen.pending !== SIGKILL) return null;
    if (seen.pending !== SIGKILL) {
      // A signal that does not kill is not noticed by a killable wait.
      return /any signal that kills|fatal|sigkill/.test(text) ? null : answer(isWaitKilled(seen), 'it is not noticed');
    }
    if (one.action !== 'return') return answer(!isWaitKilled(seen), `the call returns ${seen.errno}`);
    return answer(isWaitKilled(seen) && seen.errno === errno, `the call gives ${seen.errno || seen.call.result}`);
  };
  const claims = [claim(`a fatal signal ends the wait for mmap_lock with ${errno}`, look)];
  if (one.timing !== '' && one.timing !== 'blocking') {
    claims.push(
      claim(`the signal counts at "${one.timing}"`, (seen) =>
        seen.name === call.name && isWaitKilled(seen) && ['exit', 'after'].includes(one.timing)
          ? no('it counts while the call waits for mmap_lock')
          : null,
      ),
    );
  }
  return { kind: 'bound', claims };
}

/** A kill while pages are brought in: what the call makes of it. */
function duringPopulate(one: Signal, call: Specification): Binding {
  const errno = one.errno.replace(/^-/, '');
  const look = (seen: Observation): Answer | null => {
    if (seen.name !== call.name || !wasKilledInPopulate(seen)) return null;
    if (!one.direction.includes('receive')) return no('bringing in stops');
    return answer(seen.errno === errno, `the call gives ${seen.errno || seen.call.result}`);
  };
  return { kind: 'bound', claims: [claim(`a kill ends bringing in, the call gives ${errno || '0'}`, look)] };
}

function handled(one: Signal, call: Specification): Binding {
  const ignores =
    one.direction.includes('ignore') && !/is interrupted/.test(one.description.replace(/not interrupted/g, ''));
  const look = (seen: Observation): Answer | null => {
    if (seen.name !== call.name || seen.pending === 0 || seen.pending === SIGKILL) return null;
    return answer((seen.errno !== 'EINTR') === ignores, 'the call goes through');
  };
  return { kind: 'bound', claims: [claim('a signal that does not kill leaves the call alone', look)] };
}

function ignored(one: Signal, call: Specification): Binding {
  const look = (seen: Observation): Answer | null =>
    seen.name === call.name && seen.pending === SIGKILL && seen.contended
      ? answer(!isWaitKilled(seen), `the call gives ${seen.errno}`)
      : null;
  return { kind: 'bound', claims: [claim(`${one.name} is not received`, look)] };
}

/** A signal that the call is said to send: does it come from the call, or from an access later? */
function sent(one: Signal, call: Specification, text: string): Binding {
  if (one.name !== 'SIGBUS' && one.name !== 'SIGSEGV') return { kind: 'prose' };
  const signal = BigInt(one.name === 'SIGBUS' ? SIGBUS : SIGSEGV);
  const raised = (seen: Observation): boolean =>
    seen.events.some(({ kind, b }) => kind === ev.EV_FAULT && b === signal);
  const isLater = /later|access/.test(text);
  const claims: Claim[] = [
    claim(`${one.name} comes from a later access`, (seen) => {
      if (!seen.isTouch || !isLater || !raised(seen)) return null;
      const at = seen.events.find(({ kind }) => kind === ev.EV_FAULT)!.a;
      const vma = seen.before.vmas.find(({ vm_start, vm_end }) => vm_start <= at && at < vm_end) ?? null;
      return isLocked(vma) ? YES : { says: 'mixed', note: 'memory that is not locked raises it just so' };
    }),
    claim(`${call.name} sends ${one.name}`, (seen) =>
      seen.name === call.name && !isLater ? answer(raised(seen), 'no signal is sent') : null,
    ),
  ];
  return { kind: 'bound', claims };
}

/** Ties "restartable" and "not restartable". */
export function bindRestartable(one: Signal, call: Specification): Binding {
  const text = `${one.condition} ${one.description}`.toLowerCase();
  const during = /brought in/.test(text);
  const look = (seen: Observation): Answer | null => {
    if (seen.name !== call.name || !(during ? wasKilledInPopulate(seen) : isWaitKilled(seen))) return null;
    const restarts = /^ERESTART/.test(seen.errno);
    return answer(
      restarts === one.restartable,
      `the value is ${seen.errno || seen.call.result}, no restart code, and the task dies`,
    );
  };
  return { kind: 'bound', claims: [claim(one.restartable ? 'it is restarted' : 'it is not restarted', look)] };
}

interface KnownLock {
  readonly pattern: RegExp;
  readonly events: readonly number[];
  /** What the machine's events show it to be. */
  readonly type: string;
}

const LOCKS: readonly KnownLock[] = [
  { pattern: /mmap_lock|mmap_sem/, events: [ev.LOCK_MMAP_WRITE, ev.LOCK_MMAP_READ], type: 'rwlock' },
  { pattern: /lru_lock/, events: [ev.LOCK_LRU], type: 'spinlock' },
];

/** Ties a lock to the machine's events that it is taken and released. */
export function bindLock(one: Lock, call: Specification): Binding {
  const known = LOCKS.find(({ pattern }) => pattern.test(one.name.toLowerCase()));
  if (!known)
    return { kind: 'unobservable', reason: 'the simulated machine has no such lock, and user space sees none' };
  const text = one.description.toLowerCase();
  const isRead = /\bfor read\b/.test(text);
  const isWrite = /\bfor write\b|write lock/.test(text);
  const wanted =
    known.type !== 'rwlock' || isRead === isWrite ? known.events : [isRead ? ev.LOCK_MMAP_READ : ev.LOCK_MMAP_WRITE];
  const look = (seen: Observation): Answer | null => {
    if (seen.name !== call.name) return null;
    const count = (status: number): number =>
      seen.events.filter(
        (event) => event.kind === ev.EV_LOCK && event.status === status && wanted.includes(Number(event.a)),
      ).length;
    const [taken, released] = [count(ev.TAKEN), count(ev.RELEASED)];
    if (taken === 0)
      return isRead === isWrite && !seen.failed && known.type === 'rwlock' ? no('it is not taken') : null;
    if (one.type !== known.type) return no(`it is a ${known.type}`);
    if (one.heldOnEntry) return no('it is not held when the call begins');
    if (!one.acquired || (one.scope !== '' && one.scope !== 'internal' && one.scope !== 'acquires')) {
      return no('the call takes it itself');
    }
    return answer(one.released === (released === taken) && one.heldOnExit === released < taken, 'it is released again');
  };
  const always = claim(`${one.name} is taken and released (told by events, which user space does not see)`, look);
  const claims = [always];
  if (isWrite && known.type === 'rwlock') {
    claims.push(
      claim('it is taken for write where VMAs change', (seen) =>
        seen.name === call.name && seen.saw(ev.EV_FIXUP, ev.FIXUP_CHANGED)
          ? answer(
              seen.events.some(({ kind, a }) => kind === ev.EV_LOCK && Number(a) === ev.LOCK_MMAP_WRITE),
              'it is not',
            )
          : null,
      ),
    );
  }
  return { kind: 'bound', claims };
}

/** Ties the context: a call that waits for mmap_lock can sleep, and has a process. */
export function bindContext(call: Specification): Binding {
  const sleeps = call.contexts.includes('sleepable');
  const atomic = call.contexts.filter((one) => !['process', 'sleepable'].includes(one));
  const look = (seen: Observation): Answer | null => {
    if (seen.name !== call.name || !isWaitKilled(seen)) return null;
    if (atomic.length > 0) return no(`it slept for mmap_lock, which ${atomic.join(', ')} forbids`);
    return answer(sleeps && call.contexts.includes('process'), 'it slept for mmap_lock');
  };
  return { kind: 'bound', claims: [claim('the call may sleep', look, [], true)] };
}
