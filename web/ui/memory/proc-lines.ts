// Texts of /proc as lines, each with what it said before the step.
import type { Process, State } from '../../core/state';
import { limits, maps, meminfo, smaps, smapsRollup, statusMemory, type Paths } from '../../run/procfs';
import type { ProcFile } from '../../run/procfs/compare';
import { pageNumber } from './axis';
import { vmaIndex } from './cells';

/** A line; `was` is null when the step left it alone, '' when it is new, else what stood there. */
export interface ProcLine {
  readonly text: string;
  readonly was: string | null;
}

/** VMAs whose lines are shown; Copy has all. */
const MAX_VMAS: Readonly<Partial<Record<ProcFile, number>>> = { maps: 2000, smaps: 100 };

/** Writes one file of a process; `paths` names files that the core only knows by number. */
export function procText(file: ProcFile, process: Process, state: State, paths?: Paths): string {
  switch (file) {
    case 'maps':
      return maps(process, paths);
    case 'smaps':
      return smaps(process, paths);
    case 'smaps_rollup':
      return smapsRollup(process);
    case 'status':
      return statusMemory(process);
    case 'limits':
      return limits(process);
    case 'meminfo':
      return meminfo(state);
  }
}

/** How many VMAs of a process a file leaves out on the page. */
export const leftOut = (file: ProcFile, process: Process): number =>
  Math.max(0, process.vmas.length - (MAX_VMAS[file] ?? Infinity));

/** Cuts a process to the VMAs that are shown: from the first changed one on when there are too many. */
export function cut(file: ProcFile, process: Process, changedFrom: bigint): Process {
  const max = MAX_VMAS[file] ?? Infinity;
  if (process.vmas.length <= max) return process;
  const first = vmaIndex(process.vmas, pageNumber(changedFrom));
  const start = Math.min(first, process.vmas.length - max);
  return { ...process, vmas: process.vmas.slice(start, start + max) };
}

const HEADER = /^[0-9a-f]{8,16}-[0-9a-f]+ /;

/** Keys of lines: name of the field, in smaps below the start of its VMA; in maps the start. */
function keyed(text: string): Map<string, string> {
  const lines = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (HEADER.test(line)) section = line.slice(0, line.indexOf('-'));
    const key = HEADER.test(line) ? section : `${section} ${line.slice(0, line.indexOf(':') + 1) || line.slice(0, 20)}`;
    lines.set(key, line);
  }
  return lines;
}

/** Lays the text after the step over the one before it. */
export function procLines(before: string | null, after: string): ProcLine[] {
  const old = before === null ? null : keyed(before);
  return [...keyed(after)].map(([key, text]) => {
    const was = old?.get(key);
    return { text, was: !old || was === text ? null : was === undefined ? '' : changedPart(was, text) };
  });
}

/** The part of the old line that differs, from its first differing word on. */
function changedPart(was: string, text: string): string {
  const value = /^[A-Za-z_ ]+:\s*/.exec(text)?.[0];
  if (value && was.startsWith(value.trimEnd())) return was.slice(was.indexOf(':') + 1).trim();
  const end = text.indexOf(' ');
  return was.slice(0, end) === text.slice(0, end)
    ? was.slice(end).trim().replace(/\s+/g, ' ')
    : (was.split(' ')[0] ?? '');
}
