// Share links. The part after # never leaves the browser, so a link is all that there is of a shared scenario.
//
//   #v1/BASE64URL   deflate-raw of the JSON { source, step?, compare?, settings? }; settings: only what is not the default.
//                   Fields that are not known are passed over, so that a page can read links of a later one
//   #src=TEXT       percent-encoded source, written by hand; its calls are parted by ; or by line ends
import { defaultSettings, type Settings } from '../run/model';

/** What a link carries. `step` null: none was chosen; `compare` null: the step is compared with the one before. */
export interface Shared {
  readonly source: string;
  readonly settings: Settings;
  readonly step: number | null;
  readonly compare: number | null;
}

/** What was found after the #. A link that cannot be used says why in a sentence for the person who opened it. */
export type Opened =
  | { readonly kind: 'none' }
  | { readonly kind: 'shared'; readonly shared: Shared }
  | { readonly kind: 'unusable'; readonly message: string };

/** Bytes of text that a link may hold once inflated. */
export const MAX_INFLATED = 256 * 1024;

/** The most that a link may ask of this browser. More steps than that do not fit the call log. */
export const MOST: Settings = { max_steps: 131_000, max_ms: 10_000, max_output: 2_000_000 };

const BROKEN = 'This link is damaged: a part of it is missing or was changed. Ask for it again.';
const TOO_LONG = `This link holds more than ${MAX_INFLATED / 1024} KiB of text. Nothing of it was opened.`;

/** Writes a v1 link: the text from # on. */
export async function encodeLink({ source, settings, step, compare }: Shared): Promise<string> {
  const changed = Object.entries(settings).filter(([key, value]) => value !== defaultSettings[key as keyof Settings]);
  const payload = {
    source,
    ...(step === null ? {} : { step }),
    ...(compare === null ? {} : { compare }),
    ...(changed.length === 0 ? {} : { settings: Object.fromEntries(changed) }),
  };
  const deflated = new Blob([JSON.stringify(payload)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return `#v1/${toBase64url(new Uint8Array(await new Response(deflated).arrayBuffer()))}`;
}

// What decodeLink() answers, in the order it looks:
//   nothing after #, or an anchor of ours    none
//   src=...                                  shared, or unusable: bad percent code, too long
//   v1/...                                   shared, or unusable: damaged, too long
//   v2/... and later                         unusable: newer
//   anything else                            unusable: not a link of this page
/** Reads what stands after the # of an address, the # included or not. */
export async function decodeLink(hash: string): Promise<Opened> {
  const text = hash.replace(/^#/, '');
  if (text === '') return { kind: 'none' };
  if (text.startsWith('src=')) return decodeSource(text.slice(4));
  const version = /^v(\d+)\//.exec(text);
  if (!version) return unusable('This address is not a link of this page: it begins neither with #v1/ nor with #src=.');
  if (Number(version[1]) > 1) {
    return unusable(`This link was made by a newer version of this page (v${version[1]}). Reload the page to get it.`);
  }
  return version[1] === '1' ? decodeV1(text.slice(version[0].length)) : unusable(BROKEN);
}

function decodeSource(encoded: string): Opened {
  if (encoded.length > 3 * MAX_INFLATED) return unusable(TOO_LONG);
  let text: string;
  try {
    text = decodeURIComponent(encoded);
  } catch {
    return unusable('This link is damaged: a % in it is not followed by two hexadecimal digits of UTF-8 text.');
  }
  if (new TextEncoder().encode(text).length > MAX_INFLATED) return unusable(TOO_LONG);
  return { kind: 'shared', shared: { source: asLines(text), settings: defaultSettings, step: null, compare: null } };
}

async function decodeV1(encoded: string): Promise<Opened> {
  const bytes = fromBase64url(encoded);
  if (!bytes) return unusable(BROKEN);
  const inflated = await inflate(bytes);
  if (inflated === 'damaged') return unusable(BROKEN);
  if (inflated === 'too long') return unusable(TOO_LONG);
  const shared = readPayload(inflated);
  return shared ? { kind: 'shared', shared } : unusable(BROKEN);
}

function readPayload(json: string): Shared | null {
  let payload: unknown;
  try {
    payload = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof payload !== 'object' || payload === null) return null;
  const { source, step, compare, settings } = payload as Record<string, unknown>;
  if (typeof source !== 'string') return null;
  if (step !== undefined && !isCount(step)) return null;
  if (settings !== undefined && (typeof settings !== 'object' || settings === null)) return null;
  return {
    source,
    settings: readSettings((settings ?? {}) as Record<string, unknown>),
    step: step ?? null,
    compare: isCount(compare) ? compare : null,
  };
}

function readSettings(given: Record<string, unknown>): Settings {
  const read = (key: keyof Settings): number => {
    const value = given[key];
    return isCount(value) && value > 0 ? Math.min(value, MOST[key]) : defaultSettings[key];
  };
  return { max_steps: read('max_steps'), max_ms: read('max_ms'), max_output: read('max_output') };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const unusable = (message: string): Opened => ({ kind: 'unusable', message });

/** Inflates no more than MAX_INFLATED bytes, so that a small link cannot fill the memory. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string | 'damaged' | 'too long'> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  try {
    for (let length = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      length += value.length;
      if (length > MAX_INFLATED) {
        void reader.cancel();
        return 'too long';
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return 'damaged'; // not deflate, cut short, or not UTF-8
  }
}

function toBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(text) || text.length > 2 * MAX_INFLATED) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Gives each call of a hand-written source a line and a semicolon of its own: "a(); b()" and "a()\nb()" both work. */
function asLines(text: string): string {
  const given = text.replace(/\r\n?/g, '\n');
  if (given.includes('\n')) return given.includes(';') ? given : given.split('\n').map(endCall).join('\n');
  return splitCalls(given).map(endCall).join('\n');
}

/** Splits at each ; outside of brackets and quotes. A // comment would swallow the rest of one line: it stays with it. */
function splitCalls(text: string): string[] {
  const lines: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\/.*|\/\*.*?\*\/|[()[\]{};]/g,
  )) {
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) depth--;
    if (depth === 0 && (token === ';' || token === '}')) {
      lines.push(text.slice(start, index + 1).trim());
      start = index + 1;
    }
  }
  return [...lines, text.slice(start).trim()].filter((line) => line !== '');
}

const endCall = (line: string): string => (/^\s*(#|\/\/|$)|[;{}]\s*$/.test(line) ? line : `${line.trimEnd()};`);
