// The machine that runs instructions. Everything it changes is in Process and World.
import { traps, type Value } from '../lang/arith';
import * as C from '../lang/code';
import { OWN_BASE, type Instruction, type Site } from '../lang/code';
import { sizeOfKind } from '../lang/types';
import { accessPages, die, isOwn, ownOffset } from './access';
import { failedAssert } from './assertion';
import { callBuiltin } from './calls';
import { MAX_OWN } from './memory';
import { KIND_I32, KIND_U64 } from './packed';
import { MAX_CALLS, type Process } from './process';
import type { World } from './world';

/** Runs a process for up to `count` instructions; gives how many were left when it stopped or someone else's turn came. */
export function execute(world: World, process: Process, count: number): number {
  const { op, a, frame, kind, code } = world.packed;
  const { stack, memory } = process;
  let left = count;
  while (left > 0) {
    left--;
    const pc = process.pc++;
    switch (op[pc]!) {
      case C.PUSH:
        stack.push((code[pc] as Instruction & { op: typeof C.PUSH }).value);
        break;
      case C.POP:
        stack.pop();
        break;
      case C.READ_SLOT: {
        const at = frame[pc] ? process.base + a[pc]! : a[pc]!;
        if (kind[pc] === KIND_I32) stack.push(memory.readI32(at));
        else if (kind[pc] === KIND_U64) stack.push(memory.readU64(at));
        else stack.push(memory.read(at, (code[pc] as Instruction & { op: typeof C.READ_SLOT }).kind));
        break;
      }
      case C.WRITE_SLOT: {
        const at = frame[pc] ? process.base + a[pc]! : a[pc]!;
        memory.write(at, (code[pc] as Instruction & { op: typeof C.WRITE_SLOT }).kind, stack[stack.length - 1]!);
        break;
      }
      case C.SLOT_ADDRESS:
        stack.push(OWN_BASE + BigInt(frame[pc] ? process.base + a[pc]! : a[pc]!));
        break;
      case C.APPLY:
        stack.push((code[pc] as Instruction & { op: typeof C.APPLY }).f(stack.pop()!));
        break;
      case C.BINARY: {
        const right = stack.pop()!;
        stack.push((code[pc] as Instruction & { op: typeof C.BINARY }).f(stack.pop()!, right));
        break;
      }
      case C.BINARY_RIGHT: {
        const { f, right } = code[pc] as Instruction & { op: typeof C.BINARY_RIGHT };
        stack.push(f(stack.pop()!, right));
        break;
      }
      case C.UPDATE_SLOT:
        updateSlot(world, process, code[pc] as Instruction & { op: typeof C.UPDATE_SLOT });
        if (process.life !== 'running') return left;
        break;
      case C.JUMP:
        process.pc = a[pc]!;
        break;
      case C.JUMP_IF:
        if (stack.pop()) process.pc = a[pc]!;
        break;
      case C.JUMP_UNLESS:
        if (!stack.pop()) process.pc = a[pc]!;
        break;
      case C.COUNT: {
        const at = process.base + a[pc]!;
        const i = code[pc] as Instruction & { op: typeof C.COUNT };
        memory.write(at, 'i32', i.reset ? -1 : memory.readI32(at) + 1);
        if (i.reset) process.site = world.program.sites[i.site]!;
        break;
      }
      default:
        rare(world, process, code[pc] as Rare);
        if (world.outcome || process.life !== 'running' || world.ready[world.ready.length - 1] !== process) return left;
    }
  }
  return left;
}

type Rare = Exclude<
  Instruction,
  {
    op:
      | typeof C.PUSH
      | typeof C.POP
      | typeof C.READ_SLOT
      | typeof C.WRITE_SLOT
      | typeof C.SLOT_ADDRESS
      | typeof C.APPLY
      | typeof C.BINARY
      | typeof C.BINARY_RIGHT
      | typeof C.JUMP
      | typeof C.JUMP_IF
      | typeof C.JUMP_UNLESS
      | typeof C.UPDATE_SLOT
      | typeof C.COUNT;
  }
>;

/** Instructions that may end the process, the run, or the turn. */
function rare(world: World, process: Process, i: Rare): void {
  const { stack } = process;
  const at = (site: number): Site => (process.site = world.program.sites[site]!);
  switch (i.op) {
    case C.SWITCH:
      process.pc = i.targets.get(stack.pop()!) ?? i.otherwise;
      return;
    case C.FILL: {
      const to = i.frame ? process.base + i.offset : i.offset;
      process.memory.fill(to, i.size);
      if (i.bytes) process.memory.copy(to, i.bytes.from, i.bytes.length);
      return;
    }
    case C.READ:
      return read(world, process, i, at(i.site));
    case C.WRITE: {
      const value = stack.pop()!;
      write(world, process, i.kind, at(i.site), stack.pop()!, value);
      stack.push(value);
      return;
    }
    case C.DIVIDE: {
      const right = stack.pop()!;
      const left = stack.pop()!;
      if (traps(i.operator, i.kind, left, right)) return trap(world, process, at(i.site), right);
      stack.push(i.f(left, right));
      return;
    }
    case C.UPDATE:
      return update(world, process, i, at(i.site));
    case C.CALL:
      return enter(world, process, i.index, at(i.site));
    case C.RETURN:
      return leave(process, at(i.site));
    case C.BUILTIN: {
      const args = new Array<Value>(i.argc);
      for (let k = i.argc - 1; k >= 0; k--) args[k] = stack.pop()!;
      stack.push(callBuiltin(world, process, at(i.site), i.builtin, args));
      return;
    }
    case C.COPY: {
      const source = ownOffset(world, process, at(i.site), stack.pop()!, i.size);
      const target = ownOffset(world, process, at(i.site), stack.pop()!, i.size);
      if (source !== null && target !== null) process.memory.copy(target, source, i.size);
      stack.push(0);
      return;
    }
    case C.ASSERT:
      return assert(world, process, i);
    case C.ASSERTED:
      world.asserted(i.assertion, true, '');
      stack.push(0);
      return;
    case C.NAMED:
      world.name(i.name, BigInt(stack.at(-1)!));
      return;
    case C.LOADED:
      if (process.loaded) world.warn('loaded-value', at(i.site), LOADED_MESSAGE);
      return;
    case C.STOP: {
      const { place, message } = i.error;
      world.outcome ??= { kind: 'error', place, message };
      return;
    }
    case C.END:
      process.life = 'ended';
  }
}

const LOADED_MESSAGE =
  'This asks for what memory holds, and contents are not simulated: they read as 0. Write a variable for what matters here.';

function trap(world: World, process: Process, site: Site, right: Value): void {
  const SIGFPE = 8;
  die(world, process, site, SIGFPE, right ? 'the quotient does not fit its type.' : 'a division by zero.');
}

function read(world: World, process: Process, i: Instruction & { op: typeof C.READ }, site: Site): void {
  const address = process.stack.pop()!;
  const size = sizeOfKind(i.kind);
  let value: Value = 0;
  if (isOwn(address)) {
    const at = ownOffset(world, process, site, address, size);
    if (at !== null) value = process.memory.read(at, i.kind);
  } else accessPages(world, process, site, false, address, size);
  process.stack.push(value);
}

function write(
  world: World,
  process: Process,
  kind: (Instruction & { op: typeof C.WRITE })['kind'],
  site: Site,
  address: Value,
  value: Value,
): void {
  const size = sizeOfKind(kind);
  if (isOwn(address)) {
    const at = ownOffset(world, process, site, address, size);
    if (at !== null) process.memory.write(at, kind, value);
  } else accessPages(world, process, site, true, address, size);
}

function update(world: World, process: Process, i: Instruction & { op: typeof C.UPDATE }, site: Site): void {
  const { stack } = process;
  const operand = stack.pop()!;
  const address = stack.pop()!;
  const size = sizeOfKind(i.kind);
  if (isOwn(address)) {
    const at = ownOffset(world, process, site, address, size);
    if (at !== null) change(world, process, i, at, operand);
    return;
  }
  if (!accessPages(world, process, site, false, address, size)) return;
  if (i.traps && traps(i.traps.operator, i.traps.kind, 0, operand)) return trap(world, process, site, operand);
  if (!accessPages(world, process, site, true, address, size)) return;
  stack.push(i.givesOld ? 0 : i.narrow(i.f(0, operand)));
}

function updateSlot(world: World, process: Process, i: Instruction & { op: typeof C.UPDATE_SLOT }): void {
  change(world, process, i, i.frame ? process.base + i.offset : i.offset, process.stack.pop()!);
}

/** `x op= y` in own memory. */
function change(world: World, process: Process, i: C.Change, at: number, operand: Value): void {
  const { memory, stack } = process;
  const old = memory.read(at, i.kind);
  const wide = i.widen(old);
  if (i.traps && traps(i.traps.operator, i.traps.kind, wide, operand)) {
    process.site = world.program.sites[i.site]!;
    return trap(world, process, process.site, operand);
  }
  const value = i.narrow(i.f(wide, operand));
  memory.write(at, i.kind, value);
  stack.push(i.givesOld ? old : value);
}

function enter(world: World, process: Process, index: number, site: Site): void {
  const { entry, frame, params, name } = world.program.functions[index]!;
  const { memory, stack, frames } = process;
  const { loop, iteration } = frames.length === 0 ? { loop: 0, iteration: 0 } : process.loopAt(site);
  const base = process.top;
  const top = base + ((frame + 15) & ~15);
  if (frames.length >= MAX_CALLS || !memory.reserve(top)) {
    const size = MAX_OWN / 1024 / 1024;
    const why =
      frames.length >= MAX_CALLS ? `${MAX_CALLS.toLocaleString('en')} calls deep` : `${size} MiB of variables`;
    world.stop('memory', site, process, `Stopped in ${name}(): ${why}.`);
    return;
  }
  frames.push({
    pc: process.pc,
    base: process.base,
    top: process.top,
    loop: process.loop,
    iteration: process.iteration,
  });
  Object.assign(process, { base, top, loop, iteration, pc: entry });
  for (let i = params.length - 1; i >= 0; i--) {
    const { offset, kind } = params[i]!;
    memory.write(base + offset, kind, stack.pop()!);
  }
}

function leave(process: Process, site: Site): void {
  const { pc, base, top, loop, iteration } = process.frames.pop()!; // CALL made it
  Object.assign(process, { pc, base, top, loop, iteration, site });
}

function assert(world: World, process: Process, i: Instruction & { op: typeof C.ASSERT }): void {
  const conjunct = world.program.asserts[i.assertion]!.conjuncts[i.conjunct]!;
  const right = conjunct.test ? process.stack.pop()! : 0;
  const left = process.stack.pop()!;
  if (conjunct.test ? conjunct.test(left, right) : left) return;
  world.asserted(i.assertion, false, failedAssert(conjunct, left, right));
}
