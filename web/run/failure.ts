// One sentence on why a call failed, for the mark under it in the text. The panel WHY has the whole story.
import {
  CHECK_FAILED,
  EV_CHECK,
  WHY_ALIGNED,
  WHY_FITS_LIMIT,
  WHY_FLAGS,
  WHY_HARD_RAISE,
  WHY_KILLABLE,
  WHY_LEN,
  WHY_MAP_COUNT,
  WHY_MAY_LOCK,
  WHY_NO_WRAP,
  WHY_NOREPLACE,
  WHY_POPULATE,
  WHY_SOFT_HARD,
  WHY_TOTAL_VM_FITS,
  WHY_VMA_AT,
} from '../../assembly/abi/event';
import { ERRNO_NAMES } from '../lang/constants';
import type { Machine } from './port';
import { strerror } from './strerror';

type Event = ReturnType<Machine['events']>[number];

const hex = (value: bigint): string => `0x${BigInt.asUintN(64, value).toString(16)}`;
const pages = (n: bigint): string => (n === 1n ? '1 page' : `${n} pages`);

const REASONS: Readonly<Record<number, (event: Event) => string>> = {
  [WHY_FLAGS]: () => 'The flags do not go together, or one is unknown.',
  [WHY_MAY_LOCK]: () => 'RLIMIT_MEMLOCK is 0 and CAP_IPC_LOCK is not in effect.',
  [WHY_FITS_LIMIT]: ({ b, c, d, e }) => `${pages(b + c - d)} would be locked; RLIMIT_MEMLOCK allows ${e}.`,
  [WHY_TOTAL_VM_FITS]: ({ b, c }) => `The address space has ${pages(b)}; RLIMIT_MEMLOCK allows ${c}.`,
  [WHY_NO_WRAP]: () => 'The range goes beyond the end of the address space.',
  [WHY_VMA_AT]: ({ b }) => `Nothing is mapped at ${hex(b)}.`,
  [WHY_MAP_COUNT]: ({ c }) => `There would be more than ${c} VMAs.`,
  [WHY_KILLABLE]: () => 'A fatal signal is pending.',
  [WHY_POPULATE]: ({ b }) => `The page at ${hex(b)} cannot be made present.`,
  [WHY_ALIGNED]: ({ b }) => `${hex(b)} is not a multiple of the page size.`,
  [WHY_LEN]: ({ b }) => `A length of ${b} cannot be used.`,
  [WHY_NOREPLACE]: ({ b }) => `Something is mapped at ${hex(b)}.`,
  [WHY_SOFT_HARD]: ({ b, c }) => `The soft limit ${b} is above the hard limit ${c}.`,
  [WHY_HARD_RAISE]: ({ c }) => `The hard limit is ${c}, and only CAP_SYS_RESOURCE raises it.`,
};

/** Says that a call failed, with which errno, and why as far as one sentence goes. */
export function failureMessage(name: string, errno: number, events: readonly Event[]): string {
  const errnoName = ERRNO_NAMES.get(errno) ?? `errno ${errno}`;
  const failed = events.findLast(({ kind, status }) => kind === EV_CHECK && status === CHECK_FAILED);
  const reason = failed && REASONS[Number(failed.a)]?.(failed);
  return `${name}() gave -1 ${errnoName}. ${reason ?? `${strerror(errno)}.`}`;
}
