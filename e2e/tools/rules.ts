// Who may import whom: the rules of the README's architecture section, as tables. architecture.test.ts applies them.
import { isTest, type Source } from './sources';

export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

/** What a layer may use besides itself and its packages. A type counts as well as a value. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  'web/core': ['abi'],
  'web/lang': ['abi'],
  'web/spec': ['abi'],
  // The judge looks at runs; the language it meets through web/run only. The page sees what it says, never itself.
  'web/spec/judge': ['web/spec', 'web/run', 'web/core', 'web/share', 'abi', 'examples'],
  'web/share': ['web/run', 'abi'],
  'web/run': ['web/lang', 'web/core', 'abi'],
  'web/app': ['web/run', 'web/lang', 'web/core', 'web/share', 'web/spec', 'web/spec/judge', 'abi', 'examples', 'build'],
  'web/ui': ['web/app', 'web/run', 'web/lang', 'web/core', 'web/share', 'web/spec', 'abi', 'examples'],
  'web/cli': ['web/run', 'web/lang', 'web/core', 'web/share', 'web/spec', 'web/spec/judge', 'abi', 'examples', 'build'],
  'web/main.tsx': ['web/ui', 'web/app'],
  // The kernel, from the doors down. The base (frames, events, memory) serves all of it and knows none of it.
  door: ['desk', 'mm', 'proc', 'page', 'base', 'abi'],
  desk: ['mm', 'proc', 'page', 'base', 'abi'],
  proc: ['mm', 'page', 'base', 'abi'],
  mm: ['proc', 'page', 'base', 'abi'],
  page: ['base', 'abi'],
  base: ['abi'],
  abi: [],
  e2e: ['assembly/build.mjs'],
};

const BASE = /^assembly\/(frame|event|snapshot|rt|memory|log)\.ts$/;

/** The layer that a path belongs to, or null outside the house. */
function layerOf(path: string): string | null {
  if (path === 'assembly/build.mjs') return path;
  if (path.startsWith('assembly/')) {
    const folder = /^assembly\/(abi|mm|proc|page)\//.exec(path)?.[1];
    if (folder) return folder;
    if (path === 'assembly/index.ts') return 'door';
    return BASE.test(path) ? 'base' : 'desk';
  }
  if (path.startsWith('web/spec/judge/')) return 'web/spec/judge';
  const web = /^web\/(\w+)\//.exec(path)?.[1];
  if (web) return `web/${web}`;
  if (path.startsWith('web/')) return path === 'web/main.tsx' ? path : 'web';
  return /^(e2e|examples|build)\//.exec(path)?.[1] ?? null;
}

const PURE = ['web/lang', 'web/core', 'web/run', 'web/spec', 'web/spec/judge', 'web/share'];
/** What the worker of the Spec tab is made of. */
const JUDGES = /^web\/app\/spec-(desk|page|protocol)\.ts$/;
const BELOW_SYSCALL = ['mm', 'proc', 'page'];

/** Finds every import that no rule allows. */
export function importViolations(sources: readonly Source[]): Violation[] {
  const found: Violation[] = [];
  for (const source of sources) {
    const layer = layerOf(source.path);
    const uses = new Set(source.imports.map((i) => i.target && layerOf(i.target)));
    for (const { line, specifier, target } of source.imports) {
      const report = (rule: string, what: string): void => {
        found.push({ rule, file: source.path, line, what: `${what}: '${specifier}'` });
      };
      const to = target === null ? null : layerOf(target);
      if (target !== null && isTest(target) && !isTest(source.path)) report('tests-are-leaves', 'imports a test');
      if (layer === 'e2e' && to?.startsWith('web')) {
        report('e2e-sees-the-page', 'e2e imports web');
        continue;
      }
      if (target === null) {
        const ui = /^(solid-js|monaco-editor)(\/|$)/.exec(specifier)?.[1];
        if (ui && PURE.includes(layer ?? '')) report('pure-stages', `${layer} imports ${ui}`);
        if (ui === 'monaco-editor' && !source.path.startsWith('web/ui/monaco/')) {
          report('monaco-in-one-place', 'Monaco outside web/ui/monaco');
        }
        continue;
      }
      if (isTest(source.path)) continue; // a test looks at all layers through any door
      if (BELOW_SYSCALL.includes(layer ?? '') && target === 'assembly/abi/sysno.ts') {
        report('no-call-numbers-below-syscall', `${layer} sees call numbers`);
      }
      if (to === 'web/lang' && uses.has('web/core') && layer !== 'web/core' && source.path !== 'web/run/interpret.ts') {
        report('lang-meets-core-in-interpret', 'imports lang beside core');
      }
      if (to === 'web/spec/judge' && layer === 'web/app' && !JUDGES.test(source.path)) {
        report('judge-in-its-worker', 'the judge outside the worker of the Spec tab');
      }
      if (layer === null || to === layer) continue;
      const may = MAY_USE[layer];
      if (may && !may.includes(to ?? '')) report('layers', `${layer} must not use ${to ?? 'files outside the house'}`);
    }
  }
  return found;
}

/** Finds import cycles; each is reported once, at the import that closes it. */
export function cycles(sources: readonly Source[]): Violation[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const state = new Map<string, 'open' | 'done'>();
  const found: Violation[] = [];
  const trail: string[] = [];
  const visit = (source: Source): void => {
    state.set(source.path, 'open');
    trail.push(source.path);
    for (const { line, target } of source.imports) {
      const next = target === null ? undefined : byPath.get(target);
      if (!next) continue;
      if (state.get(next.path) === 'open') {
        const loop = [...trail.slice(trail.indexOf(next.path)), next.path];
        found.push({ rule: 'no-cycles', file: source.path, line, what: loop.join(' -> ') });
      } else if (!state.has(next.path)) visit(next);
    }
    trail.pop();
    state.set(source.path, 'done');
  };
  for (const source of sources) if (!state.has(source.path)) visit(source);
  return found;
}
