// The editor in the colours of the page: tokens.css is the only place that knows them.
import { editor } from 'monaco-editor/editor';
import type { Theme } from '../theme';

/** Tells Monaco the colours of a theme, as <html data-theme> has them now, and puts them on. */
export function applyTheme(theme: Theme): void {
  const style = getComputedStyle(document.documentElement);
  const color = (token: string) => hexOf(style.getPropertyValue(`--${token}`).trim());
  const bare = (token: string) => color(token).slice(1);
  const base = theme === 'light' ? 'vs' : theme === 'dark' ? 'vs-dark' : 'hc-black';
  editor.defineTheme(`playground-${theme}`, {
    base,
    inherit: true,
    rules: [
      { token: '', foreground: bare('ink') },
      { token: 'keyword', foreground: bare('c-kw') },
      { token: 'number', foreground: bare('c-num') },
      { token: 'function', foreground: bare('c-fn') },
      { token: 'constant', foreground: bare('c-const') },
      { token: 'comment', foreground: bare('c-com'), fontStyle: 'italic' },
      { token: 'string', foreground: bare('c-str') },
    ],
    colors: {
      'editor.background': color('surface'),
      'editor.foreground': color('ink'),
      'editorLineNumber.foreground': color('ink3'),
      'editorLineNumber.activeForeground': color('ink3'),
      'editorCursor.foreground': color('ink'),
      'editor.selectionBackground': color('select'),
      'editor.inactiveSelectionBackground': color('select'),
      ...(theme === 'contrast' ? { 'editor.selectionForeground': color('ink') } : {}),
      'editorGutter.background': color('surface'),
      'editorWarning.foreground': color('warn'),
      'editorError.foreground': color('fail'),
      'editorWidget.background': color('surface'),
      'editorWidget.border': color('edge'),
      'editorHoverWidget.background': color('surface'),
      'editorHoverWidget.border': color('edge'),
      'editorSuggestWidget.background': color('surface'),
      'editorSuggestWidget.border': color('edge'),
      'editorSuggestWidget.selectedBackground': color('accent-bg'),
      'editorSuggestWidget.selectedForeground': color('ink'),
      'editorSuggestWidget.highlightForeground': color('accent'),
      'editorSuggestWidget.focusHighlightForeground': color('accent'),
      'list.focusBackground': color('accent-bg'),
      'list.hoverBackground': color('sunk'),
      'textLink.foreground': color('accent'),
      focusBorder: color('accent'),
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`editorBracketHighlight.foreground${n}`, color('ink')])),
      'editorBracketMatch.border': color('edge'),
      'editorBracketMatch.background': color('accent-bg'),
    },
  });
  editor.setTheme(`playground-${theme}`);
}

/** #abc as #aabbcc: Monaco's rules take six digits only. */
const hexOf = (color: string): string => (color.length === 4 ? color.replace(/[\da-f]/gi, '$&$&') : color);
