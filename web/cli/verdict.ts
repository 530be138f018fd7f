// A run as a verdict: did all that the scenario says hold?
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../run/model';

/** What is said of a file: `reason` is empty when it passed. */
export interface FileVerdict {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly reason: string;
  readonly ms: number;
}

/** Judges a finished run. */
export function verdictOf(name: string, { outcome, ms }: Run): FileVerdict {
  if (outcome.kind === 'end' || (outcome.kind === 'exit' && outcome.status === 0)) {
    return { name, line: 0, column: 0, reason: '', ms };
  }
  const { line, column } = outcome.place;
  const reason = outcome.kind === 'exit' ? `exit status ${outcome.status}` : oneLine(outcome.message);
  return { name, line, column, reason: reason || outcome.kind, ms };
}

/** Writes a verdict: "ok NAME" or "FAIL NAME:line:column reason". */
export function verdictLine({ name, line, column, reason }: FileVerdict): string {
  return reason === '' ? `ok ${name}` : `FAIL ${name}:${line}:${column} ${reason}`;
}

/** Lists the scenarios that a path names: itself, or the *.c of a folder. Throws if it does not exist. */
export function scenarioFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.endsWith('.c'))
    .sort()
    .map((name) => join(path, name));
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();
