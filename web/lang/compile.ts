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
  const { tokens, pragmas } = preprocess(long ? '' : source, report);
  const items = parse(tokens, report);
  const boot = readPragmas(pragmas, report);
  const checked = check(items, report);
  const emitted = emit(checked, source, report.lines);
  const end: Range = { from: source.trimEnd().length, to: source.trimEnd().length };
  const diagnostics = report.list.sort((a, b) => a.place.from - b.place.from);
  return { source, items, diagnostics, boot, ...emitted, data: checked.data, end: report.lines.place(end) };
}
