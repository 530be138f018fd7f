import { describe, expect, test } from 'vitest';
import { VM_LOCKONFAULT } from '../../../assembly/abi/mman';
import { at } from '../../run/notation';
import { pageNumber } from './axis';
import { RANGE_9, sceneFrom, STEP_9, withImage } from './fixture.test-data';
import { narrowRows } from './narrow-rows';
import { callerOf, neighbour, nextVma, sceneOf, switched, viewAs } from './scene';
import { pageTip, tipText, vmaTip, type Around } from './sentences';
import { twinRows } from './twin';
import { vmaRows } from './vma-rows';

const scene = sceneFrom(...STEP_9, RANGE_9);
const { before, after } = scene.groups[0]!;
const base = pageNumber(at(0));

describe('what F shows', () => {
  test('the range of the call', () => {
    expect(scene.target).toEqual([base, base + 16]);
  });
  test('without a range what changed', () => {
    expect(sceneFrom('|rr|RR|rr|', '|rr|RL|rr|').target).toEqual([base + 3, base + 4]);
  });
  test('without a change the last named mapping', () => {
    expect(sceneFrom('|rrrr|', '|rrrr|').target).toEqual([base, base + 16]);
  });
});

test('Tab goes from change to change', () => {
  const { changed } = sceneFrom('|rrrrrr|', '|RrrrRR|');
  expect(neighbour(changed, base, 1)).toBe(base + 4);
  expect(neighbour(changed, base + 4, 1)).toBeNull();
  expect(neighbour(changed, base + 5, -1)).toBe(base + 4);
  expect(neighbour(changed, base + 4, -1)).toBe(base);
});

test('[ and ] go from VMA to VMA, over holes', () => {
  const vmas = after!.vmas;
  expect(nextVma(vmas, base, 1)?.vm_start).toBe(at(12));
  expect(nextVma(vmas, base + 11, 1)?.vm_start).toBe(at(12));
  expect(nextVma(vmas, base + 12, -1)?.vm_start).toBe(at(0));
});

describe('sentences', () => {
  const around = (page: number, changed = false): Around => {
    const facts = { before: before!, after: after!, files: [], names: scene.names };
    return { ...facts, changed: changed || page < 4 };
  };
  const says = (page: number): string => tipText(pageTip(base + page, around(page)));
  test.each([
    [
      0,
      'Page 0 is an anonymous page. PG_mlocked, on the unevictable list, mlock_count 1. Before: R, on the inactive list.',
    ],
    [
      4,
      'Page 4 is the shared zero page. VM_LOCKED, so locked_vm counts it, but a zero page is never pinned. The first write brings a page of its own.',
    ],
    [6, 'Page 6 is absent: nothing in the page table. VM_LOCKED, so locked_vm counts it, but no page is pinned.'],
    [10, 'Nothing is mapped here: a hole of 2 pages.'],
    [12, 'Page 12 is absent: nothing in the page table.'],
    [14, 'Page 14 is absent: nothing in the page table. VM_LOCKONFAULT: counted now, pinned when it is faulted in.'],
    [17, '[vvar] is VM_PFNMAP: lock calls skip it and say nothing.'],
  ])('page %d', (page, text) => {
    expect(says(page)).toBe(text);
  });
  test('a VMA tells what holds its pages and what the step set', () => {
    const vma = after!.vmas.find(({ vm_start }) => vm_start === at(0))!;
    expect(tipText(vmaTip(vma, around(0), scene.changes.get(at(0)) ?? null))).toBe(
      'buf: 10 pages, rw-p. VM_LOCKED: locked_vm counts 10 pages, 4 pinned. This step set VM_LOCKED.',
    );
  });
  test.each([
    [
      3,
      'At step 3: R, on the inactive list.',
      'At step 3: part of a larger VMA, without VM_LOCKED, with VM_LOCKONFAULT.',
    ],
    [
      0,
      'At the start: R, on the inactive list.',
      'At the start: part of a larger VMA, without VM_LOCKED, with VM_LOCKONFAULT.',
    ],
  ])('compared with step %d they speak of it, not of what this step did', (against, page, vma) => {
    const compared = { ...around(0), against };
    const change = { ...scene.changes.get(at(0))!, what: 'split', removed: BigInt(VM_LOCKONFAULT) } as const;
    expect(pageTip(base, compared).body).toContain(`mlock_count 1. ${page}`);
    expect(
      vmaTip(
        after!.vmas.find(({ vm_start }) => vm_start === at(0))!,
        compared,
        change,
      ).body,
    ).toContain(`4 pinned. ${vma}`);
  });
});

test('the twin lists VMAs in view with their runs of pages', () => {
  const rows = twinRows(scene, base, base + 16).map(({ what, nr_pages, says }) => `${what} | ${nr_pages} | ${says}`);
  expect(rows).toEqual([
    'buf | 10 pages | rw-p rd wr mr mw me lo ac, changed by this step',
    'pages 0 to 3 | 4 pages | L anon, pinned, mlock_count 1, changed by this step',
    'pages 4 to 5 | 2 pages | Z zero, counted in locked_vm, not pinned',
    'pages 6 to 9 | 4 pages | l absent, counted in locked_vm, not pinned',
    'not mapped | hole 2 pages | ',
    'buf+12p | 2 pages | rw-p rd wr mr mw me ac',
    'pages 0 to 1 | 2 pages | r absent',
    'buf+14p | 2 pages | rw-p rd wr mr mw me lo lf ac',
    'pages 0 to 1 | 2 pages | o absent, lock-on-fault',
  ]);
  const compared = twinRows({ ...scene, view: { ...scene.view, against: 3 } }, base, base + 4);
  expect(compared.map(({ says }) => says)).toEqual([
    'rw-p rd wr mr mw me lo ac, other than at step 3',
    'L anon, pinned, mlock_count 1, other than at step 3',
    'Z zero, counted in locked_vm, not pinned',
    'l absent, counted in locked_vm, not pinned',
  ]);
});

test('upright: what the scenario works on in cells, the image in lines', () => {
  const rows = narrowRows(scene).map(
    ({ edge, name, facts, runs }) => `${edge}: ${name}, ${facts}, ${runs.map((run) => run.letter).join('')}`,
  );
  expect(rows).toEqual([
    'plain: 3 VMAs, image · 167 pages, ',
    'gap: 128 TiB unmapped, , ',
    'locked: buf, 10 pages, LLLLZZllll',
    'gap: hole, 2 pages · the call stopped here, ',
    'plain: buf + 12p, 2 pages, rr',
    'onfault: buf + 14p, 2 pages, oo',
    'special: [vvar] [vdso], 8 pages, ',
    'gap: 128 MiB unmapped, , ',
    'plain: [stack], 33 pages, ',
  ]);
});

test('the table folds the image and shows small holes', () => {
  const outlined = { starts: new Float64Array(0), ends: new Float64Array(0) };
  const kinds = (unfolded: boolean, chosen: number | null = null) => {
    const rows = vmaRows(after!, scene.names, { outlined, unfolded, chosen });
    return Array.from({ length: rows.length }, (_, i) => rows.row(i).kind);
  };
  expect(kinds(false)).toEqual(['image', 'vma', 'hole', 'vma', 'vma', 'vma', 'vma', 'vma']);
  expect(kinds(true).filter((kind) => kind === 'vma')).toHaveLength(9);
  expect(kinds(false, base + 5).slice(1, 5)).toEqual(['vma', 'pages', 'pages', 'pages']);
});

test('of many processes the caller and three more are shown, and others can be chosen', () => {
  const process = withImage('|RR|');
  const processes = Array.from({ length: 200 }, (_, i) => ({ ...process, pid: i + 1 }));
  const view = {
    ...scene.view,
    pid: 5,
    before: { ...scene.view.before, processes },
    after: { ...scene.view.after, processes },
  };
  const shown = (chosen: readonly number[] | null) => sceneOf(view, [], chosen).groups.map(({ pid }) => pid);
  expect(shown(null)).toEqual([5, 1, 2, 3]);
  expect(shown([180, 7])).toEqual([5, 7, 180]);
  expect(shown([])).toEqual([5]);
  expect(sceneOf(view, []).processes).toHaveLength(200);
  expect(switched([1, 2, 3], 7)).toEqual([2, 3, 7]);
  expect(switched([1, 2, 3], 2)).toEqual([1, 3]);
});

test('a step as another process sees it changed what it changed there', () => {
  const other = (drawing: string) => ({ ...withImage(drawing), pid: 2 });
  const view = {
    ...scene.view,
    before: { ...scene.view.before, processes: [before!, other('|RR|')] },
    after: { ...scene.view.after, processes: [after!, other('|RS|')] },
  };
  const seen = viewAs(view, 2);
  expect(callerOf(seen)?.pid).toBe(2);
  expect(seen.range).toBeNull();
  expect(seen.diff.pages).toEqual([[at(1), 1]]);
  expect(viewAs(view, 1)).toBe(view);
  expect(viewAs(view, 99)).toBe(view);
});
