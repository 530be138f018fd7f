// Start images: the address space that a program finds itself in, address randomisation off.
//
//   static   a small static program: text, data, heap, [vvar], [vdso], [stack]; 11 VMAs, 248 pages, 173 resident
//   glibc    a dynamic program with libc and the loader
//   empty    nothing; P_vma adds VMAs one by one
import { IMAGE_GLIBC, IMAGE_STATIC } from '../abi/image';
import {
  NAME_ANON,
  NAME_DATA,
  NAME_FILE,
  NAME_LD,
  NAME_LIBC,
  NAME_RELRO,
  NAME_RODATA,
  NAME_STACK,
  NAME_TEXT,
  NAME_VDSO,
  NAME_VVAR,
  NAME_VVAR_VCLOCK,
} from '../abi/layout';
import {
  VM_ACCOUNT,
  VM_DONTDUMP,
  VM_DONTEXPAND,
  VM_EXEC,
  VM_GROWSDOWN,
  VM_IO,
  VM_LOCKED,
  VM_MAYEXEC,
  VM_MAYREAD,
  VM_MAYSHARE,
  VM_MAYWRITE,
  VM_PFNMAP,
  VM_READ,
  VM_SHARED,
  VM_WRITE,
} from '../abi/mman';
import { fresh_anon } from '../mm/fault-anon';
import { map_pages } from '../mm/fault-file';
import { Mm } from '../mm/mm';
import { PG_LRU, folio_flags } from '../page/folio';
import { File, allocate_cache, cached_at, get_file, open_object, put_file } from '../page/object';
import { PAGES_ANON } from '../abi/event';

const MAY: u64 = VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;
const RO: u64 = VM_READ | MAY;
const RX: u64 = VM_READ | VM_EXEC | MAY;
const RELRO: u64 = VM_READ | MAY | VM_ACCOUNT;
const RW: u64 = VM_READ | VM_WRITE | MAY | VM_ACCOUNT;
const VVAR: u64 = VM_READ | VM_MAYREAD | VM_PFNMAP | VM_IO | VM_DONTEXPAND | VM_DONTDUMP;
const VDSO: u64 = VM_READ | VM_EXEC | MAY | VM_DONTEXPAND;

const MMAP_BASE: u64 = 0x7ffff7fff000;
const STACK_TOP: u64 = 0x7ffffffff000;

/** Fills an empty address space. */
export function start_image(mm: Mm, image: u32): void {
  mm.mmap_base = MMAP_BASE;
  if (image == IMAGE_STATIC) static_image(mm);
  else if (image == IMAGE_GLIBC) glibc_image(mm);
}

function static_image(mm: Mm): void {
  const file = open_object(NAME_FILE, 172 << 12);
  let at: u64 = 0x400000;
  at = piece(mm, at, 1, RO, file, 0, NAME_FILE, 1);
  at = piece(mm, at, 120, RX, file, 1, NAME_TEXT, 120);
  at = piece(mm, at, 40, RO, file, 121, NAME_RODATA, 40);
  at = piece(mm, at, 4, RELRO, file, 161, NAME_RELRO, 4);
  at = piece(mm, at, 3, RW, file, 165, NAME_DATA, 3);
  put_file(file);
  piece(mm, at, 5, RW, null, 0, NAME_ANON, 2);
  heap(mm, 0x4ce000, 34, 1);
  specials(mm, 0x7ffff7ff7000);
}

function glibc_image(mm: Mm): void {
  const program = open_object(NAME_FILE, 5 << 12);
  let at: u64 = 0x555555554000;
  at = piece(mm, at, 1, RO, program, 0, NAME_FILE, 1);
  at = piece(mm, at, 1, RX, program, 1, NAME_TEXT, 1);
  at = piece(mm, at, 1, RO, program, 2, NAME_RODATA, 1);
  at = piece(mm, at, 1, RELRO, program, 2, NAME_RELRO, 1);
  piece(mm, at, 1, RW, program, 3, NAME_DATA, 1);
  put_file(program);
  heap(mm, 0x55555557a000, 33, 1);
  const libc = open_object(NAME_LIBC, 470 << 12);
  at = 0x7ffff7dda000;
  piece(mm, at - 0x3000, 3, RW, null, 0, NAME_ANON, 2);
  at = piece(mm, at, 38, RO, libc, 0, NAME_LIBC, 38);
  at = piece(mm, at, 341, RX, libc, 38, NAME_LIBC, 200);
  at = piece(mm, at, 83, RO, libc, 379, NAME_LIBC, 48);
  at = piece(mm, at, 4, RELRO, libc, 461, NAME_LIBC, 4);
  at = piece(mm, at, 2, RW, libc, 465, NAME_LIBC, 2);
  put_file(libc);
  piece(mm, at, 13, RW, null, 0, NAME_ANON, 5);
  piece(mm, 0x7ffff7fbf000, 2, RW, null, 0, NAME_ANON, 2);
  specials(mm, 0x7ffff7fc1000);
  const ld = open_object(NAME_LD, 54 << 12);
  at = 0x7ffff7fc9000;
  at = piece(mm, at, 1, RO, ld, 0, NAME_LD, 1);
  at = piece(mm, at, 37, RX, ld, 1, NAME_LD, 37);
  at = piece(mm, at, 10, RO, ld, 38, NAME_LD, 10);
  at = piece(mm, at, 2, RELRO, ld, 48, NAME_LD, 2);
  piece(mm, at, 2, RW, ld, 50, NAME_LD, 2);
  put_file(ld);
}

function heap(mm: Mm, start: u64, nr: u64, resident: u64): void {
  mm.start_brk = start;
  mm.brk = piece(mm, start, nr, RW, null, 0, NAME_ANON, resident);
}

function specials(mm: Mm, at: u64): void {
  const vclock = piece(mm, at, 4, VVAR, null, 0, NAME_VVAR, 0);
  const vdso = piece(mm, vclock, 2, VVAR, null, 0, NAME_VVAR_VCLOCK, 0);
  add_vma(mm, vdso, vdso + 0x2000, VDSO, 0, NAME_VDSO, 0);
  piece(mm, STACK_TOP - (33 << 12), 33, RW | VM_GROWSDOWN, null, 0, NAME_STACK, 2);
}

/** Adds a VMA of nr pages and returns its end. `resident` pages are there: from the end of a stack, else from the start. */
function piece(
  mm: Mm,
  start: u64,
  nr: u64,
  vm_flags: u64,
  file: File | null,
  pgoff: u64,
  name: u32,
  resident: u64,
): u64 {
  const end = start + (nr << 12);
  const vma = mm.new_vma();
  vma.name = <u16>name;
  vma.vm_start = start;
  vma.vm_end = end;
  vma.vm_flags = vm_flags;
  vma.vm_pgoff = file ? pgoff : start >> 12;
  vma.anon_vma = 0;
  vma.anon_singular = true;
  if (file) {
    get_file(file);
    vma.vm_file = file;
  }
  mm.link(vma);
  mm.account(vm_flags, nr);
  if (vm_flags & VM_LOCKED) mm.locked_vm += nr;
  if (!resident) return end;
  const first = vm_flags & VM_GROWSDOWN ? (end >> 12) - resident : start >> 12;
  if (file && !(vm_flags & VM_ACCOUNT)) {
    const key = file.object.key(pgoff);
    if (!cached_at(file.object, pgoff, pgoff + nr)) {
      allocate_cache(file.object, pgoff, nr);
      folio_flags(key, key + nr, PG_LRU, 0);
    }
    map_pages(mm, vma, first, resident, key, false);
  } else fresh_anon(mm, vma, first, resident, PAGES_ANON);
  return end;
}

/** P_vma: adds one VMA to the image, as an imported /proc/PID/maps says. */
export function add_vma(mm: Mm, start: u64, end: u64, vm_flags: u64, pgoff: u64, name: u32, resident: u64): void {
  const nr = (end - start) >> 12;
  const anonymous = name == NAME_ANON || name == NAME_STACK || name == NAME_VVAR || name == NAME_VVAR_VCLOCK;
  if (anonymous) {
    piece(mm, start, nr, vm_flags, null, 0, name, resident);
    return;
  }
  const file = open_object(name, (pgoff + nr) << 12);
  if (name == NAME_VDSO) {
    allocate_cache(file.object, pgoff, nr);
  } else if (!(vm_flags & (VM_SHARED | VM_MAYSHARE)) && vm_flags & VM_WRITE) vm_flags |= VM_ACCOUNT;
  piece(mm, start, nr, vm_flags, file, pgoff, name, resident);
  put_file(file);
}
