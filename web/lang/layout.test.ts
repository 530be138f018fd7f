import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from './compile';
import { formatText } from './layout';

const examples = join(import.meta.dirname, '../../examples');
const texts = readdirSync(examples, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.c'))
  .map((name) => [name, readFileSync(join(examples, name), 'utf8')] as const);

/** A program without its places: what it does. */
const meaning = (source: string) => {
  const { code, functions, data, boot, diagnostics } = compile(source);
  const plain = code.map((one) =>
    Object.fromEntries(
      Object.entries(one).filter(([key, value]) => !['site', 'error'].includes(key) && !isFunction(value)),
    ),
  );
  const names = functions.map(({ name, entry, frame }) => ({ name, entry, frame }));
  const said = diagnostics.map(({ code: what, severity }) => `${severity} ${what}`);
  return JSON.stringify({ plain, names, data: [...data], boot: { ...boot, sysctls: boot.sysctls.length }, said }, big);
};
const isFunction = (value: unknown): boolean => typeof value === 'function' || value instanceof Map;
const big = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);

test.each(texts)('%s keeps its meaning, and a second time changes nothing', (_name, text) => {
  const once = formatText(text);
  expect(meaning(once)).toBe(meaning(text));
  expect(formatText(once)).toBe(once);
});

test('spaces, indentation and one statement a line', () => {
  const ugly = [
    'char*p=mmap(NULL,4*PAGE_SIZE,PROT_READ|PROT_WRITE,MAP_PRIVATE|MAP_ANONYMOUS,-1,0);int n=0,*q;',
    'for(int i=0;i<4;i++){',
    'if(mlock(p+i*PAGE_SIZE,1)==-1)',
    'perror ( "mlock" ) ;',
    'else if ( !n ) { n=-1 ; }   // once',
    '      // why',
    '}',
    'switch(n){case 1:n++;break;',
    'default:',
    'n = (int) ( -n ) * * q;',
    '}',
    '',
    '',
    '',
    'do n-- ; while(n>0);struct rlimit r={.rlim_cur=1,2};',
    'setrlimit(RLIMIT_MEMLOCK,&(struct rlimit){1,',
    '2});',
  ].join('\n');
  expect(formatText(ugly))
    .toBe(`char *p = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
int n = 0, *q;
for (int i = 0; i < 4; i++) {
    if (mlock(p + i * PAGE_SIZE, 1) == -1)
        perror("mlock");
    else if (!n) { n = -1; }    // once
    // why
}
switch (n) {
case 1: n++; break;
default:
    n = (int)(-n) * *q;
}


do n--; while (n > 0);
struct rlimit r = { .rlim_cur = 1, 2 };
setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){ 1,
    2 });
`);
});

test('comments stay, and those that stood in one column still do', () => {
  const text =
    'int a=1; // one\nint bb;  // two\n/* of\n   two lines */\nint c = a/* in */+ - -bb;\n#define N   1  // as it is\n';
  expect(formatText(text)).toBe(
    'int a = 1; // one\nint bb;    // two\n/* of\n   two lines */\nint c = a/* in */+ - -bb;\n#define N   1  // as it is\n',
  );
});

test('a text with a mistake in its syntax stays as it is', () => {
  for (const text of ['mlock(p,1', 'int  x = "a;\n', '/* open', '{', 'int  x; @']) expect(formatText(text)).toBe(text);
});

/** Texts out of pieces that go together, with spaces, breaks and comments thrown in. */
function randomText(seed: number): string {
  let state = seed;
  const below = (n: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
  const pick = <T>(all: readonly T[]): T => all[below(all.length)]!;
  const s = (): string =>
    pick(['', '', ' ', ' ', '  ', '\n', '\t', ' /* c */ ', ' // d\n', '\n\n\n', '\n   /* e\n f */ ']);
  const value = (deep: number): string => {
    if (deep <= 0) return pick(['a', 'b', '1', '0x10UL', 'N', 'PAGE_SIZE', "'c'", 'p[0]', 'locked_vm()', 'r.rlim_cur']);
    const v = () => value(deep - 1 - below(2));
    return pick([
      () => `${v()}${s()}${pick(['+', '-', '*', '&', '|', '<<', '==', '&&', '<', '%'])} ${s()}${v()}`,
      () => `(${s()}${v()}${s()})`,
      () => `${pick(['-', '!', '~', '+'])}${s()}(${v()})`,
      () => `- ${s()}-${s()}a`,
      () => `(${s()}long${s()})${s()}${pick(['a', '-1', '*p', '&a'])}`,
      () => `(${v()})${s()}?${s()}${v()}${s()}:${s()}${v()}`,
      () => pick(['a++', '--b', 'a ++ + ++ b', 'sizeof(int) * 2', 'sizeof a', 'f(a,b)', '*&a', '* p']),
    ])();
  };
  const statement = (deep: number): string => {
    const st = () => statement(deep - 1);
    const list = () => Array.from({ length: below(4) }, st).join(s());
    if (deep <= 0) return `${pick(['a', 'b', '*q'])}${s()}=${s()}${value(2)}${s()};`;
    return pick([
      () => `${pick(['a', 'b'])}${s()}${pick(['=', '+=', '<<='])}${s()}${value(3)};`,
      () => `if${s()}(${value(2)})${s()}${st()}${s()}else ${s()}${st()}`,
      () => `{${s()}${list()}${s()}}`,
      () => `for${s()}(int i=0;${s()}i<3;${s()}i++)${s()}{${s()}${list()}${s()}}`,
      () => `do ${s()}${st()}${s()}while${s()}(${value(1)});`,
      () => `while(${value(1)})${s()}${st()}`,
      () => `switch(a)${s()}{${s()}case 1:${s()}${st()}${s()}break;${s()}default:${s()}${st()}}`,
      () => `{ int${s()}*t${s()}=${s()}&a,${s()}u[]${s()}={${s()}1,${s()}2${s()}}; ${s()}}`,
      () => `mlock${s()}(${s()}p${s()},${s()}${value(1)}${s()});`,
      () => `/* own */${s()};`,
      () =>
        `\n#define M${below(9)} ${value(1)
          .replace(/\n/g, ' ')
          .replace(/\/\/.*/, '')}\n`,
    ])();
  };
  const head = '#define N 3\nchar *p; int a, b, *q; struct rlimit r;\nint f(int x,int y)\n{return x+y;}\n';
  return head + Array.from({ length: 1 + below(6) }, () => statement(1 + below(3))).join(s());
}

test('random programs: format twice is format once, and the program is the same', () => {
  let formatted = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const text = randomText(seed);
    const once = formatText(text);
    if (formatText(once) !== once || meaning(once) !== meaning(text))
      expect.fail(`seed ${seed}:\n${text}\n--- once\n${once}\n--- twice\n${formatText(once)}`);
    if (once !== text) formatted++;
  }
  expect(formatted).toBeGreaterThan(150);
}, 60_000);
