// Makes one ES module in build/cli of a TypeScript program of web/cli when a source is newer, and builds the core.
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ensureCore, newest } from '../../assembly/build.mjs';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'build', 'cli');

/** Returns the path of the module. Nothing is written to stdout. */
export async function bundle(entry) {
  await ensureCore();
  const name = `${basename(entry, '.ts')}.mjs`;
  const program = join(folder, name);
  const built = statSync(program, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built >= newest('web', 'assembly', 'package-lock.json', 'e2e/tools/bundle.mjs')) return program;
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
  return program;
}
