// The names that a scenario gave its memfds. The core knows objects by number and is never told the name; the text has it.
import { NAME_MEMFD } from '../../../assembly/abi/layout';
import { SYS_memfd_create } from '../../../assembly/abi/sysno';
import type { State } from '../../core/state';
import type { Run } from '../../run/model';
import type { Paths } from '../../run/procfs';

const LITERAL = /^memfd_create\s*\(\s*"([^"\\]*)"/;

/** A call that made a memfd; `name` is null where the text has no plain string there. */
export interface MadeMemfd {
  readonly step: number;
  readonly name: string | null;
}

/** Lists the calls of a run that made a memfd. */
export function memfdsOf({ source, steps }: Pick<Run, 'source' | 'steps'>): readonly MadeMemfd[] {
  const made: MadeMemfd[] = [];
  for (let i = steps.nr.indexOf(SYS_memfd_create); i >= 0; i = steps.nr.indexOf(SYS_memfd_create, i + 1)) {
    if (steps.errno[i] !== 0) continue;
    const name = LITERAL.exec(source.slice(steps.from[i], steps.to[i]))?.[1] ?? null;
    made.push({ step: i + 1, name });
  }
  return made;
}

/**
 * Names the memfds of the state after `step`. Their numbers go up as they are made, so that they stand in the order of
 * the calls; once one of them is gone it cannot be told which, and none is named.
 */
export function memfdPaths(made: readonly MadeMemfd[], step: number, files: State['files']): Paths {
  const ids = files.filter(({ name }) => name === NAME_MEMFD).map(({ id }) => id);
  const until = made.filter((one) => one.step <= step);
  if (ids.length !== until.length) return new Map();
  ids.sort((a, b) => a - b);
  return new Map(ids.flatMap((id, i) => (until[i]!.name === null ? [] : [[id, until[i]!.name!] as const])));
}
