// Runs a TypeScript program of web/cli in Node: `node e2e/tools/run-ts.mjs web/cli/scenario.ts ARGUMENTS`.
// Nothing of this is written to stdout.
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

const [entry, ...args] = process.argv.slice(2);
let program;
try {
  if (!entry) throw new Error('usage: node e2e/tools/run-ts.mjs FILE.ts [ARGUMENT]...');
  program = await bundle(entry);
} catch (error) {
  console.error(error.message);
  process.exit(2);
}

// npm changes to the project's folder; a person's paths start where they stood.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.argv = [process.argv[0], program, ...args];
await import(pathToFileURL(program).href);
