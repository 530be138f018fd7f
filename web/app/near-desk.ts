// The desk of the page's own thread. It comes after the first result, which the worker makes.
import { Kernel, type CoreInstance } from '../core/kernel';
import { createDesk, type Desk } from './desk';
import { NEAR } from './near';
import * as views from './views';

/** Opens a desk for short runs. `instantiate` makes a new instance of the core. */
export const openNearDesk = (instantiate: () => CoreInstance): Desk =>
  createDesk(
    () => new Kernel(instantiate()),
    () => views,
    NEAR,
  );
