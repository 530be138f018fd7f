// How much state one call may add at most. syscall() asks before each call, so that no call stops half way. Reclaim and
// truncation reach into every address space, and a mapping of a file meets all that is cached of it: so all of the
// machine's records count, whoever calls.
import { Mm, first_mm } from './mm/mm';
import { folios } from './page/folio';

const BASE: usize = 0x20000;
/** A VMA or its copy at the next cache line, an extent that fills it, and a node of the index for each. */
const PER_VMA: usize = 480;
/** An extent cut or copied, the runs of its folios cut at both ends, and a node of the index for each. */
const PER_EXTENT: usize = 624;
/** An extent cut out of a larger one where the run begins or ends, or a run in the hole behind it. */
const PER_RUN: usize = 320;

/** Bytes that a call may need: each VMA, extent and run it meets may be cut, a fork copies all of them. */
export function room_for_call(): usize {
  let room = BASE + <usize>folios.tree.count * PER_RUN;
  let mm: Mm | null = first_mm();
  while (mm) {
    room += <usize>mm.map_count * PER_VMA + <usize>mm.page_table.tree.count * PER_EXTENT;
    mm = mm.next;
  }
  return room;
}
