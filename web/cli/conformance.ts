// `npm run conformance -- [PATH...]`: runs every scenario in the simulator and, compiled with playground.h, on this
// machine's kernel, and prints both results side by side. Without a path: examples/. With --random [AREA...]
// [SEED-SEED]: random scenarios, compared in what they print and in their state after each call.
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { basename, join } from 'node:path';
import { run } from '../run/run';
import { defaultSettings } from '../run/model';
import { projectFolder } from './folder';
import { nodeKernel } from './machine';
import { playRandom } from './random/run';
import { RealKernel, whyNotHere, type Verdict } from './real-kernel';
import { openSwapArea, usesSwap } from './swap-area';
import { scenarioFiles, verdictOf } from './verdict';

const compiler = process.env['CC'] ?? 'gcc';
const obstacle = whyNotHere(compiler);
if (obstacle !== null) {
  console.error(`The conformance run compares with this machine's kernel. ${obstacle}`);
  process.exit(2);
}

if (process.argv[2] === '--random') {
  const real = new RealKernel(compiler);
  const differ = playRandom(process.argv.slice(3), nodeKernel(), real, openSwapArea);
  real.close();
  if (differ === null) console.error('usage: npm run conformance -- --random [AREA...] [SEED-SEED]');
  process.exit(differ === null ? 2 : differ > 0 ? 1 : 0);
}

const paths = process.argv.slice(2);
const files = (paths.length > 0 ? paths : [join(projectFolder(), 'examples')]).flatMap(scenarioFiles);
if (files.length === 0) {
  console.error('No scenario (*.c) there.');
  process.exit(2);
}

const sides = ['simulator', `Linux ${release()}`] as const;
const counts = sides.map(() => ({ pass: 0, fail: 0, skip: 0 }));
const width = Math.max(...files.map((file) => basename(file, '.c').length), 'scenario'.length);
const kernel = nodeKernel();
const real = new RealKernel(compiler);
const swap = files.some((file) => usesSwap(readFileSync(file, 'utf8'))) ? openSwapArea() : null;
if (swap?.missing) console.error(`This machine has no swap area: ${swap.missing}`);
try {
  console.log(`${'scenario'.padEnd(width)}  ${sides[0].padEnd(9)}  ${sides[1]}`);
  for (const file of files) {
    const verdicts = [simulated(file), real.run(file)];
    verdicts.forEach(({ result }, side) => counts[side]![result]++);
    console.log(`${basename(file, '.c').padEnd(width)}  ${verdicts[0]!.result.padEnd(9)}  ${verdicts[1]!.result}`);
    verdicts.forEach(({ reason }, side) => reason && console.log(`    ${sides[side]}: ${reason}`));
  }
} finally {
  swap?.close();
  real.close();
}
const said = counts.map(
  ({ pass, fail, skip }, side) => `${sides[side]}: ${pass} passed, ${fail} failed, ${skip} skipped`,
);
console.log(`\n${files.length} scenarios. ${said.join('. ')}.`);
process.exitCode = counts.some(({ fail }) => fail > 0) ? 1 : 0;

function simulated(file: string): Verdict {
  const { line, column, reason } = verdictOf(file, run(readFileSync(file, 'utf8'), defaultSettings, kernel));
  return reason === '' ? { result: 'pass', reason } : { result: 'fail', reason: `${line}:${column} ${reason}` };
}
