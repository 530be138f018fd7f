// The simulated kernel against recorded states of a live Linux 6.18.44, after every call, all fields.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { differences, harnessOf, type CallRecord } from './compare';
import { projectFolder } from './folder';
import { nodeKernel } from './machine';
import { Replayer } from './replayer';
import { readRecord } from './trace';

// A record is compared up to the first call that is not modelled. It may only be one of these.
const NOT_MODELLED = ['mremap', 'msync', 'madvise', 'memfd', 'fork', 'mincore', 'remap_file_pages', 'fallocate'];

const kernel = await nodeKernel();
const folder = join(projectFolder(), 'e2e', 'golden');

describe.each(['full', 'bare'])('%s', (kind) => {
  const names = readdirSync(join(folder, kind)).filter((name) => /\.out\.jsonl(\.gz)?$/.test(name));

  test('there are records', () => expect(names.length).toBeGreaterThan(20));

  test.each(names)('%s', (name) => {
    const { header, lines } = readRecord(join(folder, kind, name));
    const harness = harnessOf(header);
    const replayer = new Replayer(kernel, header);
    for (const [i, line] of lines.entries()) {
      const { call, answer, state } = replayer.call(line);
      if (answer.errno === 'ENOT_MODELLED') {
        expect(NOT_MODELLED).toContain(call.call);
        return;
      }
      const recorded = JSON.parse(line) as CallRecord;
      expect(differences(recorded, { ...answer, ...state }, harness), `call ${i}: ${call.call}${call.text}`).toEqual(
        [],
      );
      expect(kernel.verify(), `call ${i}: invariant`).toBe(0);
    }
  });
});
