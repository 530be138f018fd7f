// Makes a mail, a patch or a reply into plain text of the same length, so that places stay true: what the carrier
// added (`+`, `> `) becomes blanks, and so do removed lines.
import type { Place } from './model';

/** Characters that a text may have. */
export const MAX_TEXT = 1 << 20;

/** Finds the line and column of an offset. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  place(offset: number): Place {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 };
  }
}

/** A text without its carrier. */
export interface Unwrapped {
  /** As long as the original. */
  readonly text: string;
  readonly isPatch: boolean;
}

const HUNK = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/;
const MARKED = /^(?:> ?)*\+[ \t]*(?:\/\*\*|\* |DEFINE_KERNEL_API_SPEC|KAPI_|\.\w+ =)/m;

/** Blanks what a mail or a diff put around the lines. A line that an archive broke inside a string stays whole. */
export function unwrap(original: string): Unwrapped {
  const isPatch = /^(?:> ?)*@@ -\d/m.test(original) || MARKED.test(original);
  if (!isPatch && !/^>/m.test(original)) {
    return { text: original, isPatch: / @@ -\d+,\d+ \+\d+,\d+ @@ /.test(original) };
  }
  let inHunk = false;
  let open = false; // inside a string that an archive broke
  const lines = original.split('\n').map((given) => {
    const quote = /^(?:> ?)*/.exec(given)![0].length;
    const line = given.slice(quote);
    const margin = ' '.repeat(quote);
    if (open) {
      open = endsInString(line, true);
      return margin + line;
    }
    if (HUNK.test(line)) {
      inHunk = true;
      return blank(given);
    }
    if (isPatch && line.startsWith('+')) {
      open = endsInString(line, false);
      return `${margin} ${line.slice(1)}`;
    }
    return inHunk && line.startsWith('-') ? blank(given) : margin + line;
  });
  return { text: lines.join('\n'), isPatch };
}

const blank = (text: string): string => ' '.repeat(text.length);

function endsInString(line: string, from: boolean): boolean {
  if (!from && /^\+?\s*\*/.test(line)) return false; // kernel-doc: quotes there are prose
  let inside = from;
  for (let i = 0; i < line.length; i++) {
    if (inside && line[i] === '\\') i++;
    else if (line[i] === '"') inside = !inside;
    else if (!inside && line[i] === '/' && (line[i + 1] === '/' || line[i + 1] === '*')) return false;
  }
  return inside;
}
