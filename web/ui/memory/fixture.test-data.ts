// Steps of the first example as values, from drawings: what the pure parts of the picture are tested with.
import * as layout from '../../../assembly/abi/layout';
import {
  VM_DONTDUMP,
  VM_DONTEXPAND,
  VM_EXEC,
  VM_IO,
  VM_MAYEXEC,
  VM_MAYREAD,
  VM_PFNMAP,
  VM_READ,
} from '../../../assembly/abi/mman';
import type { Process, Vma } from '../../core/state';
import { diff } from '../../run/diff';
import type { CallRange, Named, StepView, Why } from '../../run/model';
import { at, machine, parse, RW } from '../../run/notation';
import { sceneOf, type Scene } from './scene';

const READ = BigInt(VM_READ | VM_MAYREAD | VM_MAYEXEC);
const VVAR = READ | BigInt(VM_PFNMAP | VM_IO | VM_DONTEXPAND | VM_DONTDUMP);

function vma(id: number, vm_start: bigint, nr_pages: number, name: number, vm_flags: bigint): Vma {
  const vm_end = vm_start + BigInt(nr_pages) * 4096n;
  return { id, vm_start, vm_end, vm_flags, vm_pgoff: 0n, name, file: 0, anon_vma: 0, rss: 0, pss: 0 };
}

const PROGRAM = [
  vma(101, 0x400000n, 120, layout.NAME_TEXT, READ | BigInt(VM_EXEC)),
  vma(102, 0x478000n, 40, layout.NAME_RODATA, READ),
  vma(103, 0x4a0000n, 7, layout.NAME_DATA, RW),
];
const HIGH = [
  vma(111, at(16), 4, layout.NAME_VVAR, VVAR),
  vma(112, at(20), 4, layout.NAME_VDSO, READ | BigInt(VM_EXEC | VM_DONTEXPAND)),
  vma(113, 0x7ffffffde000n, 33, layout.NAME_STACK, RW),
];

/** A process of the static image with a drawing from `buf` on; at most 16 pages. */
export function withImage(drawing: string): Process {
  const process = parse(drawing);
  return { ...process, vmas: [...PROGRAM, ...process.vmas, ...HIGH] };
}

/** `buf`, 16 pages. */
export const BUF: Named = { name: 'buf', start: at(0), end: at(16), step: 1 };

const WHY: Why = {
  call: 'mlock(buf, 65536)',
  result: '-1 ENOMEM',
  failed: true,
  not_atomic: true,
  sentence: 'Page 10 of the range is not mapped. The 10 pages before it stay locked.',
  checks: [],
  effects: [],
  changes: [],
  accounts: [],
  fixes: [],
};

/** A step from one drawing to another. */
export function stepFrom(before: Process, after: Process, range: CallRange | null = null): StepView {
  const states = { before: machine(before), after: machine(after) };
  return {
    step: 9,
    pid: 1,
    against: null,
    ...states,
    events: [],
    diff: diff(before, after),
    why: WHY,
    range,
    drawing: '',
  };
}

/** The scene of a step from one drawing to another. */
export const sceneFrom = (before: string, after: string, range: CallRange | null = null): Scene =>
  sceneOf(stepFrom(withImage(before), withImage(after), range), [BUF]);

/** Step 9: mlock of 16 pages stops at the hole. */
export const STEP_9 = ['|RRRRZZrrrr|..|rr|oo|', '|LLLLZZllll|..|rr|oo|'] as const;
/** Its range. */
export const RANGE_9: CallRange = {
  start: at(0),
  end: at(16),
  stopped: at(10),
  note: 'applied to 10 pages',
  rest: 'hole at page 10: 6 not reached',
};
