import { expect, test } from 'vitest';
import type { StepView } from '../run/model';
import { createAhead } from './ahead';

const view = (step: number, against: number | null = null) => ({ step, against }) as StepView;

function make() {
  const asked: number[] = [];
  return { asked, ahead: createAhead((step) => void asked.push(step)) };
}

test('three steps ahead are asked for, one after the other', () => {
  const { asked, ahead } = make();
  ahead.went(5, 1);
  expect(asked).toEqual([6]);
  for (const step of [6, 7, 8]) ahead.add(view(step));
  expect(asked).toEqual([6, 7, 8]);
  expect([6, 8, 9].map((step) => ahead.find(step, null)?.step)).toEqual([6, 8, undefined]);
});

test('going on asks for one more; turning round asks for the other side', () => {
  const { asked, ahead } = make();
  ahead.went(5, 1);
  for (const step of [6, 7, 8]) ahead.add(view(step));
  ahead.went(6, 1);
  expect(asked.slice(3)).toEqual([9]);
  ahead.went(5, -1);
  expect(asked.slice(4)).toEqual([4]);
  expect(ahead.find(7, null)).toBeNull();
  ahead.add(view(9)); // comes late
  expect(ahead.find(9, null)).toBeNull();
});

test('a view compared with another step is not the one that is sought; what is cleared is gone', () => {
  const { asked, ahead } = make();
  ahead.went(5, 1);
  ahead.add(view(6, 2));
  expect([ahead.find(6, null), ahead.find(6, 2)?.step]).toEqual([null, 6]);
  ahead.clear();
  expect(ahead.find(6, 2)).toBeNull();
  ahead.add(view(7));
  expect([ahead.find(7, null), asked]).toEqual([null, [6, 7]]);
});
