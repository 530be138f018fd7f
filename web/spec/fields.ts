// Which fields each part has, and what every form calls them: the one table that readers, writers, JSON and lint share.
import type { EnumerationName } from './tokens';
import type { PartKind, Specification } from './model';

/** 'text' is a string in C, 'expression' bare C, 'switch' is there or not. */
export type Shape = 'text' | 'expression' | 'switch' | 'token' | 'tokens';

/** One field of a part or of the call. */
export interface Field {
  readonly name: string;
  readonly shape: Shape;
  /** The enumeration of a token. */
  readonly of?: EnumerationName;
  /** Its name in C's struct: `.error_on_signal =`. */
  readonly designator: string;
  /** Its macro; two fields with one macro are its arguments, in this order. */
  readonly macro?: string;
  /** Its name in nested kernel-doc. The first is written, all are read. */
  readonly doc?: readonly string[];
}

/** A kind of part. */
export interface PartTable {
  readonly kind: PartKind | 'return' | 'judged';
  /** Where the model keeps it. */
  readonly list: keyof Specification;
  /** The array of C's struct. */
  readonly array: string;
  readonly macro: string;
  /** Fields that the arguments of the macro give, after the index where there is one. */
  readonly args: readonly string[];
  readonly indexed: boolean;
  /** Null where the macro stands for itself. */
  readonly end: string | null;
  /** Its key in kernel-doc. */
  readonly doc: string;
  readonly fields: readonly Field[];
}

type Row = [name: string, shape: Shape | EnumerationName, designator: string, macro?: string | null, doc?: string];

const SINGLE: readonly string[] = ['text', 'expression', 'switch'];
const LISTS: readonly string[] = ['context', 'flag', 'direction', 'effect'];

function field([name, shape, designator, macro, doc]: Row): Field {
  const plain = SINGLE.includes(shape);
  return {
    name,
    shape: plain ? (shape as Shape) : LISTS.includes(shape) ? 'tokens' : 'token',
    ...(plain ? {} : { of: shape as EnumerationName }),
    designator,
    ...(macro ? { macro } : {}),
    ...(doc ? { doc: doc.split(' ') } : {}),
  };
}

const rows = (...given: Row[]): Field[] => given.map(field);

export const PARTS: readonly PartTable[] = [
  {
    kind: 'param',
    list: 'parameters',
    array: 'params',
    macro: 'KAPI_PARAM',
    args: ['name', 'typeName', 'description'],
    indexed: true,
    end: 'KAPI_PARAM_END',
    doc: 'param',
    fields: rows(
      ['name', 'text', 'name'],
      ['typeName', 'text', 'type_name'],
      ['description', 'text', 'description', null, 'desc description'],
      ['flags', 'flag', 'flags', 'KAPI_PARAM_FLAGS', 'flags'],
      ['type', 'type', 'type', 'KAPI_PARAM_TYPE', 'type'],
      ['constraint', 'constraint', 'constraint_type', 'KAPI_PARAM_CONSTRAINT_TYPE', 'constraint-type'],
      ['min', 'expression', 'min_value', 'KAPI_PARAM_RANGE', 'range'],
      ['max', 'expression', 'max_value', 'KAPI_PARAM_RANGE', 'range'],
      ['mask', 'expression', 'valid_mask', 'KAPI_PARAM_VALID_MASK', 'valid-mask mask'],
      ['values', 'expression', 'enum_values', 'KAPI_PARAM_ENUM_VALUES', 'valid-values'],
      ['alignment', 'expression', 'alignment', 'KAPI_PARAM_ALIGNMENT', 'alignment'],
      ['size', 'expression', 'size', 'KAPI_PARAM_SIZE', 'size'],
      ['rule', 'text', 'constraints', 'KAPI_PARAM_CONSTRAINT', 'constraint cdesc'],
    ),
  },
  {
    kind: 'return',
    list: 'returns',
    array: 'return_spec',
    macro: 'KAPI_RETURN',
    args: ['typeName', 'description'],
    indexed: false,
    end: 'KAPI_RETURN_END',
    doc: 'return',
    fields: rows(
      ['typeName', 'text', 'type_name'],
      ['description', 'text', 'description', null, 'desc description'],
      ['type', 'type', 'type', 'KAPI_RETURN_TYPE', 'type'],
      ['check', 'check', 'check_type', 'KAPI_RETURN_CHECK_TYPE', 'check-type'],
      ['success', 'expression', 'success_value', 'KAPI_RETURN_SUCCESS', 'success'],
      ['min', 'expression', 'success_min', 'KAPI_RETURN_SUCCESS_RANGE', 'success-range'],
      ['max', 'expression', 'success_max', 'KAPI_RETURN_SUCCESS_RANGE', 'success-range'],
    ),
  },
  {
    kind: 'error',
    list: 'errors',
    array: 'errors',
    macro: 'KAPI_ERROR',
    args: ['code', 'name', 'condition', 'description'],
    indexed: true,
    end: null,
    doc: 'error',
    fields: rows(
      ['code', 'expression', 'error_code'],
      ['name', 'text', 'name'],
      ['condition', 'text', 'condition', null, 'condition'],
      ['description', 'text', 'description', null, 'desc'],
    ),
  },
  {
    kind: 'signal',
    list: 'signals',
    array: 'signals',
    macro: 'KAPI_SIGNAL',
    args: ['number', 'name', 'direction', 'action'],
    indexed: true,
    end: 'KAPI_SIGNAL_END',
    doc: 'signal',
    fields: rows(
      ['number', 'expression', 'signal_num', null, 'number'],
      ['name', 'text', 'signal_name'],
      ['direction', 'direction', 'direction', null, 'direction'],
      ['action', 'action', 'action', null, 'action'],
      ['target', 'text', 'target', 'KAPI_SIGNAL_TARGET', 'target'],
      ['condition', 'text', 'condition', 'KAPI_SIGNAL_CONDITION', 'condition'],
      ['description', 'text', 'description', 'KAPI_SIGNAL_DESC', 'desc'],
      ['errno', 'expression', 'error_on_signal', 'KAPI_SIGNAL_ERROR', 'errno error'],
      ['timing', 'timing', 'timing', 'KAPI_SIGNAL_TIMING', 'timing'],
      ['priority', 'expression', 'priority', 'KAPI_SIGNAL_PRIORITY', 'priority'],
      ['restartable', 'switch', 'restartable', 'KAPI_SIGNAL_RESTARTABLE', 'restartable'],
      ['interruptible', 'switch', 'interruptible', 'KAPI_SIGNAL_INTERRUPTIBLE', 'interruptible'],
      ['queue', 'text', 'queue_behavior', 'KAPI_SIGNAL_QUEUE', 'queue queue_behavior'],
      ['transform', 'expression', 'transform_to', 'KAPI_SIGNAL_TRANSFORM', 'transform-to transform_to transform'],
      [
        'saFlagsRequired',
        'expression',
        'sa_flags_required',
        'KAPI_SIGNAL_SA_FLAGS_REQ',
        'sa-flags-required sa_flags_required',
      ],
      [
        'saFlagsForbidden',
        'expression',
        'sa_flags_forbidden',
        'KAPI_SIGNAL_SA_FLAGS_FORBID',
        'sa-flags-forbidden sa_flags_forbidden',
      ],
      ['stateRequired', 'expression', 'state_required', 'KAPI_SIGNAL_STATE_REQ', 'state-required state_required'],
      [
        'stateForbidden',
        'expression',
        'state_forbidden',
        'KAPI_SIGNAL_STATE_FORBID',
        'state-forbidden state_forbidden',
      ],
    ),
  },
  {
    kind: 'side-effect',
    list: 'sideEffects',
    array: 'side_effects',
    macro: 'KAPI_SIDE_EFFECT',
    args: ['types', 'target', 'description'],
    indexed: true,
    end: 'KAPI_SIDE_EFFECT_END',
    doc: 'side-effect',
    fields: rows(
      ['types', 'effect', 'type'],
      ['target', 'text', 'target', null, 'target'],
      ['description', 'text', 'description', null, 'desc'],
      ['condition', 'text', 'condition', 'KAPI_EFFECT_CONDITION', 'condition'],
      ['reversible', 'switch', 'reversible', 'KAPI_EFFECT_REVERSIBLE', 'reversible'],
    ),
  },
  {
    kind: 'state-trans',
    list: 'stateTransitions',
    array: 'state_transitions',
    macro: 'KAPI_STATE_TRANS',
    args: ['object', 'from', 'to', 'description'],
    indexed: true,
    end: 'KAPI_STATE_TRANS_END',
    doc: 'state-trans',
    fields: rows(
      ['object', 'text', 'object', null, 'object'],
      ['from', 'text', 'from_state', null, 'from'],
      ['to', 'text', 'to_state', null, 'to'],
      ['description', 'text', 'description', null, 'desc'],
      ['condition', 'text', 'condition', 'KAPI_STATE_TRANS_COND', 'condition'],
    ),
  },
  {
    kind: 'lock',
    list: 'locks',
    array: 'locks',
    macro: 'KAPI_LOCK',
    args: ['name', 'type'],
    indexed: true,
    end: 'KAPI_LOCK_END',
    doc: 'lock',
    fields: rows(
      ['name', 'text', 'lock_name'],
      ['type', 'lock', 'lock_type', null, 'type'],
      ['scope', 'scope', 'scope', 'KAPI_LOCK_SCOPE', 'scope'],
      ['acquired', 'switch', 'acquired', 'KAPI_LOCK_ACQUIRED', 'acquired'],
      ['released', 'switch', 'released', 'KAPI_LOCK_RELEASED', 'released'],
      ['heldOnEntry', 'switch', 'held_on_entry', 'KAPI_LOCK_HELD_ENTRY', 'held-on-entry'],
      ['heldOnExit', 'switch', 'held_on_exit', 'KAPI_LOCK_HELD_EXIT', 'held-on-exit'],
      ['description', 'text', 'description', 'KAPI_LOCK_DESC', 'desc'],
    ),
  },
  {
    kind: 'capability',
    list: 'capabilities',
    array: 'capabilities',
    macro: 'KAPI_CAPABILITY',
    args: ['name', 'title', 'action'],
    indexed: true,
    end: 'KAPI_CAPABILITY_END',
    doc: 'capability',
    fields: rows(
      ['name', 'expression', 'capability'],
      ['title', 'text', 'cap_name', null, 'desc'],
      ['action', 'capability', 'action', null, 'type'],
      ['allows', 'text', 'allows', 'KAPI_CAP_ALLOWS', 'allows'],
      ['without', 'text', 'without_cap', 'KAPI_CAP_WITHOUT', 'without'],
      ['condition', 'text', 'check_condition', 'KAPI_CAP_CONDITION', 'condition'],
      ['priority', 'expression', 'priority', 'KAPI_CAP_PRIORITY', 'priority'],
    ),
  },
  {
    kind: 'constraint',
    list: 'constraints',
    array: 'constraints',
    macro: 'KAPI_CONSTRAINT',
    args: ['name', 'description'],
    indexed: true,
    end: 'KAPI_CONSTRAINT_END',
    doc: 'constraint',
    fields: rows(
      ['name', 'text', 'name'],
      ['description', 'text', 'description', null, 'desc'],
      ['expression', 'text', 'expression', 'KAPI_CONSTRAINT_EXPR', 'expr'],
    ),
  },
  {
    kind: 'judged',
    list: 'judged',
    array: 'judged',
    macro: 'KAPI_JUDGED',
    args: ['clause', 'text'],
    indexed: false,
    end: null,
    doc: 'judged',
    fields: rows(['clause', 'text', 'clause'], ['text', 'text', 'text']),
  },
];

/** The fields of the call itself. */
export const CALL_FIELDS: readonly Field[] = rows(
  ['description', 'text', 'description', 'KAPI_DESCRIPTION'],
  ['longDescription', 'text', 'long_description', 'KAPI_LONG_DESC', 'long-desc'],
  ['contexts', 'context', 'context_flags', 'KAPI_CONTEXT', 'contexts context-flags'],
  ['since', 'text', 'since_version', 'KAPI_SINCE_VERSION', 'since-version since'],
  ['examples', 'text', 'examples', 'KAPI_EXAMPLES', 'examples'],
  ['notes', 'text', 'notes', 'KAPI_NOTES', 'notes'],
);

/** How a count is declared: the macro, the designator, the key in kernel-doc. */
export const COUNTS: readonly { of: PartKind; macro: string; designator: string; doc: string }[] = [
  ['param', 'PARAM'],
  ['error', 'ERROR'],
  ['signal', 'SIGNAL'],
  ['side-effect', 'SIDE_EFFECT'],
  ['state-trans', 'STATE_TRANS'],
  ['lock', 'LOCK'],
  ['capability', 'CAPABILITY'],
  ['constraint', 'CONSTRAINT'],
].map(([of, word]) => ({
  of: of as PartKind,
  macro: `KAPI_${word}_COUNT`,
  designator: `${word!.toLowerCase()}_count`,
  doc: `${of}-count`,
}));

/** The fields of a parameter that a kind of constraint needs, both ends for a range. */
export const BOUNDS: ReadonlyMap<string, readonly ('min' | 'max' | 'mask' | 'values' | 'alignment')[]> = new Map([
  ['range', ['min', 'max']],
  ['mask', ['mask']],
  ['enum', ['values']],
  ['alignment', ['alignment']],
]);

/** Finds the table of a kind. */
export function tableOf(kind: PartTable['kind']): PartTable {
  return PARTS.find((part) => part.kind === kind)!;
}
