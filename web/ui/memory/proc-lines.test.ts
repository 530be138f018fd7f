import { describe, expect, test } from 'vitest';
import { machine, parse } from '../../run/notation';
import { cut, leftOut, procLines, procText } from './proc-lines';

const lines = (file: 'maps' | 'smaps' | 'status', before: string, after: string) => {
  const [was, is] = [parse(before), parse(after)];
  return procLines(procText(file, was, machine(was)), procText(file, is, machine(is))).filter(
    (line) => line.was !== null,
  );
};

describe('marked lines', () => {
  test('a changed value keeps its old one', () => {
    const [line] = lines('status', '|rrrr|', '|llll|');
    expect(line).toEqual({ text: 'VmLck:\t      16 kB', was: '0 kB' });
  });
  test('a split is two lines: one with another end, one new', () => {
    const marked = lines('maps', '|rrrr|', '|rr|ll|');
    expect(marked.map(({ was }) => was)).toEqual(['7ffff7fe7000-7ffff7feb000', '']);
  });
  test('smaps tells the field below its VMA', () => {
    const marked = lines('smaps', '|rrrr|', '|llll|');
    expect(marked.map(({ text, was }) => `${text.split(':')[0]} was ${was}`)).toEqual([
      'VmFlags was rd wr mr mw me ac',
    ]);
  });
});

test('of very many VMAs those from the change on are shown', () => {
  const process = parse(`|${'r|l|'.repeat(150)}`);
  expect(leftOut('smaps', process)).toBe(200);
  const shown = cut('smaps', process, process.vmas[250]!.vm_start);
  expect(shown.vmas[0]).toBe(process.vmas[200]);
  expect(cut('status', process, 0n)).toBe(process);
});
