// `npm run bench -- [--md] [--rounds N]`: how fast the core is beside the machine's kernel and a naive program. All
// contenders do the same work in turns, round after round; a cell is the median with the least and the most.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../tools/bundle.mjs';
import { root } from '../tools/command.mjs';
import { corePage } from './chromium.mjs';
import { realKernel } from './kernel.mjs';
import { report } from './report.mjs';
import { digits, table } from './table.mjs';

const CALLS = 100_000;
const GIB = 2 ** 30;
const args = process.argv.slice(2);
const markdown = args.includes('--md');
const rounds = args.includes('--rounds') ? Number(args[args.indexOf('--rounds') + 1]) : 7;
if (!(rounds >= 1)) throw new Error('usage: npm run bench -- [--md] [--rounds N]');

const load = loadavg()[0].toFixed(1);
const program = await bundle('web/cli/bench-work.ts');
const wasm = readFileSync(join(root, 'build', 'core.wasm'));
const { Contenders, lockWork } = await import(pathToFileURL(program).href);
const node = new Contenders(wasm);
const kernel = realKernel();
const page = await corePage(program, wasm);
const notes = new Set(typeof kernel === 'string' ? [kernel] : []);

/** Contenders of the rows about calls, in the order of the columns. Each answers { ns, locked_vm, vmas }. */
const lockers = {
  'core, Node': (work) => node.batch(work),
  'core, Chromium': (work) => page.batch(work),
  'core, call by call': (work) => node.calls(work),
  kernel: (work) => (typeof kernel === 'string' ? kernel : kernel.calls(work)),
  'sorted array': (work) => node.naive(work),
};
const lockRows = [
  ...[64, 2048, 65_536].map((pages) => ({ name: `mlock2/munlock, ${digits(pages)} pages`, work: [pages, false] })),
  ...[64, 65_500].map((pages) => ({ name: `one page, ${digits(pages)} VMAs`, work: [pages, true] })),
].map(({ name, work }) => ({ name, work: lockWork(...work, CALLS), ns: columns(lockers) }));

/** Contenders of the rows about large mappings: ns. Those of the core count mmap and munmap too. */
const largeLockers = {
  'core, Node': (bytes) => ({ ns: node.large(BigInt(bytes), 10_000) }),
  'core, Chromium': async (bytes) => ({ ns: await page.large(bytes, 10_000) }),
  kernel: (bytes) => (typeof kernel === 'string' ? kernel : bytes > GIB ? '' : kernel.large(bytes)),
};
const largeRows = [
  { name: 'mlock of 1 GiB', bytes: GIB, ns: columns(largeLockers) },
  { name: 'mlock of 1 TiB', bytes: 1024 * GIB, ns: columns(largeLockers) },
];

function columns(contenders) {
  return Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
}

/** Lets each contender do the row's work once. What they report besides the time must be the same. */
async function round(row, contenders, work) {
  let first;
  for (const [name, run] of Object.entries(contenders)) {
    const taken = await run(work);
    if (typeof taken === 'string') {
      if (taken) notes.add(taken);
      continue;
    }
    const { ns, ...end } = taken;
    row.ns[name].push(ns);
    first ??= JSON.stringify(end);
    if (JSON.stringify(end) !== first) throw new Error(`${row.name}: ${first}, but ${name}: ${JSON.stringify(end)}`);
  }
}

for (let i = 0; i < rounds; i++) {
  console.error(`round ${i + 1} of ${rounds}`);
  for (const row of lockRows) await round(row, lockers, row.work);
  for (const row of largeRows) await round(row, largeLockers, row.bytes);
}
const { version } = page;
await page.close();

async function inNode(entry, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [await bundle(entry), ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${entry}: ${stderr}`);
  return JSON.parse(stdout);
}

const golden = ['full', 'bare'].map((kind) => join(root, 'e2e', 'golden', kind));
const records = golden.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
const replay = await inNode('web/cli/bench-replay.ts', ...records);
const steps = await inNode('web/cli/bench-steps.ts');

console.log(table(report({ lockRows, largeRows, replay, steps }), markdown));
const lines = [
  `Median (least - most) of ${rounds} rounds, the contenders in turns. The core as one replay() of its call log; call by call: through Kernel.syscall(), with events.`,
  `mlock of 1 GiB and 1 TiB: the core's time is of mmap, mlock and munmap together, the kernel's of mlock alone.`,
  `replay: ${digits(replay.calls)} recorded calls in Node, ${replay.differ} differ. The run of 100,000 steps took ${Math.round(steps.run_ms)} ms.`,
  ...notes,
  `${cpus().length} x ${cpus()[0]?.model ?? arch()}, load ${load}, ${process.platform} ${release()}, Node ${process.versions.node}, Chromium ${version}.`,
];
console.log(`\n${lines.join('\n')}`);
