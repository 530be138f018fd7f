// `scenario --json`: each step as a record of what the call gave back, the state after it, its place and its events.
import * as abi from '../../assembly/abi/event';
import { FRAME_ARGS, FRAME_SIZE, NAME_TEXT, OUT_CODE, OUT_FAULT, OUT_TOUCHED } from '../../assembly/abi/layout';
import { SYS_brk, SYS_mmap, SYS_mremap, SYS_shmat } from '../../assembly/abi/sysno';
import type { Kernel } from '../core/kernel';
import type { KernelEvent, State } from '../core/state';
import { callName, callText, isTouch } from '../run/call';
import { errnoName } from '../run/constants';
import type { Run } from '../run/model';
import { signalFields } from './answer';
import type { RecordView } from './record-pages';
import { Bytes } from './bytes';
import { filesText, RecordText } from './record-text';

const MAPS = [SYS_mmap, SYS_mremap, SYS_brk, SYS_shmat];

function names(prefix: string): ReadonlyMap<number, string> {
  return new Map(
    Object.entries(abi)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, number]) => [number, name.slice(prefix.length)]),
  );
}
const KINDS = names('EV_');
const WHYS = names('WHY_');

const hex = (value: bigint): string => `0x${BigInt.asUintN(64, value).toString(16)}`;
const number = (value: bigint): number | string =>
  BigInt.asUintN(64, value) < 2n ** 53n ? Number(BigInt.asUintN(64, value)) : hex(value);

/** Plays the log of the run that `kernel` has just made, and hands on one line a step. */
export function stepRecords(name: string, run: Run, kernel: Kernel, write: (line: string) => void): void {
  const log = kernel.log();
  const setup = kernel.frames - run.steps.length; // frames of the start image come before the first step
  kernel.reset();
  kernel.loadLog(log);
  kernel.replay(0, setup);
  const view = viewOf(kernel.state());
  const text = new RecordText(kernel, view);
  for (let i = 0; i < run.steps.length; i++) {
    kernel.replay(setup + i, 1);
    const events = kernel.events().map(eventRecord);
    const head = { i, scenario: name, ...answerOf(run, i, kernel, argumentsOf(log, setup + i)) };
    const tail = { line: run.steps.line[i], column: run.steps.column[i], events };
    const state = statesOf(kernel.state(), view, text);
    write(`${JSON.stringify(head).slice(0, -1)},${state},${JSON.stringify(tail).slice(1)}`);
  }
}

function argumentsOf(log: Uint8Array, frame: number): bigint[] {
  const view = new DataView(log.buffer, log.byteOffset + frame * FRAME_SIZE, FRAME_SIZE);
  return [0, 1, 2, 3, 4, 5].map((i) => view.getBigUint64(FRAME_ARGS + 8 * i, true));
}

function answerOf({ steps }: Run, i: number, kernel: Kernel, registers: readonly bigint[]) {
  const nr = steps.nr[i]!;
  const result = steps.result[i]!;
  const text = callText({ nr, pid: steps.pid[i]!, args: registers, result }, [], 0);
  const inner = text.slice(text.indexOf('(') + 1, -1);
  const args = inner === '' ? [] : inner.split(', ').map((arg) => (/^-?\d+$/.test(arg) ? number(BigInt(arg)) : arg));
  const call = { ...(steps.pid[i] === 1 ? {} : { proc: steps.pid[i]! - 1 }), call: callName(nr), args };
  const errno = steps.errno[i]!;
  if (errno !== 0) return { ...call, ret: -1, errno: errnoName(errno) };
  if (!isTouch(nr)) return { ...call, ret: MAPS.includes(nr) ? hex(result) : Number(result) };
  const touch = { ...call, ret: 0, touched: Number(kernel.out(OUT_TOUCHED)) };
  if (result === 0n) return touch;
  const code = Number(kernel.out(OUT_CODE));
  return { ...touch, ...signalFields(Number(result), code), fault_page: hex(kernel.out(OUT_FAULT)) };
}

interface StepRecordView extends RecordView {
  /** Files of the start image: they are no files of the scenario. */
  readonly image: ReadonlySet<number>;
}

function viewOf({ processes, files }: State): StepRecordView {
  const text = processes[0]?.vmas.filter(({ name }) => name === NAME_TEXT) ?? [];
  const bytes = text.reduce((sum, { vm_start, vm_end }) => sum + vm_end - vm_start, 0n);
  const image = new Set(files.map(({ id }) => id));
  return { harness: [], slotOf: (file) => file, code_pages: Number(bytes >> 12n), image };
}

function statesOf({ processes, files }: State, view: StepRecordView, text: RecordText): string {
  const own = files.filter(({ id }) => !view.image.has(id)).sort((a, b) => a.id - b.id);
  const out = new Bytes();
  text.write(
    processes.map(({ pid, life }) => (life === 'running' ? pid : 'dead')),
    filesText(own.map((file) => [file.id, file])),
    out,
  );
  return out.line().toString();
}

function eventRecord({ kind, status, ...operands }: KernelEvent) {
  const values = [operands.a, operands.b, operands.c, operands.d, operands.e, operands.f, operands.g];
  while (values.at(-1) === 0n) values.pop();
  const name = KINDS.get(kind) ?? String(kind);
  const why = kind === abi.EV_CHECK ? { why: WHYS.get(Number(operands.a)) } : {};
  return { kind: name, status, ...why, operands: values.map(number) };
}
