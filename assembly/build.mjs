// Compiles assembly/ to build/core.wasm: `node assembly/build.mjs [--debug]`. vite.config.ts, the unit tests and the
// command line use the same two functions.
import { readdirSync, renameSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '..');
const outFile = (target) => join(root, 'build', target === 'debug' ? 'core.debug.wasm' : 'core.wasm');

/** The modification time in ms of the newest file that goes into the core; tests beside the sources do not count. */
export function newestSource(folder = join(root, 'assembly')) {
  let newest = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(ts|json|mjs)$/.test(entry.name) || entry.name.endsWith('.test.ts')) continue;
    newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return newest;
}

/** Tells whether the built core is missing or older than a source. */
export function isStale(target = 'release') {
  const stat = statSync(outFile(target), { throwIfNoEntry: false });
  return !stat || stat.mtimeMs < newestSource();
}

/** Compiles the core and returns the path of the wasm file. Throws with asc's own text when it does not compile. */
export async function compile(target = 'release') {
  const { default: asc } = await import('assemblyscript/asc'); // 0.4 s, so only when there is something to build
  const started = new Date();
  const written = [];
  // asc merges the asconfig.json of the folder that --config names and reads its entries and outFile from there.
  const args = ['--config', 'assembly/asconfig.json', '--target', target, '--baseDir', root];
  const { error, stderr } = await asc.main(args, {
    async writeFile(name, contents, baseDir) {
      const path = resolve(baseDir, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.${process.pid}`, contents);
      written.push(path);
    },
  });
  const text = stderr.toString().trim();
  if (error) throw new Error(`the core does not compile\n${text || error.message}`);
  if (text) console.error(text); // a warning is never swallowed
  if (!written.includes(outFile(target))) throw new Error(`asc wrote ${written.join(', ') || 'nothing'}`);
  // Renamed at the end: another process that reads the core sees the old one or the new one, never half of one.
  for (const path of written) renameSync(`${path}.${process.pid}`, path);
  await touch(outFile(target), started);
  return outFile(target);
}

/** Compiles the core only if a source is newer. */
export async function ensureCore(target = 'release') {
  return isStale(target) ? compile(target) : outFile(target);
}

/** Dates the wasm back to the start of its build, so that an edit made meanwhile counts as newer. */
async function touch(path, date) {
  const { utimes } = await import('node:fs/promises');
  await utimes(path, date, date);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const t = performance.now();
  try {
    const path = await compile(process.argv.includes('--debug') ? 'debug' : 'release');
    const ms = Math.round(performance.now() - t);
    console.error(`${path.slice(root.length + 1)}: ${statSync(path).size} bytes in ${ms} ms`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
