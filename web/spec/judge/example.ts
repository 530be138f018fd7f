// The examples of a specification as scenarios: what a line names and does not declare is given a value.
import type { Specification } from '../model';
import type { Scenario } from './gather';
import { LOCK_CALLS, RANGED } from './observation';

const MAX_LINE = 300;

/**
 * Turns each example line that calls the call into a scenario, named by the id of its clause. Unlocking finds locked
 * memory; names of lengths are two pages, other names four mapped pages.
 */
export function exampleScenarios(call: Specification): Scenario[] {
  if (!LOCK_CALLS.includes(call.name) && !RANGED.includes(call.name)) return [];
  return call.examples.split('\n').flatMap((line, i): Scenario[] => {
    const code = line.replace(/\/\/.*|\/\*.*?\*\//g, '').trim();
    if (code.length > MAX_LINE || !new RegExp(`\\b${call.name}\\s*\\(`).test(code)) return [];
    return [{ name: `${call.name}.examples.${i}`, source: scenarioOf(call.name, code) }];
  });
}

function scenarioOf(name: string, code: string): string {
  const words = new Set([...code.matchAll(/\b[a-z_]\w*\b(?!\s*\()/g)].map(([word]) => word));
  const lengths = [...words].filter((word) => /^(?:len|size|length|n|bytes)/.test(word));
  const pointers = [...words].filter((word) => !lengths.includes(word));
  const lines = [
    `// The example of ${name}: ${code.replace(/;$/, '')}.`,
    ...pointers.map(
      (word) =>
        `char *${word} = mmap(NULL, 4 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);`,
    ),
    ...lengths.map((word) => `size_t ${word} = 2 * PAGE_SIZE;`),
    ...(/^mlock/.test(name) ? [] : pointers.map((word) => `mlock(${word}, 4 * PAGE_SIZE);`)),
    code.endsWith(';') ? code : `${code};`,
  ];
  return `${lines.join('\n')}\n`;
}
