// Makes a C program of a scenario: its own main(), or its statements put into one. The scenario's text is not changed;
// #line directives keep its places in the compiler's messages and in assert's.

/** What a C compiler ignores and the header needs: definitions for its command line. */
export interface Start {
  readonly defines: readonly string[];
  /** Why a real kernel cannot start it, or null. */
  readonly impossible: string | null;
}

interface Item {
  readonly line: number;
  readonly text: string;
  readonly kind: 'directive' | 'function' | 'statement';
}

const STATEMENT = /^(if|for|while|do|switch|return|else)\b|^\{/;
// A comment, a string or character literal, a directive to its end of line, or one other character.
const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|^[ \t]*#(?:\\\n|[^\n])*|[\s\S]/gmy;

/** Cuts a text at its top level: directives, functions, and statements. */
function items(source: string): Item[] {
  const found: Item[] = [];
  let text = '';
  let bare = ''; // without comments and literals
  let line = 1;
  let first = 1;
  let depth = 0;
  const end = (kind: Item['kind']): void => {
    found.push({ line: first, text, kind });
    text = bare = '';
  };
  for (const [token] of source.matchAll(TOKEN)) {
    const comment = token.startsWith('//') || token.startsWith('/*');
    if (bare.trim() === '' && !comment && token.trim() !== '') {
      text = '';
      first = line;
    }
    line += token.split('\n').length - 1;
    text += token;
    if (/^[ \t]*#/.test(token)) {
      if (depth === 0 && bare.trim() === '') end('directive');
      continue;
    }
    if (comment) continue;
    bare += token.length > 1 ? '""' : token;
    if ('({['.includes(token)) depth++;
    if (')}]'.includes(token)) depth--;
    if (depth > 0) continue;
    if (token === '}' && /\)\s*\{[\s\S]*\}$/.test(bare) && !STATEMENT.test(bare.trim()) && !/^[^(]*=/.test(bare)) {
      end('function');
    } else if (token === ';') end('statement');
  }
  if (bare.trim() !== '') end('statement');
  return found;
}

/** Writes the text that goes to the compiler. */
export function cProgram(source: string, name: string): string {
  if (/\bmain\s*\(/.test(source)) return `#line 1 "${name}"\n${source}`;
  const all = items(source);
  const write = (kind: Item['kind']): string[] =>
    all.filter((item) => item.kind === kind).map(({ line, text }) => `#line ${line} "${name}"\n${text}`);
  return [
    ...write('directive'),
    ...write('function'),
    'int main(void) {',
    ...write('statement'),
    'return 0; }',
    '',
  ].join('\n');
}

/** Reads the pragmas that set how the process starts. */
export function startOf(source: string): Start {
  const limits: string[] = [];
  const caps: string[] = [];
  const defines: string[] = [];
  let impossible: string | null = null;
  for (const [, text] of source.matchAll(/^[ \t]*#[ \t]*pragma[ \t]+([^\n]*)/gm)) {
    const [word, what, ...rest] = text!
      .replace(/\/\/.*|\/\*.*/, '')
      .trim()
      .split(/\s+/);
    if (word === 'rlimit') {
      const [soft = '0', hard] = rest;
      // Without a second value the hard limit stays, but never below the soft one.
      const eight = '(rlim_t)(8 * MiB)';
      const stays =
        what === 'RLIMIT_MEMLOCK' ? `((rlim_t)${soft} > ${eight} ? (rlim_t)${soft} : ${eight})` : 'RLIM_INFINITY';
      limits.push(`pg_limit(${what}, ${soft}, ${hard ?? stays});`);
    } else if (word === 'cap') caps.push(`1UL << ${what}`);
    else if (word === 'sysctl' && what === 'vm.max_map_count') defines.push(`-DPLAYGROUND_MAX_MAP_COUNT=${rest[0]}`);
    else if (word === 'sysctl') impossible = `sets ${what} for the whole machine`;
    else if (word === 'process' && what !== 'static') impossible = `starts from the image "${what}"`;
    else if (word === 'map') impossible = 'starts from an imported address space';
    else if (word === 'kernel' && what !== '6.18') impossible = `asks for the semantics of ${what}`;
  }
  if (caps.length > 0) defines.push(`-DPLAYGROUND_CAPS=${caps.join(' | ')}`);
  if (limits.length > 0) defines.push(`-DPLAYGROUND_RLIMITS=${limits.join(' ')}`);
  return { defines, impossible };
}
