// The house rules: who may import whom, and what no file may contain. A failure names the rule, the file and the line.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cycles, importViolations, type Violation } from './tools/rules';
import { isCode, projectFiles, read, readProject, root, type Source } from './tools/sources';
import { MAX_LINES, wordViolations } from './tools/words';

/** Known violations, each with its reason. The list may only shrink: lower DEBT_AT_MOST with it, never raise it. */
const DEBT: readonly { rule: string; file: string; reason: string }[] = [];
const DEBT_AT_MOST = 0;

const TOP_LEVEL = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'assembly',
  'web',
  'examples',
  'e2e',
  'README.md',
  'LICENSE',
];

const violations = (sources: readonly Source[]): Violation[] => [
  ...importViolations(sources),
  ...cycles(sources),
  ...wordViolations(sources),
];
const say = ({ rule, file, line, what }: Violation): string => `${rule}: ${file}:${line}: ${what}`;
const isDebt = ({ rule, file }: Violation): boolean => DEBT.some((debt) => debt.rule === rule && debt.file === file);

const files = projectFiles();
const sources = readProject();
const all = violations(sources);

describe('the project', () => {
  test('there is something to look at', () => {
    const count = (folder: string): number => sources.filter(({ path }) => path.startsWith(`${folder}/`)).length;
    expect(count('assembly')).toBeGreaterThan(5);
    expect(count('web')).toBeGreaterThan(5);
    expect(count('e2e')).toBeGreaterThan(5);
    expect(sources.flatMap((source) => source.imports).length).toBeGreaterThan(20);
  });

  test('every import and every word keeps the rules', () => {
    expect(all.filter((violation) => !isDebt(violation)).map(say)).toEqual([]);
  });

  test('relative imports lead to files', () => {
    const lost = sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target !== null && !target.startsWith('build/') && !existsSync(resolve(root, target)))
        .map(({ line, specifier }) => `${path}:${line}: '${specifier}'`),
    );
    expect(lost).toEqual([]);
  });

  test('the debt only shrinks', () => {
    expect(DEBT.length).toBeLessThanOrEqual(DEBT_AT_MOST);
    const paid = DEBT.filter(({ rule, file }) => !all.some((v) => v.rule === rule && v.file === file));
    expect(paid, 'paid: take it off the list').toEqual([]);
    expect(DEBT.filter(({ reason }) => reason.trim() === '')).toEqual([]);
  });

  test('style sheets stay short too', () => {
    const long = files.filter((f) => f.endsWith('.css') && text(f).split('\n').length > MAX_LINES);
    expect(long).toEqual([]);
  });

  test('the top level holds only what was agreed', () => {
    const names = new Set(files.map((file) => file.split('/')[0]!));
    expect([...names].filter((name) => !name.startsWith('.') && !TOP_LEVEL.includes(name))).toEqual([]);
  });

  test('no file names a machine: its folders, or where its packages came from', () => {
    const places = [/(?<![\w.~*])\/(?:home|Users|root|work|workspace)\/\w/, /[A-Z]:\\Users\\/];
    const registries = [/https?:\/\/[\w.-]*(?:registry|npmjs|artifactory|nexus|verdaccio)[\w.-]*/, /^registry\s*=/m];
    const host = process.env['npm_config_registry'];
    const own = host ? [new URL(host).host] : [];
    const named = files
      .filter((file) => !/\.(png|gz|wasm|woff2?|ico|jsonl)$/.test(file))
      .filter((file) => {
        const content = text(file);
        return [...places, ...registries].some((p) => p.test(content)) || own.some((word) => content.includes(word));
      });
    expect(named).toEqual([]);
  });
});

describe('the rules themselves find a made-up', () => {
  /** Rules and lines that a small project breaks. */
  const broken = (project: Record<string, string>): string[] => {
    const made = Object.entries(project).map(([path, content]) => read(path, content, (p) => p in project));
    return violations(made).map(({ rule, file, line }) => `${rule} ${file}:${line}`);
  };

  test.each<[string, Record<string, string>, string[]]>([
    ['window in lang', { 'web/lang/a.ts': '\nwindow.alert(1)' }, ['pure-stages web/lang/a.ts:2']],
    ['solid in run', { 'web/run/a.ts': "import { x } from 'solid-js'" }, ['pure-stages web/run/a.ts:1']],
    ['Monaco in app', { 'web/app/a.ts': "import('monaco-editor')" }, ['monaco-in-one-place web/app/a.ts:1']],
    ['wasm in app', { 'web/app/a.ts': 'new WebAssembly.Module(x)' }, ['wasm-in-one-place web/app/a.ts:1']],
    [
      'upward import',
      { 'web/run/a.ts': "\n\nimport type { X } from '../ui/b'", 'web/ui/b.tsx': 'export interface X {}' },
      ['layers web/run/a.ts:3'],
    ],
    [
      'meeting of lang and core',
      {
        'web/run/a.ts': "import '../core/c'\nimport '../lang/l'",
        'web/run/interpret.ts': "import '../core/c'\nimport '../lang/l'",
        'web/core/c.ts': '',
        'web/lang/l.ts': '',
      },
      ['lang-meets-core-in-interpret web/run/a.ts:2'],
    ],
    [
      'process seen by a page',
      { 'assembly/page/a.ts': "import { p } from '../proc/process'", 'assembly/proc/process.ts': 'export const p = 1' },
      ['layers assembly/page/a.ts:1'],
    ],
    [
      'call number in mm',
      { 'assembly/mm/a.ts': "import { N } from '../abi/sysno'", 'assembly/abi/sysno.ts': 'export const N = 1' },
      ['no-call-numbers-below-syscall assembly/mm/a.ts:1'],
    ],
    [
      'e2e that knows web',
      { 'e2e/a.ts': "import '../web/run/r'", 'web/run/r.ts': '' },
      ['e2e-sees-the-page e2e/a.ts:1'],
    ],
    [
      'abi that uses mm',
      { 'assembly/abi/a.ts': "import '../mm/b'", 'assembly/mm/b.ts': '' },
      ['layers assembly/abi/a.ts:1'],
    ],
    [
      'judge on the page',
      {
        'web/ui/spec/a.tsx': "import type { J } from '../../spec/judge/j'",
        'web/app/desk.ts': "\nimport { J } from '../spec/judge/j'",
        'web/app/spec-desk.ts': "import { J } from '../spec/judge/j'",
        'web/spec/judge/j.ts': "import '../model'",
        'web/spec/model.ts': '',
      },
      ['layers web/ui/spec/a.tsx:1', 'judge-in-its-worker web/app/desk.ts:2'],
    ],
    ['cycle', { 'web/ui/a.ts': "import './b'", 'web/ui/b.ts': "import './a'" }, ['no-cycles web/ui/b.ts:1']],
    ['barrel', { 'web/ui/index.ts': "export * from './b'", 'web/ui/b.ts': '' }, ['no-barrels web/ui/index.ts:1']],
    ['long file', { 'web/ui/a.ts': '\n'.repeat(MAX_LINES) }, [`file-length web/ui/a.ts:${MAX_LINES + 1}`]],
    ['HTML from text', { 'web/ui/a.tsx': 'const a = <p innerHTML={x} />' }, ['no-html-from-text web/ui/a.tsx:1']],
    ['code from text', { 'web/ui/a.ts': "new Function('x')" }, ['no-code-from-text web/ui/a.ts:1']],
    ['test left out', { 'web/ui/a.test.ts': "\ntest.skip('x', f)" }, ['every-test-runs web/ui/a.test.ts:2']],
    ['clean file', { 'web/lang/a.ts': 'const x = { window: 1 }; x.window' }, []],
  ])('%s', (_name, project, expected) => {
    expect(broken(project)).toEqual(expected);
  });

  test('code is told from the rest', () => {
    expect(['web/a.ts', 'e2e/golden/a.json', 'web/run/a.css', 'assembly/build.mjs'].filter(isCode)).toEqual([
      'web/a.ts',
      'assembly/build.mjs',
    ]);
  });
});

function text(file: string): string {
  return readFileSync(resolve(root, file), 'utf8');
}
