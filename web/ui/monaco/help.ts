// Language help as Monaco wants it. What is said is made in lang/ and run/; here it only gets Monaco's shapes.
import { languages, type editor, type IDisposable, type IMarkdownString } from 'monaco-editor/editor';
import type { Store } from '../../app/store';
import { foldsOf, nameAt, outlineOf, type OwnName } from '../../lang/outline';
import { signatureAt } from '../../lang/signature';
import { hoverOf } from '../../run/hover';
import { silence } from '../../run/mistakes/silence';
import type { Diagnostic, Fix } from '../../run/model';
import { registerCompletion } from './completion';
import { LANGUAGE } from './language';
import { rangeOf } from './place';

const text = (value: string): IMarkdownString => ({ value });

/** Registers all that helps with the language. */
export function registerHelp(store: Store): IDisposable {
  const registered = [
    registerCompletion(),
    languages.registerHoverProvider(LANGUAGE, {
      provideHover(model, position) {
        const word = model.getWordAtPosition(position);
        if (!word) return null;
        const from = model.getOffsetAt({ lineNumber: position.lineNumber, column: word.startColumn });
        const source = model.getValue();
        const isShown = store.run()?.source === source;
        const known = { run: isShown ? store.run() : null, view: isShown ? store.view() : null };
        const found = hoverOf(source, word.word, from, known);
        if (!found) return null;
        const code = `\`\`\`${LANGUAGE}\n${found.code}\n\`\`\``;
        return {
          range: rangeOf(model, from, from + word.word.length),
          contents: [code, ...found.paragraphs].map(text),
        };
      },
    }),
    languages.registerSignatureHelpProvider(LANGUAGE, {
      signatureHelpTriggerCharacters: ['(', ','],
      signatureHelpRetriggerCharacters: [')'],
      provideSignatureHelp(model, position) {
        const found = signatureAt(model.getValue(), model.getOffsetAt(position));
        if (!found) return null;
        const parameters = found.parameters.map(({ from, to, meaning }): languages.ParameterInformation => ({
          label: [from, to],
          ...(meaning ? { documentation: text(meaning) } : {}),
        }));
        const signature = { label: found.label, documentation: text(found.meaning), parameters };
        return {
          value: { signatures: [signature], activeSignature: 0, activeParameter: found.active },
          dispose: () => {},
        };
      },
    }),
    languages.registerDefinitionProvider(LANGUAGE, {
      provideDefinition: (model, position) => {
        const own = ownAt(model, model.getOffsetAt(position));
        return own && { uri: model.uri, range: rangeOf(model, own.at.from, own.at.to) };
      },
    }),
    languages.registerReferenceProvider(LANGUAGE, {
      provideReferences: (model, position) =>
        usesOf(model, model.getOffsetAt(position)).map((range) => ({ uri: model.uri, range })),
    }),
    languages.registerDocumentHighlightProvider(LANGUAGE, {
      provideDocumentHighlights: (model, position) =>
        usesOf(model, model.getOffsetAt(position)).map((range) => ({
          range,
          kind: languages.DocumentHighlightKind.Text,
        })),
    }),
    languages.registerDocumentSymbolProvider(LANGUAGE, {
      provideDocumentSymbols: (model) => outlineOf(model.getValue()).flatMap((own) => symbolOf(model, own)),
    }),
    languages.registerFoldingRangeProvider(LANGUAGE, {
      provideFoldingRanges: (model) =>
        foldsOf(model.getValue()).map(({ kind, from, to }) => ({
          start: model.getPositionAt(from).lineNumber,
          end: model.getPositionAt(to).lineNumber - (kind === 'block' ? 1 : 0),
          ...(kind === 'comment' ? { kind: languages.FoldingRangeKind.Comment } : {}),
        })),
    }),
    languages.registerCodeActionProvider(LANGUAGE, {
      provideCodeActions(model, range) {
        const source = model.getValue();
        const run = store.current();
        if (run?.source !== source) return null;
        const here = run.diagnostics.filter(
          ({ place }) => place.line >= range.startLineNumber && place.line <= range.endLineNumber,
        );
        return { actions: here.flatMap((one) => actionsOf(model, one)), dispose: () => {} };
      },
    }),
  ];
  return { dispose: () => registered.forEach((one) => one.dispose()) };
}

const ownAt = (model: editor.ITextModel, offset: number): OwnName | null => nameAt(outlineOf(model.getValue()), offset);

const usesOf = (model: editor.ITextModel, offset: number) =>
  (ownAt(model, offset)?.uses ?? []).map(({ from, to }) => rangeOf(model, from, to));

const SYMBOL = {
  function: languages.SymbolKind.Function,
  variable: languages.SymbolKind.Variable,
  macro: languages.SymbolKind.Constant,
};

function symbolOf(model: editor.ITextModel, { name, kind, detail, at, whole }: OwnName): languages.DocumentSymbol[] {
  if (kind === 'parameter') return [];
  const range = rangeOf(model, whole.from, whole.to);
  return [{ name, detail, kind: SYMBOL[kind], tags: [], range, selectionRange: rangeOf(model, at.from, at.to) }];
}

function actionsOf(model: editor.ITextModel, diagnostic: Diagnostic): languages.CodeAction[] {
  const quiet = silence(model.getValue(), diagnostic);
  const action = ({ title, from, to, insert }: Fix, isPreferred: boolean): languages.CodeAction => ({
    title: title.replaceAll('`', ''),
    kind: 'quickfix',
    isPreferred,
    edit: {
      edits: [
        {
          resource: model.uri,
          versionId: model.getVersionId(),
          textEdit: { range: rangeOf(model, from, to), text: insert },
        },
      ],
    },
  });
  return [...(diagnostic.fix ? [action(diagnostic.fix, true)] : []), ...(quiet ? [action(quiet, false)] : [])];
}
