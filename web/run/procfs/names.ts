// The files behind the VMAs. The core knows them by number; dev and inode are made up, and stay the same.
import * as layout from '../../../assembly/abi/layout';
import type { Process, Vma } from '../../core/state';
import { isHeap } from '../labels';

/** Paths of files that the scenario opened or made, by object id. */
export type Paths = ReadonlyMap<number, string>;

interface File {
  readonly path: string;
  readonly dev: string;
  readonly ino: number;
}

const PROGRAM: File = { path: '/usr/bin/scenario', dev: '08:01', ino: 131 };
const IMAGE: Readonly<Record<number, File>> = {
  [layout.NAME_TEXT]: PROGRAM,
  [layout.NAME_RODATA]: PROGRAM,
  [layout.NAME_RELRO]: PROGRAM,
  [layout.NAME_DATA]: PROGRAM,
  [layout.NAME_LIBC]: { path: '/usr/lib/x86_64-linux-gnu/libc.so.6', dev: '08:01', ino: 132 },
  [layout.NAME_LD]: { path: '/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2', dev: '08:01', ino: 133 },
};
const SPECIAL: Readonly<Record<number, string>> = {
  [layout.NAME_VVAR]: '[vvar]',
  [layout.NAME_VVAR_VCLOCK]: '[vvar_vclock]',
  [layout.NAME_VDSO]: '[vdso]',
};
/** Inode numbers of memfds and their like begin here. */
const FIRST_INO = 1024;

/** The file of a VMA: path as maps prints it, device and inode. Null for anonymous memory. */
export function fileOf(process: Process, vma: Vma, paths: Paths): File | null {
  const given = paths.get(vma.file);
  const ino = FIRST_INO + vma.file;
  switch (vma.name) {
    case layout.NAME_SHARED_ANON:
      return { path: '/dev/zero (deleted)', dev: '00:01', ino };
    case layout.NAME_MEMFD:
      return { path: `/memfd:${given ?? vma.file} (deleted)`, dev: '00:01', ino };
    case layout.NAME_SYSV:
      return { path: `${given ?? '/SYSV00000000'} (deleted)`, dev: '00:01', ino };
    case layout.NAME_SECRETMEM:
      return { path: '/secretmem (deleted)', dev: '00:0e', ino };
    case layout.NAME_FILE:
      if (given === undefined && isOfProgram(process, vma)) return PROGRAM;
      return { path: given ?? `/tmp/#${ino} (deleted)`, dev: '08:01', ino };
    default:
      return IMAGE[vma.name] ?? null;
  }
}

/** The page before the text of a program holds the headers of the same file. */
function isOfProgram({ vmas }: Process, { file }: Vma): boolean {
  const text = vmas.find(({ name }) => name === layout.NAME_TEXT);
  return text !== undefined && text.file === file;
}

/** The last column of maps, '' for none. */
// Linux: fs/proc/task_mmu.c:get_vma_name(). Differs: [stack] is the highest part of a stack that was split.
export function nameInMaps(process: Process, vma: Vma, paths: Paths): string {
  const file = fileOf(process, vma, paths);
  if (file) return file.path.replaceAll('\n', '\\012');
  const special = SPECIAL[vma.name];
  if (special) return special;
  if (isHeap(process, vma)) return '[heap]';
  const stack = process.vmas.findLast(({ name }) => name === layout.NAME_STACK);
  return stack === vma ? '[stack]' : '';
}
