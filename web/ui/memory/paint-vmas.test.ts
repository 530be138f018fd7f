import { expect, test } from 'vitest';
import { at } from '../../run/notation';
import { fit, mappingOf, pageNumber } from './axis';
import { Brush, type Theme } from './brush';
import { sceneFrom } from './fixture.test-data';
import { paintVmas } from './paint-vmas';

test('a process that has nothing as far up as the view leaves its lane empty', () => {
  let calls = 0;
  const ctx = new Proxy({}, { get: () => () => (calls++, { width: 1 }) }) as CanvasRenderingContext2D;
  const theme: Theme = {
    colours: new Proxy({}, { get: () => '#000' }) as Theme['colours'],
    mono: 'm',
    sans: 's',
    widths: new Map(),
  };
  const { axis, groups } = sceneFrom('|LL|........|RR|', '|LL|........|RR|');
  const base = pageNumber(at(0));
  const mapping = mappingOf(axis, fit(axis, 400, base + 10, base + 12), 400);
  const process = groups[0]!.after!;
  const below = { ...process, vmas: process.vmas.filter((vma) => pageNumber(vma.vm_end) <= base + 2) };
  expect(below.vmas.length).toBeGreaterThan(0);
  const look = { mapping, width: 400, names: [], outline: 1, fresh: 1, old: false, changes: new Map(), outlined: null };
  paintVmas(new Brush(ctx, theme), below, { y: 0, h: 40 }, look);
  expect(calls).toBe(0);
});
