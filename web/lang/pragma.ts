// What a scenario says of itself before its first call: #pragma lines.
import { CAPS_IPC_LOCK, CAPS_SYS_RAWIO, CAPS_SYS_RESOURCE } from '../../assembly/abi/cap';
import { IMAGE_EMPTY, IMAGE_GLIBC, IMAGE_STATIC } from '../../assembly/abi/image';
import {
  SYSCTL_BATCHES,
  SYSCTL_KERNEL_FIXED,
  SYSCTL_MAX_MAP_COUNT,
  SYSCTL_OVERCOMMIT_MEMORY,
  SYSCTL_SWAPPINESS,
} from '../../assembly/abi/sysctl';
import { RLIMIT_MEMLOCK, RLIMIT_STACK } from '../../assembly/abi/rlimit';
import { CONSTANTS } from './constants';
import type { Place, Range, Report } from './diagnostic';
import { parseMapping, type Mapping } from './mapping';
import type { PragmaLine } from './preprocess';

export interface Limit {
  readonly resource: number;
  /** Bytes; 2^64 - 1 is RLIM_INFINITY. */
  readonly soft: bigint;
  readonly hard: bigint;
}

/** A parameter of the machine; the place is where it is asked for. */
export interface Sysctl {
  /** SYSCTL_*. */
  readonly which: number;
  readonly value: number;
  readonly place: Place;
}

/** The machine and the process before step 1. */
export interface Boot {
  /** IMAGE_*. */
  readonly image: number;
  readonly mappings: readonly Mapping[];
  readonly limits: readonly Limit[];
  /** CAPS_* mask. */
  readonly caps: number;
  readonly sysctls: readonly Sysctl[];
  /** Pages of the swap area, all free. */
  readonly swap_pages: number;
}

const INFINITY = (1n << 64n) - 1n;
const MOST_SWAP = 1n << 44n;
const DEFAULT_HARD: Readonly<Record<number, bigint>> = { [RLIMIT_MEMLOCK]: 8n << 20n, [RLIMIT_STACK]: INFINITY };
const IMAGES: Readonly<Record<string, number>> = { static: IMAGE_STATIC, glibc: IMAGE_GLIBC, empty: IMAGE_EMPTY };
const CAPS: Readonly<Record<string, number>> = {
  CAP_IPC_LOCK: CAPS_IPC_LOCK,
  CAP_SYS_RESOURCE: CAPS_SYS_RESOURCE,
  CAP_SYS_RAWIO: CAPS_SYS_RAWIO,
};
const SYSCTLS: Readonly<Record<string, number>> = {
  'vm.max_map_count': SYSCTL_MAX_MAP_COUNT,
  'vm.overcommit_memory': SYSCTL_OVERCOMMIT_MEMORY,
  'vm.swappiness': SYSCTL_SWAPPINESS,
};
const KERNELS: Readonly<Record<string, number>> = { '6.18': 0, '6.18-fixed': 1 };

/** What may follow `#pragma`, for messages and completion. */
export const PRAGMAS: Readonly<Record<string, string>> = {
  process: '#pragma process static | glibc | empty',
  map: '#pragma map 7ffff7fe7000-7ffff7ff7000 rw-p 00000000 00:00 0',
  rlimit: '#pragma rlimit RLIMIT_MEMLOCK SOFT [HARD]',
  cap: '#pragma cap CAP_IPC_LOCK',
  sysctl: '#pragma sysctl vm.max_map_count 65530',
  kernel: '#pragma kernel 6.18',
  batches: '#pragma batches on | off',
  swap: '#pragma swap BYTES',
};

/** Bytes of the swap area where a scenario says nothing: a machine of today has one, and it is empty. */
export const DEFAULT_SWAP = 1n << 30n;

/** Reads the pragmas of a text. */
export function readPragmas(lines: readonly PragmaLine[], report: Report): Boot {
  let image: number | null = null;
  let caps = 0;
  const mappings: Mapping[] = [];
  const limits: Limit[] = [];
  const sysctls: Sysctl[] = [];
  let swap = DEFAULT_SWAP;
  for (const line of lines) {
    const [name = '', ...words] = line.text.split(/\s+/).filter((word) => word !== '');
    const write = Object.hasOwn(PRAGMAS, name) ? PRAGMAS[name]! : Object.values(PRAGMAS)[0]!;
    const wrong = (what: string): void => {
      report.error('pragma', line, `${what} Write \`${write}\`.`);
    };
    const set = (which: number, value: number): void => {
      sysctls.push({ which, value, place: report.lines.place(line) });
    };
    const only = (table: Readonly<Record<string, number>>): number | null => {
      const value = words.length === 1 && Object.hasOwn(table, words[0]!) ? table[words[0]!]! : null;
      if (value === null) wrong(`\`#pragma ${name}\` takes ${list(Object.keys(table))}.`);
      return value;
    };
    switch (name) {
      case 'process':
        image = only(IMAGES) ?? image;
        break;
      case 'map': {
        const mapping = parseMapping(line.text.replace(/^map\s*/, ''));
        if (typeof mapping === 'string') wrong(mapping);
        else if (mappings.some(({ start, end }) => start < mapping.end && mapping.start < end)) {
          report.error('pragma', line, 'This mapping overlaps an earlier one. Write ranges that do not.');
        } else mappings.push(mapping);
        break;
      }
      case 'rlimit': {
        const limit = readLimit(words);
        if (limit) limits.push(limit);
        else wrong('`#pragma rlimit` takes a resource and a number of bytes or RLIM_INFINITY.');
        break;
      }
      case 'cap':
        caps |= only(CAPS) ?? 0;
        break;
      case 'sysctl': {
        const which = Object.hasOwn(SYSCTLS, words[0] ?? '') ? SYSCTLS[words[0]!]! : null;
        if (which === null || words.length !== 2 || !/^\d{1,9}$/.test(words[1]!)) {
          wrong(`\`#pragma sysctl\` takes ${list(Object.keys(SYSCTLS))} and a number.`);
        } else set(which, Number(words[1]));
        break;
      }
      case 'kernel': {
        const fixed = only(KERNELS);
        if (fixed) set(SYSCTL_KERNEL_FIXED, fixed);
        break;
      }
      case 'batches': {
        const on = only({ on: 1, off: 0 });
        if (on !== null) set(SYSCTL_BATCHES, on);
        break;
      }
      case 'swap': {
        const size = words.length === 1 ? bytes(words[0]) : null;
        if (size === null || size > MOST_SWAP) wrong(`\`#pragma swap\` takes a number of bytes up to ${MOST_SWAP}.`);
        else swap = size;
        break;
      }
      default:
        unknown(name, line, report);
    }
  }
  const start = image ?? (mappings.length > 0 ? IMAGE_EMPTY : IMAGE_STATIC);
  const swap_pages = Number(swap >> 12n);
  const ordered = mappings.sort((a, b) => (a.start < b.start ? -1 : 1));
  return { image: start, mappings: ordered, limits, caps, sysctls, swap_pages };
}

function unknown(name: string, line: Range, report: Report): void {
  const known = list(Object.keys(PRAGMAS));
  report.error('pragma', line, `\`#pragma${name && ` ${name}`}\` is not known here. Write ${known}, or remove it.`);
}

const list = (names: readonly string[]): string =>
  names
    .map((name) => `\`${name}\``)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ');

function readLimit([name = '', soft, hard, ...more]: readonly string[]): Limit | null {
  const resource = /^RLIMIT_/.test(name) ? CONSTANTS.get(name) : undefined;
  const low = bytes(soft);
  const high = hard === undefined ? null : bytes(hard);
  if (!resource || low === null || (hard !== undefined && high === null) || more.length > 0) return null;
  const number = Number(resource.value);
  // Without a second value the hard limit stays, but never below the soft one.
  const stays = DEFAULT_HARD[number] ?? INFINITY;
  return { resource: number, soft: low, hard: high ?? (low > stays ? low : stays) };
}

function bytes(word: string | undefined): bigint | null {
  if (word === 'RLIM_INFINITY') return INFINITY;
  if (word === undefined || !/^(\d+|0[xX][\da-fA-F]+)[uUlL]*$/.test(word)) return null;
  const value = BigInt(word.replace(/[uUlL]+$/, ''));
  return value <= INFINITY ? value : null;
}
