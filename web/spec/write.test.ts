import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { saidBy, specification } from './arbitrary.test-data';
import { held } from './losses';
import { FORMS } from './model';
import { read } from './read';
import { write } from './write';

describe.each(FORMS)('what is written as %s', (form) => {
  test('is read back, up to what the form cannot hold', () => {
    fc.assert(
      fc.property(specification, (one) => {
        const text = write([one], form);
        const { specifications, findings } = read(text);
        expect(findings).toEqual([]);
        expect(specifications.map(saidBy)).toEqual([saidBy(held(one, form))]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
