// The only door to Monaco: imported by import() once the first result is on screen.
import { editor, MarkerSeverity } from 'monaco-editor/editor';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'; // features/suggest of 0.57 lacks it
import 'monaco-editor/features/suggest/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/parameterHints/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoSymbol/register';
import 'monaco-editor/features/referenceSearch/register';
import 'monaco-editor/features/quickOutline/register';
import 'monaco-editor/features/wordHighlighter/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { linesOf, stepOfLine } from '../../app/select';
import type { Store } from '../../app/store';
import { formatText } from '../../lang/layout';
import { nameAt, outlineOf } from '../../lang/outline';
import type { Run } from '../../run/model';
import type { Marks, Squiggle } from '../editor/marks';
import type { Theme } from '../theme';
import { createShown, decorationsOf, stepDecorations } from './decorations';
import { registerHelp } from './help';
import { leaveByEscape } from './leave';
import { LANGUAGE, registerLanguage } from './language';
import { rangeOf, smallestEdit } from './place';
import { applyTheme } from './theme';

/** What the page may do with the editor. */
export interface MonacoHandle {
  setSource(source: string): void;
  setTheme(theme: Theme): void;
  /** Shows marks that were computed for `source`; ignored if the text has changed since. */
  setMarks(marks: Marks, source: string): void;
  /** As setMarks. */
  setSquiggles(squiggles: readonly Squiggle[], source: string): void;
  /** Marks the line of a step and brings it into view. */
  setStep(run: Run, step: number): void;
  /** Outlines the lines of the step that the pointer is over elsewhere. */
  setPreview(run: Run, step: number | null): void;
  /** Formats the text, as one step of undo. */
  format(): void;
  /** Goes to where the name at the cursor is defined. */
  goToDefinition(): void;
  /** Takes the metrics of the window's width, and the room there is now. */
  setSmall(small: boolean): void;
  dispose(): void;
}

interface Start {
  readonly source: string;
  readonly theme: Theme;
  readonly small: boolean;
  /** Offset of the cursor if the text had the focus. */
  readonly selection: number | undefined;
}

/** Opens the editor in `host`, which must stay empty otherwise. */
export function openEditor(
  host: HTMLElement,
  start: Start,
  store: Store,
  preview: (step: number | null) => void,
): MonacoHandle {
  self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
  registerLanguage();
  applyTheme(start.theme);
  const made = editor.create(host, {
    ...OPTIONS,
    value: start.source,
    ...metrics(start.small),
  });
  const model = made.getModel()!;
  model.setEOL(editor.EndOfLineSequence.LF);
  const showMarks = createShown(made.createDecorationsCollection());
  const showLine = createShown(made.createDecorationsCollection());
  const outline = made.createDecorationsCollection();
  const help = registerHelp(store);
  const leave = leaveByEscape(made);
  let isOurs = false; // an edit that the page makes is not one that the person makes

  model.onDidChangeContent(() => {
    if (!isOurs) store.edit(model.getValue(), made.getPosition()?.lineNumber);
  });
  made.onDidChangeCursorPosition(({ position, reason, source }) => {
    const byHand = reason === editor.CursorChangeReason.Explicit && source !== 'modelChange';
    if (byHand && made.hasTextFocus() && model.getValue() === store.source()) store.goToLine(position.lineNumber);
  });
  made.onMouseMove(({ target }) => {
    const run = store.run();
    preview((run && target.position && stepOfLine(run, target.position.lineNumber)) || null);
  });
  made.onMouseLeave(() => preview(null));
  if (start.selection !== undefined) {
    made.setPosition(model.getPositionAt(start.selection));
    made.focus();
  }

  return {
    setSource(source) {
      if (model.getValue() === source) return;
      isOurs = true;
      const { from, to, insert } = smallestEdit(model.getValue(), source);
      made.pushUndoStop();
      model.pushEditOperations([], [{ range: rangeOf(model, from, to), text: insert }], () => null);
      made.pushUndoStop();
      isOurs = false;
    },
    setTheme: applyTheme,
    setMarks(next, source) {
      if (model.getValue() !== source) return;
      showMarks(decorationsOf(next, (from, to) => rangeOf(model, from, to)));
    },
    setSquiggles(squiggles, source) {
      if (model.getValue() !== source) return;
      editor.setModelMarkers(
        model,
        LANGUAGE,
        squiggles.map(({ from, to, severity, message, code }) => {
          const range = rangeOf(model, from, to);
          return { ...range, message, severity: SEVERITY[severity], ...(severity === 'error' ? {} : { code }) };
        }),
      );
    },
    setStep(run, step) {
      const lines = linesOf(run, step);
      if (!isIn(model, lines)) return showLine([]);
      const [first, last] = lines;
      showLine(stepDecorations(first, last, 'step-line'));
      if (!made.hasTextFocus()) made.revealLinesInCenterIfOutsideViewport(first, last, editor.ScrollType.Immediate);
    },
    setPreview(run, step) {
      const lines = step === null ? null : linesOf(run, step);
      if (isIn(model, lines)) outline.set(stepDecorations(...lines, 'preview-line'));
      else outline.clear();
    },
    format() {
      const source = model.getValue();
      const { from, to, insert } = smallestEdit(source, formatText(source));
      if (from === to && insert === '') return;
      made.pushUndoStop();
      made.executeEdits('format', [{ range: rangeOf(model, from, to), text: insert }]);
      made.pushUndoStop();
    },
    goToDefinition() {
      const at = made.getPosition();
      const own = at && nameAt(outlineOf(model.getValue()), model.getOffsetAt(at));
      if (!own) return;
      const position = model.getPositionAt(own.at.from);
      made.setPosition(position);
      made.revealPositionInCenterIfOutsideViewport(position, editor.ScrollType.Immediate);
      made.focus();
    },
    setSmall(small) {
      made.updateOptions(metrics(small));
      made.layout();
    },
    dispose() {
      leave.dispose();
      help.dispose();
      made.dispose();
      model.dispose();
    },
  };
}

type Lines = readonly [first: number, last: number];

/** The text has these lines; line 0 is that of a call that was written over. */
const isIn = (model: editor.ITextModel, lines: Lines | null): lines is Lines =>
  lines !== null && lines[0] > 0 && lines[1] <= model.getLineCount();

const SEVERITY = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, hint: MarkerSeverity.Info };

/** The text starts at 52 px (38 px in a small window), as in the text area that it takes the place of. */
const metrics = (small: boolean): editor.IEditorOptions =>
  small
    ? { fontSize: 11, lineHeight: 18, lineDecorationsWidth: 7, lineNumbersMinChars: 2 }
    : { fontSize: 12, lineHeight: 20, lineDecorationsWidth: 10, lineNumbersMinChars: 3 };

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  language: LANGUAGE,
  ariaLabel: 'Scenario in C. Escape, then Tab leaves the editor.',
  fontFamily: 'var(--mono)',
  fontLigatures: false,
  automaticLayout: true,
  disableLayerHinting: true, // else everything that is painted after the text is compared with its layers in each frame
  minimap: { enabled: false },
  glyphMargin: true,
  folding: true,
  showFoldingControls: 'never', // they would move the text by 16 px; keys and commands fold
  foldingHighlight: false,
  padding: { top: 8, bottom: 40 },
  scrollBeyondLastLine: false,
  renderLineHighlight: 'none',
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  scrollbar: { useShadows: false, verticalScrollbarSize: 8, horizontalScrollbarSize: 8 },
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: true, comments: false, strings: false },
  suggest: { showIcons: true, showStatusBar: false, preview: false },
  occurrencesHighlight: 'singleFile',
  parameterHints: { enabled: true, cycle: false },
  hover: { delay: 250, sticky: true },
  gotoLocation: { multiple: 'goto', multipleDefinitions: 'goto' },
  selectionHighlight: false,
  links: false,
  codeLens: false,
  contextmenu: false,
  lightbulb: { enabled: editor.ShowLightbulbIconMode.Off },
  stickyScroll: { enabled: false },
  unicodeHighlight: { ambiguousCharacters: false },
  fixedOverflowWidgets: true,
  tabSize: 4,
  roundedSelection: false,
  guides: { indentation: false, bracketPairs: false },
  bracketPairColorization: { enabled: false },
  renderFinalNewline: 'off',
};
