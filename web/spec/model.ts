// The specification of a call as data: what every form (macros, designators, kernel-doc, JSON) says of it.
// A text that the form did not give is '', a list is empty, a switch is false. Enumerations are short tokens in lower
// case ('process', 'rwlock', 'modify_state'): KAPI_LOCK_RWLOCK and rwlock are one. A token that no enumeration has
// stays as it was written, for lint.ts to find.

/** Where something begins in the text it was read from; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The forms in which a specification is written. */
export const FORMS = ['macro', 'designator', 'patch', 'flat', 'nested', 'short', 'json'] as const;

/**
 * A form: 'macro' is KAPI_ macros, 'designator' the same block with raw designators (`.type =`, `.error_count =`),
 * 'patch' a diff that adds a macro block, 'flat', 'nested' and 'short' the three shapes of kernel-doc
 * (`param-type: len, KAPI_TYPE_UINT`; `param: len` with `type: KAPI_TYPE_UINT` below; the same with `type: uint, input`).
 */
export type Form = (typeof FORMS)[number];

/** The kinds of numbered or named parts, as clause ids spell them. */
export type PartKind =
  'param' | 'error' | 'signal' | 'side-effect' | 'state-trans' | 'lock' | 'capability' | 'constraint';

/** What all parts have. */
export interface Part {
  /**
   * By name: `munlock.param.len`, `munlock.error.ENOMEM`, `mlock.capability.CAP_IPC_LOCK`; of two with one name the
   * second has `.2`. The others by number, counted from 0 as the macros do: `mlockall.side-effect.1`, `munlock.lock.0`,
   * `munlock.judged.0`. The one return is `munlock.return`, a count `munlock.count.lock`. clauses.ts lists all.
   */
  readonly id: string;
  readonly place: Place;
}

/** An argument of the call. */
export interface Parameter extends Part {
  readonly name: string;
  /** The C type: 'unsigned long'. */
  readonly typeName: string;
  /** 'int', 'uint', 'user_ptr', ... */
  readonly type: string;
  /** 'in', 'out', 'inout', 'user', 'optional', ... */
  readonly flags: readonly string[];
  readonly description: string;
  /** 'none', 'range', 'mask', 'enum', 'alignment', 'page_aligned', 'custom', ...; '' where none is declared. */
  readonly constraint: string;
  /** Bounds of a range, both allowed, as C expressions: '0', 'LONG_MAX'. value.ts computes them. */
  readonly min: string;
  readonly max: string;
  /** All bits that may be set, as a C expression: 'MCL_CURRENT | MCL_FUTURE'. */
  readonly mask: string;
  /** The values of an 'enum', as C expressions parted by commas. */
  readonly values: string;
  /** What an 'alignment' has to be a multiple of, as a C expression. */
  readonly alignment: string;
  readonly size: string;
  /** The rule in words. */
  readonly rule: string;
}

/** What the call returns. */
export interface Returns extends Part {
  /** The C type: 'long'. */
  readonly typeName: string;
  readonly type: string;
  /** 'exact', 'range', 'error_check', 'fd', 'custom', 'no_return'. */
  readonly check: string;
  /** The value of success as a C expression. */
  readonly success: string;
  readonly min: string;
  readonly max: string;
  readonly description: string;
}

/** An errno and when it comes. */
export interface Failure extends Part {
  /** 'ENOMEM'. */
  readonly name: string;
  /** The number as it was written: '-ENOMEM', '-12'; '' where the form has none. */
  readonly code: string;
  /** The condition in a few words. */
  readonly condition: string;
  readonly description: string;
}

/** A signal that reaches the call, or that it sends. */
export interface Signal extends Part {
  /** 'SIGBUS', '0' where no single signal is meant; '' where not given. */
  readonly number: string;
  /** 'FATAL_SIGNALS', 'SIGBUS'. */
  readonly name: string;
  /** 'receive', 'send', 'handle', 'block', 'ignore'. */
  readonly direction: readonly string[];
  /** 'default', 'terminate', 'return', 'restart', ... */
  readonly action: string;
  readonly target: string;
  readonly condition: string;
  readonly description: string;
  /** 'entry', 'during', 'exit', 'anytime', ... */
  readonly timing: string;
  readonly priority: string;
  readonly restartable: boolean;
  readonly interruptible: boolean;
  /** What the call returns then: '-EINTR'. */
  readonly errno: string;
  readonly queue: string;
  /** The signal it becomes when the action is 'transform'. */
  readonly transform: string;
  readonly saFlagsRequired: string;
  readonly saFlagsForbidden: string;
  readonly stateRequired: string;
  readonly stateForbidden: string;
}

/** What the call does besides returning. */
export interface SideEffect extends Part {
  /** 'modify_state', 'alloc_memory', 'schedule', ... */
  readonly types: readonly string[];
  readonly target: string;
  readonly condition: string;
  readonly description: string;
  readonly reversible: boolean;
}

/** How the call takes an object from one state to another. */
export interface StateTransition extends Part {
  readonly object: string;
  readonly from: string;
  readonly to: string;
  readonly condition: string;
  readonly description: string;
}

/** A lock of the kernel's, and what the call does with it. */
export interface Lock extends Part {
  readonly name: string;
  /** 'mutex', 'spinlock', 'rwlock', 'rcu', ... */
  readonly type: string;
  readonly acquired: boolean;
  readonly released: boolean;
  readonly heldOnEntry: boolean;
  readonly heldOnExit: boolean;
  /** 'internal', 'acquires', 'releases', 'caller_held'. */
  readonly scope: string;
  readonly description: string;
}

/** A capability that the call asks for. */
export interface Capability extends Part {
  /** 'CAP_IPC_LOCK'. */
  readonly name: string;
  /** What is printed for it; often the name again. */
  readonly title: string;
  /** 'bypass_check', 'increase_limit', ... */
  readonly action: string;
  readonly allows: string;
  readonly without: string;
  readonly condition: string;
  readonly priority: string;
}

/** A rule over arguments and state. */
export interface Constraint extends Part {
  readonly name: string;
  readonly description: string;
  /** A C expression over parameters and state. */
  readonly expression: string;
}

/** How our text differs from a published one, and what the kernel does: a field of our own. */
export interface Judged extends Part {
  /** The id of the clause that was judged, without the name of the call: 'param.len'. */
  readonly clause: string;
  readonly text: string;
}

/** A count that a text declares beside the parts themselves. */
export interface Count extends Part {
  readonly of: PartKind;
  readonly value: number;
}

/** One call. */
export interface Specification {
  /** 'munlock': the symbol without sys_. */
  readonly name: string;
  /** 'sys_munlock'. */
  readonly symbol: string;
  /** The form it was read from. */
  readonly form: Form;
  readonly place: Place;
  readonly description: string;
  /** Paragraphs are parted by an empty line. */
  readonly longDescription: string;
  /** 'process', 'sleepable', ... */
  readonly contexts: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly returns: Returns | null;
  readonly errors: readonly Failure[];
  readonly signals: readonly Signal[];
  readonly sideEffects: readonly SideEffect[];
  readonly stateTransitions: readonly StateTransition[];
  readonly locks: readonly Lock[];
  readonly capabilities: readonly Capability[];
  readonly constraints: readonly Constraint[];
  /** The first Linux that has the call: '2.0'. */
  readonly since: string;
  /** One example a line. */
  readonly examples: string;
  readonly notes: string;
  readonly judged: readonly Judged[];
  readonly counts: readonly Count[];
  /** Fields that the text gives more than once, of which the last stands. */
  readonly repeats: readonly Repeat[];
  /** The place of each field that was given, by the id of its part (or of the call) and its name: 'munlock.lock.0 description'. */
  readonly places: Readonly<Record<string, Place>>;
}

/** A field given again: C keeps the last initializer, so what stood first is lost. */
export interface Repeat {
  /** Id of the part, or of the call. */
  readonly id: string;
  readonly field: string;
  readonly lost: string;
  readonly kept: string;
  /** Where it was given again. */
  readonly place: Place;
}

/** Something that could not be read, or that the lint found. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'hint';
  /** Stable short name: 'count-disagrees', 'overwritten', ... */
  readonly code: string;
  /** Id of the clause, or '' where no clause was read. */
  readonly clause: string;
  readonly place: Place;
  /** What is wrong, then what to write instead. */
  readonly message: string;
}
