// The person's own texts in local storage: what is being written, and what an example or a link has covered.

/** Where a text came from. An example or a link is not the person's own until it is edited. */
export type Origin = 'own' | 'example' | 'link';

/** The text that is open. */
export interface OpenText {
  readonly source: string;
  readonly origin: Origin;
}

/** The open text, and own texts that were covered, the newest last. */
export interface Texts {
  readonly open: OpenText | null;
  readonly covered: readonly string[];
}

const MOST_COVERED = 10;

/** Opens another text; an own one that is covered by it is kept. */
export function openText({ open, covered }: Texts, next: OpenText): Texts {
  return { open: next, covered: keep(covered, open, next.source) };
}

/** Takes an edit: from now on the text is the person's own. */
export const editText = ({ covered }: Texts, source: string): Texts => ({ open: { source, origin: 'own' }, covered });

/** Brings the newest covered text back. What stood in its place takes the other end of the queue if it was an own one. */
export function backToOwn({ open, covered }: Texts): Texts {
  const source = covered.at(-1);
  if (source === undefined) return { open, covered };
  const rest = covered.slice(0, -1);
  const isOwn = open?.origin === 'own' && open.source.trim() !== '' && !rest.includes(open.source);
  return { open: { source, origin: 'own' }, covered: isOwn ? [open.source, ...rest] : rest };
}

function keep(covered: readonly string[], open: OpenText | null, next: string): readonly string[] {
  if (open?.origin !== 'own' || open.source.trim() === '' || open.source === next) return covered;
  return [...covered.filter((text) => text !== open.source), open.source].slice(-MOST_COVERED);
}

const KEY = 'mlock-playground.texts';

/** Reads what an earlier visit left. Nothing, or something that is not ours, is a first visit. */
export function loadTexts(storage: Pick<Storage, 'getItem'>): Texts {
  try {
    const { open, covered } = JSON.parse(storage.getItem(KEY) ?? '{}') as Partial<Record<keyof Texts, unknown>>;
    return { open: isOpenText(open) ? open : null, covered: Array.isArray(covered) ? covered.filter(isString) : [] };
  } catch {
    return { open: null, covered: [] }; // storage is switched off, or damaged
  }
}

/** Writes them; false if the browser keeps nothing for this page. */
export function saveTexts(storage: Pick<Storage, 'setItem'>, texts: Texts): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(texts));
    return true;
  } catch {
    return false;
  }
}

const isString = (value: unknown): value is string => typeof value === 'string';

function isOpenText(value: unknown): value is OpenText {
  if (typeof value !== 'object' || value === null) return false;
  const { source, origin } = value as Partial<OpenText>;
  return isString(source) && (origin === 'own' || origin === 'example' || origin === 'link');
}
