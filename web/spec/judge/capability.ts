// Capabilities: what passes a check of a limit, and what comes without it.
import * as cap from '../../../assembly/abi/cap';
import * as ev from '../../../assembly/abi/event';
import type { Capability, Specification } from '../model';
import { answer, claim, no, type Binding, type Claim } from './claim';
import type { Observation } from './observation';

const CAPS = new Map<string, number>([
  ['CAP_IPC_LOCK', cap.CAPS_IPC_LOCK],
  ['CAP_SYS_RESOURCE', cap.CAPS_SYS_RESOURCE],
  ['CAP_SYS_RAWIO', cap.CAPS_SYS_RAWIO],
]);
/** The checks that a limit or a capability decides. */
export const LIMIT_CHECKS: readonly number[] = [ev.WHY_MAY_LOCK, ev.WHY_FITS_LIMIT, ev.WHY_TOTAL_VM_FITS];

/** Whether a passed check passed by CAP_IPC_LOCK alone. */
export function bypassed(seen: Observation): boolean {
  return seen.events.some(({ kind, status, a, b, c, d, e }) => {
    if (kind !== ev.EV_CHECK || status !== ev.CHECK_PASSED) return false;
    if (Number(a) === ev.WHY_MAY_LOCK) return b === 0n;
    if (Number(a) === ev.WHY_FITS_LIMIT) return b + c - d > e;
    return Number(a) === ev.WHY_TOTAL_VM_FITS && b > c;
  });
}

/** Ties a capability: with it the check is passed, without it the errnos that the text names come. */
export function bindCapability(one: Capability, call: Specification): Binding {
  const bit = CAPS.get(one.name) ?? 0;
  const has = (seen: Observation): boolean => (seen.before.counters.caps & bit) !== 0;
  const refused = (seen: Observation): boolean => LIMIT_CHECKS.includes(seen.reason?.why ?? 0);
  const claims: Claim[] = [
    claim(`${one.name} passes the check`, (seen) => {
      if (seen.name !== call.name) return null;
      if (bypassed(seen)) return answer(has(seen), `the check is passed without ${one.name}`);
      return has(seen) && refused(seen) ? no(`it gives ${seen.errno} in spite of ${one.name}`) : null;
    }),
  ];
  for (const [, errno, limit] of one.without.matchAll(/\b(E[A-Z]+)\b([^,;]*)/g)) {
    const isZero = /\b0\b/.test(limit!);
    const checks = isZero ? [ev.WHY_MAY_LOCK] : [ev.WHY_FITS_LIMIT, ev.WHY_TOTAL_VM_FITS];
    claims.push(
      claim(`without it: ${errno}`, (seen) =>
        seen.name === call.name && seen.reason && checks.includes(seen.reason.why)
          ? answer(seen.errno === errno, `it gives ${seen.errno}`)
          : null,
      ),
    );
  }
  return { kind: 'bound', claims };
}
