// How answers cross from the worker to the page. Of a view the bytes of its VMAs and extents are handed over, not copied,
// and no object is made of any of them. Of the steps of a run the columns stay behind that the page has from the one before.
import { bytesOf, packedList } from '../core/packed-list';
import type { Process, State } from '../core/state';
import type { Steps, StepView } from '../run/model';
import type { Answer } from './protocol';

/** A process whose lists are bytes, or still lists where they never were packed. */
interface SentProcess extends Omit<Process, 'vmas' | 'extents'> {
  readonly vmas: ArrayBuffer | Process['vmas'];
  readonly extents: ArrayBuffer | Process['extents'];
}

interface SentState extends Omit<State, 'processes'> {
  readonly processes: readonly SentProcess[];
}

interface SentView extends Omit<StepView, 'before' | 'after'> {
  readonly before: SentState;
  readonly after: SentState;
}

type Viewing = Extract<Answer, { readonly view: unknown }>;
type SentOf<A> = A extends Viewing ? Omit<A, 'view'> & { readonly view: SentView | null } : A;
/** An answer as it is posted. */
export type Sent = SentOf<Answer>;

/** Makes an answer ready to be posted. `hand` is what is handed over: the sender cannot look at it any more. */
export function sendable(answer: Answer): { readonly message: Sent; readonly hand: ArrayBuffer[] } {
  if (!('view' in answer) || !answer.view) return { message: answer as Sent, hand: [] };
  const hand = new Set<ArrayBuffer>();
  const state = (from: State): SentState => ({
    ...from,
    processes: from.processes.map((process) => {
      const [vmas, extents] = [bytesOf(process.vmas), bytesOf(process.extents)];
      for (const bytes of [vmas, extents]) if (bytes) hand.add(bytes);
      return { ...process, vmas: vmas ?? process.vmas, extents: extents ?? process.extents };
    }),
  });
  const { view } = answer;
  const message = { ...answer, view: { ...view, before: state(view.before), after: state(view.after) } };
  return { message, hand: [...hand] };
}

/** Of the steps of a run what those of the one before have not: other columns. The page adds the rest. */
export const newColumns = (steps: Steps, before: Partial<Steps>): Partial<Steps> =>
  Object.fromEntries(Object.entries(steps).filter(([name, one]) => one !== before[name as keyof Steps]));

/** Reads what was posted. */
export function received(sent: Sent): Answer {
  if (!('view' in sent) || !sent.view) return sent as Answer;
  const state = (from: SentState): State => ({
    ...from,
    processes: from.processes.map((process) => ({
      ...process,
      vmas: process.vmas instanceof ArrayBuffer ? packedList('vmas', process.vmas) : process.vmas,
      extents: process.extents instanceof ArrayBuffer ? packedList('extents', process.extents) : process.extents,
    })),
  });
  const { view } = sent;
  return { ...sent, view: { ...view, before: state(view.before), after: state(view.after) } };
}
