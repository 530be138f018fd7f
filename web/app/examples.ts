// The scenarios of examples/: the title is the first comment line of a file, its lesson the second, if there is one.

/** One scenario of examples/. */
export interface Example {
  /** File name without its number and suffix: "hole-keeps-what-came-before". */
  readonly name: string;
  readonly title: string;
  readonly lesson: string;
  readonly source: string;
}

/** Reads the title and the lesson from the comment that a scenario begins with. */
export function describeExample(path: string, source: string): Example {
  const name = path.replace(/^.*\/(?:\d+-)?/, '').replace(/\.c$/, '');
  const comment = /^(?:\/\/.*\n?)+/.exec(source)?.[0] ?? '';
  const [title, lesson] = comment.split('\n').map((line) => line.replace(/^\/\/\s?/, '').trim());
  return { name, title: title?.replace(/\.$/, '') || name, lesson: lesson ?? '', source };
}

/** Lists all scenarios in the order of their numbers. */
export function listExamples(): readonly Example[] {
  const files = import.meta.glob<string>('../../examples/*.c', { query: '?raw', import: 'default', eager: true });
  return Object.entries(files)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([path, source]) => describeExample(path, source));
}
