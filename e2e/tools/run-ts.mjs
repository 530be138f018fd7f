// Runs a TypeScript program of web/cli in Node: `node e2e/tools/run-ts.mjs web/cli/scenario.ts ARGUMENTS`.
// Vite bundles it into build/cli/NAME.mjs when a source is newer. Nothing of this is written to stdout.
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureCore, newest } from '../../assembly/build.mjs';

const root = join(import.meta.dirname, '..', '..');
const [entry, ...args] = process.argv.slice(2);
const name = `${basename(entry ?? '', '.ts')}.mjs`;
const folder = join(root, 'build', 'cli');
const program = join(folder, name);

async function bundle() {
  const { build } = await import('vite'); // 0.2 s, so only when there is something to build
  const outDir = join(folder, `.${process.pid}`);
  mkdirSync(outDir, { recursive: true });
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true }, // one file starts faster than a walk through node_modules
      build: {
        ssr: resolve(root, entry),
        outDir,
        emptyOutDir: false,
        copyPublicDir: false,
        target: 'node20',
        minify: false,
        rolldownOptions: { output: { entryFileNames: name, codeSplitting: false } },
      },
    });
    renameSync(join(outDir, name), program); // another process sees the old program or the new one, never half of one
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

try {
  if (!entry) throw new Error('usage: node e2e/tools/run-ts.mjs FILE.ts [ARGUMENT]...');
  await ensureCore();
  const built = statSync(program, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = newest('web', 'assembly', 'package-lock.json', 'e2e/tools/run-ts.mjs');
  if (built < sources) await bundle();
} catch (error) {
  console.error(error.message);
  process.exit(2);
}

// npm changes to the project's folder; a person's paths start where they stood.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.argv = [process.argv[0], program, ...args];
await import(pathToFileURL(program).href);
