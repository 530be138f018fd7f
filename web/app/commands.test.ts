import { expect, test } from 'vitest';
import { commandOf, keyText, strokeOf, type Command, type Stroke } from './commands';

const stroke = (key: string, held: Partial<Stroke> = {}) =>
  strokeOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

const row = (id: string, key: string, where: Command['where'], possible = true): Command => ({
  id,
  title: id,
  key,
  where,
  when: () => possible,
  run: () => {},
});

const rows = [
  row('on', 'ArrowRight', 'timeline'),
  row('failure', 'N', 'outside text', false),
  row('other failure', 'N', 'outside text'),
  row('commands', 'Ctrl+K', 'everywhere'),
];
const found = (key: string, place: Parameters<typeof commandOf>[2]) => commandOf(rows, key, place)?.id ?? null;

test('keys are written as the rows write them', () => {
  expect(stroke('n')).toBe('N');
  expect(stroke('N', { shiftKey: true })).toBe('Shift+N');
  expect(stroke('?', { shiftKey: true })).toBe('?');
  expect(stroke(' ')).toBe('Space');
  expect(stroke('k', { ctrlKey: true })).toBe('Ctrl+K');
  expect(stroke('k', { metaKey: true })).toBe('Ctrl+K');
  expect(stroke('ArrowLeft', { altKey: true })).toBe('Alt+ArrowLeft');
  expect(stroke('F6', { shiftKey: true })).toBe('Shift+F6');
});

test('single letters stay with the text, chords work in it', () => {
  expect(found('N', 'text')).toBeNull();
  expect(found('Ctrl+K', 'text')).toBe('commands');
});

test('arrows step in the timeline and where nothing has the focus', () => {
  expect(found('ArrowRight', 'timeline')).toBe('on');
  expect(found('ArrowRight', 'free')).toBe('on');
  expect(found('ArrowRight', 'other')).toBeNull();
  expect(found('ArrowRight', 'text')).toBeNull();
});

test('a row that cannot be done now leaves the key to the next one', () => {
  expect(found('N', 'other')).toBe('other failure');
});

test('keys are shown to people as signs', () => {
  expect(keyText('Ctrl+K')).toBe('Ctrl K');
  expect(keyText('Alt+ArrowLeft')).toBe('Alt ←');
  expect(keyText('+')).toBe('+'); // the key itself
});
