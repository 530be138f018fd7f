import { describe, expect, test } from 'vitest';
import { at } from '../../run/notation';
import { cameraOverAll, fit, mappingOf, pageAt, pageNumber, xOf, type Camera } from './axis';
import { stripOf } from './strip';
import { Brush, type Theme } from './brush';
import { RANGE_9, sceneFrom, STEP_9 } from './fixture.test-data';
import { lanesOf } from './lanes';
import { paint } from './paint';
import { eachRange, outlinesOf } from './paint-ranges';
import type { Scene } from './scene';

const base = pageNumber(at(0));
const WIDTH = 834;

interface Written {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** A canvas that only keeps its texts; a character is 6.6 px wide. */
function paper(): { ctx: CanvasRenderingContext2D; written: Written[]; calls: () => number } {
  const written: Written[] = [];
  let calls = 0;
  const known: Record<string | symbol, unknown> = {
    measureText: (text: string) => ({ width: text.length * 6.6 }),
    fillText: (text: string, x: number, y: number) => void written.push({ text, x, y }),
  };
  const ctx = new Proxy(known, {
    get: (target, key) => target[key] ?? (() => void calls++),
  }) as unknown as CanvasRenderingContext2D;
  return { ctx, written, calls: () => calls };
}

const theme: Theme = {
  colours: new Proxy({}, { get: () => '#000' }) as Theme['colours'],
  mono: 'm',
  sans: 's',
  widths: new Map(),
};

/** Paints a scene and returns its texts by lane, from left to right. */
function texts(scene: Scene, camera: Camera = fit(scene.axis, WIDTH, base, base + 16)) {
  const mapping = mappingOf(scene.axis, camera, WIDTH);
  const strip = stripOf(scene.groups[0]!.after!.vmas, WIDTH);
  const window = [xOf(strip, pageAt(mapping, 0)), xOf(strip, pageAt(mapping, WIDTH))] as const;
  const lanes = lanesOf(1, 'wide');
  const { ctx, written, calls } = paper();
  const look = { rings: [], scroll: 0, fresh: 1, width: WIDTH };
  paint(new Brush(ctx, theme), { scene, lanes, camera, mapping, strip, window, ...look });
  const group = lanes.groups[0]!;
  const inLane = ({ y, h }: { y: number; h: number }, from = 0, to = h): string[] =>
    written
      .filter((one) => one.y >= y + from && one.y < y + to && one.text !== '')
      .sort((a, b) => a.x - b.x)
      .map(({ text }) => text.trim());
  return { inLane, lanes, group, calls: calls() };
}

describe('step 9, all lanes on one axis', () => {
  const { inLane, lanes, group } = texts(sceneFrom(...STEP_9, RANGE_9));
  test('ruler', () => {
    expect(inLane(lanes.ruler).slice(0, 16)).toEqual(Array.from({ length: 16 }, (_, i) => String(i)));
  });
  test('call', () => {
    expect(inLane(lanes.call)).toEqual(['mlock(buf, 65536): applied to 10 pages', '6 not reached']);
  });
  test('before', () => {
    expect(inLane(group.before)).toEqual(['rw-p', 'rw-p', 'lo lf', '[vvar]', '[vdso]']);
  });
  test('after: the added flag is a chip', () => {
    expect(inLane(group.after, 16).join(' ')).toMatch(/^rd wr mr mw me \+lo ac .*2 pages/);
  });
  test('pages: the letters of the drawing', () => {
    expect(inLane(group.pages, 0, 20).join('')).toBe('LLLLZZllll··rroo');
    expect(inLane(group.pages, 38)).toEqual(['×1', '×1', '×1', '×1']);
  });
});

test('what was removed stays to be read', () => {
  const { inLane, group } = texts(sceneFrom('|LLLL|', '|L|RR|L|'));
  expect(inLane(group.after, 22)).toContain('lo');
});

test('a terabyte is one bar with its page count, and little work', () => {
  const scene = sceneFrom('|rr|', '|rr|');
  const huge = {
    ...scene.groups[0]!.after!,
    vmas: [{ ...scene.groups[0]!.after!.vmas[3]!, vm_start: 0x100000000000n, vm_end: 0x110000000000n }],
    extents: [],
  };
  const step = {
    ...scene,
    groups: [{ pid: 1, before: null, after: huge }],
    axis: {
      starts: Float64Array.of(2 ** 32),
      ends: Float64Array.of(2 ** 32 + 2 ** 28),
      before: Float64Array.of(0),
      nr_pages: 2 ** 28,
    },
  };
  const { inLane, group, calls } = texts(step, cameraOverAll(step.axis, WIDTH));
  expect(inLane(group.pages)).toEqual(['268,435,456']);
  expect(calls).toBeLessThan(600);
});

test('ranges too narrow to be told apart are visited once', () => {
  const starts = Float64Array.from({ length: 60000 }, (_, i) => 2 * i);
  const ranges = { starts, ends: starts.map((start) => start + 1) };
  const mapping = { pages: Float64Array.of(0, 120000), xs: Float64Array.of(0, 800) };
  let visits = 0;
  eachRange(ranges, mapping, 800, () => visits++);
  expect(visits).toBeLessThan(500);
  const wide = { pages: Float64Array.of(0, 100), xs: Float64Array.of(0, 800) };
  const seen: number[] = [];
  eachRange(ranges, wide, 40, (from, to, x0, x1) => void seen.push(from, to, x0, x1));
  expect(seen).toEqual([0, 1, 0, 8, 2, 3, 16, 24, 4, 5, 32, 40]);
});

test('narrow ranges that touch have one outline, wide ones and those apart each their own', () => {
  const mapping = { pages: Float64Array.of(0, 800), xs: Float64Array.of(0, 800) };
  // 100 of one page side by side, one of 50 beside them, two thin ones far from each other
  const starts = Float64Array.from([...Array.from({ length: 100 }, (_, i) => i), 100, 300, 400]);
  const ends = starts.map((start) => start + (start === 100 ? 50 : 1));
  expect(outlinesOf({ starts, ends }, mapping, 800)).toEqual([
    [0, 100],
    [100, 150],
    [300, 302],
    [400, 402],
  ]);
});
