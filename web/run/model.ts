// The values that the three stages hand on: source + settings -> Program -> Run -> StepView.
import type { KernelEvent, State } from '../core/state';

/** A piece of the source text: offsets in UTF-16 units; line and column count from 1. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
}

/** Something that the author of a text has to mend or know. `fix` replaces [from, to) by `insert`. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning' | 'hint';
  /** Stable short name, e.g. 'missing-paren', 'unknown-name', 'call-failed'. */
  readonly code: string;
  readonly place: Place;
  /** What is wrong, then what to write instead. One or two short sentences. */
  readonly message: string;
  readonly fix?: { readonly title: string; readonly from: number; readonly to: number; readonly insert: string };
}

/** What a link carries besides the source. Only what differs from the defaults is encoded. */
export interface Settings {
  /** Steps, milliseconds and output characters after which a run ends. */
  readonly max_steps: number;
  readonly max_ms: number;
  readonly max_output: number;
}

export const defaultSettings: Settings = { max_steps: 100_000, max_ms: 2_000, max_output: 200_000 };

/** The steps of a run as columns: element k - 1 belongs to step k. Columns are transferred to the page, never copied. */
export interface Steps {
  readonly length: number;
  /** Source range of the call expression. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly line: Uint32Array;
  readonly column: Uint32Array;
  /** Call number: SYS_* or P_*. */
  readonly nr: Uint16Array;
  readonly pid: Uint16Array;
  /** As the kernel gives it: a value or -errno. */
  readonly result: BigInt64Array;
  /** 0, or the errno. */
  readonly errno: Uint16Array;
  /** 0, or the signal that the step raised. */
  readonly signal: Uint8Array;
  /** The calling process after the step, in pages. */
  readonly locked_vm: Float64Array;
  readonly total_vm: Float64Array;
  readonly rss: Float64Array;
  readonly map_count: Float64Array;
  /** Soft RLIMIT_MEMLOCK in pages (rounded down), Infinity for RLIM_INFINITY. */
  readonly limit: Float64Array;
  /** CAPS_* mask. */
  readonly caps: Uint8Array;
  /** locked_vm that a lock call failing for its limit or a hole would have reached; 0 otherwise. */
  readonly asked: Float64Array;
  /** 1 if the step failed and still changed something. */
  readonly not_atomic: Uint8Array;
  /** Loop statement the step is in (its source offset + 1, innermost; 0: none) and the iteration, from 0. */
  readonly loop: Uint32Array;
  readonly iteration: Uint32Array;
}

/** A name for addresses, for labels: a variable that was given the result of a call that maps memory. */
export interface Named {
  readonly name: string;
  readonly start: bigint;
  readonly end: bigint;
  /** The name holds from this step on. */
  readonly step: number;
}

/** Printed text, after step `step` (0: before the first). */
export interface Output {
  readonly step: number;
  readonly pid: number;
  readonly text: string;
}

export interface AssertResult {
  readonly place: Place;
  readonly step: number;
  readonly ok: boolean;
  /** For a failed one: the values of its operands, e.g. "locked_vm() is 12, 11 expected". */
  readonly detail: string;
  /** How often it was evaluated. */
  readonly count: number;
}

/** How a run ended. */
export type Outcome =
  | { readonly kind: 'end' }
  | { readonly kind: 'exit'; readonly status: number; readonly place: Place }
  | { readonly kind: 'assert'; readonly place: Place; readonly message: string }
  | { readonly kind: 'signal'; readonly signal: number; readonly place: Place; readonly message: string }
  | {
      readonly kind: 'limit';
      readonly limit: 'steps' | 'time' | 'memory' | 'output';
      readonly place: Place;
      readonly message: string;
    }
  | { readonly kind: 'not-modelled'; readonly place: Place; readonly message: string }
  /** A diagnostic of severity error stopped it; the part before it ran. */
  | { readonly kind: 'error'; readonly place: Place; readonly message: string };

/** A finished run: a function of (source, settings) and nothing else. */
export interface Run {
  readonly source: string;
  readonly settings: Settings;
  readonly diagnostics: readonly Diagnostic[];
  readonly steps: Steps;
  readonly outcome: Outcome;
  readonly outputs: readonly Output[];
  readonly asserts: readonly AssertResult[];
  readonly names: readonly Named[];
  /** Milliseconds of parse + run. */
  readonly ms: number;
}

/** One check of a call, in the kernel's order. */
export interface Check {
  readonly status: 'passed' | 'failed' | 'not-reached';
  /** Fragment: "fits the limit". */
  readonly name: string;
  /** Numbers: "16 + 2 locked − 2 in range = 16 ≤ 16". Not reached: "not reached", or what that leaves undone. */
  readonly numbers: string;
  /** The errno it gives, '' for effects such as mlock_fixup. */
  readonly errno: string;
}

/** Why a step ended as it did, in words and numbers. */
export interface Why {
  /** "mlock(buf, 65536)". */
  readonly call: string;
  /** "0", "-1 ENOMEM", "0x7ffff7fe7000". */
  readonly result: string;
  readonly failed: boolean;
  readonly not_atomic: boolean;
  /** What is so, then what follows: two short sentences. */
  readonly sentence: string;
  readonly checks: readonly Check[];
  /** "Kept although it failed: ..." or "Nothing changed." or what changed, as sentences. */
  readonly effects: readonly string[];
  /** VMAs and pages that changed, as they were and as they are. */
  readonly changes: readonly ChangeLine[];
  /** Whom a charge went to, where one was asked for; empty for other steps. */
  readonly accounts: readonly Account[];
  readonly fixes: readonly Fix[];
}

/** A line of a diff. */
export interface ChangeLine {
  readonly sign: '-' | '+';
  readonly text: string;
}

/** An account of locked memory. */
export interface Account {
  /** "locked_vm of the mm". */
  readonly name: string;
  /** "2 → 12 of 16", or what is to be said of it. */
  readonly pages: string;
  /** The step's charge went here, or was refused here. */
  readonly used: boolean;
}

/** A change of the source that would make the call succeed. */
export interface Fix {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** What one step changed. Ids and addresses refer to `after`. */
export interface Diff {
  /** VMAs of `after` that are new or have other borders or flags. */
  readonly vmas: VmaChanges;
  /** Ranges that were mapped and are not any more: [start address, pages]. */
  readonly removed: readonly (readonly [bigint, number])[];
  /** Pages whose state is not what it was: runs [start address, pages]. */
  readonly pages: readonly (readonly [bigint, number])[];
  readonly locked_vm: number;
  readonly total_vm: number;
  readonly rss: number;
  readonly map_count: number;
}

/** VmaChange in columns, in the order of the addresses; vma-changes.ts reads them. */
export interface VmaChanges {
  readonly length: number;
  readonly id: Uint32Array;
  readonly vm_start: BigInt64Array;
  readonly vm_end: BigInt64Array;
  readonly added: BigInt64Array;
  readonly removed: BigInt64Array;
  readonly what: Uint8Array;
}

export interface VmaChange {
  readonly id: number;
  readonly vm_start: bigint;
  readonly vm_end: bigint;
  /** VM_* bits that came and went over the range. */
  readonly added: bigint;
  readonly removed: bigint;
  readonly what: 'new' | 'split' | 'merged' | 'flags' | 'moved' | 'resized';
}

/** Everything about one step: step 0 is the start image. */
export interface StepView {
  readonly step: number;
  /** The process whose call it is; 0 for step 0. */
  readonly pid: number;
  /** The step that `before` and `diff` speak of; null: the step before. WHY and the range are always the call's own. */
  readonly against: number | null;
  readonly before: State;
  readonly after: State;
  readonly events: readonly KernelEvent[];
  readonly diff: Diff;
  readonly why: Why;
  readonly range: CallRange | null;
  /** The drawing from the first named mapping on: "|LL|R|..|". */
  readonly drawing: string;
}

/** Range of a call after rounding and where it stopped. StepView has null for a call without one. */
export interface CallRange {
  readonly start: bigint;
  readonly end: bigint;
  /** = end when all of it was reached, = start when nothing was. */
  readonly stopped: bigint;
  /** Over [start, stopped): "applied to 10 pages". */
  readonly note: string;
  /** Over [stopped, end): "hole at page 10: 6 not reached". Empty when all was reached. */
  readonly rest: string;
}
