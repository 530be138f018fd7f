import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { compileCore, instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import { ERROR_MANUAL } from '../lang/manual-errors';
import { hoverOf } from './hover';
import { defaultSettings } from './model';
import { run } from './run';
import { viewOf } from './step';
import { Timeline } from './timeline';

const root = resolve(import.meta.dirname, '../..');
const kernel = new Kernel(instantiate(compileCore(readFileSync(resolve(root, 'build/core.wasm')))));
const SOURCE = `char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
mlock(p, PAGE_SIZE);
munmap(p, 4 * PAGE_SIZE);
struct rlimit r; r.rlim_cur = 0;
`;

function hover(word: string, step: number, from = 0) {
  const timeline = new Timeline(kernel);
  const made = run(SOURCE, defaultSettings, timeline.kernel, timeline.after);
  return hoverOf(SOURCE, word, SOURCE.indexOf(word, from), { run: made, view: viewOf(made, timeline.moment(step)) });
}

test('a call says what it does, its parameters, errors, pitfalls, history, and what came back', () => {
  const said = hover('mlock', 2)!;
  expect(said.code).toBe('int mlock(const void *addr, size_t len)');
  const text = said.paragraphs.join('\n');
  for (const part of ['Step 2: `0`', '- `addr`: ', '- `EPERM`: ', '**Pitfalls**', 'Linux 2.6.9: '])
    expect(text).toContain(part);
});

test.each(Object.entries(ERROR_MANUAL))('%s says each condition of its errors as the manual does', (name, errors) => {
  const said = hoverOf(`${name}(`, name, 0, { run: null, view: null })!;
  const [list] = said.paragraphs.filter((one) => one.startsWith('**Errors**'));
  expect(list?.split('\n').slice(1)).toEqual(errors.map(([errno, ...when]) => `- \`${errno}\`: ${when.join('; ')}`));
});

test('a condition of an error is written once, in the manual', () => {
  const texts = ['manual-errors', 'manual', 'builtins', 'complete', 'signature'].map((name) =>
    readFileSync(resolve(root, `web/lang/${name}.ts`), 'utf8'),
  );
  const conditions = new Set(Object.values(ERROR_MANUAL).flatMap((rows) => rows.flatMap(([, ...when]) => when)));
  expect([...conditions].filter((one) => texts.join('').split(`'${one}'`).length !== 2)).toEqual([]);
  expect(texts.slice(1).filter((text) => /'E[A-Z]+: /.test(text))).toEqual([]);
});

test('a constant says value, meaning and since when', () => {
  const said = hoverOf('', 'MCL_ONFAULT', 0, { run: null, view: null })!;
  expect(said.code).toBe('MCL_ONFAULT = 4');
  expect(said.paragraphs.at(-1)).toBe('Since Linux 4.4.');
  expect(hoverOf('', 'MADV_COLLAPSE', 0, { run: null, view: null })?.paragraphs.at(-1)).toMatch(/^Not modelled: /);
  expect(hoverOf('', 'nobody', 0, { run: null, view: null })).toBeNull();
});

test('a variable says its type, its address and the VMAs there at the selected step', () => {
  const before = hover('p', 1, SOURCE.indexOf('mlock(p') + 6)!;
  expect(before.code).toBe('char *p');
  expect(before.paragraphs[0]).toContain('`char *`');
  expect(before.paragraphs[1]).toMatch(/^After step 1: `0x7[0-9a-f]+`, 4 pages\.\n- VMA `0x\w+-0x\w+ rw-p`$/);
  const locked = hover('p', 2, SOURCE.indexOf('mlock(p') + 6)!;
  expect(locked.paragraphs[1]!.split('\n- ')).toHaveLength(3);
  expect(locked.paragraphs[1]).toContain('rw-p`, locked');
  expect(hover('p', 3, SOURCE.indexOf('mlock(p') + 6)!.paragraphs[1]).toContain('Nothing is mapped there.');
});

test('a member says what it limits', () => {
  expect(hover('rlim_cur', 1)?.paragraphs[0]).toContain('soft limit');
});
