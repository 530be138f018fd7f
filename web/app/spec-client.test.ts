import { expect, test, vi } from 'vitest';
import { createSpecClient, SPEC_PATIENCE, type SpecWorker } from './spec-client';
import type { SpecAnswer, SpecRequest } from './spec-protocol';

function open() {
  const made: (SpecWorker & { sent: SpecRequest[]; ended: boolean })[] = [];
  const client = createSpecClient(() => {
    const worker = {
      sent: [] as SpecRequest[],
      ended: false,
      onmessage: null,
      onerror: null,
      postMessage: (request: SpecRequest) => void worker.sent.push(request),
      terminate: () => void (worker.ended = true),
    };
    made.push(worker);
    return worker;
  });
  const answer = (data: SpecAnswer) => made.at(-1)!.onmessage?.({ data } as MessageEvent<SpecAnswer>);
  return { made, client, answer };
}

const judge = (step: number): SpecRequest => ({
  kind: 'judge',
  source: '',
  settings: { max_steps: 1, max_ms: 1, max_output: 1 },
  step,
  by: '',
});

test('no worker before the first question, one question at a time, of a kind the newest', async () => {
  const { made, client, answer } = open();
  expect(made).toEqual([]);
  const asked = [client.ask(judge(1)), client.ask(judge(2)), client.ask(judge(3)), client.ask({ kind: 'report' })];
  expect(made[0]!.sent).toEqual([judge(1)]);
  answer({ kind: 'judge', page: null });
  answer({ kind: 'judge', page: null });
  answer({ kind: 'report', rows: [] });
  expect(made[0]!.sent).toEqual([judge(1), judge(3), { kind: 'report' }]);
  expect((await Promise.all(asked)).map((one) => one?.kind ?? null)).toEqual(['judge', null, 'judge', 'report']);
});

test('a worker that is silent is ended, and the next question starts another', async () => {
  vi.useFakeTimers();
  const { made, client } = open();
  const asked = client.ask({ kind: 'report' });
  vi.advanceTimersByTime(SPEC_PATIENCE);
  expect(await asked).toMatchObject({ kind: 'broken' });
  expect(made[0]!.ended).toBe(true);
  void client.ask({ kind: 'report' });
  expect(made.length).toBe(2);
  vi.useRealTimers();
});

test('closing ends the worker and whoever waits', async () => {
  const { made, client } = open();
  const asked = [client.ask(judge(1)), client.ask({ kind: 'report' })];
  client.end();
  expect(await Promise.all(asked)).toEqual([null, null]);
  expect(made.map(({ ended }) => ended)).toEqual([true]);
});
