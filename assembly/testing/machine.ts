// Tests write address spaces as drawings (web/run/draw.ts explains the letters) and calls as methods:
//
//   const m = map('|rrr|');
//   expect(m.mlock(1)).toBe('|r|L|r|');        a call returns the drawing that it leaves
//   expect(m.mlock(2, 2)).toBe('ENOMEM |r|LL|'); behind the errno when it failed
//
// Pages are counted from the start of one area; everything above and below it is unmapped in the empty image.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as errno from '../abi/errno';
import { CAPS_IPC_LOCK } from '../abi/cap';
import { IMAGE_EMPTY } from '../abi/image';
import * as mman from '../abi/mman';
import { RLIMIT_MEMLOCK } from '../abi/rlimit';
import * as nr from '../abi/sysno';
import { compileCore, instantiate } from '../../web/core/boot';
import { Kernel } from '../../web/core/kernel';
import type { KernelEvent, Process, State, Vma } from '../../web/core/state';
import { draw } from '../../web/run/draw';
import { vmFlagLetters } from '../../web/run/flags';

const core = compileCore(readFileSync(resolve(import.meta.dirname, '../../build/core.wasm')));

/** The one machine of a test file; map() and boot() empty it. */
export const kernel = new Kernel(instantiate(core));

export const P = 4096n;
/** Page 0 of the area. */
export const A = 0x1_0000_0000n;
export const RW = mman.PROT_READ | mman.PROT_WRITE;
export const PRIVATE = mman.MAP_PRIVATE | mman.MAP_ANONYMOUS;
export const SHARED = mman.MAP_SHARED | mman.MAP_ANONYMOUS;

const names = new Map(
  Object.entries(errno)
    .filter(([name]) => name.startsWith('E'))
    .map(([name, number]) => [-number, name]),
);

/** The errno name of a result, or null for a value. */
export const errnoOf = (result: bigint): string | null => names.get(Number(result)) ?? null;

export interface Start {
  readonly image?: number;
  readonly caps?: number;
  /** Soft RLIMIT_MEMLOCK in bytes. */
  readonly memlock?: number;
}

export interface MmapOptions {
  readonly prot?: number;
  readonly flags?: number;
  readonly fd?: number;
  /** Page offset in the file. */
  readonly at?: number;
}

/** One process, seen through one area. */
export class Machine {
  constructor(
    /** Pages that drawings show. */
    readonly size: number,
    readonly pid = 1,
  ) {}

  /** Executes a call with addresses and lengths in bytes. */
  raw(number: number, ...args: (bigint | number)[]): bigint {
    const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n] = args.map(BigInt);
    return kernel.syscall(this.pid, number, a, b, c, d, e, f);
  }

  /** As raw(), with the result as text: an errno name, or the value. */
  try(number: number, ...args: (bigint | number)[]): string {
    const result = this.raw(number, ...args);
    return errnoOf(result) ?? String(result);
  }

  /** As raw(), with the drawing behind the errno. */
  draw(number: number, ...args: (bigint | number)[]): string {
    const error = errnoOf(this.raw(number, ...args));
    return error ? `${error} ${this.drawing}` : this.drawing;
  }

  mlock = (page: number, n = 1): string => this.draw(nr.SYS_mlock, at(page), len(n));
  mlock2 = (page: number, n = 1, flags = mman.MLOCK_ONFAULT): string =>
    this.draw(nr.SYS_mlock2, at(page), len(n), flags);
  munlock = (page: number, n = 1): string => this.draw(nr.SYS_munlock, at(page), len(n));
  mlockall = (flags: number): string => this.draw(nr.SYS_mlockall, flags);
  munlockall = (): string => this.draw(nr.SYS_munlockall);
  munmap = (page: number, n = 1): string => this.draw(nr.SYS_munmap, at(page), len(n));
  mprotect = (page: number, n: number, prot: number): string => this.draw(nr.SYS_mprotect, at(page), len(n), prot);
  madvise = (page: number, n: number, advice: number): string => this.draw(nr.SYS_madvise, at(page), len(n), advice);
  msync = (page: number, n: number, flags: number): string => this.draw(nr.SYS_msync, at(page), len(n), flags);
  mremap = (page: number, n: number, to: number, flags = 0, place = 0): string =>
    this.draw(nr.SYS_mremap, at(page), len(n), len(to), flags, at(place));
  ftruncate = (fd: number, pages: number): string => this.draw(nr.SYS_ftruncate, fd, len(pages));

  /** mmap at a page of the area (MAP_FIXED), private anonymous RW by default. */
  mmap(page: number, n = 1, { prot = RW, flags = PRIVATE, fd = -1, at: offset = 0 }: MmapOptions = {}): string {
    return this.draw(nr.SYS_mmap, at(page), len(n), prot, flags | mman.MAP_FIXED, fd, len(offset));
  }

  /** Touches one byte of each page: the drawing, behind the signal and its code if one was raised. */
  read = (page: number, n = 1): string => this.#touch(nr.P_touch_read, page, n);
  write = (page: number, n = 1): string => this.#touch(nr.P_touch_write, page, n);

  #touch(number: number, page: number, n: number): string {
    const signal = Number(this.raw(number, at(page), len(n)));
    if (signal === 0) return this.drawing;
    return `${signal === errno.SIGBUS ? 'SIGBUS' : 'SIGSEGV'} ${kernel.out(1)} ${this.drawing}`;
  }

  /** A memfd of so many pages; returns its descriptor. */
  memfd(pages: number): number {
    const fd = Number(this.raw(nr.SYS_memfd_create, 0));
    this.raw(nr.SYS_ftruncate, fd, len(pages));
    return fd;
  }

  /** Soft RLIMIT_MEMLOCK in bytes. */
  limit(bytes: number): this {
    this.raw(nr.P_rlimit, RLIMIT_MEMLOCK, bytes, 8 << 20);
    return this;
  }

  capable(on = true): this {
    this.raw(nr.P_capset, on ? CAPS_IPC_LOCK : 0);
    return this;
  }

  /** fork(): the child. */
  fork(): Machine {
    return new Machine(this.size, Number(this.raw(nr.SYS_fork)));
  }

  get state(): State {
    return kernel.state();
  }

  get process(): Process {
    return this.state.processes.find(({ pid }) => pid === this.pid)!;
  }

  get drawing(): string {
    return draw(this.process, A, A + len(this.size));
  }

  get locked_vm(): number {
    return this.process.counters.locked_vm;
  }

  /** VMAs that touch the area. */
  get vmas(): readonly Vma[] {
    return this.process.vmas.filter(({ vm_start, vm_end }) => vm_end > A && vm_start < A + len(this.size));
  }

  /** VmFlags of the VMA at a page, as smaps prints them. */
  flags(page: number): string {
    return vmFlagLetters(kernel.vma_flags(this.pid, at(page))).join(' ');
  }

  /** The word of /proc/kpageflags in hex, after the batches; "absent" for none. */
  kpf(page: number): string {
    const word = kernel.page_flags(this.pid, at(page));
    return word === 0n ? 'absent' : `0x${word.toString(16)}`;
  }

  /** mlock_count of the page's folio. */
  count(page: number): number {
    const extent = this.process.extents.find(
      ({ start, nr_pages }) => start <= at(page) && at(page) < start + len(nr_pages),
    );
    return extent?.mlock_count ?? 0;
  }

  get events(): readonly KernelEvent[] {
    return kernel.events();
  }
}

/** Address of a page of the area. */
export const at = (page: number): bigint => A + BigInt(page) * P;
/** Bytes of n pages. */
export const len = (n: number): bigint => BigInt(n) * P;

/** An empty machine with one process: 8 MiB RLIMIT_MEMLOCK, no capability. */
export function boot(size = 16, { image = IMAGE_EMPTY, caps = 0, memlock }: Start = {}): Machine {
  kernel.reset();
  const m = new Machine(size);
  m.raw(nr.P_start, image);
  if (caps) m.raw(nr.P_capset, caps);
  if (memlock !== undefined) m.limit(memlock);
  return m;
}

/** A machine whose area looks like the drawing: r R l L o O n N Z, `.` and `|`. Private anonymous RW (n, N: PROT_NONE). */
export function map(drawing: string, start: Start = {}): Machine {
  const letters = [...drawing.replaceAll('|', '')];
  const m = boot(letters.length, start);
  m.limit(8 << 20);
  for (let from = 0; from < letters.length;) {
    let end = from;
    while (end < letters.length && (letters[end] === '.') === (letters[from] === '.')) end++;
    if (letters[from] !== '.') m.mmap(from, end - from);
    from = end;
  }
  letters.forEach((letter, page) => {
    if (letter === 'Z') m.read(page);
    else if ('RLN'.includes(letter)) m.write(page);
  });
  letters.forEach((letter, page) => {
    if (letter === 'l') m.raw(nr.P_pending_signal, errno.SIGKILL); // marks the VMA, populates nothing
    if ('lLoO'.includes(letter)) m.mlock2(page, 1, 'oO'.includes(letter) ? mman.MLOCK_ONFAULT : 0);
    if ('nN'.includes(letter)) m.mprotect(page, 1, mman.PROT_NONE);
    if (letter === 'O') m.write(page);
  });
  if (start.memlock !== undefined) m.limit(start.memlock);
  if (m.drawing !== drawing) throw new Error(`map('${drawing}') cannot be made like this: it is ${m.drawing}`);
  return m;
}
