// Pages that more than one page table leads to.
import type { Extent, Process } from '../../core/state';
import { pageNumber } from './axis';
import { runAt, type CellRun } from './cells';

/** Another place where a page is mapped. */
export interface Twin {
  readonly pid: number;
  readonly page: number;
}

/** Places that are looked for. */
const MOST = 8;

/** Finds where else the page of a process is mapped, in the order of the processes; nothing for a page of its own. */
export function twinsOf(processes: readonly Process[], pid: number, page: number): Twin[] {
  const own = processes.find((process) => process.pid === pid);
  const extent = own ? runAt(own, page).extent : null;
  if (!extent || extent.folio === 0n || extent.mapcount < 2) return [];
  const folio = extent.folio + BigInt(page - pageNumber(extent.start));
  const found: Twin[] = [];
  for (const process of processes) {
    for (const other of process.extents) {
      if (!holds(other, folio)) continue;
      const there = pageNumber(other.start) + Number(folio - other.folio);
      if (process.pid === pid && there === page) continue;
      found.push({ pid: process.pid, page: there });
      if (found.length === MOST || found.length === extent.mapcount - 1) return found;
    }
  }
  return found;
}

/** Runs that are asked for who shares them. */
const FEW = 4;

/** Lists who else maps pages of a process, as far as the first shared runs of them tell; itself where it maps one twice. */
export function sharersOf(processes: readonly Process[], pid: number, runs: readonly CellRun[]): readonly number[] {
  const shared = runs.filter(({ extent }) => extent && extent.mapcount > 1).slice(0, FEW);
  return [...new Set(shared.flatMap(({ from }) => twinsOf(processes, pid, from).map((twin) => twin.pid)))];
}

const holds = ({ folio, nr_pages }: Extent, key: bigint): boolean =>
  folio !== 0n && folio <= key && key < folio + BigInt(nr_pages);
