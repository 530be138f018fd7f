import type { Tree } from '@lezer/common';
import { parser } from '@lezer/cpp';

/** Parse steps after which a text is too broken to be worth more. */
const MAX_ADVANCES = 300_000;

/**
 * Finds where the next statement begins after a mistake. Lezer's grammar is C++'s and made for highlighting: it reads
 * `*p = 1` as `*(p = 1)`, so its trees have no say in what a text means. But it keeps its footing in half-typed text
 * better than any rule about `;` and `}`, and only that is asked of it.
 */
export class Recovery {
  #starts: readonly number[] | null = null;

  constructor(readonly source: string) {}

  /** The first offset at or after `from` where a statement, declaration or function begins; null if none does. */
  next(from: number): number | null {
    this.#starts ??= statementStarts(this.source);
    return this.#starts.find((start) => start >= from) ?? null;
  }
}

function statementStarts(source: string): number[] {
  const starts: number[] = [];
  parse(source).iterate({
    enter: ({ name, from }) => {
      if (/^(?:\w+Statement|Declaration|FunctionDefinition)$/.test(name)) starts.push(from);
    },
  });
  return starts; // iterate() goes in the order of the text
}

function parse(source: string): Tree {
  const run = parser.startParse(source);
  for (let steps = 0; ; steps++) {
    const tree = run.advance();
    if (tree) return tree;
    if (steps === MAX_ADVANCES) run.stopAt(run.parsedPos);
  }
}
