// Accounts and changed lines, on the real core.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { compileCore, instantiate } from '../../core/boot';
import { Kernel } from '../../core/kernel';
import { defaultSettings, type Why } from '../model';
import { run } from '../run';
import { viewOf } from '../step';
import { Timeline } from '../timeline';

const root = resolve(import.meta.dirname, '../../..');
const kernel = new Kernel(instantiate(compileCore(readFileSync(resolve(root, 'build/core.wasm')))));

function whyOf(source: string, step: number): Why {
  const timeline = new Timeline(kernel);
  const made = run(source, defaultSettings, kernel, timeline.after);
  return viewOf(made, timeline.moment(step)).why;
}
const example = readFileSync(resolve(root, 'examples/01-hole-keeps-what-came-before.c'), 'utf8');
const lines = (why: Why) => why.changes.map(({ sign, text }) => `${sign} ${text}`);
const accounts = (why: Why) => why.accounts.map(({ name, pages, used }) => [name, pages, used]);

test('what a failed call left is a diff of VMAs and pages', () => {
  expect(lines(whyOf(example, 9))).toEqual([
    '- buf  10 pages  rd wr mr mw me ac',
    '+ buf  10 pages  rd wr mr mw me lo ac',
    '- |RRRRZZrrrr|',
    '+ |LLLLZZllll|',
  ]);
});

test('a split is one VMA before and three after', () => {
  expect(lines(whyOf(example, 10))).toEqual([
    '- buf  10 pages  rd wr mr mw me lo ac',
    '+ buf  2 pages  rd wr mr mw me lo ac',
    '+ buf+2p  1 page  rd wr mr mw me ac',
    '+ buf+3p  7 pages  rd wr mr mw me lo ac',
    '- |LLLLZZllll|',
    '+ |LL|R|LZZllll|',
  ]);
});

test('a call that changed nothing has no diff, and its refused charge an account', () => {
  const why = whyOf(example, 13);
  expect(why.changes).toEqual([]);
  expect(accounts(why).slice(0, 2)).toEqual([
    ['locked_vm of the mm', '13 of 16', true],
    ['SHM_LOCK of the user', 'an account of its own, with the same limit', false],
  ]);
  expect(why.accounts[2]?.pages).toContain('mm->pinned_vm');
  expect(whyOf(example, 9).accounts).toEqual([]);
});

test('SHM_LOCK is charged to the user, not to the mm', () => {
  const source = `#pragma rlimit RLIMIT_MEMLOCK 65536
int id = shmget(IPC_PRIVATE, 4 * PAGE_SIZE, IPC_CREAT | 0600);
shmctl(id, SHM_LOCK, NULL);`;
  expect(accounts(whyOf(source, 2)).slice(0, 2)).toEqual([
    ['locked_vm of the mm', '0 of 16', false],
    ['SHM_LOCK of the user', '0 → 4 of 16', true],
  ]);
});
