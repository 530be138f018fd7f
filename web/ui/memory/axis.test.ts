import { describe, expect, test } from 'vitest';
import { at, parse } from '../../run/notation';
import * as axis from './axis';
import { stripOf } from './strip';

const base = axis.pageNumber(at(0));
const TERABYTE = { vm_start: 0x100000000000n, vm_end: 0x110000000000n };
const areas = (drawing: string) => axis.axisOf([parse(drawing).vmas]);
/** Areas as [first page, page after the last] from the drawing's start. */
const shown = ({ starts, ends }: axis.Axis) => [...starts].map((start, i) => [start - base, ends[i]! - base]);

describe('areas', () => {
  test('a small hole stays inside its area, a large one parts two', () => {
    expect(shown(areas('|rrrrrrrrrr|..|rrrr|'))).toEqual([[0, 16]]);
    expect(shown(areas('|rr|.×16|rr|'))).toEqual([[0, 20]]);
    expect(shown(areas('|rr|.×17|rr|'))).toEqual([
      [0, 2],
      [19, 21],
    ]);
  });
  test('what is mapped before or after the step has its place', () => {
    const both = axis.axisOf([parse('|rrrr|').vmas, parse('..|rrrr|').vmas]);
    expect(shown(both)).toEqual([[0, 6]]);
  });
  test('pages count in the areas before', () => {
    const two = areas('|r×10|.×1000|r×5|');
    expect([...two.before]).toEqual([0, 10]);
    expect(two.nr_pages).toBe(15);
  });
  test('nothing mapped is an axis too', () => {
    const none = axis.axisOf([[], []]);
    expect(none.nr_pages).toBe(0);
    const mapping = axis.mappingOf(none, axis.cameraOverAll(none, 800), 800);
    expect(axis.xOf(mapping, 7)).toBe(0);
    expect(axis.pageAt(mapping, 400)).toBe(0);
  });
});

describe('places', () => {
  const two = areas('|r×10|.×1000|r×5|');
  const camera = { page: base, x: 0, px: 20 };
  const mapping = axis.mappingOf(two, camera, 800);

  test('pages are to scale and a gap has a fixed width', () => {
    expect(axis.xOf(mapping, base + 3)).toBe(60);
    expect(axis.xOf(mapping, base + 10)).toBe(200);
    expect(axis.xOf(mapping, base + 1010)).toBe(264);
    expect(axis.xOf(mapping, base + 1012)).toBe(304);
  });
  test('x and page are inverse, inside the gap too', () => {
    for (const page of [0, 0.5, 9.25, 10, 300, 1010, 1014.75])
      expect(axis.pageAt(mapping, axis.xOf(mapping, base + page)) - base).toBeCloseTo(page, 3);
  });
  test('zooming keeps the page under the pointer', () => {
    const page = axis.pageAt(mapping, 130);
    for (const factor of [0.5, 1.3, 3]) {
      const next = axis.zoomed(two, 800, camera, 130, factor);
      expect(axis.xOf(axis.mappingOf(two, next, 800), page)).toBeCloseTo(130, 6);
    }
  });
  test('the picture cannot be lost to the side', () => {
    const far = axis.mappingOf(two, axis.panned(two, 800, camera, -100000), 800);
    expect(axis.xOf(far, base + 1015)).toBe(400);
  });
  test('a page out of view is brought in, the scale stays', () => {
    const next = axis.revealed(two, 100, camera, base + 1010, base + 1015);
    expect(next.px).toBe(20);
    expect(axis.xOf(axis.mappingOf(two, next, 100), base + 1015)).toBeLessThanOrEqual(100);
  });
});

describe('fit', () => {
  const columns = (a: axis.Axis, camera: axis.Camera, width: number): number[] => {
    const mapping = axis.mappingOf(a, camera, width);
    return [axis.pageAt(mapping, 0) - base, axis.pageAt(mapping, width) - base].map(Math.round);
  };
  test('a small area is shown whole', () => {
    const one = areas('|rrrrrrrrrr|..|rr|rr|pppp|vv|dd|'.replace(/[pvd]/g, 'r'));
    const camera = axis.fit(one, 834, base, base + 16);
    expect(columns(one, camera, 834)).toEqual([0, 24]);
    expect(camera.px).toBeCloseTo(34.75);
  });
  test('in a large area the change is in the middle, with letters', () => {
    const one = areas('|r×4096|');
    const camera = axis.fit(one, 834, base + 1000, base + 1004);
    expect(camera.px).toBeGreaterThanOrEqual(axis.LETTER_PX);
    expect(columns(one, camera, 834)).toEqual([985, 1019]);
  });
  test('a terabyte fits, too', () => {
    const huge = axis.axisOf([[TERABYTE]]);
    const camera = axis.fit(huge, 834, huge.starts[0]!, huge.ends[0]!);
    expect(camera.px * 268435456).toBeCloseTo(834);
  });
});

describe('strip', () => {
  test('small VMAs are to scale, a terabyte leaves room for them', () => {
    const strip = stripOf([TERABYTE, ...parse('|rrrr|RR|').vmas], 1000);
    const width = (from: number, to: number) => axis.xOf(strip, base + to) - axis.xOf(strip, base + from);
    expect(width(0, 4) / width(4, 6)).toBeCloseTo(2);
    expect(width(0, 6)).toBeGreaterThan(0.5);
    expect(axis.xOf(strip, base + 6)).toBeCloseTo(1000);
  });
});
