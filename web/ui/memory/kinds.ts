// How the kinds of pages look: fill, ink and name.
import type { Colour } from './brush';
import type { Kind } from './cells';

/** Fill of a page of each kind, and the ink on it. */
export const FILLS: Readonly<Record<Kind, readonly [fill: Colour, ink: Colour]>> = {
  unmapped: ['surface', 'ink2'],
  special: ['sunk', 'ink3'],
  absent: ['none', 'none-ink'],
  zero: ['zero', 'zero-ink'],
  anon: ['anon', 'anon-ink'],
  file: ['file', 'file-ink'],
  swap: ['swap', 'swap-ink'],
  guard: ['guard', 'guard-ink'],
};
/** What a cell says under its letter. */
export const KIND_NAMES: Partial<Record<Kind, string>> = {
  zero: 'zero',
  anon: 'anon',
  file: 'file',
  swap: 'swap',
  guard: 'guard',
};
