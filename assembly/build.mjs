// Compiles assembly/ to build/core.wasm: `node assembly/build.mjs [--debug]`. vite.config.ts, the unit tests and the
// command line call the same functions.
import { readdirSync, renameSync, statSync, utimesSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '..');
const outFile = (target) => join(root, 'build', target === 'debug' ? 'core.debug.wasm' : 'core.wasm');

/** The modification time in ms of the newest of these files and folders; tests and texts do not count. */
export function newest(...paths) {
  let time = 0;
  for (const path of paths.map((p) => resolve(root, p))) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) continue;
    time = Math.max(time, stat.mtimeMs); // a folder's own time tells of a file that went away
    if (!stat.isDirectory()) continue;
    for (const name of readdirSync(path)) {
      if (!/\.(test\.tsx?|md)$/.test(name)) time = Math.max(time, newest(join(path, name)));
    }
  }
  return time;
}

/** Tells whether the built core is missing or older than a source. */
export function isStale(target = 'release') {
  const stat = statSync(outFile(target), { throwIfNoEntry: false });
  return !stat || stat.mtimeMs < newest('assembly');
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
  utimesSync(outFile(target), started, started); // so that an edit made meanwhile counts as newer
  return outFile(target);
}

/** Compiles the core only if a source is newer. */
export async function ensureCore(target = 'release') {
  return isStale(target) ? compile(target) : outFile(target);
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
