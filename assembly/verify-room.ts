// How much state one call may add at most. syscall() asks before each call, so that no call stops half way.
import { Mm } from './mm/mm';

const BASE: usize = 0x20000;
/** A VMA or its copy, an extent that fills it, and a node of the index for each. */
const PER_VMA: usize = 448;
/** An extent cut or copied, the runs of its folios cut at both ends, and a node of the index for each. */
const PER_EXTENT: usize = 624;

/** Bytes that a call on `mm` may need: each VMA and extent it meets may be cut, a fork copies all of them. */
export function room_for(mm: Mm): usize {
  return BASE + <usize>mm.map_count * PER_VMA + <usize>mm.page_table.tree.count * PER_EXTENT;
}
