// Executes recorded calls on the simulated kernel and records its own state after each.
import { SIGKILL } from '../../assembly/abi/errno';
import { NAME_MEMFD, OUT_CODE, OUT_FAULT, OUT_TOUCHED } from '../../assembly/abi/layout';
import { VM_EXEC } from '../../assembly/abi/mman';
import { RLIMIT_MEMLOCK } from '../../assembly/abi/rlimit';
import * as sys from '../../assembly/abi/sysno';
import type { Kernel } from '../core/kernel';
import { isError, signalFields, writeAddress, writeAnswer } from './answer';
import { Bytes, Match, type Sink } from './bytes';
import { lineDifferences, type Harness } from './compare';
import type { MachineRecord } from './record';
import { filesText, RecordText, type Shown } from './record-text';
import { Seen } from './seen';
import { capsWith, FIRST, startAs } from './replay-start';
import { CallReader, type Header } from './trace';

interface RecordedCall {
  readonly name: string;
  readonly nr: number;
  /** What is written of its result: 0 or -errno, an address or -errno, or something of its own. */
  readonly way: 'plain' | 'address' | 'own';
}

const CALLS = new Map<string, RecordedCall>(
  (
    [
      ['mprotect', sys.SYS_mprotect, 'plain'],
      ['munmap', sys.SYS_munmap, 'plain'],
      ['mlock', sys.SYS_mlock, 'plain'],
      ['mlock2', sys.SYS_mlock2, 'plain'],
      ['munlock', sys.SYS_munlock, 'plain'],
      ['mlockall', sys.SYS_mlockall, 'plain'],
      ['munlockall', sys.SYS_munlockall, 'plain'],
      ['madvise', sys.SYS_madvise, 'plain'],
      ['msync', sys.SYS_msync, 'plain'],
      ['remap_file_pages', sys.SYS_remap_file_pages, 'plain'],
      ['mmap', sys.SYS_mmap, 'address'],
      ['mremap', sys.SYS_mremap, 'address'],
      ['brk', sys.SYS_brk, 'own'],
      ['touch_read', sys.P_touch_read, 'own'],
      ['touch_write', sys.P_touch_write, 'own'],
      ['setrlimit_memlock', sys.SYS_setrlimit, 'own'],
      ['cap_ipc_lock', sys.P_capset, 'own'],
      ['memfd', sys.SYS_memfd_create, 'own'],
      ['ftruncate', sys.SYS_ftruncate, 'own'],
      ['fallocate', sys.SYS_fallocate, 'own'],
      ['close', sys.SYS_close, 'own'],
      ['fork', sys.SYS_fork, 'own'],
      ['exit', sys.P_die, 'own'],
      ['mincore', sys.SYS_mincore, 'own'],
    ] as const
  ).map(([name, nr, way]) => [name, { name, nr, way }]),
);

// The recorded process makes its calls with stubs in this page; without it nothing more can be recorded.
const STUBS = 0x400000n;
const MAY_REMOVE_STUBS = new Set(['munmap', 'mprotect', 'mmap', 'mremap', 'brk']);
// Calls whose struct or text the recorder writes into this page of the process.
const STRUCT = 0x600000n;
const WRITES_STRUCT = new Set(['setrlimit_memlock', 'cap_ipc_lock', 'memfd']);
// A slot that was never opened.
const NO_FD = 900;
const MASK64 = (1n << 64n) - 1n;

/** Plays one recorded trace. */
export class Replayer {
  readonly #kernel: Kernel;
  readonly #text: RecordText;
  readonly #read = new CallReader();
  readonly #pids = [FIRST];
  readonly #alive = [true];
  readonly #hasRun = [true];
  readonly #fds = new Map<number, number>();
  readonly #slots = new Map<number, number>();
  readonly #fileOf = new Map<number, number>();
  readonly #files = new Seen();
  /** What was written of the open files last; '' after another set of them is open. */
  #filesText = '';
  /** What the call gave back, as it stands in the line. */
  readonly #out = new Bytes();
  readonly #shown: Shown[] = [FIRST];
  #limit: readonly [bigint, bigint];
  #calls = 0;
  #played: Buffer = Buffer.alloc(0);
  /** The process that called had not ended before. */
  #wasAlive = true;
  readonly #match = new Match();

  /** Empties the machine and brings it to the state of the header. */
  constructor(kernel: Kernel, header: Header) {
    this.#kernel = kernel;
    this.#text = new RecordText(kernel, {
      harness: header.vmas.map(({ start, end }) => [Number(start), Number(end)] as const),
      slotOf: (file) => this.#slots.get(file) ?? -1,
      code_pages: 1,
    });
    startAs(kernel, header);
    const [soft, hard] = header.rlimit_memlock;
    this.#limit = [BigInt(soft), BigInt(hard)];
  }

  /** Executes the call of a recorded line; matches() and line() speak of it until the next one. */
  play(line: Buffer): void {
    const read = this.#read;
    const out = this.#out;
    read.read(line);
    const { proc } = read;
    const pid = this.#pids[proc];
    if (pid === undefined) throw new Error(`no process ${proc}`);
    out.clear();
    this.#played = line;
    this.#calls++;
    this.#wasAlive = this.#alive[proc]!;
    if (!this.#wasAlive) return out.text('"dead":true');
    const call = CALLS.get(read.call);
    if (!call) throw new Error(`unknown call '${read.call}'`);
    if (this.#pids.length > 1) this.#touchStubs(call.name, proc);
    this.#execute(call);
    if (MAY_REMOVE_STUBS.has(call.name) && !this.#hasStubs(proc)) {
      this.#end(proc);
      out.text(',"lost":true');
    }
    out.text(',');
  }

  /** True if the line is, byte by byte, what line() writes. */
  matches(): boolean {
    const match = this.#match;
    match.begin(this.#played);
    this.#write(match);
    return match.same;
  }

  /** Lists the fields in which the line differs from the machine's own state. Nearly all lines match and are not read. */
  differences(harness: Harness): string[] {
    return this.matches() ? [] : lineDifferences(this.#played, this.line(), harness);
  }

  /** Writes the line anew, from the machine's own state. */
  line(): Buffer {
    const out = new Bytes();
    this.#write(out);
    return out.line();
  }

  #write(out: Sink): void {
    const { from, end } = this.#read;
    out.text('{"i":');
    out.text(String(this.#calls - 1));
    out.text(',');
    out.copy(this.#played, from, end);
    out.text(',');
    out.copy(this.#out.bytes, 0, this.#out.size);
    if (this.#wasAlive) this.#text.write(this.#shown, this.#openFiles(), out);
    out.text('}');
  }

  /** The record of all processes and files now. */
  state(): MachineRecord {
    const out = new Bytes();
    out.text('{');
    this.#text.write(this.#shown, this.#openFiles(), out);
    out.text('}');
    return JSON.parse(out.line().toString()) as MachineRecord;
  }

  #end(proc: number): void {
    this.#alive[proc] = false;
    this.#shown[proc] = proc === 0 ? 'dead' : 'left out';
  }

  /** After a fork two processes share the recorder's own pages, and which of them a process has made its own shows. */
  #touchStubs(call: string, proc: number): void {
    const touch = (nr: number, addr: bigint): bigint => this.#kernel.syscall(this.#pids[proc]!, nr, addr, 1n);
    // Fork copies no page tables of files: the first call of a child faults its stubs in.
    if (!this.#hasRun[proc]) touch(sys.P_touch_read, STUBS);
    this.#hasRun[proc] = true;
    if (WRITES_STRUCT.has(call)) touch(sys.P_touch_write, STRUCT);
  }

  #hasStubs(proc: number): boolean {
    return (this.#kernel.vma_flags(this.#pids[proc]!, STUBS) & BigInt(VM_EXEC)) !== 0n;
  }

  /** A new object of the page cache is the file that was just made. */
  #learnFile(slot: number): void {
    const made = this.#kernel.files().find(({ id, name }) => name === NAME_MEMFD && !this.#slots.has(id));
    if (!made) return;
    this.#slots.set(made.id, slot);
    this.#fileOf.set(slot, made.id);
  }

  #openFiles(): string {
    if (this.#fds.size === 0) return '';
    const packed = this.#kernel.packFiles();
    if (this.#filesText !== '' && this.#files.is(packed, 0, packed.length)) return this.#filesText;
    this.#files.take(packed, 0, packed.length);
    const files = this.#kernel.files();
    const open = [...this.#fds.keys()]
      .sort((a, b) => a - b)
      .flatMap((slot) => {
        const file = files.find(({ id }) => id === this.#fileOf.get(slot));
        return file ? [[slot, file] as const] : [];
      });
    return (this.#filesText = filesText(open));
  }

  /** Executes the call that was read and writes what it gives back. */
  #execute({ name, nr, way }: RecordedCall): void {
    const kernel = this.#kernel;
    const out = this.#out;
    const { args, nr_args, slots, proc } = this.#read;
    for (let i = 0; i < nr_args; i++) if (slots[i]! >= 0) args[2 * i] = this.#fds.get(slots[i]!) ?? NO_FD;
    const pid = this.#pids[proc]!;
    if (way === 'plain') return writeAnswer(kernel.call(pid, nr, args, nr_args), out);
    if (way === 'address') return writeAddress(kernel.call(pid, nr, args, nr_args), out);
    switch (name) {
      case 'touch_read':
      case 'touch_write':
        return this.#touch(pid, nr);
      case 'brk': {
        const result = kernel.call(pid, nr, args, 1);
        writeAddress(result, out);
        const wanted = this.#number(0);
        if (wanted !== 0 && result !== wanted) out.text(',"failed":true');
        return;
      }
      case 'setrlimit_memlock':
        return this.#setrlimit(pid);
      case 'cap_ipc_lock':
        kernel.syscall(pid, nr, capsWith(this.#number(0) !== 0));
        return out.text('"ret":0');
      case 'memfd':
        return this.#memfd(pid, this.#number(0));
      case 'ftruncate':
      case 'fallocate':
      case 'close':
        return this.#file(pid, nr, this.#number(0));
      case 'fork':
        return this.#fork(pid);
      case 'exit':
        kernel.syscall(pid, nr, BigInt(SIGKILL));
        this.#end(proc);
        return out.text('"ret":0');
      case 'mincore':
        return this.#mincore(pid);
      default:
        throw new Error(`no way to play '${name}'`);
    }
  }

  /** Argument `i`, 0 where there is none: exact below 2^53. */
  #number(i: number): number {
    const { args, nr_args } = this.#read;
    return i < nr_args ? args[2 * i]! + args[2 * i + 1]! * 2 ** 32 : 0;
  }

  #long(i: number): bigint {
    const { args, nr_args } = this.#read;
    return i < nr_args ? (BigInt(args[2 * i + 1]!) << 32n) | BigInt(args[2 * i]!) : 0n;
  }

  #touch(pid: number, nr: number): void {
    const kernel = this.#kernel;
    const out = this.#out;
    const addr = this.#long(0);
    const len = this.#long(1);
    if (len === 0n) return out.text('"ret":0');
    const first = addr & ~4095n;
    const end = addr + len - 1n;
    const last = (end > MASK64 ? MASK64 : end) & ~4095n;
    const signal = kernel.syscall(pid, nr, first, last - first + 4096n);
    out.text('"ret":0,"touched":');
    out.number(Number(kernel.out(OUT_TOUCHED)));
    if (signal === 0n) return;
    const { signal: name, code } = signalFields(Number(signal), Number(kernel.out(OUT_CODE)));
    out.text(`,"signal":"${name}","code":"${code}","fault_page":"0x${kernel.out(OUT_FAULT).toString(16)}"`);
  }

  #setrlimit(pid: number): void {
    const [out, wanted] = [this.#out, this.#long(0)];
    const hard = this.#read.nr_args > 1 ? this.#long(1) : undefined;
    // The recorder sets a soft limit above the hard one to the hard one, and says so.
    const clamped = hard === undefined && wanted > this.#limit[1];
    const limit = [clamped ? this.#limit[1] : wanted, hard ?? this.#limit[1]] as const;
    const result = Number(this.#kernel.syscall(pid, sys.SYS_setrlimit, BigInt(RLIMIT_MEMLOCK), ...limit));
    if (!isError(result)) this.#limit = limit;
    writeAnswer(result, out);
    out.text(`,"limit":${this.#limit[0]}`);
    if (clamped) out.text(',"clamped":true');
  }

  #memfd(pid: number, slot: number): void {
    const fd = Number(this.#kernel.syscall(pid, sys.SYS_memfd_create));
    if (isError(fd)) return writeAnswer(fd, this.#out);
    this.#fds.set(slot, fd);
    this.#filesText = '';
    if (this.#read.nr_args > 1) this.#kernel.syscall(pid, sys.SYS_ftruncate, BigInt(fd), this.#long(1));
    this.#learnFile(slot);
    this.#out.text('"ret":0');
  }

  #file(pid: number, nr: number, slot: number): void {
    const fd = this.#fds.get(slot);
    if (fd === undefined) return this.#out.text('"ret":-1,"errno":"EBADF"');
    const { args, nr_args } = this.#read;
    [args[0], args[1]] = [fd, 0];
    const result = this.#kernel.call(pid, nr, args, nr_args);
    writeAnswer(result, this.#out);
    if (nr !== sys.SYS_close || isError(result)) return;
    this.#fds.delete(slot);
    this.#filesText = '';
  }

  #fork(pid: number): void {
    const child = Number(this.#kernel.syscall(pid, sys.SYS_fork));
    if (isError(child)) return writeAnswer(child, this.#out);
    this.#pids.push(child);
    this.#alive.push(true);
    this.#hasRun.push(false);
    this.#shown.push(child);
    writeAnswer(this.#pids.length - 1, this.#out);
  }

  #mincore(pid: number): void {
    const result = this.#kernel.call(pid, sys.SYS_mincore, this.#read.args, this.#read.nr_args);
    writeAnswer(result, this.#out);
    if (isError(result)) return;
    const vec = this.#kernel.vec(Number((this.#long(1) + 4095n) >> 12n));
    this.#out.text(`,"vec":"${Array.from(vec, (byte) => byte & 1).join('')}"`);
  }
}
