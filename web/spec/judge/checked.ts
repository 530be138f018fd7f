// "Runtime checks": what the series' validation answers before a call runs, beside what the kernel answers.
import { constraintText } from '../clauses';
import type { Specification } from '../model';
import { allows, argumentOf } from './arguments';

/** One call with and without the checks. */
export interface Checked {
  /** What the kernel answers: a value or -errno. */
  readonly unchecked: bigint;
  /** What a kernel answers that asks the specification first: EINVAL without running it, or the same. */
  readonly checked: bigint;
  /** The parameters that are refused, with the rule that refuses them. */
  readonly violations: readonly { readonly parameter: string; readonly value: bigint; readonly rule: string }[];
}

const EINVAL = -22n;

/** Validates the registers of a call by a specification, as the checks of the series do: before it runs, each parameter alone. */
export function checkedResult(call: Specification, args: readonly bigint[], result: bigint): Checked {
  const violations = call.parameters.flatMap((one) => {
    const value = argumentOf(call, one.name, { args }) ?? 0n;
    if (allows(one, value) !== false) return [];
    return [{ parameter: one.name, value, rule: constraintText(one) }];
  });
  return { unchecked: result, checked: violations.length > 0 ? EINVAL : result, violations };
}
