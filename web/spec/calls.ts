// The specifications of calls/, as the build puts them into the page and into the programs of web/cli.
import type { Specification } from './model';
import { read } from './read';

const TEXTS = import.meta.glob<string>('./calls/*.kapi', { query: '?raw', import: 'default', eager: true });

/** One file of calls/. */
export interface CallText {
  /** 'munlock.kapi'. */
  readonly file: string;
  readonly text: string;
}

/** Lists our specifications as they are written, by the name of the call. */
export function callTexts(): readonly CallText[] {
  return Object.entries(TEXTS)
    .map(([path, text]) => ({ file: path.slice(path.lastIndexOf('/') + 1), text }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Reads our specifications: mlock, mlock2, mlockall, munlock, munlockall and the worked example, madvise. */
export function ourCalls(): readonly Specification[] {
  return callTexts().flatMap(({ text }) => read(text).specifications);
}
