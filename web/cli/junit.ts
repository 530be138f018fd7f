import type { FileVerdict } from './verdict';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);

/** Writes verdicts as a JUnit report: one test case a file. */
export function junitReport(verdicts: readonly FileVerdict[]): string {
  const failures = verdicts.filter(({ reason }) => reason !== '').length;
  const seconds = (ms: number): string => (ms / 1000).toFixed(3);
  const total = verdicts.reduce((sum, { ms }) => sum + ms, 0);
  const cases = verdicts.map(({ name, line, column, reason, ms }) => {
    const head = `    <testcase classname="scenario" name="${escape(name)}" time="${seconds(ms)}"`;
    if (reason === '') return `${head}/>`;
    const text = escape(`${name}:${line}:${column} ${reason}`);
    return `${head}>\n      <failure message="${escape(reason)}">${text}</failure>\n    </testcase>`;
  });
  const counts = `tests="${verdicts.length}" failures="${failures}" time="${seconds(total)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="scenarios" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
