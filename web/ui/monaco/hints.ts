// Completion and hover as Monaco wants them; what they say is made in ui/editor/hints.ts.
import { languages, type editor, type IDisposable, type Position } from 'monaco-editor/editor';
import type { Run } from '../../run/model';
import { hoverOf, suggest, type Suggestion } from '../editor/hints';
import { LANGUAGE } from './language';

/** Registers completion and hover; `run` gives the run of the text. */
export function registerHints(run: () => Run | null): IDisposable {
  const completion = languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: ['(', ',', '|', ' '],
    provideCompletionItems(model, position, { triggerCharacter }) {
      const text = model.getValue();
      const offset = model.getOffsetAt(position);
      const all = suggest(text, offset);
      // Typing ( , | or a space opens the list only where constants are wanted.
      const isTyped = triggerCharacter !== undefined;
      const wanted = isTyped ? all.filter(({ first }) => first) : all;
      const range = rangeAt(model, position);
      return { suggestions: wanted.map((suggestion) => itemOf(suggestion, range)) };
    },
  });
  const hover = languages.registerHoverProvider(LANGUAGE, {
    provideHover(model, position) {
      const word = model.getWordAtPosition(position);
      if (!word) return null;
      const start = { lineNumber: position.lineNumber, column: word.startColumn };
      const found = hoverOf(word.word, model.getOffsetAt(start), run());
      if (!found) return null;
      return {
        range: {
          startLineNumber: position.lineNumber,
          startColumn: word.startColumn,
          endLineNumber: position.lineNumber,
          endColumn: word.endColumn,
        },
        contents: [
          { value: `\`\`\`${LANGUAGE}\n${found.code}\n\`\`\`` },
          ...found.paragraphs.map((value) => ({ value })),
        ],
      };
    },
  });
  return {
    dispose() {
      completion.dispose();
      hover.dispose();
    },
  };
}

const KIND = {
  call: languages.CompletionItemKind.Function,
  constant: languages.CompletionItemKind.Constant,
  variable: languages.CompletionItemKind.Variable,
  keyword: languages.CompletionItemKind.Keyword,
  pragma: languages.CompletionItemKind.Property,
};
const ORDER = { variable: 1, call: 2, constant: 3, pragma: 0, keyword: 4 };

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
