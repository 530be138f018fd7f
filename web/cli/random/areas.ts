// What random scenarios are made of: calls, drawn by area.
import {
  advise,
  anonymous,
  basics,
  capable,
  fileMap,
  fixed,
  invalidate,
  keep,
  lockAll,
  mapAny,
  memlock,
  mincore,
  mseal,
  munmap,
  type Op,
  page,
  PAGES,
  prot,
  punch,
  range,
  read,
  remapPages,
  resize,
  slot,
  TAKING,
  truncate,
  unlockAll,
  write,
} from './ops';

/** What a random scenario of one area calls, how often, and how its process starts. */
export interface Area {
  readonly ops: readonly (readonly [weight: number, op: Op])[];
  /** Calls before the random ones. */
  readonly begin: readonly Op[];
  readonly pragmas: readonly string[];
  /** No forks: what processes share of a swap area is not modelled, nor are swapped pages of shared memory. */
  readonly alone?: boolean;
}

const begin: Op[] = [
  () => '(long)mmap(A, PAGES * P, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0)',
];
const openFiles: Op[] = [0, 1, 2].map(
  (i) => (d) => `(fd[${i}] = memfd_create("f${i}", 0)) < 0 ? -1 : ftruncate(fd[${i}], ${4 + d.below(8)} * P)`,
);

// What shared memory does with swap is left to the area that is about swap.
const NO_SWAP = ['#pragma swap 0'];

/** The areas by name. */
export const AREAS: Readonly<Record<string, Area>> = {
  shm: {
    begin: [0, 1, 2].map(
      (i) => (d) => `(id[${i}] = shmget(IPC_PRIVATE, ${1 + d.below(8)} * P - ${d.pick([0, 0, 10])}, 0600)) < 0`,
    ),
    pragmas: NO_SWAP,
    ops: [
      ...basics(2),
      [
        10,
        (d) =>
          `(long)shmat(id[${slot(d)}], ${page(d)}, ${d.pick(['0', '0', 'SHM_RDONLY', 'SHM_REMAP', 'SHM_REMAP', 'SHM_RND', 'SHM_EXEC'])})`,
      ],
      [2, (d) => `(long)shmat(id[${slot(d)}], ${page(d)} + 77, ${d.pick(['0', 'SHM_RND', 'SHM_RND | SHM_REMAP'])})`],
      [4, (d) => `shmdt(${page(d)})`],
      [5, (d) => `shmctl(id[${slot(d)}], SHM_LOCK, NULL)`],
      [4, (d) => `shmctl(id[${slot(d)}], SHM_UNLOCK, NULL)`],
      [1, (d) => `shmctl(id[${slot(d)}], IPC_RMID, NULL)`],
      [1, (d) => `(id[${slot(d)}] = shmget(IPC_PRIVATE, ${1 + d.below(8)} * P, 0600)) < 0`],
      [3, memlock],
      [1, capable],
      [2, lockAll],
      [1, unlockAll],
      [3, resize],
      [1, keep],
      [2, advise(...TAKING)],
      [1, invalidate],
      [1, remapPages(4)],
    ],
  },
  secret: {
    begin: [
      () => '(fd[0] = memfd_secret(0)) < 0 ? -1 : ftruncate(fd[0], 12 * P)',
      () => '(fd[1] = memfd_secret(0)) < 0 ? -1 : ftruncate(fd[1], 5 * P + 100)',
      ...openFiles.slice(2),
    ],
    pragmas: NO_SWAP,
    ops: [
      ...basics(2),
      [
        12,
        (d) =>
          `(long)mmap(${range(d)}, ${prot(d)}, ${d.pick(['MAP_SHARED', 'MAP_SHARED', 'MAP_SHARED', 'MAP_PRIVATE'])} | ${fixed(d)}, fd[${d.below(2)}], ${d.below(8)} * P)`,
      ],
      [2, truncate],
      [1, punch],
      [4, memlock],
      [2, capable],
      [2, lockAll],
      [2, unlockAll],
      [4, resize],
      [2, keep],
      [
        4,
        advise(
          ...TAKING,
          'MADV_FREE',
          'MADV_WILLNEED',
          'MADV_POPULATE_READ',
          'MADV_POPULATE_WRITE',
          'MADV_DODUMP',
          'MADV_DONTFORK',
          'MADV_GUARD_INSTALL',
          'MADV_GUARD_REMOVE',
        ),
      ],
      [1, invalidate],
      [1, remapPages(4)],
    ],
  },
  files: {
    begin: [...openFiles],
    pragmas: NO_SWAP,
    ops: [
      ...basics(2),
      [14, fileMap],
      [8, truncate],
      [5, punch],
      [6, resize],
      [2, keep],
      [2, lockAll],
      [1, unlockAll],
      [2, memlock],
      [4, advise(...TAKING, 'MADV_WILLNEED', 'MADV_POPULATE_READ', 'MADV_POPULATE_WRITE')],
      [2, (d) => `msync(${range(d)}, ${d.pick(['MS_SYNC', 'MS_ASYNC', 'MS_INVALIDATE'])})`],
      [2, remapPages(6)],
    ],
  },
  seal: {
    begin,
    pragmas: NO_SWAP,
    ops: [
      ...basics(2),
      [4, mseal],
      [4, resize],
      [2, keep],
      [1, lockAll],
      [1, unlockAll],
      [
        4,
        advise(
          'MADV_DONTNEED',
          'MADV_DONTNEED_LOCKED',
          'MADV_FREE',
          'MADV_DONTFORK',
          'MADV_WIPEONFORK',
          'MADV_REMOVE',
          'MADV_GUARD_INSTALL',
          'MADV_GUARD_REMOVE',
          'MADV_NOHUGEPAGE',
        ),
      ],
    ],
  },
  stack: {
    begin: [
      () =>
        '(long)mmap(A + 8 * P, 4 * P, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED, -1, 0)',
    ],
    pragmas: NO_SWAP,
    ops: [
      ...basics(1),
      [6, write],
      [3, read],
      [
        5,
        (d) => `(long)mmap(${range(d)}, ${prot(d)}, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | ${fixed(d)}, -1, 0)`,
      ],
      [4, munmap],
      [2, (d) => `limit(RLIMIT_STACK, ${2 + d.below(12)} * P)`],
      [3, memlock],
      [1, (d) => `limit(RLIMIT_AS, total_vm() * P + ${d.below(6)} * P)`],
      [1, () => 'limit(RLIMIT_AS, RLIM_INFINITY)'],
      [1, capable],
      [2, lockAll],
      [1, unlockAll],
      [2, resize],
      [1, (d) => `mprotect(${range(d)}, ${prot(d)} | PROT_GROWSDOWN)`],
      [1, advise('MADV_DONTNEED', 'MADV_GUARD_INSTALL', 'MADV_POPULATE_WRITE')],
    ],
  },
  limits: {
    begin: [() => '(data = data_pages()) < 0', ...begin, ...openFiles],
    pragmas: NO_SWAP,
    ops: [
      ...basics(2),
      [4, (d) => `limit(RLIMIT_AS, total_vm() * P + ${d.below(10) - 3} * P)`],
      [1, () => 'limit(RLIMIT_AS, RLIM_INFINITY)'],
      [3, (d) => `limit(RLIMIT_DATA, (data + ${d.below(14) - 3}) * P)`],
      [1, () => 'limit(RLIMIT_DATA, RLIM_INFINITY)'],
      [4, memlock],
      [1, capable],
      [2, fileMap],
      [6, resize],
      [2, keep],
      [3, mapAny],
      [2, lockAll],
      [1, unlockAll],
      [1, advise('MADV_DONTNEED', 'MADV_POPULATE_WRITE', 'MADV_WIPEONFORK')],
    ],
  },
  maps: {
    begin: [...begin, ...openFiles],
    pragmas: NO_SWAP,
    ops: [
      ...basics(2),
      [4, resize],
      [2, keep],
      [3, fileMap],
      [
        3,
        advise(
          'MADV_DONTFORK',
          'MADV_DOFORK',
          'MADV_SEQUENTIAL',
          'MADV_NORMAL',
          'MADV_DONTDUMP',
          'MADV_DODUMP',
          'MADV_WIPEONFORK',
        ),
      ],
      [1, mseal],
      [1, lockAll],
      [1, unlockAll],
      [1, memlock],
      [1, remapPages(6)],
    ],
  },
  swap: {
    begin: [...begin, () => `touch_write(A, ${PAGES / 2} * P)`],
    pragmas: [],
    alone: true,
    ops: [
      ...basics(2, anonymous('MAP_PRIVATE')).filter(([, op]) => op !== mincore), // it sees what was read ahead
      [12, advise('MADV_PAGEOUT')],
      [3, write],
      [4, advise('MADV_DONTNEED', 'MADV_DONTNEED_LOCKED', 'MADV_FREE', 'MADV_COLD', 'MADV_WILLNEED')],
      [3, advise('MADV_POPULATE_READ', 'MADV_POPULATE_WRITE')],
      [1, advise('MADV_GUARD_INSTALL', 'MADV_GUARD_REMOVE', 'MADV_WIPEONFORK', 'MADV_DONTFORK')],
      [2, resize],
      [2, keep],
      [1, lockAll],
      [1, unlockAll],
    ],
  },
};
