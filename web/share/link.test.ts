import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSettings } from '../run/model';
import { decodeLink, encodeLink, MAX_INFLATED } from './link';

const source =
  'char *p = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);\nmlock(p, 4096); // «1 Seite»\n';

const shared = async (hash: string) => {
  const opened = await decodeLink(hash);
  if (opened.kind !== 'shared') throw new Error(`not opened: ${JSON.stringify(opened)}`);
  return opened.shared;
};

const refusal = async (hash: string) => {
  const opened = await decodeLink(hash);
  return opened.kind === 'unusable' ? opened.message : opened.kind;
};

const packed = async (text: string) => {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return `#v1/${Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url')}`;
};

test('a link brings back text, step, the step compared with, and settings', async () => {
  const given = { source, settings: { ...defaultSettings, max_steps: 120_000 }, step: 9, compare: 4 };
  const link = await encodeLink(given);
  expect(link).toMatch(/^#v1\/[\w-]+$/);
  expect(await shared(link)).toEqual(given);
});

test('fields of a later page are passed over, a damaged step to compare with too', async () => {
  const later = await packed(JSON.stringify({ source, step: 2, compare: 'x', colour: 'green' }));
  expect(await shared(later)).toEqual({ source, settings: defaultSettings, step: 2, compare: null });
});

test('any text survives the way through a link', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.option(fc.nat()), async (text, step) => {
      const given = { source: text, settings: defaultSettings, step, compare: null };
      expect(await shared(await encodeLink(given))).toEqual(given);
    }),
    { numRuns: 50 },
  );
});

test('only settings that differ from the defaults are encoded', async () => {
  const plain = await encodeLink({ source, settings: defaultSettings, step: null, compare: null });
  const inflated = new Blob([Buffer.from(plain.slice(4), 'base64url')]).stream();
  const text = await new Response(inflated.pipeThrough(new DecompressionStream('deflate-raw'))).text();
  expect(JSON.parse(text)).toEqual({ source });
});

test('a stranger cannot ask for endless work', async () => {
  const { settings } = await shared(
    await packed(JSON.stringify({ source, settings: { max_ms: 1e12, max_steps: -1 } })),
  );
  expect(settings).toEqual({ ...defaultSettings, max_ms: 10_000 });
});

test('a broken link says so', async () => {
  const link = await encodeLink({ source: source.repeat(9), settings: defaultSettings, step: null, compare: null });
  for (const broken of [
    link.slice(0, link.length / 2),
    '#v1/',
    '#v1/%%%',
    '#v1/AAAA',
    await packed('{"source": 1}'),
    await packed('null'),
    await packed('{"source": "", "step": -3}'),
    '#v0/AAAA',
  ]) {
    expect(await refusal(broken), broken).toMatch(/^This link is damaged/);
  }
});

test('a link of a later version is not guessed at', async () => {
  expect(await refusal('#v2/AAAA')).toMatch(/^This link was made by a newer version of this page \(v2\)/);
});

test('another fragment is not a link, an empty one is none', async () => {
  expect(await refusal('#top')).toMatch(/^This address is not a link of this page/);
  expect(await decodeLink('')).toEqual({ kind: 'none' });
  expect(await decodeLink('#')).toEqual({ kind: 'none' });
});

test('a small link cannot inflate to a large text', async () => {
  const bomb = await packed(JSON.stringify({ source: ' '.repeat(MAX_INFLATED) }));
  expect(bomb.length).toBeLessThan(2000);
  expect(await refusal(bomb)).toMatch(/^This link holds more than 256 KiB/);
  expect(await refusal(`#src=${'a'.repeat(MAX_INFLATED + 1)}`)).toMatch(/^This link holds more than 256 KiB/);
});

test('#src= takes calls parted by ; or by line ends', async () => {
  const lines = async (text: string) => (await shared(`#src=${encodeURIComponent(text)}`)).source;
  expect(await lines('mlockall(MCL_CURRENT); munlockall()')).toBe('mlockall(MCL_CURRENT);\nmunlockall();');
  expect(await lines('mlockall(MCL_CURRENT)\nmunlockall()')).toBe('mlockall(MCL_CURRENT);\nmunlockall();');
  expect(await lines('for (int i = 0; i < 2; i++) { f(";"); g(); } h()')).toBe(
    'for (int i = 0; i < 2; i++) { f(";"); g(); }\nh();',
  );
  expect(await lines('int main() {\n  f();\n}\n')).toBe('int main() {\n  f();\n}\n');
  expect(await lines('#pragma cap CAP_IPC_LOCK\nmlockall(1)')).toBe('#pragma cap CAP_IPC_LOCK\nmlockall(1);');
  expect(await refusal('#src=%E0%A4%A')).toMatch(/^This link is damaged: a %/);
});
