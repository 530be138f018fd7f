import { expect, test } from 'vitest';
import { parse } from '../../run/notation';
import { BUF, STEP_9, withImage } from './fixture.test-data';
import { lruOf, moveWords, type Lru } from './lru';

const lru = (before: string, after: string): Lru => lruOf(withImage(before), withImage(after), [BUF]);
/** "active 0 +0: ; inactive 0 -4: ; ..." */
const lists = ({ lists: all }: Lru) =>
  all.map(({ list, nr_pages, change, boxes }) => [list, nr_pages, change, boxes.map(({ text }) => text).join(', ')]);

test('mlock takes pages from inactive to unevictable', () => {
  const step = lru(...STEP_9);
  expect(lists(step)).toEqual([
    ['active', 0, 0, ''],
    ['inactive', 0, -4, ''],
    ['unevictable', 4, 4, ''],
  ]);
  expect(step.moves.map(moveWords)).toEqual(['4 pages moved from inactive to unevictable: buf 0–3.']);
  expect([step.moves[0]!.was.letter, step.moves[0]!.is.letter]).toEqual(['R', 'L']);
});

test('what stays has a box, what comes from nowhere and what leaves has a way of its own', () => {
  const step = lru('|LL|RRrr|RR|', '|LL|RRrR|SS|');
  expect(lists(step)).toEqual([
    ['active', 0, 0, ''],
    ['inactive', 3, -1, 'buf 2–3'],
    ['unevictable', 2, 0, 'buf 0–1'],
  ]);
  expect(step.moves.map((move) => [moveWords(move), move.was.letter, move.is.letter])).toEqual([
    ['1 page came to inactive: buf 5.', 'r', 'R'],
    ['2 pages left inactive: buf 6–7.', 'R', 'S'],
  ]);
});

test('pages that move the same way are one move, with every place of them', () => {
  const [move, ...others] = lru('|RrRrRR|', '|LlLlLL|').moves;
  expect(others).toEqual([]);
  expect(move).toMatchObject({ nr_pages: 4, text: 'buf 0 +2' });
  expect(move!.spans.map(([from, to]) => to - from)).toEqual([1, 1, 2]);
});

test('hundreds of runs are counted, and a dozen of them become boxes', () => {
  const many = parse(`|${'Rr'.repeat(300)}|`);
  const [, inactive] = lruOf(many, many, []).lists;
  expect(inactive).toMatchObject({ nr_pages: 300, more: 288 });
  expect(inactive!.boxes).toHaveLength(12);
});

test('without a state before nothing has moved', () => {
  const { moves, lists: rows } = lruOf(null, withImage('|LLR|'), [BUF]);
  expect(moves).toEqual([]);
  expect(rows.map(({ change }) => change)).toEqual([0, 0, 0]);
});
