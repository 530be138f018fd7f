// What the panels of the page are given. Everything is an accessor: a panel owns at most its own hover and focus.
import type { Accessor } from 'solid-js';
import type { Fix, Run, StepView } from '../run/model';
import type { Trial } from '../run/trial';

/** Which of the three layouts the window has room for: 1280 px and more, 700 to 1279, below 700. */
export type Width = 'wide' | 'middle' | 'narrow';

/** The props of every panel that shows the selected step. */
export interface PanelProps {
  /** The selected step; null until the worker's first answer and after a worker that had to be ended. */
  readonly view: Accessor<StepView | null>;
  /** The run that `view` belongs to. While the text has an error this is the last good run. */
  readonly run: Accessor<Run | null>;
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
}
