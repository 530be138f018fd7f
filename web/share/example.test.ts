import { expect, test } from 'vitest';
import { inOrder, readExample } from './example';

test('title, group, question and answer stand in the first comment', () => {
  const text = '// A title.\n// Limits and rights: Why?\n// Because it is\n// so.\nmunlockall(); // not this\n';
  expect(readExample('../../examples/107-a-name.c', text)).toEqual({
    file: '107-a-name.c',
    number: 107,
    title: 'A title',
    group: 'Limits and rights',
    question: 'Why?',
    answer: 'Because it is so.',
    text,
  });
});

test.each([
  ['no answer', '// A title.\n// mlockall: Why?\n', { group: 'mlockall', question: 'Why?', answer: '' }],
  ['no group', '// A title.\n// Why: or not?\nx', { group: null, question: 'Why: or not?', answer: '' }],
  ['a group by another spelling', '// A title.\n// MLOCKALL: Why?', { group: null, question: 'MLOCKALL: Why?' }],
  ['a title only', '// A title.\n#pragma rlimit\n// mlockall: Why?', { title: 'A title', group: null, question: '' }],
  ['no comment', 'munlockall();\n// mlockall: Why?', { title: 'a-name', group: null, question: '' }],
  ['nothing', '', { title: 'a-name', group: null, question: '', answer: '' }],
  [
    'ends of lines as on Windows',
    '// A title.\r\n// mlockall: Why?\r\n// So.\r\n\r\n',
    { question: 'Why?', answer: 'So.' },
  ],
])('%s', (_what, text, expected) => {
  expect(readExample('02-a-name.c', text)).toMatchObject(expected);
});

test('the order is that of the numbers, not of the letters', () => {
  const files = ['100-a.c', '99-b.c', '02-c.c', 'd.c'].map((file) => readExample(file, ''));
  expect(inOrder(files).map(({ file }) => file)).toEqual(['d.c', '02-c.c', '99-b.c', '100-a.c']);
});
