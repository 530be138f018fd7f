import { expect, test } from 'vitest';
import { parse } from '../../run/notation';
import { Brush, type Theme } from './brush';
import { eachRun, type CellRun } from './cells';
import { pageNumber } from './axis';
import { paintDeep } from './paint-deep';

const theme: Theme = {
  colours: new Proxy({}, { get: () => '#000' }) as Theme['colours'],
  mono: 'm',
  sans: 's',
  widths: new Map(),
};

/** The texts of a cell; a character is 6.6 px wide. */
function textsOf(run: CellRun, w: number): string[] {
  const written: string[] = [];
  const known: Record<string | symbol, unknown> = {
    measureText: (text: string) => ({ width: text.length * 6.6 }),
    fillText: (text: string) => void written.push(text),
  };
  const ctx = new Proxy(known, { get: (target, key) => target[key] ?? (() => {}) });
  paintDeep(new Brush(ctx as unknown as CanvasRenderingContext2D, theme), run, { x: 0, y: 0, w, h: 50 });
  return written;
}

test('the kind of a shared page gives way to the chain', () => {
  const process = parse('|R|');
  const runs: CellRun[] = [];
  const vma = process.vmas[0]!;
  eachRun(process, pageNumber(vma.vm_start), pageNumber(vma.vm_end), (run) => {
    runs.push(run);
    return run.to;
  });
  const [run] = runs;
  const shared = { ...run!, extent: { ...run!.extent!, mapcount: 2, folio: 7n } };
  expect(textsOf(run!, 46)).toContain('anon');
  expect(textsOf(shared, 46)).not.toContain('anon');
  expect(textsOf(shared, 64)).toContain('anon');
});
