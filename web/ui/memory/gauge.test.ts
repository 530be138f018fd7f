import { describe, expect, test } from 'vitest';
import { parse } from '../../run/notation';
import { sharesOf } from './cells';
import { gaugeOf, limitText, sharesText, type Look } from './gauge';

const LETTERS: Record<Look, string> = { onfault: 'o', pinned: '#', counted: '/', released: 'x', free: '.' };
/** The gauge as text: o on fault, # pinned, / counted, x released, . free; [ ] around the step's share, ! the limit. */
function draw(drawing: string, delta: number, limit_pages = 16, caps = 0): string {
  const process = parse(drawing, { rlimit_memlock: [BigInt(limit_pages) * 4096n, 0n], caps });
  const gauge = gaugeOf(process.counters, sharesOf(process), delta);
  const cells = gauge.parts.flatMap(({ look, nr_pages }) => Array.from({ length: nr_pages }, () => LETTERS[look]));
  return Array.from({ length: gauge.size + 1 }, (_, i) => {
    const open = gauge.share?.[0] === i ? '[' : '';
    const close = gauge.share?.[1] === i ? ']' : '';
    return `${close}${gauge.limit === i ? (gauge.applies ? '!' : ':') : ''}${open}${cells[i] ?? ''}`;
  }).join('');
}

test('what the step added stands at the end', () => {
  expect(draw('|LLLLZZllll|..|rr|oo|', 10)).toBe('oo[####//////]....!');
});
test('what it gave back is an outlined hole', () => {
  expect(draw('|LL|R|LZZllll|..|rr|oo|', -1)).toBe('oo###//////x....!');
});
test('with CAP_IPC_LOCK more than the limit may be locked', () => {
  expect(draw('|LLLL|', 4, 2, 1)).toBe('[##:##]');
});
test('a limit of 0 is a line at the start', () => {
  expect(draw('|rr|', 0, 0)).toBe('!.');
});

describe('words', () => {
  test.each([
    [65536n, 'RLIMIT_MEMLOCK 64 KiB'],
    [8388608n, 'RLIMIT_MEMLOCK 8 MiB'],
    [4097n, 'RLIMIT_MEMLOCK 4097 B'],
    [(1n << 64n) - 1n, 'RLIMIT_MEMLOCK unlimited'],
  ])('limit of %d bytes', (bytes, text) => {
    expect(limitText(parse('', { rlimit_memlock: [bytes, bytes] }).counters)).toBe(text);
  });
  test('shares', () => {
    expect(sharesText({ onfault: 2, pinned: 4, counted: 6 })).toBe('4 pinned, 6 counted without a page, 2 on fault');
    expect(sharesText({ onfault: 0, pinned: 0, counted: 0 })).toBe('none locked');
  });
});
