// What the panels of the page are given. Everything is an accessor: a panel owns at most its own hover and focus.
import type { Accessor } from 'solid-js';
import type { Store } from '../app/store';
import type { Fix, Named, Run, StepView } from '../run/model';
import type { Trial } from '../run/trial';
import type { Preview } from './preview';

/** Which of the three layouts the window has room for: 1280 px and more, 700 to 1279, below 700. */
export type Width = 'wide' | 'middle' | 'narrow';

/** The props of every panel that shows the selected step. */
export interface PanelProps {
  /** The selected step; null until the worker's first answer and after a worker that had to be ended. */
  readonly view: Accessor<StepView | null>;
  /** The run that `view` belongs to. While the text has an error this is the last good run. */
  readonly run: Accessor<Run | null>;
  /** The names of that run. They, as the view, stay the same value while an edit changes nothing of them. */
  readonly names: Accessor<readonly Named[]>;
  /** True while the shown step belongs to an older text: the panel stays readable, turns grey and hides its fixes. */
  readonly stale: Accessor<boolean>;
  /** The step that `view().before` and `view().diff` speak of; null: the step before. */
  readonly compared: Accessor<number | null>;
  /** Selects a step, 1 to run().steps.length; 0 is the start image. */
  goTo(step: number): void;
  /** Makes the edit of a fix in the text. */
  applyFix(fix: Fix): void;
  /** Finds out what a fix for the selected step would do, by a run beside this one; null where it cannot be tried now. */
  tryFix(fix: Fix): Promise<Trial | null>;
  readonly width: Accessor<Width>;
  /** The step that the pointer is over somewhere on the page. */
  readonly preview: Preview;
  /** The call of a step as the log writes it; '' where the page does not have it. */
  callText(step: number): string;
}

/** What the panels of a page get, in a layout of `width`. */
export const createPanelProps = (store: Store, width: Accessor<Width>, preview: Preview): PanelProps => ({
  view: store.view,
  run: store.run,
  names: store.names,
  stale: store.stale,
  compared: () => store.view()?.against ?? null,
  goTo: store.goTo,
  applyFix: (fix) => store.applyFix(fix, store.run()),
  tryFix: store.tryFix,
  width,
  preview,
  callText: (step) => store.text(step)?.call ?? '',
});
