// The machine's own kernel as a contender: kernel.c, compiled and run where that is possible.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tools/command.mjs';

const program = join(root, 'build', 'bench', 'kernel');

/** Compiles it; returns the contender, or the sentence that says why there is none. */
export function realKernel() {
  if (process.platform !== 'linux') return `No kernel to compare with: this is ${process.platform}, not Linux.`;
  mkdirSync(join(root, 'build', 'bench'), { recursive: true });
  const source = join(import.meta.dirname, 'kernel.c');
  for (const cc of [process.env.CC, 'cc', 'gcc', 'clang'].filter(Boolean)) {
    const { status, stderr } = spawnSync(cc, ['-O2', '-o', program, source], { encoding: 'utf8' });
    if (status === 0) return { calls, large };
    if (stderr) return `No kernel to compare with: ${cc} says ${stderr.trim().split('\n')[0]}`;
  }
  return 'No kernel to compare with: there is no C compiler.';
}

/** Makes the calls of a list: { ns, locked_vm, vmas }, or the sentence why not. */
function calls({ pages, split, calls: list }) {
  const file = `${program}-${process.pid}.calls`;
  writeFileSync(file, new Uint8Array(list.buffer));
  try {
    return answer(['calls', String(pages), split ? '1' : '0', file], ([ns, locked_vm, vmas]) => {
      return { ns, locked_vm, vmas };
    });
  } finally {
    rmSync(file);
  }
}

/** Locks `bytes` once: { ns }, or the sentence why not. */
function large(bytes) {
  return answer(['large', String(bytes)], ([ns]) => ({ ns }));
}

function answer(args, read) {
  const { status, signal, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  const text = stdout?.trim() ?? '';
  if (text.startsWith('not')) return text;
  return status === 0 ? read(text.split(' ').map(Number)) : `not measured: ended with ${signal ?? status}`;
}
