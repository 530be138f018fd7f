// What a recorded call gave back, in the words of the record.
import * as errno from '../../assembly/abi/errno';

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
export const isError = (result: bigint): boolean => result < 0n && result >= BigInt(-errno.EOUT_OF_MEMORY);

/** Writes the result of a call that gives 0, a small number or -errno. */
export function answered(result: bigint): Answer {
  if (!isError(result)) return { ret: Number(result) };
  return { ret: -1, errno: ERRNO.get(Number(-result)) ?? String(-result) };
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

/** Writes the fields as they stand between the braces of an object; none of them needs an escape. */
export function answerText(answer: Answer): string {
  let text = '';
  for (const [name, value] of Object.entries(answer)) {
    text += `${text === '' ? '' : ','}"${name}":${typeof value === 'string' ? `"${value}"` : value}`;
  }
  return text;
}
