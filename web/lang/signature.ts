import { BUILTINS } from './builtins';
import { callAround } from './call-at';
import { MANUAL } from './manual';
import { MEANINGS } from './manual-meanings';
import { outlineOf } from './outline';

/** The signature of the call around a place. */
export interface Signature {
  /** "int mlock(const void *addr, size_t len)". */
  readonly label: string;
  /** One line: what it does. */
  readonly meaning: string;
  readonly parameters: readonly { readonly from: number; readonly to: number; readonly meaning: string }[];
  /** Index of the parameter that is being written. */
  readonly active: number;
}

/** Finds the signature of the call around an offset: of a builtin or of the text's own function. */
export function signatureAt(source: string, offset: number): Signature | null {
  const around = callAround(source, offset);
  if (!around) return null;
  const builtin = BUILTINS.get(around.name);
  const own = builtin
    ? undefined
    : outlineOf(source).find((one) => one.kind === 'function' && one.name === around.name);
  const label = builtin?.signature ?? own?.detail;
  if (label === undefined) return null;
  const inside = label.slice(label.indexOf('(') + 1, -1);
  const parts = inside === 'void' || inside === '' ? [] : inside.split(', ');
  let from = label.indexOf('(') + 1;
  const parameters = parts.map((part) => {
    const at = { from, to: from + part.length };
    from = at.to + 2;
    const name = /(\w+)(?:\[\])?$/.exec(part)?.[1] ?? '';
    return { ...at, meaning: MANUAL[around.name]?.parameters?.[name] ?? '' };
  });
  const active = Math.min(around.argument, Math.max(0, parameters.length - 1));
  return { label, meaning: builtin ? (MEANINGS[builtin.name] ?? '') : 'Of this scenario.', parameters, active };
}
