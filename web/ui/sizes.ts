import { createSignal, type Accessor } from 'solid-js';

/** The dividers that can be moved. */
export type SizeName = 'left' | 'log' | 'time' | 'why';

/** Sizes of panels that a person has set; a panel that was not touched has none and keeps the style sheet's. */
export interface Sizes {
  style: Accessor<Record<string, string>>;
  of(name: SizeName): number | undefined;
  set(name: SizeName, pixels: number | undefined): void;
}

const KEY = 'mlock-playground.sizes';
const NAMES: readonly SizeName[] = ['left', 'log', 'time', 'why'];

/** Reads the kept sizes and keeps them from now on. */
export function createSizes(storage: Pick<Storage, 'getItem' | 'setItem'>): Sizes {
  const [sizes, setSizes] = createSignal<Partial<Record<SizeName, number>>>(load(storage));
  return {
    style: () => Object.fromEntries(Object.entries(sizes()).map(([name, pixels]) => [`--${name}-size`, `${pixels}px`])),
    of: (name) => sizes()[name],
    set(name, pixels) {
      const next = { ...sizes() };
      if (pixels === undefined) delete next[name];
      else next[name] = Math.round(pixels);
      setSizes(next);
      try {
        storage.setItem(KEY, JSON.stringify(next));
      } catch {
        // the browser keeps nothing: the sizes hold for this visit
      }
    },
  };
}

function load(storage: Pick<Storage, 'getItem'>): Partial<Record<SizeName, number>> {
  try {
    const kept = JSON.parse(storage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    return Object.fromEntries(NAMES.flatMap((name) => (typeof kept[name] === 'number' ? [[name, kept[name]]] : [])));
  } catch {
    return {};
  }
}
