import { describe, expect, test } from 'vitest';
import { readExample } from './example';
import { pieces, searchExamples } from './gallery';

const EXAMPLES = [
  readExample('1-hole.c', '// A hole does not undo.\n// Ranges and holes: Is part of the range locked?\nmlock(p, 1);'),
  readExample(
    '2-fork.c',
    '// fork drops locks.\n// Processes: Does the child keep the lock?\nmlock2(p, 1, 0);\nfork();',
  ),
  readExample('3-one.c', '// One munlock undoes many.\n// First steps: What does one munlock do?\nmlock(p, 1);'),
];
const titles = (query: string, group: Parameters<typeof searchExamples>[2] = null) =>
  searchExamples(EXAMPLES, query, group).shelves.map((shelf) => [
    shelf.title,
    ...shelf.examples.map(({ number }) => number),
  ]);

describe('the gallery', () => {
  test('without words it is the order of learning', () =>
    expect(titles('')).toEqual([
      ['First steps', 3],
      ['Ranges and holes', 1],
      ['Processes', 2],
    ]));
  test('every word must be there, in any case', () => {
    expect(titles('HOLE range')).toEqual([['Ranges and holes', 1]]);
    expect(titles('hole fork')).toEqual([]);
  });
  test('a word that stands in the code only comes last', () =>
    expect(titles('lock child mlock2')).toEqual([['Only in the text', 2]]));
  test('a group leaves its own, and the others are still counted', () => {
    expect(titles('lock', 'First steps')).toEqual([['First steps', 3]]);
    expect(searchExamples(EXAMPLES, 'lock', 'First steps').perGroup.get('Processes')).toBe(1);
  });
});

describe('what was found is marked', () => {
  const marked = (text: string, ...words: string[]) =>
    pieces(text, words)
      .map((piece) => (piece.found ? `[${piece.text}]` : piece.text))
      .join('');
  test('every place of every word', () => expect(marked('A hole, a Hole.', 'hole')).toBe('A [hole], a [Hole].'));
  test('words that touch are one piece', () => expect(marked('mlock2', 'mlock', '2')).toBe('[mlock2]'));
  test('nothing is lost', () => expect(marked('plain', 'x')).toBe('plain'));
});
