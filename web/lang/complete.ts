// What may be written at a place of the text: names that fit its type first.
import { BUILTINS, type Builtin, type Takes } from './builtins';
import { callAround, isQuoted } from './call-at';
import { CONSTANTS } from './constants';
import { constantMeaning } from './manual-constants';
import { MEANINGS } from './manual-meanings';
import { namesInScope, outlineOf, type OwnName } from './outline';
import { RLIMIT } from './types';

/** One entry of the completion list. `snippet` is inserted; $1, ${2:name} are places to type at. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'call' | 'constant' | 'variable' | 'keyword' | 'pragma' | 'snippet' | 'member';
  readonly detail: string;
  readonly meaning: string;
  readonly snippet: string;
  /** Entries that belong at this very place come first. */
  readonly first: boolean;
}

const PRAGMAS: readonly (readonly [text: string, meaning: string])[] = [
  ['process static', 'A small static binary: the address space to start with unless another is asked for.'],
  ['process glibc', 'A binary with glibc and its libraries.'],
  ['process empty', 'Nothing is mapped.'],
  ['rlimit RLIMIT_MEMLOCK 65536', 'Soft and hard limit in bytes, or RLIM_INFINITY.'],
  ['cap CAP_IPC_LOCK', 'Start with the capability in effect.'],
  ['cap CAP_SYS_RESOURCE', 'Start with the right to raise hard limits.'],
  ['sysctl vm.max_map_count 65530', 'How many VMAs a process may have.'],
  ['sysctl vm.overcommit_memory 2', 'How strictly promised memory is counted.'],
  ['sysctl vm.swappiness 60', 'How readily anonymous pages are reclaimed.'],
  ['map 7f0000000000-7f0000001000 rw-p 00000000 00:00 0', 'One line of /proc/PID/maps: start from that address space.'],
  ['kernel 6.18', 'The semantics asked for.'],
  ['swap 0', 'Bytes of the swap area; 1 GiB, all free, unless said.'],
  ['batches off', 'mlock changes the LRU lists at once, not in batches.'],
];

const WORDS = 'int long char unsigned void size_t struct if else for while do return break continue switch case'.split(
  ' ',
);

const SNIPPETS: readonly (readonly [label: string, meaning: string, text: string])[] = [
  [
    'mmap anonymous',
    'Pages of its own, without a file.',
    'char *${1:p} = mmap(NULL, ${2:4} * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);',
  ],
  ['mlock checked', 'Locks, and says why not.', 'if (mlock(${1:p}, ${2:PAGE_SIZE}) == -1) perror("mlock");'],
  ['mlockall both', 'All that is mapped, and all that will be.', 'mlockall(MCL_CURRENT | MCL_FUTURE);'],
  [
    'setrlimit memlock',
    'Another RLIMIT_MEMLOCK, in bytes.',
    'struct rlimit ${1:r} = { ${2:16} * PAGE_SIZE, ${2:16} * PAGE_SIZE };\nsetrlimit(RLIMIT_MEMLOCK, &${1:r});',
  ],
  ['fork and wait', 'A child that locks for itself.', 'if (fork() == 0) {\n    $1\n    exit(0);\n}\nwait(NULL);'],
  [
    'guarded secret',
    'A page between two without access.',
    'char *${1:s} = mmap(NULL, 3 * PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);\n' +
      'mprotect(${1:s} + PAGE_SIZE, PAGE_SIZE, PROT_READ | PROT_WRITE);\nmlock(${1:s} + PAGE_SIZE, PAGE_SIZE);',
  ],
];

/** Lists what may stand at `offset`. */
export function suggest(text: string, offset: number): readonly Suggestion[] {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (/^\s*#/.test(line)) return /^\s*#\s*pragma\s+[^\n]*$/.test(line) ? PRAGMAS.map(pragma) : [];
  if (isQuoted(text, offset)) return [];
  const start = offset - /\w*$/.exec(line)![0].length;
  if (/(\.|->)$/.test(text.slice(0, start).trimEnd())) return members();
  const around = callAround(text, offset);
  const takes = around ? BUILTINS.get(around.name)?.parameters[around.argument]?.takes : undefined;
  const flags = takes?.kind === 'constants' && around ? fitting(takes, around.written) : [];
  const wantsPointer = takes !== undefined && /^(address|out|in|vector)$/.test(takes.kind);
  const follows = /^\w*\s*\(/.test(text.slice(offset));
  const atStatement = around === null && /(^|[;{}\n])\s*\w*$/.test(text.slice(0, offset));
  return [
    ...namesInScope(outlineOf(text), start).map((name) => own(name, wantsPointer, follows)),
    ...[...CONSTANTS.values()]
      .filter(({ name }) => !flags.hidden?.includes(name))
      .map(({ name, value }) =>
        entry(name, 'constant', `= ${value}`, constantMeaning(name), isFirst(name, flags, takes)),
      ),
    ...[...BUILTINS.values()].map((builtin) => call(builtin, follows)),
    ...(atStatement ? SNIPPETS.map(snippet) : []),
    ...WORDS.map((word) => entry(word, 'keyword', '', '', false)),
  ];
}

type Fitting = readonly string[] & { readonly hidden?: readonly string[] };

/** The constants that fit; those that are written already are hidden. */
function fitting(takes: Takes & { kind: 'constants' }, written: string): Fitting {
  const used = [...written.matchAll(/[A-Z]\w*(?=\s*\|)/g)].map(([name]) => name);
  const names = [...CONSTANTS.keys()].filter((name) => takes.prefixes.some((prefix) => name.startsWith(prefix)));
  const goesOn = /\|\s*\w*$/.test(written);
  const isNone = (name: string): boolean => goesOn && CONSTANTS.get(name)!.value === 0; // `| PROT_NONE` adds nothing
  const hidden = takes.combine ? names.filter((name) => used.includes(name) || isNone(name)) : [];
  return Object.assign(
    names.filter((name) => !hidden.includes(name)),
    { hidden },
  );
}

const isFirst = (name: string, flags: Fitting, takes: Takes | undefined): boolean =>
  flags.includes(name) ||
  (takes?.kind === 'length' && /^(PAGE_SIZE|KiB|MiB)$/.test(name)) ||
  (takes?.kind === 'address' && name === 'NULL');

const entry = (
  label: string,
  kind: Suggestion['kind'],
  detail: string,
  meaning: string,
  first: boolean,
): Suggestion => ({ label, kind, detail, meaning, snippet: label, first });

const pragma = ([text, meaning]: readonly [string, string]): Suggestion => entry(text, 'pragma', '', meaning, true);

const snippet = ([label, meaning, text]: readonly [string, string, string]): Suggestion => ({
  ...entry(label, 'snippet', text.replace(/\$\{\d:(.*?)\}|\$\d/g, '$1'), meaning, false),
  snippet: text,
});

const members = (): Suggestion[] =>
  RLIMIT.members.map(({ name }) =>
    entry(name, 'member', 'unsigned long', name === 'rlim_cur' ? 'The soft limit.' : 'The hard limit.', true),
  );

/** An own name; a function with its arguments, and a pointer first where one is wanted. */
function own({ name, kind, detail, type, parameters }: OwnName, wantsPointer: boolean, follows: boolean): Suggestion {
  if (kind === 'function') {
    const places = parameters.map((one, i) => `\${${i + 1}:${/\w*$/.exec(one)![0] || 'value'}}`).join(', ');
    return {
      ...entry(name, 'call', detail, 'Of this scenario.', false),
      snippet: follows ? name : `${name}(${places})`,
    };
  }
  const isPointer = type?.kind === 'pointer' || type?.kind === 'array';
  return entry(name, 'variable', detail, 'Of this scenario.', wantsPointer && isPointer);
}

function call({ name, signature, parameters }: Builtin, follows: boolean): Suggestion {
  const places = parameters.map((parameter, i) => `\${${i + 1}:${parameter.name}}`).join(', ');
  return {
    ...entry(name, 'call', signature, MEANINGS[name] ?? '', false),
    snippet: follows ? name : `${name}(${places})`,
  };
}
