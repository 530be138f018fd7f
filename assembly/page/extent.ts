// A page table as extents: runs of page-table entries of one kind, in address order. Absent pages are in no extent.
//
//   vpn     100        104      106              10a
//           [ ANON k.. )[ ZERO  )                [ SWAP s.. )
//
// The folios of an ANON, FILE or SWAP extent are key, key + 1, ...; extents know nothing of VMAs.
import { PAGE_ANON, PAGE_FILE, PAGE_GUARD, PAGE_ZERO } from '../abi/layout';
import { Tree } from './tree';

@unmanaged
export class Extent {
  /** Address of the first page >> 12. */
  vpn: u64 = 0;
  nr: u64 = 0;
  /** PAGE_* of abi/layout. */
  kind: i32 = 0;
  dirty: bool = false;
  key: u64 = 0;
  prev: Extent | null = null;
  next: Extent | null = null;
  /** Its node in the tree. */
  node: usize = 0;

  /** Place in PageTable.tree. */
  tree_key(): u64 {
    return this.vpn;
  }

  end(): u64 {
    return this.vpn + this.nr;
  }
}

@unmanaged
export class ExtentPool {
  free: Extent | null = null;
}

const pool: ExtentPool = new ExtentPool();

@unmanaged
export class PageTable {
  tree: Tree<Extent> = new Tree<Extent>();
  /** The extent that at() found last, while it is in this table: the next call is mostly about the same one. */
  private found: Extent | null = null;

  get head(): Extent | null {
    return this.tree.head;
  }

  /** The first extent that ends above `vpn`, or null. */
  at(vpn: u64): Extent | null {
    const found = this.found;
    if (found && vpn >= found.vpn && vpn - found.vpn < found.nr) return found;
    const extent = this.tree.find(vpn);
    if (!extent) return this.head;
    this.found = extent;
    return extent.end() > vpn ? extent : extent.next;
  }

  /** Cuts at both ends of [vpn, end) and returns the first extent inside, or null. */
  isolate(vpn: u64, end: u64): Extent | null {
    this.cut(end);
    this.cut(vpn);
    const extent = this.at(vpn);
    return extent && extent.vpn < end ? extent : null;
  }

  private cut(vpn: u64): void {
    const extent = this.tree.find(vpn);
    if (!extent || extent.vpn == vpn || extent.end() <= vpn) return;
    const right = take();
    const skipped = vpn - extent.vpn;
    right.vpn = vpn;
    right.nr = extent.nr - skipped;
    right.kind = extent.kind;
    right.dirty = extent.dirty;
    right.key = has_key(extent.kind) ? extent.key + skipped : 0;
    extent.nr = skipped;
    this.tree.insert_after(extent, right);
  }

  /** Fills absent entries [vpn, vpn + nr). */
  set(vpn: u64, nr: u64, kind: i32, key: u64, dirty: bool): void {
    const before = this.tree.find(vpn);
    assert(!before || before.end() <= vpn, 'the entry was absent');
    const extent = take();
    extent.vpn = vpn;
    extent.nr = nr;
    extent.kind = kind;
    extent.dirty = dirty;
    extent.key = key;
    this.tree.insert_after(before, extent);
    this.rejoin(vpn, vpn + nr);
  }

  /** Makes the entries of one whole extent absent and returns the next extent. */
  clear(extent: Extent): Extent | null {
    const next = extent.next;
    if (this.found === extent) this.found = null;
    this.tree.remove(extent);
    give(extent);
    return next;
  }

  /** Joins neighbours that continue each other in and at the edges of [vpn, end). */
  rejoin(vpn: u64, end: u64): void {
    let extent = vpn == 0 ? this.head : this.tree.find(vpn - 1);
    if (!extent) extent = this.head;
    while (extent) {
      const next = extent.next;
      if (!next || next.vpn > end) return;
      if (
        extent.end() == next.vpn &&
        extent.kind == next.kind &&
        extent.dirty == next.dirty &&
        (!has_key(extent.kind) || extent.key + extent.nr == next.key)
      ) {
        extent.nr += next.nr;
        this.clear(next);
      } else extent = next;
    }
  }

  /** Makes everything absent without telling the folios. */
  reset(): void {
    let extent = this.head;
    while (extent) {
      const next = extent.next;
      give(extent);
      extent = next;
    }
    this.found = null;
    this.tree.clear();
  }
}

/** True for kinds whose pages are folios (or swap slots) with keys of their own. */
export function has_key(kind: i32): bool {
  return kind != PAGE_ZERO && kind != PAGE_GUARD;
}

/** True for kinds that map a folio. */
export function maps_folio(kind: i32): bool {
  return kind == PAGE_ANON || kind == PAGE_FILE;
}

function take(): Extent {
  const extent = pool.free;
  if (!extent) return new Extent();
  pool.free = extent.next;
  return extent;
}

function give(extent: Extent): void {
  extent.next = pool.free;
  pool.free = extent;
}
