import { expect, test } from 'vitest';
import { backToOwn, editText, loadTexts, openText, saveTexts, type Texts } from './texts';

const none: Texts = { open: null, covered: [] };
const own = (source: string, ...covered: string[]): Texts => ({ open: { source, origin: 'own' }, covered });
const example = { source: 'example', origin: 'example' } as const;

test('opening an example covers the own text, one step brings it back', () => {
  const opened = openText(own('mine'), example);
  expect(opened).toEqual({ open: example, covered: ['mine'] });
  expect(backToOwn(opened)).toEqual(own('mine'));
});

test('an example that was not edited is not kept', () => {
  const opened = openText(openText(own('mine'), example), { source: 'other', origin: 'link' });
  expect(opened.covered).toEqual(['mine']);
});

test('an edited example is an own text, and the older one is still there', () => {
  const edited = editText(openText(own('mine'), example), 'example, edited');
  expect(edited).toEqual(own('example, edited', 'mine'));
  const back = backToOwn(edited);
  expect(back).toEqual(own('mine', 'example, edited'));
  expect(backToOwn(back)).toEqual(own('example, edited', 'mine'));
});

test('an empty text and one that is open anyway are not kept', () => {
  expect(openText(own('  \n'), example).covered).toEqual([]);
  expect(openText(own('example'), example).covered).toEqual([]);
});

test('nothing covered: going back changes nothing', () => {
  expect(backToOwn(own('mine'))).toEqual(own('mine'));
});

test('texts survive a reload; damage and a locked storage are a first visit', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, v: string) => void kept.set(key, v),
  };
  expect(loadTexts(storage)).toEqual(none);
  expect(saveTexts(storage, own('mine', 'older'))).toBe(true);
  expect(loadTexts(storage)).toEqual(own('mine', 'older'));
  for (const damaged of ['{', 'null', '{"open": 3, "covered": [1, "x"]}']) {
    const texts = loadTexts({ getItem: () => damaged });
    expect(texts.open).toBeNull();
  }
  const locked = () => {
    throw new Error('SecurityError');
  };
  expect(loadTexts({ getItem: locked })).toEqual(none);
  expect(saveTexts({ setItem: locked }, own('mine'))).toBe(false);
});
