// The simulated kernel against recorded states of a live Linux 6.18.44: after every call, all fields, no call left out.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { harnessOf } from './compare';
import { projectFolder } from './folder';
import { nodeKernel } from './machine';
import { Replayer } from './replayer';
import { callText, readRecord } from './trace';

const kernel = nodeKernel();
const folder = join(projectFolder(), 'e2e', 'golden');

// full: a process with stack, vdso and vvar; bare: without them.
describe.each(['full', 'bare'])('%s', (kind) => {
  const names = readdirSync(join(folder, kind)).filter((name) => /\.out\.jsonl(\.gz)?$/.test(name));

  test.each(['vma', 'limits', 'null', 'pages', 'mix', 'fork'])('there are records of %s', (profile) => {
    expect(names.filter((name) => name.startsWith(profile)).length).toBeGreaterThanOrEqual(8);
  });

  test.each(names)('%s', (name) => {
    const { header, lines } = readRecord(join(folder, kind, name));
    const harness = harnessOf(header);
    const replayer = new Replayer(kernel, header);
    for (const [i, line] of lines.entries()) {
      replayer.play(line);
      expect(replayer.differences(harness), callText(line)).toEqual([]);
      expect(kernel.verify(), `call ${i}: invariant`).toBe(0);
    }
  });
});
