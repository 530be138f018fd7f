// What an example says of itself in the comment that it begins with:
//
//   // A hole does not undo what came before it.                         title, a sentence
//   // Ranges and holes: After ENOMEM, is part of the range locked?      group and question
//   // All that lies before the hole stays locked, and nothing is        answer, which may be missing
//   // brought in.

/** The groups of lessons, in the order in which they are learned. */
export const GROUPS = [
  'First steps',
  'Ranges and holes',
  'Limits and rights',
  'mlockall',
  'Pages and the LRU',
  'Files and shared memory',
  'Processes',
  'From the field',
  'Where documents and the kernel differ',
] as const;

/** A group of lessons. */
export type Group = (typeof GROUPS)[number];

/** One scenario of examples/. */
export interface Example {
  /** Name of the file: "07-munlock-stops-at-a-hole.c". It never changes, because links name it. */
  readonly file: string;
  /** The number that the file's name begins with, or 0. */
  readonly number: number;
  /** What is learned, without the full stop. */
  readonly title: string;
  /** Null where the second line names no group of GROUPS. */
  readonly group: Group | null;
  /** What somebody would type into a search box; empty where there is none. */
  readonly question: string;
  /** The answer where the title is not all of it, as one line; else empty. */
  readonly answer: string;
  readonly text: string;
}

/** Reads what a scenario says of itself; takes any text, and finds less in one that does not keep the form. */
export function readExample(path: string, text: string): Example {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const [title = '', about = '', ...answer] = leadingComment(text);
  const group = GROUPS.find((name) => about.startsWith(`${name}: `)) ?? null;
  return {
    file,
    number: Number(/^\d+/.exec(file)?.[0] ?? 0),
    title: title.replace(/\.$/, '') || file.replace(/^\d+-|\.c$/g, ''),
    group,
    question: group === null ? about : about.slice(group.length + 2),
    answer: answer.join(' '),
    text,
  };
}

/** Puts examples in the order of their numbers: the hundredth comes after the ninety-ninth. */
export function inOrder(examples: readonly Example[]): readonly Example[] {
  return [...examples].sort((a, b) => a.number - b.number);
}

function leadingComment(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith('//'));
  return lines.slice(0, end === -1 ? undefined : end).map((line) => line.slice(2).trim());
}
