// JSON with places: JSON.parse does not say where a value stands.
import type { Place } from './model';
import type { Lines } from './source';

/** A value and where it begins. */
export type JsonValue =
  | { readonly kind: 'text' | 'word'; readonly text: string; readonly place: Place }
  | { readonly kind: 'list'; readonly items: readonly JsonValue[]; readonly place: Place }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, JsonValue>; readonly place: Place };

/** Why a text is no JSON. */
export class JsonError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const MAX_DEPTH = 32;

/** Reads one JSON value that is the whole text. Throws JsonError. */
export function readJsonText(text: string, lines: Lines): JsonValue {
  let at = 0;
  const fail = (message: string): never => {
    throw new JsonError(message, at);
  };
  const skip = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  };
  const string = (): string => {
    const found = /"(?:[^"\\\n]|\\.)*"/y;
    found.lastIndex = at;
    const raw = found.exec(text)?.[0];
    if (raw === undefined)
      return fail('This string does not end in its line. Close it with ", and write \\n for a line end.');
    at = found.lastIndex;
    try {
      return JSON.parse(raw.replaceAll('\t', '\\t')) as string;
    } catch {
      return fail('This string has an escape that JSON does not know. Write \\\\ for a backslash.');
    }
  };
  const value = (depth: number): JsonValue => {
    skip();
    const place = lines.place(at);
    if (depth > MAX_DEPTH) return fail(`More than ${MAX_DEPTH} brackets within each other. Write it flatter.`);
    const first = text[at];
    if (first === '"') return { kind: 'text', text: string(), place };
    if (first === '[') {
      const items: JsonValue[] = [];
      members(']', () => items.push(value(depth + 1)));
      return { kind: 'list', items, place };
    }
    if (first === '{') {
      const fields = new Map<string, JsonValue>();
      members('}', () => {
        if (text[at] !== '"') fail('A name is missing here. Write "name": value.');
        const name = string();
        skip();
        if (text[at] !== ':') fail('A : is missing after the name. Write "name": value.');
        at++;
        fields.set(name, value(depth + 1));
      });
      return { kind: 'object', fields, place };
    }
    const word = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
    word.lastIndex = at;
    const found = word.exec(text)?.[0];
    if (found === undefined) return fail('A value is missing here. Write a string, a number, true, false, [ or {.');
    at = word.lastIndex;
    return { kind: 'word', text: found, place };
  };
  const members = (end: string, member: () => void): void => {
    at++;
    skip();
    if (text[at] === end) {
      at++;
      return;
    }
    for (;;) {
      skip();
      member();
      skip();
      if (text[at] === end) {
        at++;
        return;
      }
      if (text[at] !== ',') fail(`A , or ${end} is missing here.`);
      at++;
    }
  };
  const found = value(0);
  skip();
  if (at < text.length) fail('The text goes on after its value. Take the rest out.');
  return found;
}
