// The record of a state: one JSON object with what /proc shows of a process, kB and hex strings as recorded from a
// real kernel. replay and `scenario --json` write it (record-text.ts), compare reads it.

/** A VMA as smaps shows it; Rss and Locked in kB, pgoff in bytes. */
export interface VmaRecord {
  readonly start: string;
  readonly end: string;
  readonly perms: string;
  readonly pgoff: string;
  readonly backing: string;
  readonly flags: string;
  readonly Rss: number;
  readonly Locked: number;
}

/** The state of one process. */
export interface StateRecord {
  readonly [kB: `Vm${string}` | `Rss${string}`]: number;
  readonly vmas: readonly VmaRecord[];
  readonly pages: readonly (readonly [start: string, pages: number, flags: string])[];
  readonly mlocked_pages: number;
  readonly unevictable_pages: number;
  readonly mlock_count: readonly (readonly [start: string, pages: number, count: number])[];
  readonly def_flags: string;
  readonly mm_locked_vm: number;
  readonly mm_total_vm: number;
  readonly map_count: number;
}

/** An open file: the runs [first page, pages] that the page cache holds. */
export interface FileRecord {
  readonly slot: number;
  readonly size: number;
  readonly pages: readonly (readonly [number, number])[];
}

/** The states of all processes after a call. */
export interface MachineRecord extends Partial<StateRecord> {
  readonly dead?: boolean;
  readonly files?: readonly FileRecord[];
  readonly procs?: Readonly<Record<string, StateRecord>>;
}
