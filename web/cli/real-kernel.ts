// Runs a scenario on the machine's own kernel: gcc, playground.h, and a process of its own.
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { cProgram, startOf } from './c-program';
import { projectFolder } from './folder';

/** How a scenario ended, in the simulator or on a kernel. */
export interface Verdict {
  readonly result: 'pass' | 'fail' | 'skip';
  /** Why it failed or was left out. */
  readonly reason: string;
}

const SKIPPED = 77; // playground.h's exit status for what this machine cannot do
const SECONDS = 60;

/** Says why scenarios cannot run on this machine's kernel, or null. */
export function whyNotHere(compiler: string): string | null {
  if (process.platform !== 'linux') return `It needs Linux; this is ${process.platform}.`;
  if (process.arch !== 'x64') return `It needs an x86-64 machine; this is ${process.arch}.`;
  if (process.getuid?.() !== 0) return 'It needs root: page flags are secret, and capabilities change.';
  if (spawnSync(compiler, ['--version']).status !== 0)
    return `It needs a C compiler; "${compiler}" does not start (set CC).`;
  return null;
}

/** Compiles and runs scenarios in a folder of its own, which close() removes. */
export class RealKernel {
  readonly #compiler: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'conformance-'));

  /** Takes the name of the compiler. */
  constructor(compiler: string) {
    this.#compiler = compiler;
  }

  /** Runs one scenario to its end. */
  run(path: string): Verdict {
    return this.play(readFileSync(path, 'utf8'), basename(path)).verdict;
  }

  /** Runs a text to its end, with C flags of the caller's own; also gives what it printed. */
  play(source: string, name: string, own: readonly string[] = []): { verdict: Verdict; printed: string } {
    const { defines, impossible } = startOf(source);
    if (impossible !== null) return { verdict: { result: 'skip', reason: impossible }, printed: '' };
    const program = join(this.#folder, basename(name, '.c'));
    const header = join(projectFolder(), 'examples', 'playground.h');
    const flags = ['-static', '-O0', '-w', '-include', header, ...own, ...defines, '-x', 'c', '-', '-o', program];
    const compiled = spawnSync(this.#compiler, flags, { input: cProgram(source, name), encoding: 'utf8' });
    if (compiled.status !== 0) {
      return { verdict: { result: 'fail', reason: `does not compile: ${firstLine(compiled.stderr)}` }, printed: '' };
    }
    // An empty environment: what stands on the stack moves its start.
    const ran = spawnSync(program, [], {
      env: {},
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      timeout: SECONDS * 1000,
      killSignal: 'SIGKILL',
    });
    return { verdict: verdictOf(ran), printed: ran.stdout };
  }

  /** Removes the compiled programs. */
  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function verdictOf({ status, stderr, error, signal }: SpawnSyncReturns<string>): Verdict {
  if (status === 0) return { result: 'pass', reason: '' };
  if (status === SKIPPED) return { result: 'skip', reason: firstLine(stderr) };
  const ended = error ? error.message : signal ? `ended by ${signal}` : `exit status ${status}`;
  return { result: 'fail', reason: [ended, firstLine(stderr)].filter(Boolean).join(': ') };
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
