// The gauge of locked_vm against RLIMIT_MEMLOCK: one cell a page, or a bar when there are too many.
import type { Counters } from '../../core/state';
import { CAPS_IPC_LOCK } from '../../../assembly/abi/cap';
import { count, sizeText } from '../../app/words';
import type { Shares } from './cells';

/** More pages than this are a bar. */
export const MAX_CELLS = 64;
const PAGE_SIZE = 4096n;
const INFINITE = (1n << 64n) - 1n;

/** Texture of a cell, in the order in which they stand. 'released' is what the step gave back. */
export type Look = 'onfault' | 'pinned' | 'counted' | 'released' | 'free';

/** The gauge in pages. */
export interface Gauge {
  readonly parts: readonly { readonly look: Look; readonly nr_pages: number }[];
  /** Pages of the whole width. */
  readonly size: number;
  readonly cells: boolean;
  /** Where the limit line stands; null without a limit. */
  readonly limit: number | null;
  /** With CAP_IPC_LOCK the limit does not apply. */
  readonly applies: boolean;
  /** Pages [from, to) that the step added; null without any. */
  readonly share: readonly [from: number, to: number] | null;
}

/** Soft RLIMIT_MEMLOCK in whole pages; null for RLIM_INFINITY. */
export function limitPages({ rlimit_memlock }: Counters): number | null {
  const [soft] = rlimit_memlock;
  return soft >= INFINITE ? null : Number(soft / PAGE_SIZE);
}

/** "RLIMIT_MEMLOCK 64 KiB", "RLIMIT_MEMLOCK 100 B", "RLIMIT_MEMLOCK unlimited". */
export function limitText({ rlimit_memlock }: Counters): string {
  const [soft] = rlimit_memlock;
  if (soft >= INFINITE) return 'RLIMIT_MEMLOCK unlimited';
  if (soft % PAGE_SIZE !== 0n) return `RLIMIT_MEMLOCK ${soft} B`;
  return `RLIMIT_MEMLOCK ${sizeText(Number(soft / PAGE_SIZE))}`;
}

/** Lays out the gauge after a step that changed locked_vm by `delta`. */
export function gaugeOf(counters: Counters, shares: Shares, delta: number): Gauge {
  const limit = limitPages(counters);
  const { locked_vm } = counters;
  const released = Math.max(0, -delta);
  const used = locked_vm + released;
  const size = Math.max(1, limit ?? Math.max(16, used), used);
  // locked_vm is what the kernel counts; a share beyond it has no place in the gauge
  const onfault = Math.min(shares.onfault, locked_vm);
  const pinned = Math.min(shares.pinned, locked_vm - onfault);
  const counted = locked_vm - onfault - pinned;
  const parts = [
    { look: 'onfault', nr_pages: onfault },
    { look: 'pinned', nr_pages: pinned },
    { look: 'counted', nr_pages: counted },
    { look: 'released', nr_pages: released },
    { look: 'free', nr_pages: size - used },
  ] as const;
  return {
    parts: parts.filter(({ nr_pages }) => nr_pages > 0),
    size,
    cells: size <= MAX_CELLS,
    limit,
    applies: (counters.caps & CAPS_IPC_LOCK) === 0,
    share: delta > 0 ? [locked_vm - delta, locked_vm] : null,
  };
}

/** "4 pinned, 6 counted without a page, 2 on fault". */
export function sharesText({ onfault, pinned, counted }: Shares): string {
  const words = [
    pinned > 0 ? `${count(pinned)} pinned` : '',
    counted > 0 ? `${count(counted)} counted without a page` : '',
    onfault > 0 ? `${count(onfault)} on fault` : '',
  ].filter((word) => word !== '');
  return words.length > 0 ? words.join(', ') : 'none locked';
}
