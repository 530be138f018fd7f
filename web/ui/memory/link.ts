// What links the picture with the tables beside it: what is pointed at in one is outlined in the other.
import { createContext, createSignal, useContext, type Accessor } from 'solid-js';
import type { Span } from './scene';

/** Pages of a process. */
export interface Place {
  readonly pid: number;
  readonly spans: readonly Span[];
}

/** The page and the pages that picture and tables speak of together. */
export interface PictureLink {
  /** What the pointer is over in a table. */
  readonly pointed: Accessor<Place | null>;
  point(place: Place | null): void;
  /** The page with the focus of the picture; also where a row was chosen. */
  readonly page: Accessor<number | null>;
  choose(page: number | null): void;
}

/** Makes a link that names no page. */
export function createLink(): PictureLink {
  const [pointed, point] = createSignal<Place | null>(null);
  const [page, choose] = createSignal<number | null>(null);
  return { pointed, point, page, choose };
}

/** Hands the link down to the picture and the tables. */
export const LinkContext = createContext<PictureLink>();

/** The link of the panels around; alone one of its own. */
export const useLink = (): PictureLink => useContext(LinkContext) ?? createLink();
