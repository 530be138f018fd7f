// Every check once passed and once failed, in the words that the page shows.
import { describe, expect, test } from 'vitest';
import * as ev from '../../../assembly/abi/event';
import * as sys from '../../../assembly/abi/sysno';
import type { KernelEvent } from '../../core/state';
import { BASE, machine, parse, at } from '../notation';
import { checkRow } from './checks';
import { contextOf, type Context } from './context';
import { failureSentence } from './sentence-fail';

const process = parse('|LLLL|');

function contextFor(nr: number, events: readonly KernelEvent[] = []): Context {
  const call = { nr, pid: 1, args: [BASE, 0x4000n, 0n, 0n, 0n, 0n], result: -12n };
  const state = machine(process);
  return contextOf({ step: 1, call, events, before: state, after: state, names: [], source: null, place: null })!;
}

function event(why: number, status: number, words: readonly (bigint | number)[]): KernelEvent {
  const [b = 0, c = 0, d = 0, e = 0, g = 0] = words.map(BigInt);
  return {
    kind: ev.EV_CHECK,
    status,
    a: BigInt(why),
    b: BigInt(b),
    c: BigInt(c),
    d: BigInt(d),
    e: BigInt(e),
    f: 12n,
    g: BigInt(g),
  };
}

const words = (nr: number, why: number, status: number, operands: readonly (bigint | number)[]): string => {
  const { name, numbers } = checkRow(contextFor(nr), event(why, status, operands));
  return `${name}: ${numbers}`;
};

type Case = [
  why: string,
  nr: number,
  passed: (bigint | number)[],
  good: string,
  failed: (bigint | number)[],
  bad: string,
];

const INFINITE = 2n ** 52n - 1n;
const { SYS_mlock, SYS_mlock2, SYS_mlockall, SYS_mmap, SYS_mprotect, SYS_mremap, SYS_madvise, SYS_brk } = sys;
// prettier-ignore
const CASES: Case[] = [
  ['WHY_FLAGS', SYS_mlock2, [1, 1], 'flags are known: MLOCK_ONFAULT within 0x1', [2, 1], 'flags are known: 0x2 is not within 0x1'],
  ['WHY_FLAGS', SYS_mlockall, [5, 7], 'flags are known: MCL_CURRENT|MCL_ONFAULT within 0x7', [4, 7], 'flags are known: MCL_ONFAULT has neither MCL_CURRENT nor MCL_FUTURE'],
  ['WHY_MAY_LOCK', SYS_mlock, [65536, 0], 'may lock at all: RLIMIT_MEMLOCK 65536 B is not 0', [0, 0], 'may lock at all: RLIMIT_MEMLOCK is 0 B, no CAP_IPC_LOCK'],
  ['WHY_FITS_LIMIT', SYS_mlock, [4, 11, 0, 16], 'fits the limit: 4 + 11 locked = 15 ≤ 16', [8, 13, 0, 16], 'fits the limit: 8 + 13 locked − 0 in range = 21 > 16'],
  ['WHY_FITS_LIMIT', SYS_mmap, [1, 0, 0, INFINITE], 'fits the limit: 1 + 0 locked = 1, RLIM_INFINITY', [2, 2, 0, 3], 'fits the limit: 2 + 2 locked = 4 > 3'],
  ['WHY_NO_WRAP', SYS_mlock, [BASE, 0x1000], 'end does not wrap: …fe7000 + 0x1000 = …fe8000', [BASE, 2n ** 64n - 4096n], 'end does not wrap: …fe7000 + 0xfffffffffffff000 = …fe6000, below the start'],
  ['WHY_VMA_AT', SYS_mlock, [at(1)], 'VMA at page 1: mapped', [at(2), at(3), at(4)], 'VMA at page 2: none: the next one starts at page 3'],
  ['WHY_MAP_COUNT', SYS_mlock, [14, 65530, at(2)], 'split at page 2: map_count 14 < 65530, now 15', [65530, 65530, at(2)], 'split at page 2: map_count 65530 ≥ 65530'],
  ['WHY_MAP_COUNT', SYS_mmap, [14, 65530], 'map_count fits: 14 ≤ 65530', [65531, 65530], 'map_count fits: 65531 > 65530'],
  ['WHY_MAP_COUNT', SYS_mremap, [14, 65530], 'map_count has room: 14 + 2 < 65530 − 3', [65525, 65530], 'map_count has room: 65525 + 2 ≥ 65530 − 3'],
  ['WHY_KILLABLE', SYS_mlock, [0], 'not killed: mmap_lock was free: no signal was looked at', [1], 'not killed: SIGKILL pending while waiting for mmap_lock'],
  ['WHY_POPULATE', SYS_mlock, [at(4), at(4)], 'populate: reached page 4, the end', [at(1), at(4), ev.CAUSE_EOF], 'populate: stopped at page 1: beyond the end of the file'],
  ['WHY_TOTAL_VM_FITS', SYS_mlockall, [264, 16, 1], 'total_vm fits the limit: total_vm 264, CAP_IPC_LOCK: no limit', [264, 16], 'total_vm fits the limit: total_vm 264 > 16'],
  ['WHY_ALIGNED', SYS_mprotect, [BASE], 'start is page aligned: …fe7000', [BASE + 100n], 'start is page aligned: …fe7064 is 100 B past a page'],
  ['WHY_LEN', SYS_mmap, [8192], 'length is usable: 8192 B', [2n ** 64n - 1n], 'length is usable: -1 rounds up to 0'],
  ['WHY_TASK_SIZE', SYS_mmap, [BASE, 4096], 'below TASK_SIZE: …fe7000 + 0x1000 ≤ 0x7ffffffff000', [0x7ffffffff000n, 4096], 'below TASK_SIZE: …fff000 + 0x1000 > 0x7ffffffff000'],
  ['WHY_MIN_ADDR', SYS_mmap, [0x10000, 4096], 'above mmap_min_addr: 0x10000 ≥ 4096', [0, 4096], 'above mmap_min_addr: 0x0 < 4096'],
  ['WHY_GAP', SYS_mmap, [16], 'a gap is free: 16 pages', [16], 'a gap is free: none of 16 pages'],
  ['WHY_NOREPLACE', SYS_mmap, [BASE], 'nothing is mapped there: …fe7000 is free', [BASE, BASE], 'nothing is mapped there: a VMA starts at …fe7000'],
  ['WHY_MAP_TYPE', SYS_mmap, [0x22], 'type and flags go together: MAP_PRIVATE|MAP_ANONYMOUS', [0x20], 'type and flags go together: MAP_ANONYMOUS do not'],
  ['WHY_RLIMIT_AS', SYS_mmap, [264, 8, 1024], 'fits RLIMIT_AS: 264 + 8 = 272 ≤ 1024', [264, 8, 270], 'fits RLIMIT_AS: 264 + 8 = 272 > 270'],
  ['WHY_RLIMIT_DATA', SYS_mmap, [56, 8, INFINITE], 'fits RLIMIT_DATA: 56 + 8 = 64, RLIM_INFINITY', [56, 8, 60], 'fits RLIMIT_DATA: 56 + 8 = 64 > 60'],
  ['WHY_FD', SYS_mmap, [3], 'fd is usable: fd 3', [0xffffffffn], 'fd is usable: fd -1 is not open'],
  ['WHY_FILE_ACCESS', SYS_mmap, [1, 1], 'file allows it: PROT_READ, MAP_SHARED', [3, 1], 'file allows it: PROT_READ|PROT_WRITE, MAP_SHARED: not with this fd'],
  ['WHY_MAY_PROT', SYS_mprotect, [0x70, 3], 'VMA may have it: PROT_READ|PROT_WRITE within mr mw me', [0x50, 2], 'VMA may have it: PROT_WRITE not within mr me'],
  ['WHY_PROT', SYS_mprotect, [0], 'protection is known: PROT_NONE', [0x40], 'protection is known: 0x40 is not'],
  ['WHY_ADVICE', SYS_madvise, [4], 'advice is known: MADV_DONTNEED', [99], 'advice is known: 99 is not'],
  ['WHY_ADVICE_VMA', SYS_madvise, [0x73, 4, at(0)], 'advice fits the VMA at page 0: MADV_DONTNEED', [0x2073, 4, at(2)], 'advice fits the VMA at page 2: MADV_DONTNEED on lo'],
  ['WHY_RESOURCE', sys.SYS_setrlimit, [8], 'resource is known: resource 8', [16], 'resource is known: 16 is none of 0 to 15'],
  ['WHY_SOFT_HARD', sys.SYS_setrlimit, [65536, 65536], 'soft is not above hard: 65536 B ≤ 65536 B', [2, 1], 'soft is not above hard: 2 B > 1 B'],
  ['WHY_HARD_RAISE', sys.SYS_setrlimit, [65536, 65536], 'hard limit is not raised: 65536 B ≤ 65536 B', [2, 1], 'hard limit is not raised: 2 B > 1 B, no CAP_SYS_RESOURCE'],
  ['WHY_BRK_RANGE', SYS_brk, [0x600000, 0x5ff000], 'not below start_brk: 0x600000 ≥ 0x5ff000', [0x5fe000, 0x5ff000], 'not below start_brk: 0x5fe000 < 0x5ff000'],
  ['WHY_BRK_GAP', SYS_brk, [0x600000, 0], 'room above the heap: 0x600000, nothing above', [0x600000, 0x600000], 'room above the heap: 0x600000, next VMA at 0x600000 is too near'],
  ['WHY_SEALED', SYS_mprotect, [BASE], 'not sealed: …fe7000', [BASE], 'not sealed: …fe7000 has sl'],
  ['WHY_MAY_SPLIT', SYS_mprotect, [BASE], 'VMA may be split: …fe7000', [BASE], 'VMA may be split: …fe7000 may not'],
  ['WHY_MREMAP_FLAGS', SYS_mremap, [3], 'flags go together: MREMAP_MAYMOVE|MREMAP_FIXED', [2], 'flags go together: MREMAP_FIXED do not, with these lengths'],
  ['WHY_OVERLAP', SYS_mremap, [at(0), at(8)], 'old and new do not overlap: …fe7000, …fef000', [at(0), at(1)], 'old and new do not overlap: …fe7000, …fe8000 do'],
  ['WHY_OLD_LEN', SYS_mremap, [0x81], 'old_len 0 on a shared mapping: rd ms', [0x3], 'old_len 0 on a shared mapping: no ms in rd wr'],
  ['WHY_IN_VMA', SYS_mremap, [at(2), at(4)], 'one VMA covers the old range: …fe9000 ≤ …feb000, its end', [at(5), at(4)], 'one VMA covers the old range: …fec000 > …feb000, its end'],
  ['WHY_MAY_EXPAND', SYS_mremap, [0x3], 'VMA may grow: no de, no pf', [0x40003], 'VMA may grow: de'],
  ['WHY_ROOM', SYS_mremap, [at(4), 0], 'room behind the VMA: …feb000, nothing above', [at(4), at(4)], 'room behind the VMA: …feb000, next VMA at …feb000 is in the way'],
  ['WHY_NOT_LOCKED', sys.SYS_msync, [0], 'no VM_LOCKED in the range: MS_INVALIDATE may go on', [at(1)], 'no VM_LOCKED in the range: lo at page 1'],
  ['WHY_PROCESS', sys.SYS_prlimit64, [2], 'process exists: pid 2', [9], 'process exists: no pid 9'],
  ['WHY_SHM_ID', sys.SYS_shmctl, [1], 'segment is known: id 1', [9], 'segment is known: no segment has id 9'],
  ['WHY_SHM_LIMIT', sys.SYS_shmctl, [4, 0, 16], 'fits the user’s limit: 4 + 0 of this user = 4 ≤ 16', [4, 16, 16], 'fits the user’s limit: 4 + 16 of this user = 20 > 16'],
  ['WHY_FILE_SIZE', sys.SYS_ftruncate, [4096, 8192], 'inside the file: 4096 B ≤ 8192 B', [9000, 8192], 'inside the file: 9000 B > 8192 B'],
  ['WHY_OLD_MAPPED', SYS_mremap, [BASE], 'old range is still mapped: …fe7000', [BASE], 'old range is still mapped: …fe7000 went with the destination'],
  ['WHY_SIM_MEMORY', SYS_mmap, [10, 20], 'simulated memory is there: 10 B ≤ 20 B', [20, 10], 'simulated memory is there: 20 B > 10 B'],
];

const numberOf = (name: string): number => (ev as unknown as Record<string, number>)[name]!;

describe('each check tells its numbers', () => {
  test.each(CASES)('%s of call %i', (name, nr, good, goodText, bad, badText) => {
    expect(words(nr, numberOf(name), ev.CHECK_PASSED, good)).toBe(goodText);
    expect(words(nr, numberOf(name), ev.CHECK_FAILED, bad)).toBe(badText);
  });

  test('none is left out', () => {
    const all = Object.keys(ev).filter((key) => key.startsWith('WHY_'));
    expect(all.filter((key) => !CASES.some(([name]) => name === key))).toEqual([]);
  });

  test.each(CASES)('%s of call %i has a sentence of its own when it fails', (name, nr, _good, _goodText, bad) => {
    const sentence = failureSentence(contextFor(nr, [event(numberOf(name), ev.CHECK_FAILED, bad)]));
    expect(sentence).not.toContain('gave ENOMEM');
    expect(sentence.endsWith('.')).toBe(true);
  });
});

test('CAP_IPC_LOCK lifts the limit and says so', () => {
  expect(words(SYS_mlock, ev.WHY_MAY_LOCK, ev.CHECK_PASSED, [0, 1])).toBe('may lock at all: CAP_IPC_LOCK is in effect');
  expect(words(SYS_mlock, ev.WHY_FITS_LIMIT, ev.CHECK_PASSED, [8, 13, 0, 16, 1])).toBe(
    'fits the limit: 8 + 13 locked = 21, CAP_IPC_LOCK: no limit',
  );
});

test.each([
  [ev.CAUSE_NO_VMA, 'Page 1 of the range is not mapped.'],
  [ev.CAUSE_PROT, 'Page 1 of the range has a protection that forbids the access.'],
  [ev.CAUSE_GUARD, 'Page 1 of the range is a guard.'],
  [ev.CAUSE_EOF, 'Page 1 of the range lies beyond the end of its file.'],
  [ev.CAUSE_PKEY, 'Page 1 of the range is execute-only, its protection key denies reading.'],
  [ev.CAUSE_SECRETMEM, 'Page 1 of the range belongs to memfd_secret, which lets nobody in.'],
  [ev.CAUSE_KILLED, 'Page 1 of the range met a pending SIGKILL.'],
  [ev.CAUSE_STACK, 'Page 1 of the range is below a stack that may not grow.'],
])('cause %i of a stopped populate', (cause, sentence) => {
  const stopped = event(ev.WHY_POPULATE, ev.CHECK_FAILED, [at(1), at(4), cause]);
  expect(failureSentence(contextFor(SYS_mlock, [stopped]))).toBe(`${sentence} All 4 pages stay VM_LOCKED.`);
});
