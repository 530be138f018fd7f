// Share links as others write them: the journeys know the page only.
import { deflateRawSync } from 'node:zlib';

/** Writes a v1 link, the text from # on, of what it carries: source and, where it is more than a text, step and settings. */
export function linkOf(payload: { readonly source: string } & Readonly<Record<string, unknown>>): string {
  return `#v1/${deflateRawSync(JSON.stringify(payload)).toString('base64url')}`;
}
