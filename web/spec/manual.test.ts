// The short help of the editor and the specifications speak of the same errors.
import { expect, test } from 'vitest';
import { ERROR_MANUAL } from '../lang/manual-errors';
import { ourCalls } from './calls';

/** Conditions by errno, in the order in which an errno comes first. */
function tally(names: readonly string[]): [string, number][] {
  return [...new Set(names)].map((name) => [name, names.filter((one) => one === name).length]);
}

test.each(ourCalls().map((call) => [call.name, call] as const))(
  '%s: help has as many conditions of each errno as are specified, in the same order',
  (name, call) => {
    const helped = ERROR_MANUAL[name]!.flatMap(([errno, ...when]) => when.map(() => errno));
    expect(tally(helped)).toEqual(tally(call.errors.map((one) => one.name)));
  },
);
