// How much state one call may add at most. syscall() asks before each call, so that no call stops half way.
import { Mm } from './mm/mm';

const BASE: usize = 0x20000;
const PER_VMA: usize = 400;
const PER_EXTENT: usize = 400;

/** Bytes that a call on `mm` may need: each VMA and extent it meets may be cut, a fork copies all of them. */
export function room_for(mm: Mm, copies: bool): usize {
  const records = <usize>mm.map_count * PER_VMA + <usize>mm.page_table.tree.count * PER_EXTENT;
  return BASE + (copies ? records * 2 : records);
}
