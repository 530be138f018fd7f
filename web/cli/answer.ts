// What a recorded call gave back, in the words of the record.
import * as errno from '../../assembly/abi/errno';
import type { Bytes } from './bytes';

/** The result of a call; only fields that it has. */
export interface Answer {
  readonly ret?: number | string;
  readonly errno?: string;
  readonly touched?: number;
  readonly signal?: string;
  readonly code?: string;
  readonly fault_page?: string;
  readonly vec?: string;
  readonly limit?: number;
  readonly clamped?: boolean;
  readonly failed?: boolean;
  readonly lost?: boolean;
}

const ERRNO = new Map(
  Object.entries(errno)
    .filter(([name]) => name.startsWith('E'))
    .map(([name, number]) => [number, name]),
);

/** True for -errno and for the playground's own refusals below it. */
export const isError = (result: number): boolean => result < 0 && result >= -errno.EOUT_OF_MEMORY;

/** Writes the fields of a call that gives 0, a small number or -errno. */
export function writeAnswer(result: number, out: Bytes): void {
  if (result === 0) return out.text('"ret":0');
  if (!isError(result)) return out.text(`"ret":${result}`);
  out.text('"ret":-1,"errno":"');
  out.text(ERRNO.get(-result) ?? String(result));
  out.text('"');
}

/** Writes the fields of a call that gives an address or -errno. */
export function writeAddress(result: number, out: Bytes): void {
  if (isError(result)) return writeAnswer(result, out);
  out.text('"ret":"');
  out.hex(result >>> 0, Math.floor(result / 2 ** 32));
  out.text('"');
}

const SI_KERNEL = 128; // no address of the process at all
const SEGV: Readonly<Record<number, string>> = {
  [errno.SEGV_MAPERR]: 'SEGV_MAPERR',
  [errno.SEGV_ACCERR]: 'SEGV_ACCERR',
  [SI_KERNEL]: 'SI_KERNEL',
};

/** Names the signal of a touch and its code. */
export function signalFields(signal: number, code: number): Pick<Answer, 'signal' | 'code'> {
  if (signal === errno.SIGBUS) return { signal: 'SIGBUS', code: code === errno.BUS_ADRERR ? 'BUS_ADRERR' : '?' };
  return { signal: 'SIGSEGV', code: SEGV[code] ?? '?' };
}
