import { describe, expect, test } from 'vitest';
import { VM_PFNMAP } from '../../../assembly/abi/mman';
import { at, parse, RW } from '../../run/notation';
import { pageNumber } from './axis';
import { eachRun, runAt, sharesOf } from './cells';

const base = pageNumber(at(0));
/** Runs as "letters kind foot", as many letters as pages. */
function runs(drawing: string, from = 0, to = 40): string[] {
  const process = parse(drawing);
  const seen: string[] = [];
  eachRun(process, base + from, base + to, (run) => {
    const n = Math.min(run.to, base + to) - Math.max(run.from, base + from);
    seen.push(`${run.letter.repeat(n)} ${run.kind} ${run.foot}`);
    return run.to;
  });
  return seen;
}

describe('storeys', () => {
  test('counted is not pinned', () => {
    expect(runs('|LLZl|', 0, 4)).toEqual(['LL anon pinned', 'Z zero counted', 'l absent counted']);
  });
  test('on fault: counted now, pinned when it comes', () => {
    expect(runs('|oO|', 0, 2)).toEqual(['o absent onfault', 'O anon pinned']);
  });
  test('a hole is a run of its own', () => {
    expect(runs('|rR|..|S|', 0, 5)).toEqual(['r absent none', 'R anon none', '·· unmapped none', 'S swap none']);
  });
  test('a special VMA has no letters', () => {
    const process = parse('|rr|', {}, { vm_flags: RW | BigInt(VM_PFNMAP) });
    expect(runAt(process, base).kind).toBe('special');
  });
});

test('runs can be left out', () => {
  const process = parse(`|${'rR'.repeat(1000)}|`);
  let visits = 0;
  eachRun(process, base, base + 2000, (run) => {
    visits++;
    return run.to + 99;
  });
  expect(visits).toBe(20);
});

test('the end of all is a hole without end', () => {
  expect(runAt(parse('|r|'), base + 5).to).toBe(Infinity);
});

test.each([
  ['|LLLLZZllll|..|rr|oo|', { onfault: 2, pinned: 4, counted: 6 }],
  ['|LL|R|LZZllll|..|LLLL|', { onfault: 0, pinned: 7, counted: 6 }],
  ['|RRRR|', { onfault: 0, pinned: 0, counted: 0 }],
])('shares of %s', (drawing, shares) => {
  expect(sharesOf(parse(drawing))).toEqual(shares);
});

test('a terabyte is counted without looking at its pages', () => {
  const huge = parse('|l|', {}, { vm_start: 0x100000000000n, vm_end: 0x110000000000n });
  expect(sharesOf(huge)).toEqual({ onfault: 0, pinned: 0, counted: 2 ** 28 });
});
