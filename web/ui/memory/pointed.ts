// What the pointer is over in the picture, and what the tip there says.
import { pageAt, pageNumber, SMALL_HOLE, xOf, type Mapping } from './axis';
import { runAt } from './cells';
import { spotAt, type Lanes } from './lanes';
import type { Scene } from './scene';
import { gapTip, pageTip, vmaTip, type Around, type Tip } from './sentences';

/** A tip and where it stands. */
export interface PlacedTip {
  readonly tip: Tip;
  readonly x: number;
  readonly y: number;
  readonly inView: boolean;
}

/** True over the bar of the call: over what it did, and over what it did not come to. */
export function isOverCall(
  at: { x: number; y: number } | null,
  scene: Scene | null,
  mapping: Mapping | null,
  lanes: Lanes,
  scroll: number,
): boolean {
  const range = scene?.view.range;
  if (!at || !range || !mapping || spotAt(lanes, at.y, scroll).lane !== 'call') return false;
  return at.x >= xOf(mapping, pageNumber(range.start)) && at.x <= xOf(mapping, pageNumber(range.end));
}

/** Finds what the pointer says, by lane: pages a page or a hole; before and after a VMA or a gap; the rest nothing. */
export function tipAt(
  at: { x: number; y: number } | null,
  scene: Scene | null,
  mapping: Mapping | null,
  lanes: Lanes,
  scroll: number,
  around: (page: number, group: number) => Around | null,
): PlacedTip | null {
  if (!at || !scene || !mapping || mapping.pages.length === 0) return null;
  const spot = spotAt(lanes, at.y, scroll);
  if (spot.lane !== 'pages' && spot.lane !== 'before' && spot.lane !== 'after') return null;
  const page = Math.floor(pageAt(mapping, at.x));
  const facts = around(page, spot.group);
  const group = scene.groups[spot.group];
  const process = spot.lane === 'before' ? group?.before : group?.after;
  if (!facts || !process) return null;
  const own: Around = { ...facts, before: group?.before ?? null, after: process };
  const lane = lanes.groups[spot.group]![spot.lane];
  const place = { x: at.x, y: lane.y + lane.h + 3, inView: true };
  const run = runAt(process, page);
  if (!run.vma)
    return run.to - run.from > SMALL_HOLE || spot.lane !== 'pages'
      ? { tip: gapTip(run.to - run.from), ...place }
      : { tip: pageTip(page, own), ...place };
  if (spot.lane === 'pages') return { tip: pageTip(page, own), ...place };
  const change = spot.lane === 'after' && spot.group === 0 ? scene.changes.get(run.vma.vm_start) : undefined;
  return { tip: vmaTip(run.vma, own, change ?? null), ...place };
}
