// A swap area for the time of a conformance run: scenarios start with one, many machines have none.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes of the area: enough for every example. */
const SIZE = 64 << 20;

/** Tells whether a scenario can bring pages to swap. */
export const usesSwap = (source: string): boolean => /\b(MADV_PAGEOUT|memory_pressure)\b/.test(source);

/** A swap area of this machine, as long as it is open. */
export interface SwapArea {
  /** Why there is none as scenarios know it, or ''. */
  readonly missing: string;
  /** Takes the area away again; one that was there before stays. */
  close(): void;
}

/**
 * Sees to it that the machine has a swap area: its own, or a file that is one until close(). Needs root. An area in
 * compressed memory will not do: what is read from it does not stay in the swap cache.
 */
export function openSwapArea(): SwapArea {
  const none = (missing: string): SwapArea => ({ missing, close: () => {} });
  const areas = readFileSync('/proc/swaps', 'utf8').trim().split('\n').slice(1);
  if (areas.length > 0) return none(areas.some((area) => area.startsWith('/dev/zram')) ? `It has ${areas[0]}.` : '');
  const folder = mkdtempSync(join(tmpdir(), 'conformance-swap-'));
  const file = join(folder, 'area');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  writeFileSync(file, Buffer.alloc(SIZE), { mode: 0o600 }); // written, not sparse: swapon refuses holes
  for (const program of ['mkswap', 'swapon']) {
    const { status, stderr, error } = spawnSync(program, [file], { encoding: 'utf8' });
    if (status === 0) continue;
    remove();
    return none(`${program}: ${error?.message ?? stderr.trim()}`);
  }
  return {
    missing: '',
    close() {
      spawnSync('swapoff', [file]);
      remove();
    },
  };
}
