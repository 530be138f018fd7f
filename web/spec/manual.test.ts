// The short help of the editor and the specifications speak of the same errors.
import { expect, test } from 'vitest';
import { BUILTINS } from '../lang/builtins';
import { ourCalls } from './calls';

test.each(ourCalls().map((call) => [call.name, call] as const))(
  '%s: help names no error that is not specified',
  (name, call) => {
    const specified = new Set(call.errors.map((one) => one.name));
    const helped = BUILTINS.get(name)!.errors.map(([errno]) => errno);
    expect(helped.filter((errno) => !specified.has(errno))).toEqual([]);
  },
);
