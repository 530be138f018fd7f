import {
  STAT_LOCKED_VM,
  STAT_MAP_COUNT,
  STAT_RSS_ANON,
  STAT_RSS_FILE,
  STAT_RSS_SHMEM,
  STAT_TOTAL_VM,
} from '../../assembly/abi/layout';
import type { Process } from './process';
import type { World } from './world';

interface Numbers {
  readonly locked_vm: number;
  readonly total_vm: number;
  readonly rss: number;
  readonly map_count: number;
}

/** Reads the counters of a process: no step. */
export function counters({ machine, lastPid }: World, { pid }: Process): Numbers {
  if (lastPid !== pid) {
    // The machine has the counters of its last caller at hand; for others its whole state is looked at.
    const found = machine.state().processes.find((one) => one.pid === pid)?.counters;
    const { locked_vm = 0, total_vm = 0, map_count = 0, rss_anon = 0, rss_file = 0, rss_shmem = 0 } = found ?? {};
    return { locked_vm, total_vm, map_count, rss: rss_anon + rss_file + rss_shmem };
  }
  return {
    locked_vm: machine.stat(STAT_LOCKED_VM),
    total_vm: machine.stat(STAT_TOTAL_VM),
    rss: machine.stat(STAT_RSS_ANON) + machine.stat(STAT_RSS_FILE) + machine.stat(STAT_RSS_SHMEM),
    map_count: machine.stat(STAT_MAP_COUNT),
  };
}
