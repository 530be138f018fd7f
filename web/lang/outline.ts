// The names that a text makes itself: where each is defined and used. For the editor; a text may have mistakes.
import type { CType } from './types';
import { BUILTINS } from './builtins';
import { Report, type Range } from './diagnostic';
import { parse } from './parse';
import { preprocess } from './preprocess';
import { tokenize } from './token';
import { arrayOf, pointerTo, spell } from './types';
import { visit } from './visit';

/** A function, variable, parameter or macro of the text. */
export interface OwnName {
  readonly name: string;
  readonly kind: 'function' | 'variable' | 'parameter' | 'macro';
  /** As C declares it: "char *p", "int f(char *to, int n)", "#define N 4". */
  readonly detail: string;
  /** null for macros; of a function that of its result. */
  readonly type: CType | null;
  /** Parameters of a function as they are spelt. */
  readonly parameters: readonly string[];
  /** The name where it is defined. */
  readonly at: Range;
  /** All that defines it: a function with its body. */
  readonly whole: Range;
  /** Where it is known. */
  readonly scope: Range;
  /** Every place that names it, the definition too. */
  readonly uses: Range[];
}

/** The text's own names, in the order of their definitions. */
export function outlineOf(source: string): readonly OwnName[] {
  const report = new Report(source);
  const { tokens } = preprocess(source, report);
  const items = parse(tokens, report);
  const names: OwnName[] = macrosOf(source);
  const macros = new Map(names.map((macro) => [macro.name, macro]));
  const all: Range = { from: 0, to: source.length };
  const scopes: { readonly range: Range; readonly names: Map<string, OwnName> }[] = [{ range: all, names: new Map() }];
  const define = (name: OwnName): void => {
    const known = scopes.at(-1)!.names.get(name.name);
    if (known?.kind === 'function') return void known.uses.push(name.at); // a prototype and its body are one
    scopes.at(-1)!.names.set(name.name, name);
    names.push(name);
  };
  const use = (name: string, range: Range): void => {
    if (source.slice(range.from, range.to) !== name) return; // a macro brought it
    scopes
      .findLast((scope) => scope.names.has(name))
      ?.names.get(name)!
      .uses.push(range);
  };
  const own = (fields: Pick<OwnName, 'name' | 'kind' | 'detail' | 'type'>, at: Range, whole: Range): OwnName => {
    const scope = scopes.at(-1)!.range;
    const known = fields.kind === 'function' ? all : { from: whole.from, to: scope.to };
    return { parameters: [], ...fields, at, whole, scope: known, uses: [at] };
  };
  const nameIn = (name: string, { from, to }: Range): Range => {
    const found = new RegExp(`\\b${name}\\b`).exec(source.slice(from, to));
    const start = found ? from + found.index : from;
    return { from: start, to: found ? start + name.length : from };
  };
  const typeOf = (base: CType, stars: number, dims: number): CType => {
    let type = base;
    for (let i = 0; i < stars; i++) type = pointerTo(type);
    for (let i = 0; i < dims; i++) type = arrayOf(type, 0);
    return type;
  };
  // Functions are known in the whole text: a call before the definition is one of it too.
  for (const item of items) {
    if (item.kind !== 'function') continue;
    const parameters = item.params.map(({ from, to }) => source.slice(from, to).replace(/\s+/g, ' '));
    const type = typeOf(item.base, item.stars, 0);
    const head = spell(type);
    const detail = `${head}${head.endsWith('*') ? '' : ' '}${item.name}(${parameters.join(', ') || 'void'})`;
    const made = own({ name: item.name, kind: 'function', detail, type }, item.nameRange, item);
    define({ ...made, parameters });
  }
  visit(items, {
    enter: (range) => scopes.push({ range, names: new Map() }),
    leave: () => scopes.pop(),
    parameter({ name, base, stars, dims, from, to }) {
      const detail = source.slice(from, to).replace(/\s+/g, ' ');
      const type = typeOf(base, stars + dims.length, 0);
      if (name !== '') define(own({ name, kind: 'parameter', detail, type }, nameIn(name, { from, to }), { from, to }));
    },
    declared({ declarator: { name, stars, dims, from, to }, init }, { base }) {
      const written = source.slice(from, to).replace(/\s+/g, ' ');
      const word = spell(base);
      const whole = { from, to: init?.to ?? to };
      const type = typeOf(base, stars, dims.length);
      define(own({ name, kind: 'variable', detail: `${word} ${written}`, type }, nameIn(name, { from, to }), whole));
    },
    expression(expr) {
      if (expr.kind === 'name') use(expr.name, { from: expr.from, to: expr.from + expr.name.length });
      if (expr.kind === 'call') use(expr.name, expr.nameRange);
    },
  });
  for (const { kind, text, from, to } of tokenize(source, new Report(source))) {
    const macro = kind === 'name' ? macros.get(text) : undefined;
    if (macro && from > macro.at.from) macro.uses.push({ from, to });
  }
  return names.sort((a, b) => a.at.from - b.at.from);
}

function macrosOf(source: string): OwnName[] {
  return [...source.matchAll(/^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)(.*)$/gm)].map((found) => {
    const [line, name] = [found[0], found[1]!];
    const from = found.index + line.indexOf(name, line.indexOf('define') + 6);
    const at = { from, to: from + name.length };
    const whole = { from: found.index, to: found.index + line.length };
    const detail = line.replace(/\s*\/[/*].*$/, '').trim();
    const scope = { from: whole.to, to: source.length };
    return { name, kind: 'macro', detail, type: null, parameters: [], at, whole, scope, uses: [at] };
  });
}

/** The own name that an offset stands on, or null. */
export const nameAt = (names: readonly OwnName[], offset: number): OwnName | null =>
  names.find(({ uses }) => uses.some(({ from, to }) => from <= offset && offset <= to)) ?? null;

/** Own names that may be written at an offset; an inner one hides an outer one. */
export function namesInScope(names: readonly OwnName[], offset: number): readonly OwnName[] {
  const known = names.filter(({ scope, at, kind }) =>
    kind === 'function' ? true : scope.from < offset && offset <= scope.to && !(at.from <= offset && offset <= at.to),
  );
  return [...new Map(known.map((one) => [one.name, one])).values()].filter(({ name }) => !BUILTINS.has(name));
}

/** What can be folded: from the line of `from` to the line of `to`. */
export interface Fold extends Range {
  readonly kind: 'block' | 'comment';
}

/** Blocks and lists in braces, comments of several lines, and runs of comment lines. */
export function foldsOf(source: string): readonly Fold[] {
  const folds: Fold[] = [];
  const open: number[] = [];
  const isLong = ({ from, to }: Range): boolean => source.slice(from, to).includes('\n');
  const tokens = tokenize(source, new Report(source));
  let at = 0;
  for (const { kind, text, from, to } of tokens) {
    const between = source.slice(at, from);
    for (const { index, 0: found } of between.matchAll(
      /\/\*[^]*?\*\/|(?:^|(?<=\n))[ \t]*\/\/[^\n]*(?:\n[ \t]*\/\/[^\n]*)+/g,
    )) {
      const comment = { from: at + index, to: at + index + found.length };
      const isTrailing = index === 0 && at > 0 && found.trimStart().startsWith('//'); // of the code before it
      if (isLong(comment) && !isTrailing) folds.push({ kind: 'comment', ...comment });
    }
    at = to;
    if (kind !== 'punct') continue;
    if (text === '{') open.push(from);
    const start = text === '}' ? open.pop() : undefined;
    if (start !== undefined && isLong({ from: start, to })) folds.push({ kind: 'block', from: start, to });
  }
  return folds.sort((a, b) => a.from - b.from);
}
