import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import { defaultSettings } from './model';
import { make, type Made } from './run';
import { takeOver } from './take-over';

const project = resolve(import.meta.dirname, '../..');
const core = new WebAssembly.Module(readFileSync(resolve(project, 'build/core.wasm')));
const kernel = new Kernel(instantiate(core));
const patient = { ...defaultSettings, max_ms: 60_000 };
const made = (source: string): Made => make(source, patient, kernel, () => {});
const timeless = ({ run: { ms: _ms, ...run }, ...rest }: Made) => ({ ...rest, run });

const TEXT = `// Two secrets
char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); // four pages
for (int i = 0; i < 3; i++) {
  mlock(p + i * 10, 10); // again
  /* and */
}
munlock(p, 10); // unlocks all
assert(locked_vm() == 1);
// the end`;

/** TEXT with a piece of it changed. */
const edited = (piece: string, by: string): string => {
  expect(TEXT.split(piece)).toHaveLength(2);
  return TEXT.replace(piece, by);
};

describe('what a comment between statements says changes no step', () => {
  test.each([
    ['in the first line', edited('Two secrets', 'Two secrets in one page')],
    ['after a declaration', edited('four pages', '4 pages')],
    ['after a declaration, before a block', edited(' // four pages', '')],
    ['in a loop', edited('again', 'again and again; not { once }')],
    ['between marks', edited('/* and */', '/* "and */')],
    ['a new one', edited('munlock(p, 10); //', 'munlock(p, 10);   // now')],
    ['at the end', edited('the end', 'the end ')],
    ['that mutes a hint', edited('unlocks all', 'NOLINT')],
    ['none at all', TEXT],
  ])('%s', (_where, source) => {
    const taken = takeOver(made(TEXT), source, patient);
    expect(taken).not.toBeNull();
    expect(timeless(taken!)).toEqual(timeless(made(source)));
  });
});

test.each([
  ['a number', edited('i < 3', 'i < 4')],
  ['a space in a text', edited('i < 3', 'i <  3')],
  ['a line more', edited('// again', '// again\n//')],
  ['a statement that becomes a comment', edited('munlock(p, 10);', '//munlock(p, 10);')],
  ['a comment that becomes a statement', edited('// the end', 'munlockall();')],
  ['a comment that does not end', edited('/* and */', '/* and /')],
  ['a comment before a token', edited('/* and */', '/* and */;')],
  ['a comment within a statement', edited('(locked_vm() == 1)', '(locked_vm() /* pages */ == 1)')],
  ['a pragma', `#pragma rlimit RLIMIT_MEMLOCK 0\n${TEXT}`],
])('%s is run anew', (_what, source) => {
  expect(takeOver(made(TEXT), source, patient)).toBeNull();
});

test('a run with an error, or with other settings, is not taken over', () => {
  expect(takeOver(made(`mlock(;\n${TEXT}`), `mlock(;\n${TEXT} `, patient)).toBeNull();
  expect(takeOver(made(TEXT), `${TEXT} `, { ...patient, max_steps: 3 })).toBeNull();
});

test.each(readdirSync(resolve(project, 'examples')).filter((name) => /^\d.*5.*\.c$/.test(name)))(
  '%s: a word more in any of its comments',
  (name) => {
    const source = readFileSync(resolve(project, 'examples', name), 'utf8');
    const old = made(source);
    let nr_taken = 0;
    for (const { index } of source.matchAll(/\/\/.(?=.*\n)/g)) {
      const more = `${source.slice(0, index + 2)} word${source.slice(index + 2)}`;
      const taken = takeOver(old, more, patient);
      if (!taken) continue;
      nr_taken++;
      expect(timeless(taken)).toEqual(timeless(made(more)));
    }
    expect(nr_taken).toBeGreaterThan(0);
  },
);
