// What the editor can say of a place in the text: completions and hovers, as values.
import { NOT_MODELLED } from '../../../assembly/abi/support';
import { stepResult } from '../../app/words';
import { BUILTINS, type Builtin } from '../../lang/builtins';
import { CONSTANTS } from '../../lang/constants';
import type { Run } from '../../run/model';

/** One entry of the completion list. `snippet` is inserted; $1, ${2:name} are places to type at. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'call' | 'constant' | 'variable' | 'keyword' | 'pragma';
  readonly detail: string;
  readonly meaning: string;
  readonly snippet: string;
  /** Entries that belong at this very place come first. */
  readonly first: boolean;
}

/** What is said of a word: code, then paragraphs. */
export interface Hover {
  readonly code: string;
  readonly paragraphs: readonly string[];
}

const PRAGMAS: readonly (readonly [string, string])[] = [
  ['process static', 'The address space to start with: static, glibc or empty.'],
  ['rlimit RLIMIT_MEMLOCK 65536', 'Soft and hard limit in bytes, or RLIM_INFINITY.'],
  ['cap CAP_IPC_LOCK', 'Start with the capability in effect.'],
  ['sysctl vm.max_map_count 65530', 'Also vm.overcommit_memory and vm.swappiness.'],
  ['map 7f0000000000-7f0000001000 rw-p 00000000 00:00 0', 'One line of /proc/PID/maps: start from that address space.'],
  ['kernel 6.18', 'The semantics asked for.'],
];

const WORDS = 'int long char unsigned void size_t struct if else for while do return break continue switch case'.split(
  ' ',
);

/** Finds the call whose parentheses hold `offset`, and which argument that is. */
export function callAround(text: string, offset: number): { name: string; argument: number } | null {
  let depth = 0;
  let argument = 0;
  for (let i = offset - 1; i >= 0; i--) {
    const c = text[i]!;
    if (c === ')') depth++;
    else if (c === '(' && depth > 0) depth--;
    else if (c === '(') {
      const name = /([A-Za-z_]\w*)\s*$/.exec(text.slice(Math.max(0, i - 80), i))?.[1];
      return name ? { name, argument } : null;
    } else if (depth === 0 && c === ',') argument++;
    else if (c === ';' || c === '{' || c === '}') return null;
  }
  return null;
}

/** Names that the text itself makes: variables, functions, macros. */
export function ownNames(text: string): readonly string[] {
  const code = text.replace(/\/\/.*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"/g, ' ');
  const names = new Set<string>();
  for (const [, name] of code.matchAll(/#\s*define\s+(\w+)/g)) names.add(name!);
  let flat = code;
  for (let before = ''; before !== flat;) {
    before = flat;
    for (const [, name] of flat.matchAll(
      /\b(?:int|long|char|short|void|unsigned|signed|\w+_t|struct\s+\w+)\b([^;{}()]*)/g,
    )) {
      for (const one of name!.split(',')) {
        const found = /^[\s*]*([A-Za-z_]\w*)/.exec(one)?.[1];
        if (found) names.add(found);
      }
    }
    flat = flat.replace(/\([^()]*\)/g, ' '); // what stands in parentheses was read: now what stands around them
  }
  return [...names].filter((name) => !BUILTINS.has(name) && !CONSTANTS.has(name) && !WORDS.includes(name));
}

/** Lists what may stand at `offset`. */
export function suggest(text: string, offset: number): readonly Suggestion[] {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (/^\s*#/.test(line)) return /^\s*#\s*pragma\s+\w*$/.test(line) ? PRAGMAS.map(pragma) : [];
  if (isInComment(line)) return [];
  const around = callAround(text, offset);
  const takes = around && BUILTINS.get(around.name)?.parameters[around.argument]?.takes;
  const prefixes = takes?.kind === 'constants' ? takes.prefixes : [];
  const belongs = (name: string) => prefixes.some((prefix) => name.startsWith(prefix));
  const follows = /^\w*\s*\(/.test(text.slice(offset));
  return [
    ...ownNames(text).map((name) => entry(name, 'variable', '', 'Of this scenario.', takes?.kind === 'address')),
    ...[...CONSTANTS.values()].map(({ name, value, meaning }) =>
      entry(name, 'constant', `= ${value}`, meaning, belongs(name)),
    ),
    ...[...BUILTINS.values()].map((builtin) => call(builtin, follows)),
    ...WORDS.map((word) => entry(word, 'keyword', '', '', false)),
  ];
}

const entry = (
  label: string,
  kind: Suggestion['kind'],
  detail: string,
  meaning: string,
  first: boolean,
): Suggestion => ({
  label,
  kind,
  detail,
  meaning,
  snippet: label,
  first,
});

const pragma = ([text, meaning]: readonly [string, string]): Suggestion => entry(text, 'pragma', '', meaning, true);

function call({ name, signature, parameters, meaning }: Builtin, follows: boolean): Suggestion {
  const places = parameters.map((parameter, i) => `\${${i + 1}:${parameter.name}}`).join(', ');
  return {
    label: name,
    kind: 'call',
    detail: signature,
    meaning,
    snippet: follows ? name : `${name}(${places})`,
    first: false,
  };
}

const isInComment = (line: string): boolean => /\/\//.test(line.replace(/"(?:\\.|[^"\\])*"/g, ''));

/** Says what a word means, and what came back where it was called. Null for a word that nobody knows. */
export function hoverOf(word: string, offset: number, run: Run | null): Hover | null {
  const builtin = BUILTINS.get(word);
  if (builtin) {
    const errors = builtin.errors.map(([name, when]) => (when ? `**${name}**: ${when}` : `**${name}**`)).join('  \n');
    const paragraphs = [builtin.meaning, errors, resultAt(offset, run)];
    return { code: builtin.signature, paragraphs: paragraphs.filter((p) => p !== '') };
  }
  const constant = CONSTANTS.get(word);
  if (!constant) return null;
  const refused = NOT_MODELLED.find(([name]) => name === word)?.[1];
  const hex =
    typeof constant.value === 'bigint' || constant.value > 9
      ? ` (0x${BigInt.asUintN(64, BigInt(constant.value)).toString(16)})`
      : '';
  return {
    code: `${word} = ${constant.value}${hex}`,
    paragraphs: [constant.meaning, refused ? `Not modelled: ${refused}` : ''].filter((p) => p !== ''),
  };
}

function resultAt(offset: number, run: Run | null): string {
  const steps = run?.steps;
  if (!steps) return '';
  let last = 0;
  let times = 0;
  for (let step = 1; step <= steps.length; step++) {
    if (steps.from[step - 1] !== offset) continue;
    last = step;
    times++;
  }
  if (last === 0) return '';
  return times === 1
    ? `Step ${last}: ${stepResult(steps, last)}`
    : `${times} times, the last one step ${last}: ${stepResult(steps, last)}`;
}
