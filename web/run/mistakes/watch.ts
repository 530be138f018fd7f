// Looks over the shoulder of a run for the classic mistakes with locks. What it says is known from the calls' own
// numbers and the state they met, never from how the text looks:
//   lock-after-write    written while not locked, locked later
//   shared-page         two ranges of bytes locked in one page
//   unlocks-neighbour   munlock of one of them unlocks the other
//   munlock-short       less unlocked than was locked there, and the rest stays
//   future-cancelled    mlockall without MCL_FUTURE ends an earlier MCL_FUTURE
//   unchecked-lock      failed, and nobody looked
//   nothing-locked      length 0
//   onfault-untouched   MLOCK_ONFAULT, and nothing was faulted in
//   map-locked-absent   MAP_LOCKED succeeded without its pages
//   fork-unlocked       a child that works on memory without locks of its own
//   limit-in-pages      an RLIMIT_MEMLOCK of less than a page
import { MAP_LOCKED, MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT, VM_LOCKED } from '../../../assembly/abi/mman';
import { STAT_LOCKED_VM } from '../../../assembly/abi/layout';
import { RLIMIT_MEMLOCK } from '../../../assembly/abi/rlimit';
import * as sys from '../../../assembly/abi/sysno';
import type { Place } from '../model';
import { placeOf } from '../place';
import type { Machine } from '../port';
import type { Finding, Mend } from './finding';
import { Locks } from './locks';

const PAGE = 4096;
/** Findings of one run, and things remembered of one process: a run of 100,000 steps stays fast. */
const MOST = 100;

interface Written {
  start: number;
  end: number;
  readonly place: Place;
}

/** What is remembered of one process. */
interface Life {
  readonly locks: Locks;
  readonly written: Written[];
  /** mlockall with MCL_FUTURE is in force since. */
  future: Place | null;
  /** Lock-on-fault ranges that nothing has touched. */
  waiting: { readonly start: number; readonly end: number; readonly place: Place; readonly all: boolean }[];
  /** Where it was forked from a process with locks. */
  readonly born: { readonly place: Place; readonly future: boolean } | null;
  works: boolean;
  asksForLocks: boolean;
}

/** Is told of each call of a run and remembers what looks like a mistake. */
export class Watch {
  readonly #findings = new Map<string, Finding>();
  readonly #lives = new Map<number, Life>();

  constructor(readonly machine: Machine) {}

  /** Takes note of a call that the machine has just made. */
  see(place: Place, pid: number, nr: number, args: readonly (number | bigint)[], result: number): void {
    const life = this.#life(pid);
    const start = unsigned(args[0]);
    const len = unsigned(args[1]);
    switch (nr) {
      case sys.SYS_mlock:
      case sys.SYS_mlock2:
        life.asksForLocks = true;
        if (result < 0) this.#unchecked(place);
        else this.#locked(life, pid, place, start, len, nr === sys.SYS_mlock2 && Boolean(args[2]));
        return;
      case sys.SYS_munlock:
        if (result >= 0) this.#unlocked(life, place, start, len);
        return;
      case sys.SYS_mlockall:
        life.asksForLocks = true;
        if (result < 0) this.#unchecked(place);
        else this.#lockedAll(life, place, Number(args[0] ?? 0));
        return;
      case sys.SYS_munlockall:
        life.future = null;
        life.locks.clear();
        return;
      case sys.SYS_munmap:
        if (result >= 0) forget(life, start, start + len);
        return;
      case sys.SYS_mmap:
        if (result >= 0) this.#mapped(life, pid, place, result, len, Number(args[3] ?? 0));
        return;
      case sys.SYS_fork:
        if (result > 0) this.#forked(life, place, result);
        return;
      case sys.SYS_setrlimit:
        if (result >= 0) this.#limited(place, start, len);
        return;
      case sys.SYS_prlimit64:
        if (result >= 0 && args[2]) this.#limited(place, len, unsigned(args[3]));
        return;
      case sys.P_touch_write:
      case sys.P_store:
        if (result === 0) this.#written(life, pid, place, start, len);
        return this.#touched(life, start, len);
      case sys.P_touch_read:
      case sys.P_load:
        return this.#touched(life, start, len);
    }
  }

  /** What was found, once the run has ended. */
  findings(): readonly Finding[] {
    for (const life of this.#lives.values()) {
      for (const { place, of, pages } of life.locks.left()) {
        const rest = pages === 1 ? '1 page stays' : `${pages} pages stay`;
        this.#say(
          'munlock-short',
          'warning',
          place,
          `This unlocks less than line ${of.line} locked here: ${rest} locked. Write the same length.`,
          { kind: 'copy', argument: 1, of: of.from, title: `The length of line ${of.line}` },
        );
      }
      for (const { place, all } of life.waiting) {
        this.#say(
          'onfault-untouched',
          'hint',
          place,
          'Nothing touches these pages later, so none of them is made present: ONFAULT locks a page when it is faulted in. Without it the call itself brings the pages.',
          all ? null : { kind: 'replace', argument: 2, insert: '0', title: 'Bring the pages now: flags 0' },
        );
      }
      const { born } = life;
      if (born && life.works && !life.asksForLocks) {
        const what = born.future ? 'Neither locks nor MCL_FUTURE are' : 'Locks are not';
        const message = `${what} inherited: the child works on memory that can be swapped out. Call mlockall in the child.`;
        this.#say('fork-unlocked', 'hint', born.place, message, null);
      }
    }
    return [...this.#findings.values()];
  }

  #life(pid: number): Life {
    let life = this.#lives.get(pid);
    if (!life) this.#lives.set(pid, (life = fresh(null)));
    return life;
  }

  #say(code: string, severity: Finding['severity'], place: Place, message: string, mend: Mend | null): void {
    const key = `${code} ${place.from}`;
    if (this.#findings.size < MOST && !this.#findings.has(key))
      this.#findings.set(key, { code, severity, place: placeOf(place), message, mend });
  }

  #unchecked(place: Place): void {
    const message =
      'This failed, and nobody looks: the program goes on as if its memory were locked. Look at the result.';
    this.#say('unchecked-lock', 'hint', place, message, { kind: 'check' });
  }

  #locked(life: Life, pid: number, place: Place, start: number, len: number, onFault: boolean): void {
    if (len === 0 && start % PAGE === 0) {
      const message = 'A length of 0 locks nothing, and the call succeeds. Write the length in bytes.';
      return this.#say('nothing-locked', 'hint', place, message, null);
    }
    const end = start + (len || 1);
    const other = life.locks.add(start, end, place);
    if (other) {
      this.#say(
        'shared-page',
        'hint',
        place,
        `Line ${other.line} has locked other bytes in this page. Locks do not stack: one munlock unlocks both. Give each secret a page of its own.`,
        null,
      );
    }
    const before = life.written.find((one) => one.start < end && start < one.end);
    if (before) {
      this.#say(
        'lock-after-write',
        'hint',
        place,
        `Line ${before.place.line} wrote here before it was locked: until now these pages could be swapped out. Lock first, write then.`,
        { kind: 'before', of: before.place.from },
      );
    }
    if (onFault && life.waiting.length < MOST && this.machine.page_flags(pid, BigInt(end - 1)) === 0n)
      life.waiting.push({ start: start - (start % PAGE), end, place, all: false });
  }

  #unlocked(life: Life, place: Place, start: number, len: number): void {
    if (len === 0 && start % PAGE === 0) {
      const message = 'A length of 0 unlocks nothing, and the call succeeds. Write the length in bytes.';
      return this.#say('nothing-locked', 'hint', place, message, null);
    }
    const other = life.locks.remove(start, start + (len || 1), place);
    if (!other) return;
    this.#say(
      'unlocks-neighbour',
      'warning',
      place,
      `This unlocks the whole page, and what line ${other.line} locked in it too. Give each secret a page of its own.`,
      null,
    );
  }

  #lockedAll(life: Life, place: Place, flags: number): void {
    if (life.future && flags & MCL_CURRENT && !(flags & MCL_FUTURE)) {
      this.#say(
        'future-cancelled',
        'warning',
        place,
        `Without MCL_FUTURE this call ends the MCL_FUTURE of line ${life.future.line}: what is mapped from now on is not locked. Write both flags.`,
        { kind: 'append', argument: 0, insert: ' | MCL_FUTURE', title: 'Add MCL_FUTURE' },
      );
    }
    life.future = flags & MCL_FUTURE ? place : null;
    if (flags & MCL_ONFAULT && life.waiting.length < MOST)
      life.waiting.push({ start: 0, end: Infinity, place, all: true });
    else life.waiting = life.waiting.filter(({ all }) => !all);
  }

  #mapped(life: Life, pid: number, place: Place, start: number, len: number, flags: number): void {
    forget(life, start, start + len);
    if (!(flags & MAP_LOCKED) || this.machine.page_flags(pid, BigInt(start + len - 1)) !== 0n) return;
    this.#say(
      'map-locked-absent',
      'hint',
      place,
      'MAP_LOCKED is no guarantee: mmap has succeeded, and its pages are not present. Only mlock tells that it could not bring them.',
      null,
    );
  }

  #forked(life: Life, place: Place, child: number): void {
    const hasLocks = this.machine.stat(STAT_LOCKED_VM) > 0 || life.future !== null;
    this.#lives.set(child, fresh(hasLocks ? { place, future: life.future !== null } : null));
  }

  #limited(place: Place, resource: number, soft: number): void {
    if (resource !== RLIMIT_MEMLOCK || soft === 0 || soft >= PAGE) return;
    const message = `RLIMIT_MEMLOCK counts bytes: ${soft} is less than a page, so nothing can be locked. Write a number of bytes, as in ${soft} * PAGE_SIZE.`;
    this.#say('limit-in-pages', 'hint', place, message, null);
  }

  #written(life: Life, pid: number, place: Place, start: number, len: number): void {
    if (life.written.length >= MOST || this.machine.vma_flags(pid, BigInt(start)) & BigInt(VM_LOCKED)) return;
    const end = start + (len || 1);
    const last = life.written.at(-1);
    if (last && last.place.from === place.from && last.start <= end && start <= last.end) {
      if (start < last.start) last.start = start;
      if (end > last.end) last.end = end;
    } else life.written.push({ start, end, place });
  }

  #touched(life: Life, start: number, len: number): void {
    life.works = true;
    if (life.waiting.length === 0) return;
    const end = start + (len || 1);
    life.waiting = life.waiting.filter((one) => end <= one.start || one.end <= start);
  }
}

const unsigned = (value: number | bigint = 0): number =>
  typeof value === 'number' && value >= 0 ? value : Number(BigInt.asUintN(64, BigInt(value)));

const fresh = (born: Life['born']): Life => ({
  locks: new Locks(),
  written: [],
  future: null,
  waiting: [],
  born,
  works: false,
  asksForLocks: false,
});

/** What was there is gone: nothing that was said of it holds. */
function forget(life: Life, start: number, end: number): void {
  life.locks.unmap(start, end);
  if (life.written.length === 0) return;
  const kept = life.written.filter((one) => end <= one.start || one.end <= start);
  life.written.splice(0, life.written.length, ...kept);
}
