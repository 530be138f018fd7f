import type { KernelEvent } from '../../core/state';
import type { Context } from './context';

/** Name and numbers of one check. */
export type Words = readonly [name: string, numbers: string];

/** Writes a check: `ok` tells how it went. */
export type Writer = (event: KernelEvent, context: Context, ok: boolean) => Words;
