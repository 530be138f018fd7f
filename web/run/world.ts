import { ENOT_MODELLED, EOUT_OF_MEMORY } from '../../assembly/abi/errno';
import { EV_NOT_MODELLED } from '../../assembly/abi/event';
import { LOG_MAX } from '../../assembly/abi/layout';
import { NOT_MODELLED } from '../../assembly/abi/support';
import { P_die, P_load, P_store, P_touch_read, P_touch_write } from '../../assembly/abi/sysno';
import type { Value } from '../lang/arith';
import type { Program, Site } from '../lang/code';
import type { AssertResult, Diagnostic, Named, Outcome, Output, Place, Settings } from './model';
import { placeOf } from './place';
import type { Watch } from './mistakes/watch';
import type { Machine } from './port';
import type { Process } from './process';
import { failureMessage } from './failure';
import { pack, type Packed } from './packed';
import { Recorder } from './recorder';

/** Names of mappings that one run keeps: pictures have no room for more. */
const MAX_NAMES = 10_000;
/** Processes that may be there at once: each has a copy of the scenario's variables. */
export const MAX_PROCESSES = 200;

/** One run of a program: what it has done so far, and whether it may go on. */
export class World {
  readonly recorder: Recorder;
  readonly outputs: Output[] = [];
  readonly names: Named[] = [];
  /** Of the run itself: calls that failed, branches on loaded values. */
  readonly diagnostics: Diagnostic[] = [];
  /** Where the last mapping call put its pages. */
  mapped: { readonly start: bigint; readonly end: bigint } | null = null;
  outcome: Outcome | null = null;
  readonly processes = new Map<number, Process>();
  /** Processes that run or wait for a child to stop running; the last one has its turn. */
  readonly ready: Process[] = [];
  /** Bytes of SysV segments by id. */
  readonly segments = new Map<number, bigint>();
  /** Whose counters the machine has at hand. */
  lastPid = 1;
  readonly maxSteps: number;
  readonly packed: Packed;
  readonly #asserts = new Map<number, AssertResult>();
  readonly #warned = new Set<string>();
  #printed = 0;

  constructor(
    readonly program: Program,
    readonly machine: Machine,
    readonly settings: Settings,
    /** Called after each step, with its number. */
    readonly after: (step: number) => void,
    /** Is told of each call; null: nobody. */
    readonly watch: Pick<Watch, 'see'> | null = null,
  ) {
    this.recorder = new Recorder(machine);
    this.packed = pack(program);
    this.maxSteps = Math.min(settings.max_steps, LOG_MAX - machine.frames);
  }

  /** Makes a call and records it as a step. At the limit of steps the run ends instead. */
  step(process: Process, site: Site, nr: number, args: readonly Value[]): number {
    if (this.outcome) return 0; // a call of several frames was stopped at an earlier one
    if (this.recorder.length >= this.maxSteps) {
      this.stop('steps', site, process, `Stopped at ${this.maxSteps.toLocaleString('en')} steps.`);
      return 0;
    }
    const { pid } = process;
    const result = this.machine.enter(pid, nr, args);
    this.lastPid = pid;
    const refused = result === -ENOT_MODELLED || result === -EOUT_OF_MEMORY;
    const isErrno = nr < 1000 && ((result < 0 && result >= -4095) || refused);
    const { loop, iteration } = process.loopAt(site);
    this.recorder.add(site, pid, nr, result, isErrno ? -result : 0, signalOf(nr, args, result), loop, iteration);
    this.after(this.recorder.length);
    this.watch?.see(site, pid, nr, args, result);
    if (result === -ENOT_MODELLED) this.refuse(site);
    else if (refused) {
      const message = 'Stopped: the simulated memory is full. The steps before this one are kept.';
      this.outcome ??= { kind: 'limit', limit: 'memory', place: placeOf(site), message };
    }
    return result;
  }

  /** Ends the run at what the machine has just said it does not model. */
  refuse(site: Place): void {
    const event = this.machine.events().find(({ kind }) => kind === EV_NOT_MODELLED);
    const [name, sentence] = NOT_MODELLED[Number(event?.a ?? 1n)] ?? ['this call', 'This call is not modelled.'];
    this.outcome ??= { kind: 'not-modelled', place: placeOf(site), message: `Not modelled: ${name}. ${sentence}` };
  }

  /** Ends the run at a limit of the playground. */
  stop(limit: 'steps' | 'time' | 'memory' | 'output', site: Site, process: Process, message: string): void {
    const { loop } = process.loopAt(site);
    const line = loop === 0 ? 0 : lineAt(this.program.source, loop - 1);
    const where = line === 0 ? '' : ` The loop in line ${line} has not ended.`;
    this.outcome ??= { kind: 'limit', limit, place: placeOf(site), message: `${message}${where}` };
  }

  /** Ends the run where the scenario does what the language has not: found only now. */
  error(code: string, site: Site, message: string): void {
    const place = placeOf(site);
    this.diagnostics.push({ severity: 'error', code, place, message });
    this.outcome ??= { kind: 'error', place, message };
  }

  warn(code: string, place: Place, message: string): void {
    const key = `${code} ${place.from} ${place.to}`;
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    this.diagnostics.push({ severity: 'warning', code, place: placeOf(place), message });
  }

  /** Notes that a call failed: said once a place. `asked`: the machine was, and its events tell why. */
  failed(site: Site, name: string, errno: number, asked = true): void {
    const key = `call-failed ${site.from} ${site.to}`;
    if (this.#warned.has(key)) return;
    this.warn('call-failed', site, failureMessage(name, errno, asked ? this.machine.events() : []));
  }

  print(process: Process, text: string): void {
    const left = this.settings.max_output - this.#printed;
    const kept = text.slice(0, Math.max(0, left));
    this.#printed += kept.length;
    const step = this.recorder.length;
    const last = this.outputs.at(-1);
    if (last && last.step === step && last.pid === process.pid) {
      this.outputs[this.outputs.length - 1] = { ...last, text: last.text + kept };
    } else if (kept !== '') this.outputs.push({ step, pid: process.pid, text: kept });
    if (text.length > left) {
      const limit = this.settings.max_output.toLocaleString('en');
      this.stop('output', process.site, process, `Stopped at ${limit} printed characters.`);
    }
  }

  /** Gives what the last mapping call made a name. */
  name(name: string, address: bigint): void {
    const { mapped } = this;
    if (!mapped || mapped.start !== address || this.names.length >= MAX_NAMES) return;
    const before = this.names.findLast((one) => one.name === name);
    if (before && before.start === mapped.start && before.end === mapped.end) return;
    this.names.push({ name, ...mapped, step: this.recorder.length });
  }

  asserted(assertion: number, ok: boolean, detail: string): void {
    const { place } = this.program.asserts[assertion]!;
    const count = (this.#asserts.get(assertion)?.count ?? 0) + 1;
    this.#asserts.set(assertion, { place, step: this.recorder.length, ok, detail, count });
    if (!ok) this.outcome ??= { kind: 'assert', place, message: detail };
  }

  asserts(): AssertResult[] {
    return [...this.#asserts.values()].sort((a, b) => a.place.from - b.place.from);
  }
}

/** The signal that a frame raised, or 0. */
function signalOf(nr: number, args: readonly Value[], result: number): number {
  switch (nr) {
    case P_touch_read:
    case P_touch_write:
    case P_load:
    case P_store:
      return result;
    case P_die:
      return Number(args[0]);
    default:
      return 0;
  }
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
