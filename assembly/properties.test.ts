// What holds for every sequence of calls. A sequence that breaks it prints itself as a scenario.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHECK_FAILED, EV_CHECK } from './abi/event';
import { ENOT_MODELLED, EOUT_OF_MEMORY } from './abi/errno';
import { IMAGE_EMPTY, IMAGE_STATIC } from './abi/image';
import { MREMAP_DONTUNMAP, PROT_READ, VM_LOCKED } from './abi/mman';
import * as nr from './abi/sysno';
import { AREA, call, calls, execute, scenario, statement, type Call } from './testing/calls';
import { A, P, PRIVATE, SHARED, at, boot, kernel, len } from './testing/machine';

/** More of them, from another start: PROPERTY_RUNS=20000 PROPERTY_SEED=7 npx vitest run -c e2e/vitest.config.ts properties */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 150);
const SEED = Number(process.env['PROPERTY_SEED'] ?? 6018044);
const LENGTH = 50;
const SLOW = { timeout: RUNS * 400 };
const image = fc.constantFrom(IMAGE_EMPTY, IMAGE_STATIC);

/** The whole state as text: what two equal machines have in common. */
const picture = (): string =>
  JSON.stringify(kernel.state(), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/** Runs `check`; a failure carries the sequence as a scenario. */
function told(sequence: readonly Call[], check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${scenario(sequence)}\n`);
  }
}

const property = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void, numRuns = RUNS): void =>
  fc.assert(fc.property(arbitrary, check), { numRuns: Math.ceil(numRuns), seed: SEED });

describe('after every call', SLOW, () => {
  test('all invariants hold, and every failure has its reason', () => {
    property(fc.tuple(image, calls(LENGTH)), ([image, sequence]) => {
      boot(AREA, { image });
      sequence.forEach((one, i) =>
        told(sequence.slice(0, i + 1), () => {
          const result = execute(one);
          expect(kernel.verify(), 'invariant').toBe(0);
          if (result >= 0n || result < -4095n) return;
          const failed = kernel.events().filter(({ kind, status }) => kind === EV_CHECK && status === CHECK_FAILED);
          expect(failed.length, `a failed check of ${statement(one)}`).toBeGreaterThan(0);
          expect(failed.every(({ a, f }) => a > 0n && f > 0n)).toBe(true);
        }),
      );
    });
  });

  test('locked_vm is the sum of the locked VMAs, while nothing was left behind by MREMAP_DONTUNMAP', () => {
    const leaks = ({ nr: number, args }: Call): boolean =>
      number === nr.SYS_mremap && (Number(args[3]) & MREMAP_DONTUNMAP) !== 0;
    property(calls(LENGTH), (sequence) => {
      boot(AREA);
      const done = sequence.filter((one) => !leaks(one));
      told(done, () => {
        done.forEach(execute);
        for (const { counters, vmas } of kernel.state().processes) {
          const locked = vmas.filter(({ vm_flags }) => vm_flags & BigInt(VM_LOCKED));
          const pages = locked.reduce((sum, { vm_start, vm_end }) => sum + Number((vm_end - vm_start) / P), 0);
          expect(counters.locked_vm).toBe(pages);
        }
      });
    });
  });

  test('a result is a value, an errno, or one of our own two answers', () => {
    const ours = [-ENOT_MODELLED, -EOUT_OF_MEMORY].map(BigInt);
    property(calls(LENGTH), (sequence) => {
      boot(AREA);
      told(sequence, () => {
        for (const one of sequence) {
          const result = execute(one);
          expect(result >= -133n || ours.includes(result), `${statement(one)} = ${result}`).toBe(true);
        }
      });
    });
  });
});

describe('lock and unlock', SLOW, () => {
  test('of any part of untouched memory give the same VMAs back', () => {
    const kind = fc.constantFrom<[number, number]>([PRIVATE, 3], [PRIVATE, PROT_READ], [PRIVATE, 0], [SHARED, 3]);
    const part = fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 10 }), fc.boolean());
    property(fc.tuple(kind, fc.array(part, { minLength: 1, maxLength: 6 })), ([[flags, prot], parts]) => {
      const m = boot(10);
      m.mmap(0, 10, { flags, prot });
      const before = m.vmas.map(({ vm_start, vm_end, vm_flags, vm_pgoff }) => ({
        vm_start,
        vm_end,
        vm_flags,
        vm_pgoff,
      }));
      for (const [page, n] of parts) {
        m.mlock2(page, Math.min(n, 10 - page));
        m.munlock(page, Math.min(n, 10 - page));
        expect(m.vmas).toMatchObject(before);
        expect(m.vmas.length).toBe(1);
      }
      parts.forEach(([page, n]) => m.mlock2(page, Math.min(n, 10 - page)));
      m.munlock(0, 10);
      expect(m.vmas).toMatchObject(before);
      expect(m.vmas.length).toBe(1);
    });
  });

  test('a plain lock of one untouched mapping, populated or not, heals as well', () => {
    property(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 10 })), ([page, n]) => {
      const m = boot(10);
      m.mmap(0, 10);
      m.mlock(page, Math.min(n, 10 - page));
      m.munlock(page, Math.min(n, 10 - page));
      expect(m.vmas.length).toBe(1);
    });
  });

  test('a lock over the limit changes nothing', () => {
    const lock = fc.tuple(fc.nat(AREA - 1), fc.integer({ min: 0, max: AREA }), fc.boolean());
    property(fc.tuple(calls(30, [nr.SYS_exit, nr.SYS_kill]), lock), ([sequence, [page, n, onFault]]) => {
      const m = boot(AREA);
      sequence.forEach(execute);
      m.capable(false);
      m.limit(1);
      const { locked_vm } = m.process.counters;
      const before = picture();
      const result = m.raw(nr.SYS_mlock2, at(page), len(n), onFault ? 1 : 0);
      if (locked_vm + n === 0) return;
      if (result === -12n && m.events.some(({ a, status }) => a === 3n && status === CHECK_FAILED))
        told(sequence, () => expect(picture()).toBe(before));
    });
  });
});

describe('time travel', SLOW, () => {
  test('from any snapshot, replay gives every later state again', () => {
    const run = fc.tuple(calls(30), fc.nat(29));
    property(
      run,
      ([sequence, from]) => {
        boot(AREA);
        const base = kernel.frames;
        const first = from % sequence.length;
        const pictures: string[] = [];
        let snapshot = kernel.snapshot();
        sequence.forEach((one, i) => {
          if (i === first) snapshot = kernel.snapshot();
          execute(one);
          pictures.push(picture());
        });
        told(sequence, () => {
          kernel.restore(snapshot);
          for (let i = first; i < sequence.length; i++) {
            kernel.replay(base + i, 1);
            expect(picture(), `step ${i}`).toBe(pictures[i]);
            expect(kernel.verify()).toBe(0);
          }
          kernel.restore(snapshot);
          kernel.replay(base + first, sequence.length - first);
          expect(picture()).toBe(pictures.at(-1));
        });
      },
      RUNS / 3,
    );
  });

  test('a log alone is enough: the same results, the same state', () => {
    property(
      calls(LENGTH),
      (sequence) => {
        boot(AREA);
        const results = sequence.map(execute);
        const end = picture();
        const log = kernel.log();
        kernel.reset();
        kernel.loadLog(log);
        kernel.replay(0, kernel.frames);
        told(sequence, () => expect(picture()).toBe(end));
        boot(AREA);
        expect(sequence.map(execute)).toEqual(results);
      },
      RUNS / 3,
    );
  });
});

test('a sequence prints as a scenario', () => {
  const one = (number: number, ...args: (bigint | number)[]): Call => ({ pid: 1, nr: number, args: args.map(BigInt) });
  const text = scenario([
    one(nr.SYS_mlock2, A + 2n * P, 4096, 1),
    one(nr.SYS_munlock, A + 1n, (1n << 64n) - 1n),
    { ...one(nr.SYS_mlockall, 3), pid: 2 },
    one(nr.P_touch_write, A, P),
    one(nr.P_rlimit, 8, 4096, 8192),
  ]);
  expect(text.split('\n').slice(2)).toEqual([
    'mlock2(p + 2 * PAGE_SIZE, 4096, 1);',
    'munlock(p + 1, -1);',
    'mlockall(3); // process 2',
    'touch_write(p, 4096);',
    'setrlimit(8, &(struct rlimit){ 4096, 8192 });',
  ]);
  expect(fc.sample(call(), { numRuns: 50, seed: 1 }).map(statement).join('\n')).not.toMatch(/syscall_|undefined/);
});
