// No field of a recorded line escapes the comparison.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { harnessOf } from './compare';
import { projectFolder } from './folder';
import { nodeKernel } from './machine';
import { Replayer } from './replayer';
import { readRecord } from './trace';

const folder = join(projectFolder(), 'e2e', 'golden', 'full');
const path = readdirSync(folder).find((name) => name.startsWith('fork'))!;
const { header, lines } = readRecord(join(folder, path));
const kernel = nodeKernel();
const harness = harnessOf(header);
// What the call was, not what it did.
const HEAD = ['i', 'call', 'args', 'proc'];

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Every way to change one value of a line: [where, the line with it changed]. */
function* mutations(line: string): Generator<[string, string]> {
  const record = JSON.parse(line) as Record<string, Json>;
  for (const [at, holder, key] of leaves(record, '')) {
    const was = holder[key]!;
    holder[key] = typeof was === 'number' ? was + 1 : typeof was === 'string' ? `${was}0` : !was;
    yield [at, JSON.stringify(record)];
    holder[key] = was;
  }
}

function* leaves(value: Json, at: string): Generator<[string, Record<string, Json>, string]> {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, Json>;
  for (const [key, inner] of Object.entries(holder)) {
    if (at === '' && HEAD.includes(key)) continue;
    if (typeof inner === 'object') yield* leaves(inner, `${at}/${key}`);
    else yield [`${at}/${key}`, holder, key];
  }
}

function played(upTo: number, last: string): Replayer {
  const replayer = new Replayer(kernel, header);
  for (const line of lines.slice(0, upTo)) replayer.play(line);
  replayer.play(Buffer.from(last));
  return replayer;
}

test.each([10, 30, lines.length - 1])('a change of any value of line %d is seen', (i) => {
  const line = lines[i]!.toString();
  expect(played(i, line).matches()).toBe(true);
  let count = 0;
  for (const [at, changed] of mutations(line)) {
    expect(played(i, changed).matches(), at).toBe(false);
    count++;
  }
  expect(count).toBeGreaterThan(90);
});

test.each([
  'VmSize',
  'VmLck',
  'VmData',
  'mlocked_pages',
  'unevictable_pages',
  'mm_locked_vm',
  'mm_total_vm',
  'map_count',
])('a change of %s is named', (field) => {
  const record = JSON.parse(lines[10]!.toString()) as Record<string, number>;
  const changed = JSON.stringify({ ...record, [field]: record[field]! + 4 });
  expect(
    played(10, changed)
      .differences(harness)
      .map((text) => text.split(':')[0]),
  ).toContain(field);
});

test('what is written is the line that was recorded, also when it is asked for twice', () => {
  const replayer = new Replayer(kernel, header);
  for (const line of lines) {
    replayer.play(line);
    expect(replayer.line().toString()).toBe(line.toString());
    expect(replayer.matches()).toBe(true);
  }
});
