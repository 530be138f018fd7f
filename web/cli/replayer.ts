// Executes recorded calls on the simulated kernel and records its own state after each.
import { SIGKILL } from '../../assembly/abi/errno';
import { NAME_MEMFD, OUT_CODE, OUT_FAULT, OUT_TOUCHED } from '../../assembly/abi/layout';
import { VM_EXEC } from '../../assembly/abi/mman';
import { RLIMIT_MEMLOCK } from '../../assembly/abi/rlimit';
import * as sys from '../../assembly/abi/sysno';
import type { Kernel } from '../core/kernel';
import { answered, answerText, isError, signalFields, type Answer } from './answer';
import { Bytes } from './bytes';
import type { MachineRecord } from './record';
import { filesText, RecordText, type Shown } from './record-text';
import { Seen } from './seen';
import { capsWith, FIRST, startAs } from './replay-start';
import { parseCall, type Header, type TraceCall } from './trace';

const PLAIN: Readonly<Record<string, number>> = {
  mprotect: sys.SYS_mprotect,
  munmap: sys.SYS_munmap,
  mlock: sys.SYS_mlock,
  mlock2: sys.SYS_mlock2,
  munlock: sys.SYS_munlock,
  mlockall: sys.SYS_mlockall,
  munlockall: sys.SYS_munlockall,
  madvise: sys.SYS_madvise,
  msync: sys.SYS_msync,
  remap_file_pages: sys.SYS_remap_file_pages,
};
const ADDRESS: Readonly<Record<string, number>> = { mmap: sys.SYS_mmap, mremap: sys.SYS_mremap };

// The recorded process makes its calls with stubs in this page; without it nothing more can be recorded.
const STUBS = 0x400000n;
const MAY_REMOVE_STUBS = new Set(['munmap', 'mprotect', 'mmap', 'mremap', 'brk']);
// Calls whose struct or text the recorder writes into this page of the process.
const STRUCT = 0x600000n;
const WRITES_STRUCT = new Set(['setrlimit_memlock', 'cap_ipc_lock', 'memfd']);
// A slot that was never opened.
const NO_FD = 900n;
const MASK64 = (1n << 64n) - 1n;

const hex = (value: bigint): string => `0x${(value & MASK64).toString(16)}`;

/** Plays one recorded trace. */
export class Replayer {
  readonly #kernel: Kernel;
  readonly #text: RecordText;
  readonly #pids = [FIRST];
  readonly #alive = [true];
  readonly #hasRun = [true];
  readonly #fds = new Map<number, bigint>();
  readonly #slots = new Map<number, number>();
  readonly #fileOf = new Map<number, number>();
  readonly #files = new Seen();
  /** What was written of the open files last; '' after another set of them is open. */
  #filesText = '';
  readonly #out = new Bytes();
  #limit: readonly [bigint, bigint];
  #calls = 0;

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

  /** Executes the call of a recorded line and writes the line anew; it is good until the next call. */
  record(line: Buffer): Buffer {
    const call = parseCall(line);
    const { proc } = call;
    if (this.#pids[proc] === undefined) throw new Error(`no process ${proc}`);
    const out = this.#out;
    out.clear();
    out.text(`{"i":${this.#calls++},${proc ? `"proc":${proc},` : ''}"call":"${call.call}","args":${call.text},`);
    if (this.#alive[proc]) this.#write(call);
    else out.text('"dead":true');
    out.text('}');
    return out.line();
  }

  #write(call: TraceCall): void {
    if (this.#pids.length > 1) this.#touchStubs(call);
    let answer = this.#execute(call);
    if (MAY_REMOVE_STUBS.has(call.call) && !this.#hasStubs(call.proc)) {
      this.#alive[call.proc] = false;
      answer = { ...answer, lost: true };
    }
    if (call.call === 'memfd') this.#learnFile(Number(call.args[0]));
    this.#out.text(`${answerText(answer)},`);
    this.#text.write(this.#processes(), this.#openFiles(), this.#out);
  }

  /** The record of all processes and files now. */
  state(): MachineRecord {
    const out = new Bytes();
    out.text('{');
    this.#text.write(this.#processes(), this.#openFiles(), out);
    out.text('}');
    return JSON.parse(out.line().toString()) as MachineRecord;
  }

  #processes(): Shown[] {
    return this.#pids.map((pid, proc) => (this.#alive[proc] ? pid : proc === 0 ? 'dead' : 'left out'));
  }

  /** After a fork two processes share the recorder's own pages, and which of them a process has made its own shows. */
  #touchStubs({ call, proc }: TraceCall): void {
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
    if (this.#files.again(packed, 0, packed.length) && this.#filesText !== '') return this.#filesText;
    const files = this.#kernel.files();
    const open = [...this.#fds.keys()]
      .sort((a, b) => a - b)
      .flatMap((slot) => {
        const file = files.find(({ id }) => id === this.#fileOf.get(slot));
        return file ? [[slot, file] as const] : [];
      });
    return (this.#filesText = filesText(open));
  }

  #execute({ call, proc, args }: TraceCall): Answer {
    const pid = this.#pids[proc]!;
    const values = args.map((arg) => (typeof arg === 'bigint' ? arg : (this.#fds.get(arg.slot) ?? NO_FD)));
    const [a = 0n, b = 0n] = values;
    const run = (nr: number, ...rest: bigint[]): bigint => this.#kernel.syscall(pid, nr, ...rest);
    const plain = PLAIN[call];
    if (plain !== undefined) return answered(run(plain, ...values));
    const address = ADDRESS[call];
    if (address !== undefined) {
      const result = run(address, ...values);
      return isError(result) ? answered(result) : { ret: hex(result) };
    }
    switch (call) {
      case 'brk': {
        const result = run(sys.SYS_brk, a);
        return { ret: hex(result), ...(a !== 0n && result !== a ? { failed: true } : {}) };
      }
      case 'touch_read':
        return this.#touch(pid, sys.P_touch_read, a, b);
      case 'touch_write':
        return this.#touch(pid, sys.P_touch_write, a, b);
      case 'setrlimit_memlock':
        return this.#setrlimit(pid, a, values[1]);
      case 'cap_ipc_lock':
        run(sys.P_capset, capsWith(a !== 0n));
        return { ret: 0 };
      case 'memfd':
        return this.#memfd(pid, Number(a), values[1]);
      case 'ftruncate':
      case 'fallocate':
      case 'close':
        return this.#file(pid, call, Number(a), values.slice(1));
      case 'fork':
        return this.#fork(pid);
      case 'exit':
        run(sys.P_die, BigInt(SIGKILL));
        this.#alive[proc] = false;
        return { ret: 0 };
      case 'mincore':
        return this.#mincore(pid, a, b);
      default:
        throw new Error(`unknown call '${call}'`);
    }
  }

  #touch(pid: number, nr: number, addr: bigint, len: bigint): Answer {
    if (len === 0n) return { ret: 0 };
    const first = addr & ~4095n;
    const end = addr + len - 1n;
    const last = (end > MASK64 ? MASK64 : end) & ~4095n;
    const signal = this.#kernel.syscall(pid, nr, first, last - first + 4096n);
    const touched = Number(this.#kernel.out(OUT_TOUCHED));
    if (signal === 0n) return { ret: 0, touched };
    const [code, page] = [this.#kernel.out(OUT_CODE), this.#kernel.out(OUT_FAULT)];
    return { ret: 0, touched, ...signalFields(Number(signal), Number(code)), fault_page: hex(page) };
  }

  #setrlimit(pid: number, wanted: bigint, hard?: bigint): Answer {
    // The recorder sets a soft limit above the hard one to the hard one, and says so.
    const clamped = hard === undefined && wanted > this.#limit[1];
    const limit = [clamped ? this.#limit[1] : wanted, hard ?? this.#limit[1]] as const;
    const answer = answered(this.#kernel.syscall(pid, sys.SYS_setrlimit, BigInt(RLIMIT_MEMLOCK), ...limit));
    if (answer.errno === undefined) this.#limit = limit;
    return { ...answer, limit: Number(this.#limit[0]), ...(clamped ? { clamped } : {}) };
  }

  #memfd(pid: number, slot: number, size?: bigint): Answer {
    const fd = this.#kernel.syscall(pid, sys.SYS_memfd_create);
    if (isError(fd)) return answered(fd);
    this.#fds.set(slot, fd);
    this.#filesText = '';
    if (size !== undefined) this.#kernel.syscall(pid, sys.SYS_ftruncate, fd, size);
    return { ret: 0 };
  }

  #file(pid: number, call: 'ftruncate' | 'fallocate' | 'close', slot: number, rest: readonly bigint[]): Answer {
    const fd = this.#fds.get(slot);
    if (fd === undefined) return { ret: -1, errno: 'EBADF' };
    const nr = { ftruncate: sys.SYS_ftruncate, fallocate: sys.SYS_fallocate, close: sys.SYS_close }[call];
    const answer = answered(this.#kernel.syscall(pid, nr, fd, ...rest));
    if (call === 'close' && answer.errno === undefined) {
      this.#fds.delete(slot);
      this.#filesText = '';
    }
    return answer;
  }

  #fork(pid: number): Answer {
    const child = this.#kernel.syscall(pid, sys.SYS_fork);
    if (isError(child)) return answered(child);
    this.#pids.push(Number(child));
    this.#alive.push(true);
    this.#hasRun.push(false);
    return { ret: this.#pids.length - 1 };
  }

  #mincore(pid: number, addr: bigint, len: bigint): Answer {
    const answer = answered(this.#kernel.syscall(pid, sys.SYS_mincore, addr, len));
    if (answer.errno !== undefined) return answer;
    const vec = this.#kernel.vec(Number((len + 4095n) >> 12n));
    return { ...answer, vec: Array.from(vec, (byte) => byte & 1).join('') };
  }
}
