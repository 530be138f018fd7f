import type { Diagnostic, Fix } from '../model';

/** Told because a call failed or a value was loaded: nothing that a comment could silence. */
const ALWAYS: readonly string[] = ['call-failed', 'loaded-value'];

/** An edit that keeps a hint from being told again, or null for what cannot be silenced. */
export function silence(source: string, { severity, code, place }: Diagnostic): Fix | null {
  if (severity === 'error' || ALWAYS.includes(code)) return null;
  const start = source.lastIndexOf('\n', place.from - 1) + 1;
  const newline = source.indexOf('\n', start);
  const line = source.slice(start, newline < 0 ? source.length : newline);
  const old = /NOLINT\(([^)]*)\)/.exec(line);
  if (old) {
    const at = start + old.index + old[0].length - 1;
    return { title: `NOLINT(${code})`, from: at, to: at, insert: `, ${code}` };
  }
  const at = start + line.trimEnd().length;
  const insert = `${/\/\//.test(line) ? '' : ' //'} NOLINT(${code})`;
  return { title: `NOLINT(${code})`, from: at, to: at, insert };
}
