import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileCore, instantiate } from '../../core/boot';
import { Kernel } from '../../core/kernel';
import { defaultSettings, type Diagnostic } from '../model';
import { run } from '../run';
import { silence } from './silence';

const root = resolve(import.meta.dirname, '../../..');
const kernel = new Kernel(instantiate(compileCore(readFileSync(resolve(root, 'build/core.wasm')))));
const MAP = 'mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)';
const head = `char *p = ${MAP};\n`;

const found = (text: string): readonly Diagnostic[] =>
  run(text, defaultSettings, kernel).diagnostics.filter(({ code }) => code !== 'call-failed');
const said = (text: string): string[] => found(text).map(({ code, place }) => `${code} ${place.line}`);
const mended = (text: string): string => {
  const fix = found(text)[0]!.fix!;
  return text.slice(0, fix.from) + fix.insert + text.slice(fix.to);
};

describe('what a run shows', () => {
  const rows: readonly (readonly [code: string, bad: string, good: string])[] = [
    ['lock-after-write 3', 'touch_write(p, 64);\nmlock(p, PAGE_SIZE);', 'mlock(p, PAGE_SIZE);\ntouch_write(p, 64);'],
    ['lock-after-write 3', 'memset(p, 1, 64);\nmlock(p, 64);', 'memset(p + PAGE_SIZE, 1, 64);\nmlock(p, 64);'],
    ['shared-page 3', 'mlock(p, 32);\nmlock(p + 64, 32);', 'mlock(p, 32);\nmlock(p + PAGE_SIZE, 32);'],
    [
      'munlock-short 3',
      'mlock(p, 3 * PAGE_SIZE);\nmunlock(p, PAGE_SIZE);',
      'mlock(p, 3 * PAGE_SIZE);\nmunlock(p, PAGE_SIZE);\nmunlock(p + PAGE_SIZE, 2 * PAGE_SIZE);',
    ],
    [
      'future-cancelled 4',
      'cap_raise(CAP_IPC_LOCK);\nmlockall(MCL_FUTURE);\nmlockall(MCL_CURRENT);',
      'cap_raise(CAP_IPC_LOCK);\nmlockall(MCL_FUTURE);\nmlockall(MCL_CURRENT | MCL_FUTURE);',
    ],
    ['unchecked-lock 2', 'mlock(NULL, PAGE_SIZE);', 'if (mlock(NULL, PAGE_SIZE) == -1) perror("mlock");'],
    ['unchecked-lock 2', 'mlock(NULL, PAGE_SIZE);', 'mlock(NULL, PAGE_SIZE);\nassert(errno == ENOMEM);'],
    ['nothing-locked 2', 'mlock(p, 0);', 'mlock(p, 1);'],
    [
      'onfault-untouched 2',
      'mlock2(p, PAGE_SIZE, MLOCK_ONFAULT);',
      'mlock2(p, PAGE_SIZE, MLOCK_ONFAULT);\ntouch_read(p, 1);',
    ],
    [
      'map-locked-absent 2',
      'mmap(NULL, PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);',
      'mmap(NULL, PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);',
    ],
    [
      'fork-unlocked 3',
      'mlock(p, 1);\nif (fork() == 0) { touch_write(p, 1); exit(0); }',
      'mlock(p, 1);\nif (fork() == 0) { mlock(p, 1); touch_write(p, 1); exit(0); }',
    ],
    [
      'limit-in-pages 3',
      'struct rlimit r = { 16, 16 };\nsetrlimit(RLIMIT_MEMLOCK, &r);',
      'struct rlimit r = { 16 * PAGE_SIZE, 16 * PAGE_SIZE };\nsetrlimit(RLIMIT_MEMLOCK, &r);',
    ],
    [
      'pages-and-bytes 4',
      'struct rlimit r;\ngetrlimit(RLIMIT_MEMLOCK, &r);\nassert(locked_vm() < r.rlim_cur);',
      'struct rlimit r;\ngetrlimit(RLIMIT_MEMLOCK, &r);\nassert(locked_vm() < r.rlim_cur / PAGE_SIZE);',
    ],
  ];
  test.each(rows)('%s', (code, bad, good) => {
    expect(said(head + bad)).toEqual([code]);
    expect(said(head + good)).toEqual([]);
    for (const { severity, message } of found(head + bad)) {
      expect(severity).not.toBe('error');
      expect(message, 'what is so, then what to write').toMatch(/^[A-Z].*[.:] .*\.$/);
    }
  });

  test('munlock of one secret unlocks its neighbour in the page', () => {
    const text = `${head}mlock(p, 32);\nmlock(p + 64, 32);\nmunlock(p, 32);`;
    expect(said(text)).toEqual(['shared-page 3', 'unlocks-neighbour 4']);
  });
});

describe('quick fixes', () => {
  test.each([
    ['touch_write(p, 64);\nmlock(p, 64);', 'mlock(p, 64);\ntouch_write(p, 64);'],
    ['mlock(p, 3 * PAGE_SIZE);\nmunlock(p, PAGE_SIZE);', 'mlock(p, 3 * PAGE_SIZE);\nmunlock(p, 3 * PAGE_SIZE);'],
    ['mlock(NULL, PAGE_SIZE);', 'if (mlock(NULL, PAGE_SIZE) == -1) perror("mlock");'],
    ['mlock2(p, 1, MLOCK_ONFAULT);', 'mlock2(p, 1, 0);'],
    ['struct rlimit r;\nassert(rss() >= r.rlim_cur);', 'struct rlimit r;\nassert(rss() >= r.rlim_cur / PAGE_SIZE);'],
  ])('%s', (bad, good) => {
    expect(mended(head + bad)).toBe(head + good);
    expect(said(head + good)).toEqual([]);
  });

  test('MCL_FUTURE is added behind what is written', () => {
    const text = 'cap_raise(CAP_IPC_LOCK);\nmlockall(MCL_CURRENT | MCL_FUTURE);\nmlockall(MCL_CURRENT);';
    expect(mended(text)).toContain('mlockall(MCL_CURRENT | MCL_FUTURE);\nmlockall(MCL_CURRENT | MCL_FUTURE);');
  });

  test('a comment between two statements stays where it is: no fix', () => {
    expect(found(`${head}touch_write(p, 1);\n// the key\nmlock(p, 1);`)[0]!.fix).toBeUndefined();
  });
});

test('of locks that begin together the longest one tells what a short munlock leaves', () => {
  const message = (text: string) => found(head + text).find(({ code }) => code === 'munlock-short')?.message;
  for (const [one, other] of [
    [3, 2],
    [2, 3],
  ])
    expect(message(`mlock(p, ${one} * PAGE_SIZE);\nmlock(p, ${other} * PAGE_SIZE);\nmunlock(p, PAGE_SIZE);`)).toMatch(
      /line [23] locked here: 2 pages stay/,
    );
});

test('NOLINT silences a line, by name or all of it', () => {
  for (const comment of ['// NOLINT', '// NOLINT(nothing-locked)', '/* NOLINT(a, nothing-locked) */'])
    expect(said(`${head}mlock(p, 0); ${comment}`)).toEqual([]);
  expect(said(`${head}// NOLINTNEXTLINE(nothing-locked)\nmlock(p, 0);`)).toEqual([]);
  expect(said(`${head}mlock(p, 0); // NOLINT(shared-page)`)).toEqual(['nothing-locked 2']);
  expect(said(`${head}mlock(p, 0);\n// NOLINT`)).toEqual(['nothing-locked 2']);
});

test('a comment can be asked for that silences a hint', () => {
  for (const line of ['mlock(p, 0);', 'mlock(p, 0); // why', 'mlock(p, 0);  // NOLINT(other)']) {
    const text = `${head}${line}\nputs("");`;
    const { from, to, insert } = silence(text, found(text)[0]!)!;
    const quiet = text.slice(0, from) + insert + text.slice(to);
    expect(said(quiet)).toEqual([]);
    expect(quiet.split('\n')[1]).toMatch(/^mlock\(p, 0\);\s+\/\/ .*NOLINT\(.*nothing-locked\)$/);
  }
});

test('a loop says it once, and unlocking page by page is not short', () => {
  expect(said(`${head}for (int i = 0; i < 50; i++) mlock(p, 0);`)).toEqual(['nothing-locked 2']);
  const text = `${head}mlock(p, 4 * PAGE_SIZE);\nfor (int i = 0; i < 4; i++) munlock(p + i * PAGE_SIZE, PAGE_SIZE);`;
  expect(said(text)).toEqual([]);
});

test('what was unmapped was not written before its lock', () => {
  const text = `${head}touch_write(p, 64);\nmunmap(p, 4 * PAGE_SIZE);\nchar *q = ${MAP};\nmlock(q, 64);`;
  expect(said(text)).toEqual([]);
});

test('no example breaks it, and few are told something', () => {
  const names = readdirSync(resolve(root, 'examples')).filter((name) => name.endsWith('.c'));
  const told = names.filter((name) => said(readFileSync(resolve(root, 'examples', name), 'utf8')).length > 0);
  expect(names.length).toBeGreaterThan(60);
  expect(told.length).toBeLessThan(names.length / 2);
});
