import { expect, test } from 'vitest';
import { at } from '../../run/notation';
import { axisOf, fit, mappingOf, pageNumber, xOf } from './axis';
import { Brush, type Theme } from './brush';
import { sceneFrom } from './fixture.test-data';
import { paintVmas } from './paint-vmas';

const theme: Theme = {
  colours: new Proxy({}, { get: () => '#000' }) as Theme['colours'],
  mono: 'm',
  sans: 's',
  widths: new Map(),
};
const MOST = 10_000;

/** A canvas that counts what is done to it, and gives up at MOST. */
function counting() {
  let calls = 0;
  const count = () => {
    if (++calls > MOST) throw new Error('This picture does not end.');
    return { width: 1 };
  };
  const ctx = new Proxy({}, { get: () => count }) as CanvasRenderingContext2D;
  return { brush: new Brush(ctx, theme), calls: () => calls };
}

const LOOK = { width: 400, names: [], outline: 1, fresh: 1, old: false, changes: new Map(), outlined: null };

test('a process that has nothing as far up as the view leaves its lane empty', () => {
  const { brush, calls } = counting();
  const { axis, groups } = sceneFrom('|LL|........|RR|', '|LL|........|RR|');
  const base = pageNumber(at(0));
  const mapping = mappingOf(axis, fit(axis, 400, base + 10, base + 12), 400);
  const process = groups[0]!.after!;
  const below = { ...process, vmas: process.vmas.filter((vma) => pageNumber(vma.vm_end) <= base + 2) };
  expect(below.vmas.length).toBeGreaterThan(0);
  paintVmas(brush, below, { y: 0, h: 40 }, { ...LOOK, mapping });
  expect(calls()).toBe(0);
});

test('a VMA of less than a pixel that begins where the view ends is not in it', () => {
  const { brush, calls } = counting();
  const { groups } = sceneFrom('|RR|', '|RR|');
  const process = groups[0]!.after!;
  const [model] = process.vmas.filter(({ vm_start }) => vm_start === at(0));
  const vmas = [
    { ...model!, vm_end: at(1600) },
    { ...model!, vm_start: at(1600), vm_end: at(1604) },
  ];
  const axis = axisOf([vmas]);
  const base = pageNumber(at(0));
  const mapping = mappingOf(axis, { page: base, x: 0, px: 400 / 1600 }, 400);
  expect(xOf(mapping, base + 1600)).toBe(400);
  paintVmas(brush, { ...process, vmas }, { y: 0, h: 40 }, { ...LOOK, mapping });
  expect(calls()).toBeLessThan(MOST);
});
