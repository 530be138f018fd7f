// `npm run -s replay -- --out DIR RECORD...`: plays recorded calls on the simulated kernel and writes its own records,
// one file for each, under the same name without .gz.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nodeKernel } from './machine';
import { Replayer } from './replayer';
import { readRecord } from './trace';

const USAGE = 'usage: npm run -s replay -- --out DIR RECORD.out.jsonl[.gz]...';

const args = process.argv.slice(2);
const at = args.indexOf('--out');
const out = at < 0 ? undefined : args.splice(at, 2)[1];
if (out === undefined || args.length === 0 || args.some((arg) => arg.startsWith('-'))) {
  console.error(USAGE);
  process.exit(2);
}

const kernel = nodeKernel();
mkdirSync(out, { recursive: true });
let calls = 0;
const start = performance.now();
for (const path of args) {
  try {
    writeFileSync(join(out, basename(path).replace(/\.gz$/, '')), `${replay(path).join('\n')}\n`);
  } catch (error) {
    console.error(`${path}: ${(error as Error).message}`);
    process.exitCode = 2;
  }
}
const seconds = (performance.now() - start) / 1000;
console.error(`${args.length} records, ${calls} calls, ${Math.round(calls / seconds)} calls/s`);

function replay(path: string): string[] {
  const { header, lines } = readRecord(path);
  const replayer = new Replayer(kernel, header);
  const written = [JSON.stringify({ simulator: 'mlock playground', ...header, ...replayer.state() })];
  lines.forEach((line, i) => {
    const { call, answer, state } = replayer.call(line);
    const proc = call.proc ? `"proc":${call.proc},` : '';
    const rest = JSON.stringify({ ...answer, ...state }).slice(1);
    written.push(`{"i":${i},${proc}"call":"${call.call}","args":${call.text},${rest}`);
  });
  calls += lines.length;
  return written;
}
