import { expect, test } from 'vitest';
import { SYS_mlock } from '../../../assembly/abi/sysno';
import { runOf } from '../../app/steps.test-data';
import { callAround, hoverOf, ownNames, suggest } from './hints';

const at = (text: string) => [text.replace('‸', ''), text.indexOf('‸')] as const;
const firstOf = (text: string) =>
  suggest(...at(text))
    .filter(({ first }) => first)
    .map(({ label }) => label);

test('the call around the cursor, and its argument', () => {
  expect(callAround(...at('mmap(NULL, f(1, 2), ‸'))).toEqual({ name: 'mmap', argument: 2 });
  expect(callAround(...at('mlock(p, 1); ‸'))).toBeNull();
});

test('constants that belong to the argument come first', () => {
  expect(firstOf('mmap(NULL, 8, ‸')).toContain('PROT_READ');
  expect(firstOf('mmap(NULL, 8, ‸')).not.toContain('MAP_PRIVATE');
  expect(firstOf('mlockall(‸')).toEqual(expect.arrayContaining(['MCL_CURRENT', 'MCL_FUTURE', 'MCL_ONFAULT']));
});

test('variables of the text come first where an address is wanted', () => {
  expect(firstOf('char *buf, *more; mlock(‸')).toEqual(['buf', 'more']);
});

test('calls bring their arguments, unless they have them', () => {
  const mlock = (text: string) => suggest(...at(text)).find(({ label }) => label === 'mlock')?.snippet;
  expect(mlock('mlo‸')).toBe('mlock(${1:addr}, ${2:len})');
  expect(mlock('mlo‸(p, 1)')).toBe('mlock');
});

test('nothing in comments; pragmas after #pragma', () => {
  expect(suggest(...at('x; // mlo‸'))).toEqual([]);
  expect(suggest(...at('#pragma ‸'))[0]?.kind).toBe('pragma');
});

test('own names are variables, functions and macros, not what comments and strings say', () => {
  const text = '#define N 4\nint main(void) { long a = f(1), b; printf("int c"); } // int d;';
  expect([...ownNames(text)].sort()).toEqual(['N', 'a', 'b', 'main']);
});

test('a hover says signature, meaning, errors and what came back', () => {
  const source = 'mlock(p, 1);';
  const hover = hoverOf('mlock', 0, runOf(source, [{ call: 'mlock(p, 1)', nr: SYS_mlock }]))!;
  expect(hover.code).toBe('int mlock(const void *addr, size_t len)');
  expect(hover.paragraphs.join('\n')).toMatch(/\*\*EPERM\*\*/);
  expect(hover.paragraphs.at(-1)).toBe('Step 1: 0');
  expect(hoverOf('MCL_ONFAULT', 0, null)?.code).toBe('MCL_ONFAULT = 4');
  expect(hoverOf('MADV_COLLAPSE', 0, null)?.paragraphs.at(-1)).toMatch(/^Not modelled: /);
  expect(hoverOf('nobody', 0, null)).toBeNull();
});
