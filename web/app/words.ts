// Steps and numbers in words, for all panels.
import { P_die } from '../../assembly/abi/sysno';
import { callName, resultText } from '../run/call';
import { errnoName, signalName } from '../run/constants';
import type { Steps } from '../run/model';

const hasDied = (steps: Steps, step: number): boolean => steps.nr[step - 1] === P_die;

/** Names the call of a step: "mlock". A signal that ends the process is a step of its own: "ended". */
export const stepCall = (steps: Steps, step: number): string =>
  hasDied(steps, step) ? 'ended' : callName(steps.nr[step - 1]!);

/** Writes the result of a step as C sees it: "-1 ENOMEM", "0x7ffff7fe7000", "SIGSEGV", "0". */
export const stepResult = (steps: Steps, step: number): string =>
  hasDied(steps, step)
    ? signalName(steps.signal[step - 1]!)
    : resultText({ nr: steps.nr[step - 1]!, result: steps.result[step - 1]! });

/** Names what a failed step failed with: "ENOMEM", "SIGSEGV"; '' for one that did not fail. */
export function stepFailure(steps: Steps, step: number): string {
  const errno = steps.errno[step - 1]!;
  if (errno !== 0) return stepResult(steps, step).replace(/^-1 /, '') || errnoName(errno);
  const signal = steps.signal[step - 1]!;
  return signal === 0 ? '' : signalName(signal);
}

/** Pages by which a step changed locked_vm of the calling process. A new process has locked nothing: fork() hands no lock on. */
export function lockedChange(steps: Steps, step: number): number {
  let before = step - 2;
  while (before >= 0 && steps.pid[before] !== steps.pid[step - 1]) before--;
  return steps.locked_vm[step - 1]! - (before < 0 ? 0 : steps.locked_vm[before]!);
}

/** Shortens an address for a narrow place: "…fe7000". */
export const shortResult = (text: string): string => text.replace(/^0x[0-9a-f]+([0-9a-f]{6})$/, '…$1');

/** Writes a number with commas between its thousands. */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** Writes a change with its sign: "+10", "−1"; '' for none. */
export const signed = (n: number): string => (n === 0 ? '' : n > 0 ? `+${count(n)}` : `−${count(-n)}`);

/** "1 page", "2 pages". */
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

const SIZES = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Writes a size of pages in the unit that keeps it short: "8 KiB", "128 TiB", "1.5 GiB". */
export function sizeText(nr_pages: number): string {
  let size = nr_pages * 4;
  let unit = 0;
  while (size >= 1024 && unit < SIZES.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size < 10 ? Number(size.toFixed(1)) : Math.round(size)} ${SIZES[unit]}`;
}

/** Says a step in one sentence: "Step 9, mlock, ENOMEM, not atomic: 10 pages locked, locked_vm 12 of 16." */
export function sayStep(steps: Steps, step: number): string {
  if (step === 0) return 'Step 0, the process before its first call.';
  const i = step - 1;
  const head = [`Step ${step}`, stepCall(steps, step), stepFailure(steps, step) || stepResult(steps, step)];
  if (steps.not_atomic[i]) head.push('not atomic');
  const change = lockedChange(steps, step);
  const changed = change === 0 ? '' : `${plural(Math.abs(change), 'page')} ${change > 0 ? 'locked' : 'unlocked'}, `;
  const limit = Number.isFinite(steps.limit[i]!) ? ` of ${count(steps.limit[i]!)}` : ', no limit';
  return `${head.join(', ')}: ${changed}locked_vm ${count(steps.locked_vm[i]!)}${limit}.`;
}
