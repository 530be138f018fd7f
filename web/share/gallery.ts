// The gallery of examples: which lessons have the words that somebody types, in the order of learning.
import { GROUPS, type Example, type Group } from './example';

/** The part of a text that a search word was found in, or the text between. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** A row of lessons below one heading. */
export interface Shelf {
  readonly title: string;
  readonly examples: readonly Example[];
}

/** What is left of the gallery by a search. */
export interface Found {
  readonly shelves: readonly Shelf[];
  /** All that were found, in the order in which they are listed. */
  readonly examples: readonly Example[];
  /** How many each group has by the words alone. */
  readonly perGroup: ReadonlyMap<Group, number>;
  readonly words: readonly string[];
}

/** Longest search that is looked at. */
const MAX_QUERY = 200;
const ELSEWHERE = 'Only in the text';
const OTHER = 'Other';

/**
 * Searches titles, questions, groups and texts; every word must be there, case does not count. An example that has a
 * word in its code only comes after all others. `group` null: all groups.
 */
export function searchExamples(examples: readonly Example[], query: string, group: Group | null): Found {
  const words = query.slice(0, MAX_QUERY).toLowerCase().split(/\s+/).filter(Boolean);
  const all = examples.filter(({ text, title }) => has(`${title} ${text}`, words));
  const perGroup = new Map(GROUPS.map((name) => [name, all.filter((example) => example.group === name).length]));
  const left = group === null ? all : all.filter((example) => example.group === group);
  const said = left.filter((example) => has(spoken(example), words));
  const shelves = [...GROUPS, null]
    .map((name) => ({ title: name ?? OTHER, examples: said.filter((example) => example.group === name) }))
    .concat({ title: ELSEWHERE, examples: left.filter((example) => !said.includes(example)) })
    .filter((shelf) => shelf.examples.length > 0);
  return { shelves, examples: shelves.flatMap((shelf) => shelf.examples), perGroup, words };
}

const has = (text: string, words: readonly string[]): boolean => {
  const low = text.toLowerCase();
  return words.every((word) => low.includes(word));
};

const spoken = ({ title, question, answer, group }: Example): string =>
  [title, question, answer, group ?? ''].join(' ');

/** Cuts a text at the words that were found in it. */
export function pieces(text: string, words: readonly string[]): readonly Piece[] {
  const low = text.toLowerCase();
  if (words.length === 0 || low.length !== text.length) return [{ text, found: false }];
  const marked = Array.from({ length: text.length }, () => false);
  for (const word of words)
    for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + word.length))
      marked.fill(true, at, at + word.length);
  const cut: Piece[] = [];
  for (let from = 0, to = 1; to <= text.length; to++)
    if (to === text.length || marked[to] !== marked[from]) {
      cut.push({ text: text.slice(from, to), found: marked[from]! });
      from = to;
    }
  return cut;
}
