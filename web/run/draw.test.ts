import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NAME_VVAR } from '../../assembly/abi/layout';
import { draw, drawingOf, LONGEST } from './draw';
import type { Named } from './model';
import { at, BASE, machine, parse } from './notation';

const whole = (drawing: string, pages: number): string => draw(parse(drawing), BASE, at(pages));
const named = (name: string, from: number, to: number, step = 1): Named => ({
  name,
  start: at(from),
  end: at(to),
  step,
});

describe('the drawing', () => {
  test.each([
    ['|rrrrrrrrrrrrrrrr|', 16],
    ['|RRRRZZrrrr|..|rr|oo|', 16],
    ['|LL|R|LZZllll|..|LLLL|', 16],
    ['|nn|NN|SG|Oo|', 8],
    ['..|RR|..', 6],
    ['', 0],
  ])('%s is drawn as it was written', (drawing, pages) => {
    expect(whole(drawing, pages)).toBe(drawing);
  });

  test('a run of more pages than fit is a letter and a number', () => {
    expect(whole('|r×4096|', 4096)).toBe('|r×4096|');
    expect(whole(`|${'r'.repeat(LONGEST)}|`, LONGEST)).toBe(`|${'r'.repeat(LONGEST)}|`);
    expect(whole('|L×100l×200|.×300|ll|', 602)).toBe('|L×100l×200|.×300|ll|');
  });

  test('a window that cuts a VMA has no border there', () => {
    const process = parse('|RRRR|..|rr|');
    expect(draw(process, at(1), at(7))).toBe('RRR|..|r');
    expect(draw(process, at(4), at(6))).toBe('..');
  });

  test('drawing what was parsed is the identity', () => {
    const run = fc.tuple(
      fc.constantFrom(...'RrLlOoNn'),
      fc.constantFrom('', 'Z', 'S', 'G'),
      fc.integer({ min: 1, max: 60 }),
    );
    const vma = run.map(([letter, other, n]) => (n > LONGEST ? `${letter}×${n}${other}` : letter.repeat(n) + other));
    const hole = fc.integer({ min: 1, max: 30 }).map((n) => '.'.repeat(n));
    const parts = fc.array(fc.tuple(vma, fc.option(hole, { nil: '' })), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, (list) => {
        const drawing = list
          .map(([v, h]) => `|${v}|${h}`)
          .join('')
          .replaceAll('||', '|')
          .replace(/\|$/, '|');
        const pages = parse(drawing).vmas.at(-1)!;
        const tail = drawing.length - drawing.lastIndexOf('|') - 1;
        expect(draw(parse(drawing), BASE, pages.vm_end + BigInt(tail) * 4096n)).toBe(drawing);
      }),
    );
  });

  test('1 TiB is drawn as fast as a page', () => {
    expect(whole(`|r×${2 ** 28}|`, 2 ** 28)).toBe(`|r×${2 ** 28}|`);
  });
});

describe('the drawing of a step', () => {
  test('begins at the named mapping and ends before what the scenario did not make', () => {
    const process = parse('|RR|..|rr|nn|');
    const special = process.vmas.map((vma, i) => (i === 2 ? { ...vma, name: NAME_VVAR } : vma));
    expect(drawingOf(machine({ ...process, vmas: special }), [named('buf', 0, 6)], 1)).toBe('|RR|..|rr|');
  });

  test('what touches the named mapping belongs to it', () => {
    expect(drawingOf(machine(parse('|rr|LL|rr|')), [named('buf', 2, 4)], 1)).toBe('|rr|LL|rr|');
  });

  test('a name holds from its step on, and only for the last mapping that was given it', () => {
    const state = machine(parse('|rr|.×100|LL|'));
    const names = [named('buf', 0, 2, 1), named('buf', 102, 104, 3)];
    expect(drawingOf(state, names, 0)).toBe('');
    expect(drawingOf(state, names, 2)).toBe('|rr|');
    expect(drawingOf(state, names, 3)).toBe('|LL|');
  });

  test('distant areas are parted, near ones joined by dots', () => {
    const state = machine(parse('|rr|..|rr|.×100|LL|'));
    const names = [named('a', 0, 2), named('b', 4, 6), named('c', 106, 108)];
    expect(drawingOf(state, names, 1)).toBe('|rr|..|rr| … |LL|');
  });

  test('a process that has ended draws nothing', () => {
    expect(drawingOf(machine({ ...parse('|rr|'), life: 'exited' }), [named('a', 0, 2)], 1)).toBe('');
  });
});

test('a long drawing ends where it is cut, not where the pages end', () => {
  const process = parse(`|${'rl'.repeat(40).split('').join('|')}|`);
  const whole = draw(process, at(0), at(80));
  const cut = draw(process, at(0), at(80), 20);
  expect(whole.startsWith(cut)).toBe(true);
  expect(cut.length).toBeLessThan(60);
});
