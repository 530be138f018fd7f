// Completion as Monaco wants it; what is offered is made in lang/complete.ts.
import { languages, type editor, type IDisposable, type Position } from 'monaco-editor/editor';
import { suggest, type Suggestion } from '../../lang/complete';
import { LANGUAGE } from './language';

/** Registers completion. */
export const registerCompletion = (): IDisposable =>
  languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: ['(', ',', '|', ' ', '.', '>'],
    provideCompletionItems(model, position, { triggerCharacter }) {
      const all = suggest(model.getValue(), model.getOffsetAt(position));
      // Typing one of these opens the list only where something belongs.
      const isTyped = triggerCharacter !== undefined;
      const wanted = isTyped ? all.filter(({ first }) => first) : all;
      const range = rangeAt(model, position);
      return { suggestions: wanted.map((suggestion) => itemOf(suggestion, range)) };
    },
  });

const KIND = {
  call: languages.CompletionItemKind.Function,
  constant: languages.CompletionItemKind.Constant,
  variable: languages.CompletionItemKind.Variable,
  keyword: languages.CompletionItemKind.Keyword,
  pragma: languages.CompletionItemKind.Property,
  snippet: languages.CompletionItemKind.Snippet,
  member: languages.CompletionItemKind.Field,
};
const ORDER = { variable: 1, member: 1, call: 2, constant: 3, pragma: 0, snippet: 4, keyword: 5 };

function itemOf(
  { label, kind, detail, meaning, snippet, first }: Suggestion,
  range: languages.CompletionItem['range'],
): languages.CompletionItem {
  return {
    label,
    kind: KIND[kind],
    detail,
    documentation: meaning,
    insertText: snippet,
    insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet,
    sortText: `${first ? 0 : 1}${ORDER[kind]}${label}`,
    range,
  };
}

function rangeAt(model: editor.ITextModel, { lineNumber, column }: Position): languages.CompletionItem['range'] {
  const before = model.getLineContent(lineNumber).slice(0, column - 1);
  const word = /^\s*#\s*pragma\s+/.test(before)
    ? before.replace(/^\s*#\s*pragma\s+/, '')
    : (/\w*$/.exec(before)?.[0] ?? '');
  return {
    startLineNumber: lineNumber,
    startColumn: column - word.length,
    endLineNumber: lineNumber,
    endColumn: column,
  };
}
