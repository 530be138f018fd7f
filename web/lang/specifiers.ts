// The words that a declaration begins with: `static const unsigned long`, `struct rlimit`, `size_t`.
import { quote, type Reader } from './reader';
import * as T from './types';
import type { CType } from './types';

const QUALIFIERS = new Set(['const', 'volatile', 'restrict', '__restrict', 'register', 'inline', 'extern', 'static']);
const BASIC = new Set(['void', 'char', 'short', 'int', 'long', 'signed', 'unsigned']);

/** Words that C has and the subset has not: what to write instead. */
const OUTSIDE: Readonly<Record<string, string>> = {
  float: '`float` is outside the subset: there is no floating point. Write `long`.',
  double: '`double` is outside the subset: there is no floating point. Write `long`.',
  union: '`union` is outside the subset. Write separate variables.',
  enum: '`enum` is outside the subset. Write a `#define` for each constant.',
  typedef: '`typedef` is outside the subset. Write the type itself.',
  auto: '`auto` is outside the subset. Write the type.',
  _Complex: '`_Complex` is outside the subset. Write `long`.',
  _Atomic: '`_Atomic` is outside the subset: there are no threads. Remove it.',
  _Thread_local: '`_Thread_local` is outside the subset: there are no threads. Remove it.',
  FILE: '`FILE` is outside the subset. Write `printf`, whose text goes to the log.',
  pthread_t: '`pthread_t` is outside the subset: there are no threads. Write `fork`.',
};

const COMBINED: Readonly<Record<string, CType>> = {
  void: T.VOID,
  char: T.CHAR,
  'char signed': T.SCHAR,
  'char unsigned': T.UCHAR,
  short: T.SHORT,
  'short signed': T.SHORT,
  'short unsigned': T.USHORT,
  int: T.INT,
  signed: T.INT,
  unsigned: T.UINT,
  long: T.LONG,
  'long signed': T.LONG,
  'long unsigned': T.ULONG,
  'long long': T.LLONG,
  'long long signed': T.LLONG,
  'long long unsigned': T.ULLONG,
};

/** True if a declaration or a type name can begin with this word, also one outside the subset. */
export function beginsType(word: string): boolean {
  return (
    BASIC.has(word) ||
    QUALIFIERS.has(word) ||
    word === 'struct' ||
    Object.hasOwn(OUTSIDE, word) ||
    T.NAMED_TYPES.has(word)
  );
}

/** Reads the words. A type that is not there is reported; int stands in for it. */
export function specifiers(reader: Reader, inFunction: boolean): CType {
  const words: string[] = [];
  const first = reader.token;
  let type: CType | null = null;
  for (;;) {
    const { token } = reader;
    const outside = token.kind === 'name' && Object.hasOwn(OUTSIDE, token.text) ? OUTSIDE[token.text] : undefined;
    if (token.kind !== 'name') break;
    if (token.text === 'static' && inFunction) {
      const message = '`static` inside a function is outside the subset. Declare the variable at the top of the text.';
      reader.fail('static', token, message);
      reader.take();
    } else if (QUALIFIERS.has(token.text)) reader.take();
    else if (BASIC.has(token.text)) words.push(reader.take().text);
    else if (outside !== undefined) {
      reader.giveUp('outside-subset', token, outside);
      return T.INT;
    } else if (type || words.length > 0) break;
    else if (token.text === 'struct') type = struct(reader);
    else if (T.NAMED_TYPES.has(token.text)) type = T.NAMED_TYPES.get(reader.take().text)!;
    else break;
  }
  if (words.length === 0) {
    if (!type) reader.missing('missing-type', 'a type');
    return type ?? T.INT;
  }
  // `int` adds nothing beside another word; the rest is sorted, so that every order is one.
  const counted = words.length > 1 ? words.filter((word) => word !== 'int') : words;
  const combined = COMBINED[counted.sort().join(' ')];
  if (combined && !type) return combined;
  reader.fail(
    'bad-type',
    reader.since(first.from),
    `\`${words.join(' ')}\` is not a type of C. Write one of its words less.`,
  );
  return T.INT;
}

function struct(reader: Reader): CType {
  const word = reader.take();
  const { token } = reader;
  if (token.text === T.RLIMIT.name) {
    reader.take();
    return T.RLIMIT;
  }
  const named = token.kind === 'name' ? `struct ${token.text}` : 'struct';
  const range = token.kind === 'name' ? { from: word.from, to: token.to } : word;
  const message = `\`${named}\` is outside the subset: only \`struct rlimit\` is in. Write separate variables.`;
  reader.giveUp('outside-subset', range, message);
  return T.INT;
}

/** Says what a word that only looks like a type is. */
export function unknownType(reader: Reader): void {
  const { token } = reader;
  reader.giveUp(
    'unknown-type',
    token,
    `${quote(token)} is not a type here. Write \`int\`, \`long\`, \`size_t\` or \`char *\`.`,
  );
}
