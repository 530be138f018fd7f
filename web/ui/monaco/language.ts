// Highlighting of the scenarios' C.
import { languages } from 'monaco-editor/editor';

export const LANGUAGE = 'scenario-c';

const KEYWORDS = (
  'if else for while do break continue return switch case default goto sizeof struct void char short int long ' +
  'signed unsigned const static volatile size_t ssize_t off_t pid_t intptr_t uintptr_t int8_t int16_t int32_t int64_t ' +
  'uint8_t uint16_t uint32_t uint64_t'
).split(' ');

/** Registers the language once. */
export function registerLanguage(): void {
  if (languages.getLanguages().some(({ id }) => id === LANGUAGE)) return;
  languages.register({ id: LANGUAGE });
  languages.setLanguageConfiguration(LANGUAGE, {
    comments: { lineComment: '//', blockComment: ['/*', '*/'] },
    brackets: [
      ['{', '}'],
      ['[', ']'],
      ['(', ')'],
    ],
    autoClosingPairs: ['{}', '[]', '()', '""', "''"].map((pair) => ({
      open: pair[0]!,
      close: pair[1]!,
      notIn: ['string', 'comment'],
    })),
  });
  languages.setMonarchTokensProvider(LANGUAGE, {
    keywords: KEYWORDS,
    tokenizer: {
      root: [
        [/^\s*#\s*\w+/, 'keyword'],
        [/\/\/.*$/, 'comment'],
        [/\/\*/, 'comment', '@comment'],
        [/"(?:\\.|[^"\\])*"?/, 'string'],
        [/'(?:\\.|[^'\\])*'?/, 'string'],
        [/0[xX][\da-fA-F]+[uUlL]*|\d+[uUlL]*/, 'number'],
        [/[a-z_]\w*(?=\s*\()/i, { cases: { '@keywords': 'keyword', '@default': 'function' } }],
        [/(?:[A-Z][A-Z0-9_]+|[KMG]iB)\b/, 'constant'],
        [/[a-zA-Z_]\w*/, { cases: { '@keywords': 'keyword', '@default': 'identifier' } }],
      ],
      comment: [
        [/\*\//, 'comment', '@pop'],
        [/[^*]+|\*/, 'comment'],
      ],
    },
  });
}
