import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Finds the project's folder from where this program stands: web/cli, or build/cli once it is bundled. */
export function projectFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'assembly', 'asconfig.json'))) {
    if (dirname(folder) === folder) throw new Error('This program stands outside the project.');
    folder = dirname(folder);
  }
  return folder;
}
