import * as ev from '../../../assembly/abi/event';
import * as sys from '../../../assembly/abi/sysno';
import { PAGE, pageUp, shortAddress } from '../address';
import { adviceText, mapFlagsText, mremapFlagsText, protText, signedText } from '../constants';
import { vmFlagLetters } from '../flags';
import { compare } from './checks-lock';
import { labelAt, pageText, type Context } from './context';
import type { Writer } from './writer';

const INFINITE = (1n << 52n) - 1n;

const fits = (used: bigint, more: bigint, limit: bigint, ok: boolean): string => {
  const sum = `${used} + ${more} = ${used + more}`;
  return limit >= INFINITE ? `${sum}, RLIM_INFINITY` : compare(sum, ok, limit);
};

const letters = (flags: bigint): string => vmFlagLetters(flags).join(' ');
const beyond = (address: bigint): string => (address === 0n ? 'nothing above' : `next VMA at ${shortAddress(address)}`);

/** What about a VMA an advice, or its absence, does not fit. */
function adviceObstacle(flags: bigint, advice: bigint): string {
  const lo = vmFlagLetters(flags).filter((word) => ['lo', 'io', 'pf', 'ht', 'dp', 'sh'].includes(word));
  return `${adviceText(advice)} on ${lo.length > 0 ? lo.join(' ') : `a VMA of ${letters(flags)}`}`;
}

/** A VMA that begins below the range is met at the range's start. */
const clamp = ({ range }: Context, address: bigint): bigint => (range && address < range.start ? range.start : address);

const alignedName = ({ call }: Context): string => {
  if (call.nr === sys.SYS_mmap) return 'address and offset are page aligned';
  return 'start is page aligned';
};

/** The checks of the calls that make, move, change or remove mappings. */
export const mapChecks: Readonly<Record<number, Writer>> = {
  [ev.WHY_ALIGNED]: ({ b }, context, ok) => {
    const rest = b % PAGE;
    return [alignedName(context), ok ? shortAddress(b) : `${shortAddress(b)} is ${rest} B past a page`];
  },
  [ev.WHY_LEN]: ({ b }, _context, ok) => {
    if (ok) return ['length is usable', `${signedText(b)} B`];
    return [
      'length is usable',
      pageUp(b) === 0n && b !== 0n ? `${signedText(b)} rounds up to 0` : `${signedText(b)} B`,
    ];
  },
  [ev.WHY_TASK_SIZE]: ({ b, c }, _context, ok) => {
    const sum = `${shortAddress(b)} + 0x${c.toString(16)}`;
    return ['below TASK_SIZE', compare(sum, ok, '0x7ffffffff000')];
  },
  [ev.WHY_MIN_ADDR]: ({ b, c }, _context, ok) => [
    'above mmap_min_addr',
    `${shortAddress(b)} ${b >= c ? '≥' : '<'} ${c}${ok && b < c ? ', CAP_SYS_RAWIO' : ''}`,
  ],
  [ev.WHY_GAP]: ({ b }, _context, ok) => ['a gap is free', ok ? `${b} pages` : `none of ${b} pages`],
  [ev.WHY_NOREPLACE]: ({ b, c }, _context, ok) => [
    'nothing is mapped there',
    ok ? `${shortAddress(b)} is free` : `a VMA starts at ${shortAddress(c)}`,
  ],
  [ev.WHY_MAP_TYPE]: ({ b }, _context, ok) => [
    'type and flags go together',
    `${mapFlagsText(b)}${ok ? '' : ' do not'}`,
  ],
  [ev.WHY_RLIMIT_AS]: ({ b, c, d }, _context, ok) => ['fits RLIMIT_AS', fits(b, c, d, ok)],
  [ev.WHY_RLIMIT_DATA]: ({ b, c, d }, _context, ok) => ['fits RLIMIT_DATA', fits(b, c, d, ok)],
  [ev.WHY_MAY_PROT]: ({ b, c }, _context, ok) => [
    'VMA may have it',
    `${protText(c)} ${ok ? 'within' : 'not within'} ${letters(b & 0x70n) || 'no VM_MAY*'}`,
  ],
  [ev.WHY_PROT]: ({ b }, _context, ok) => ['protection is known', `${protText(b)}${ok ? '' : ' is not'}`],
  [ev.WHY_ADVICE]: ({ b }, _context, ok) => ['advice is known', `${adviceText(b)}${ok ? '' : ' is not'}`],
  [ev.WHY_ADVICE_VMA]: ({ b, c, d }, context, ok) => [
    `advice fits ${d === 0n ? 'the VMA' : `the VMA at ${pageText(context, clamp(context, d))}`}`,
    ok ? adviceText(c) : adviceObstacle(b, c),
  ],
  [ev.WHY_BRK_RANGE]: ({ b, c }, _context, ok) => [
    'not below start_brk',
    `${shortAddress(b)} ${ok ? '≥' : '<'} ${shortAddress(c)}`,
  ],
  [ev.WHY_BRK_GAP]: ({ b, c }, _context, ok) => [
    'room above the heap',
    `${shortAddress(b)}, ${beyond(c)}${ok ? '' : ' is too near'}`,
  ],
  [ev.WHY_SEALED]: ({ b }, context, ok) => ['not sealed', `${labelAt(context, b)}${ok ? '' : ' has sl'}`],
  [ev.WHY_MAY_SPLIT]: ({ b }, context, ok) => [
    'VMA may be split',
    ok ? labelAt(context, b) : `${labelAt(context, b)} may not`,
  ],
  [ev.WHY_MREMAP_FLAGS]: ({ b }, _context, ok) => [
    'flags go together',
    `${mremapFlagsText(b)}${ok ? '' : ' do not, with these lengths'}`,
  ],
  [ev.WHY_OVERLAP]: ({ b, c }, _context, ok) => [
    'old and new do not overlap',
    `${shortAddress(b)}, ${shortAddress(c)}${ok ? '' : ' do'}`,
  ],
  [ev.WHY_OLD_LEN]: ({ b }, _context, ok) => [
    'old_len 0 on a shared mapping',
    ok ? letters(b) : `no ms in ${letters(b)}`,
  ],
  [ev.WHY_IN_VMA]: ({ b, c }, _context, ok) => [
    'one VMA covers the old range',
    compare(shortAddress(b), ok, `${shortAddress(c)}, its end`),
  ],
  [ev.WHY_MAY_EXPAND]: ({ b }, _context, ok) => ['VMA may grow', ok ? 'no de, no pf' : letters(b & 0x40400n)],
  [ev.WHY_ROOM]: ({ b, c }, _context, ok) => [
    'room behind the VMA',
    `${shortAddress(b)}, ${beyond(c)}${ok ? '' : ' is in the way'}`,
  ],
  [ev.WHY_OLD_MAPPED]: ({ b }, context, ok) => [
    'old range is still mapped',
    `${labelAt(context, b)}${ok ? '' : ' went with the destination'}`,
  ],
};
