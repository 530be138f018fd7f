import { check } from './check';
import type { Program } from './code';
import { Report, type Range } from './diagnostic';
import { emit } from './emit';
import { parse } from './parse';
import { readPragmas } from './pragma';
import { preprocess } from './preprocess';

/** Characters that a scenario may have. */
export const MAX_SOURCE = 256 * 1024;

/** Makes a program of a text. It can always be run: up to the first mistake, or to the end. */
export function compile(source: string): Program {
  const report = new Report(source);
  const long = source.length > MAX_SOURCE;
  if (long) {
    const message = `A scenario has up to ${MAX_SOURCE / 1024} KiB of text. Write two scenarios.`;
    report.error('too-long', { from: MAX_SOURCE, to: source.length }, message);
  }
  const { tokens, pragmas, macros } = preprocess(long ? '' : source, report);
  const items = parse(tokens, report);
  const boot = readPragmas(pragmas, report);
  const checked = check(items, report);
  const emitted = emit(checked, source, report.lines);
  const end: Range = { from: source.trimEnd().length, to: source.trimEnd().length };
  const names = [...macros, ...declared(items.map((item) => item as object))];
  const diagnostics = report.list.sort((a, b) => a.place.from - b.place.from);
  return { source, diagnostics, boot, ...emitted, data: checked.data, end: report.lines.place(end), names };
}

/** Names of variables, functions and arguments anywhere in a text. */
function declared(nodes: readonly object[]): string[] {
  const names = new Set<string>();
  const open = [...nodes];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const [key, value] of Object.entries(node)) {
      const isName = key === 'name' && typeof value === 'string' && ('stars' in node || 'params' in node);
      if (isName && value !== '') names.add(value);
      const inside = typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
      if (inside && key !== 'base' && key !== 'type') open.push(value as object);
    }
  }
  return [...names];
}
