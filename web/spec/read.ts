// One reader for all forms of a call's specification. It never throws for what a text says, and never runs it.
import type { Finding, Specification } from './model';
import { readDocs } from './read-doc';
import { readJson } from './read-json';
import { readMacros } from './read-macro';
import { Lines, MAX_TEXT, unwrap } from './source';

/** Specifications that one text may hold. */
export const MAX_SPECIFICATIONS = 64;

/** What a text holds. */
export interface Reading {
  /** In the order of the text. */
  readonly specifications: readonly Specification[];
  /** What could not be read, with what to write instead. */
  readonly findings: readonly Finding[];
}

/**
 * Reads every specification in a text of any form: macros, designators, a patch or a mail with one (also broken or
 * squeezed by an archive), kernel-doc, JSON. At most MAX_SPECIFICATIONS of a text of at most MAX_TEXT characters.
 */
export function read(text: string): Reading {
  const findings: Finding[] = [];
  const say = (code: string, message: string): void => {
    findings.push({ severity: 'error', code, clause: '', place: { line: 1, column: 1 }, message });
  };
  if (text.length > MAX_TEXT) {
    say('too-long', `The text has more than ${MAX_TEXT >> 20} MiB. Paste only the specification.`);
    return { specifications: [], findings };
  }
  const lines = new Lines(text);
  if (/^\s*[[{]/.test(text)) {
    return { specifications: readJson(text, lines, findings, MAX_SPECIFICATIONS), findings };
  }
  const source = unwrap(text);
  const macros = readMacros(source, lines, findings, MAX_SPECIFICATIONS);
  const docs = readDocs(source, lines, findings, MAX_SPECIFICATIONS - macros.length);
  const specifications = [...macros, ...docs].sort(
    ({ place: a }, { place: b }) => a.line - b.line || a.column - b.column,
  );
  if (specifications.length === 0) {
    say(
      'nothing',
      'No specification was found. Paste text with DEFINE_KERNEL_API_SPEC(...), a /** comment with param: and error:, or JSON.',
    );
  }
  return { specifications, findings };
}
