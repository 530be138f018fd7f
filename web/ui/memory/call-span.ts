// The pages that a call of the log speaks of, read from its text: the page has the texts of the rows in view, and the
// worker need not be asked whenever the pointer moves on.
import { namesAt } from '../../run/address';
import type { Named } from '../../run/model';
import { pageNumber } from './axis';
import type { Span } from './scene';

/** Calls whose first two arguments are an address and a length. */
const RANGED =
  /^(?:mlock2?|munlock|munmap|mprotect|mremap|madvise|msync|mincore|mseal|touch_read|touch_write|load|store)\((0x[0-9a-f]+|\w+)(?:\+(\d+)(p?))?, (\d+)\b/;
const PAGE = 4096;

/** Finds the pages of a call as web/run writes it; null where its text names none. */
export function callSpan(names: readonly Named[], step: number, text: string): Span | null {
  const made = names.find((named) => named.step === step && named.start < named.end);
  if (made) return [pageNumber(made.start), Math.ceil(pageNumber(made.end))];
  const [, base, offset, isPages, len] = RANGED.exec(text) ?? [];
  if (base === undefined) return null;
  const start = base.startsWith('0x')
    ? BigInt(base)
    : namesAt(names, step - 1).find(({ name }) => name === base)?.start;
  if (start === undefined) return null;
  const from = pageNumber(start) + Number(offset ?? 0) / (isPages ? 1 : PAGE);
  const to = Math.ceil(from + Number(len) / PAGE);
  return to > from ? [Math.floor(from), to] : null;
}
