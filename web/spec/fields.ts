// Which fields each part has, and what every form calls them: the one table that readers, writers, JSON and lint share.
import type { EnumerationName } from './tokens';
import type { Part, PartKind, Specification } from './model';

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

/** The fields of the model that hold parts. */
type PartList =
  | 'parameters'
  | 'returns'
  | 'errors'
  | 'signals'
  | 'sideEffects'
  | 'stateTransitions'
  | 'locks'
  | 'capabilities'
  | 'constraints'
  | 'judged';

/** A kind of part. Its key in kernel-doc is its kind. */
export interface PartTable {
  readonly kind: PartKind | 'return' | 'judged';
  /** Where the model keeps it. */
  readonly list: PartList;
  /** The array of C's struct. */
  readonly array: string;
  readonly macro: string;
  /** Fields that the arguments of the macro give, after the index where there is one. */
  readonly args: readonly string[];
  readonly indexed: boolean;
  /** Null where the macro stands for itself. */
  readonly end: string | null;
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

const PLAIN = ['return', 'judged']; // macros without an index
const OPEN = ['error', 'judged']; // macros that stand for themselves

function part(
  kind: PartTable['kind'],
  list: PartList,
  array: string,
  args: readonly string[],
  ...given: readonly Row[]
): PartTable {
  const macro = `KAPI_${kind.replace('-', '_').toUpperCase()}`;
  const end = OPEN.includes(kind) ? null : `${macro}_END`;
  return { kind, list, array, macro, args, indexed: !PLAIN.includes(kind), end, fields: given.map(field) };
}

/** All kinds of parts, in the order in which they are written. */
export const PARTS: readonly PartTable[] = [
  part(
    'param',
    'parameters',
    'params',
    ['name', 'typeName', 'description'],
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
  part(
    'return',
    'returns',
    'return_spec',
    ['typeName', 'description'],
    ['typeName', 'text', 'type_name'],
    ['description', 'text', 'description', null, 'desc description'],
    ['type', 'type', 'type', 'KAPI_RETURN_TYPE', 'type'],
    ['check', 'check', 'check_type', 'KAPI_RETURN_CHECK_TYPE', 'check-type'],
    ['success', 'expression', 'success_value', 'KAPI_RETURN_SUCCESS', 'success'],
    ['min', 'expression', 'success_min', 'KAPI_RETURN_SUCCESS_RANGE', 'success-range'],
    ['max', 'expression', 'success_max', 'KAPI_RETURN_SUCCESS_RANGE', 'success-range'],
  ),
  part(
    'error',
    'errors',
    'errors',
    ['code', 'name', 'condition', 'description'],
    ['code', 'expression', 'error_code'],
    ['name', 'text', 'name'],
    ['condition', 'text', 'condition', null, 'condition'],
    ['description', 'text', 'description', null, 'desc'],
  ),
  part(
    'signal',
    'signals',
    'signals',
    ['number', 'name', 'direction', 'action'],
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
    ['stateForbidden', 'expression', 'state_forbidden', 'KAPI_SIGNAL_STATE_FORBID', 'state-forbidden state_forbidden'],
  ),
  part(
    'side-effect',
    'sideEffects',
    'side_effects',
    ['types', 'target', 'description'],
    ['types', 'effect', 'type'],
    ['target', 'text', 'target', null, 'target'],
    ['description', 'text', 'description', null, 'desc'],
    ['condition', 'text', 'condition', 'KAPI_EFFECT_CONDITION', 'condition'],
    ['reversible', 'switch', 'reversible', 'KAPI_EFFECT_REVERSIBLE', 'reversible'],
  ),
  part(
    'state-trans',
    'stateTransitions',
    'state_transitions',
    ['object', 'from', 'to', 'description'],
    ['object', 'text', 'object', null, 'object'],
    ['from', 'text', 'from_state', null, 'from'],
    ['to', 'text', 'to_state', null, 'to'],
    ['description', 'text', 'description', null, 'desc'],
    ['condition', 'text', 'condition', 'KAPI_STATE_TRANS_COND', 'condition'],
  ),
  part(
    'lock',
    'locks',
    'locks',
    ['name', 'type'],
    ['name', 'text', 'lock_name'],
    ['type', 'lock', 'lock_type', null, 'type'],
    ['scope', 'scope', 'scope', 'KAPI_LOCK_SCOPE', 'scope'],
    ['acquired', 'switch', 'acquired', 'KAPI_LOCK_ACQUIRED', 'acquired'],
    ['released', 'switch', 'released', 'KAPI_LOCK_RELEASED', 'released'],
    ['heldOnEntry', 'switch', 'held_on_entry', 'KAPI_LOCK_HELD_ENTRY', 'held-on-entry'],
    ['heldOnExit', 'switch', 'held_on_exit', 'KAPI_LOCK_HELD_EXIT', 'held-on-exit'],
    ['description', 'text', 'description', 'KAPI_LOCK_DESC', 'desc'],
  ),
  part(
    'capability',
    'capabilities',
    'capabilities',
    ['name', 'title', 'action'],
    ['name', 'expression', 'capability'],
    ['title', 'text', 'cap_name', null, 'desc'],
    ['action', 'capability', 'action', null, 'type'],
    ['allows', 'text', 'allows', 'KAPI_CAP_ALLOWS', 'allows'],
    ['without', 'text', 'without_cap', 'KAPI_CAP_WITHOUT', 'without'],
    ['condition', 'text', 'check_condition', 'KAPI_CAP_CONDITION', 'condition'],
    ['priority', 'expression', 'priority', 'KAPI_CAP_PRIORITY', 'priority'],
  ),
  part(
    'constraint',
    'constraints',
    'constraints',
    ['name', 'description'],
    ['name', 'text', 'name'],
    ['description', 'text', 'description', null, 'desc'],
    ['expression', 'text', 'expression', 'KAPI_CONSTRAINT_EXPR', 'expr'],
  ),
  part('judged', 'judged', 'judged', ['clause', 'text'], ['clause', 'text', 'clause'], ['text', 'text', 'text']),
];

const CALL: readonly Row[] = [
  ['description', 'text', 'description', 'KAPI_DESCRIPTION'],
  ['longDescription', 'text', 'long_description', 'KAPI_LONG_DESC', 'long-desc'],
  ['contexts', 'context', 'context_flags', 'KAPI_CONTEXT', 'contexts context-flags'],
  ['since', 'text', 'since_version', 'KAPI_SINCE_VERSION', 'since-version since'],
  ['examples', 'text', 'examples', 'KAPI_EXAMPLES', 'examples'],
  ['notes', 'text', 'notes', 'KAPI_NOTES', 'notes'],
];

/** The fields of the call itself. */
export const CALL_FIELDS: readonly Field[] = CALL.map(field);

/** How a count is declared: the macro, the designator, the key in kernel-doc. */
export const COUNTS: readonly { of: PartKind; macro: string; designator: string; doc: string }[] = PARTS.flatMap(
  ({ kind, macro }) => {
    if (kind === 'return' || kind === 'judged') return [];
    const designator = `${kind.replace('-', '_')}_count`;
    return [{ of: kind, macro: `${macro}_COUNT`, designator, doc: `${kind}-count` }];
  },
);

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

/** Finds a field of a part by the model's name. */
export function fieldOf(table: PartTable, name: string): Field {
  return table.fields.find((one) => one.name === name)!;
}

/** Lists the parts of one kind; the return value is a list of one or none. */
export function partsOf(call: Specification, { list }: PartTable): readonly Part[] {
  const value: Part | readonly Part[] | null = call[list];
  return value === null ? [] : 'length' in value ? value : [value];
}

/** The fields of a part, or of the call, by the names that their tables have. */
export type Values = Readonly<Record<string, string | boolean | readonly string[]>>;

/** Takes a part, or a call, by its tables. */
export const valuesOf = (one: Part | Specification): Values => one as unknown as Values;
