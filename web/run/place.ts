import type { Place } from './model';

/** The place of a site, without what else it knows. */
export function placeOf({ from, to, line, column }: Place): Place {
  return { from, to, line, column };
}
