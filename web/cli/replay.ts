// `npm run -s replay -- [--out DIR] RECORD...`: plays recorded calls on the simulated kernel, compares each state with
// the recorded one, and with --out writes its own records, one file for each, under the same name without .gz.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { harnessOf } from './compare';
import { nodeKernel } from './machine';
import { Replayer } from './replayer';
import { callText, readRecord } from './trace';

const USAGE = 'usage: npm run -s replay -- [--out DIR] RECORD.out.jsonl[.gz]...';
const SHOWN = 20;

const args = process.argv.slice(2);
const at = args.indexOf('--out');
const out = at < 0 ? null : args.splice(at, 2)[1];
if (out === undefined || args.length === 0 || args.some((arg) => arg.startsWith('-'))) {
  console.error(USAGE);
  process.exit(2);
}

const kernel = nodeKernel();
if (out !== null) mkdirSync(out, { recursive: true });
let calls = 0;
let differ = 0;
let ms = 0;
for (const path of args) {
  try {
    const written = replay(path);
    if (out !== null) writeFileSync(join(out, basename(path).replace(/\.gz$/, '')), joined(written));
  } catch (error) {
    console.error(`${path}: ${(error as Error).message}`);
    process.exitCode = 2;
  }
}
const rate = Math.round(calls / (ms / 1000));
console.error(`${args.length} records, ${calls} calls, ${differ} calls differ, ${rate} calls/s`);
if (differ > 0) process.exitCode ||= 1;

/** Reading, unpacking and writing files is not in the time. */
function replay(path: string): Buffer[] {
  const { header, lines } = readRecord(path);
  const harness = harnessOf(header);
  const replayer = new Replayer(kernel, header);
  const written: Buffer[] = [
    Buffer.from(JSON.stringify({ simulator: 'mlock playground', ...header, ...replayer.state() })),
  ];
  const start = performance.now();
  for (const [i, line] of lines.entries()) {
    replayer.play(line);
    const same = replayer.matches();
    if (out !== null) written.push(same ? line : replayer.line());
    if (same) continue;
    const fields = replayer.differences(harness);
    if (fields.length > 0 && differ++ < SHOWN) report(path, i, line, fields);
  }
  ms += performance.now() - start;
  calls += lines.length;
  return written;
}

function report(path: string, i: number, line: Buffer, fields: readonly string[]): void {
  console.error(`${path}: call ${i}: ${callText(line)}\n  ${fields.join('\n  ')}`);
}

function joined(lines: readonly Buffer[]): Buffer {
  const end = Buffer.from('\n');
  return Buffer.concat(lines.flatMap((line) => [line, end]));
}
