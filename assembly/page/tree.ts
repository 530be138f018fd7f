// An ordered list of records with an index: the greatest record whose key is <= a given one. Records stand in a doubly
// linked list; the index over it is a trie of 32 ways that leaves out every level on which nothing differs.
//
//   node   +0 u64 base      first key of its range; the range has 32 << shift keys
//          +8 u32 shift     a slot stands for 1 << shift keys
//         +12 u32 used      bit i: slot i is taken
//         +16 u32 parent    0 for the root
//         +20 u32 slot[32]  a record, or a node with its level in the lowest four bits
//
//   node shift 5, base 0                     list   3 <-> 40 <-> 41 <-> 900
//     slot 0: record 3        alone in its slot, so no node of its own
//     slot 1: node shift 0, base 32          slots 8 and 9: records 40 and 41
//     slot 28: record 900
//
// To find is to go down by the bits of the key, then one step to the left, in the node or in the list. On the way down a
// slot is all that one needs of the node above: it tells the level of the one below. A record knows its node, so adding
// and removing mostly set and clear one bit there.
//
// ns a call of replay(): random mlock2(ONFAULT) and munlock of 1 to 4 of n pages (CPU time, best of 9, machine busy)
//                                                64 pages   2,048   65,536   65,530 VMAs
//   the live kernel in the same minutes            1,517     2,230    3,576
//   B+ tree of two levels, leaves of 64              803     1,445    2,023    2,067
//   this trie                                        490       340    1,105      929
//   and runs changed in place (folio.ts restate)     274       301      880      903
//   and hints (Vma.run), events out of line          254       258      401      498
//   the same in busier minutes                       208       231      622      473
//   and levels in slots, records know their node     192       216      602      440

const BITS: u32 = 5;
const SLOTS: u64 = 32;
const SHIFT: usize = 8;
const USED: usize = 12;
const PARENT: usize = 16;
const SLOT: usize = 20;

/** What a record needs to stand in a Tree. */
export interface Ordered<T> {
  prev: T | null;
  next: T | null;
  /** The node that holds it, for the tree. */
  node: usize;
  tree_key(): u64;
}

@unmanaged
export class Tree<T extends Ordered<T>> {
  count: i32 = 0;
  head: T | null = null;
  /** As a slot; 0 for none. */
  private root: usize = 0;

  /** Returns the record with the greatest key <= `key`, or null. */
  find(key: u64): T | null {
    let slot = this.root;
    if (slot == 0) return null;
    while (true) {
      const node = slot & ~LEVEL;
      const at = (<u32>(key >> shift_in(slot))) & 31;
      const upto = load<u32>(node, USED) & (<u32>(((<u64>2) << at) - 1));
      // Whether the levels left out on the way agree with the key is asked once, where the way ends.
      if (upto == 0) return in_range(node, key) ? first_in<T>(slot).prev : this.find_outside(key);
      const i: u32 = 31 - clz(upto);
      const place = node + (i << 2);
      slot = load<usize>(place, SLOT);
      if (slot & LEVEL && i == at) continue;
      if (!in_range(node, key)) return this.find_outside(key);
      if (slot & LEVEL) return last_in<T>(slot);
      const record = load<T>(place, SLOT);
      return record.tree_key() <= key ? record : record.prev;
    }
  }

  /** find() of a key that some node on its way leaves out. */
  private find_outside(key: u64): T | null {
    let slot = this.root;
    while (true) {
      const node = slot & ~LEVEL;
      if (!in_range(node, key)) return key < load<u64>(node) ? first_in<T>(slot).prev : last_in<T>(slot);
      slot = load<usize>(node + (slot_of(node, key) << 2), SLOT);
    }
  }

  /** Adds a record; `before` is the one that find() gives for its key, which is not in use. */
  insert_after(before: T | null, record: T): void {
    const next = before ? before.next : this.head;
    record.prev = before;
    record.next = next;
    if (before) before.next = record;
    else this.head = record;
    if (next) next.prev = record;
    this.count++;
    this.place(record.tree_key(), record, before ? before.node : 0);
  }

  /** Takes a record out; its own links stay. */
  remove(record: T): void {
    const prev = record.prev;
    const next = record.next;
    if (prev) prev.next = next;
    else this.head = next;
    if (next) next.prev = prev;
    this.count--;
    this.erase(record);
  }

  /** Tells that a record is about to get another key, without a change of its place in the order. */
  rekey(record: T, key: u64): void {
    this.place(key, record, this.erase(record));
  }

  /** Forgets all records. */
  clear(): void {
    if (this.root) free_all(this.root);
    this.root = 0;
    this.head = null;
    this.count = 0;
  }

  /** Puts a record into its slot; `near`: a node where the way there may begin, or 0. */
  private place(key: u64, record: T, near: usize): void {
    let node = near;
    while (node && !in_range(node, key)) node = load<usize>(node, PARENT);
    if (node == 0) {
      node = this.root & ~LEVEL;
      if (node == 0) {
        node = new_node(key, 0, 0);
        this.root = node_slot(node);
      }
    }
    while (true) {
      if (!in_range(node, key)) node = this.cover(node, key);
      const at = slot_of(node, key);
      const bit: u32 = 1 << at;
      const place = node + (at << 2);
      const used = load<u32>(node, USED);
      if (!(used & bit)) {
        store<u32>(node, used | bit, USED);
        store<T>(place, record, SLOT);
        record.node = node;
        return;
      }
      const slot = load<usize>(place, SLOT);
      if (slot & LEVEL) {
        node = slot & ~LEVEL;
        continue;
      }
      const other = load<T>(place, SLOT);
      const other_key = other.tree_key();
      assert(other_key != key, 'no two records have one key');
      const child = new_node(key, shift_of(key ^ other_key), node);
      store<usize>(place, node_slot(child), SLOT);
      const i = slot_of(child, other_key);
      store<u32>(child, 1 << i, USED);
      store<T>(child + (i << 2), other, SLOT);
      other.node = child;
      node = child;
    }
  }

  /** Puts a node above `node`, wide enough for `key` too. */
  private cover(node: usize, key: u64): usize {
    const base = load<u64>(node);
    const parent = load<usize>(node, PARENT);
    const above = new_node(key, shift_of(key ^ base), parent);
    if (parent) store<usize>(parent + (slot_of(parent, base) << 2), node_slot(above), SLOT);
    else this.root = node_slot(above);
    const i = slot_of(above, base);
    store<u32>(above, 1 << i, USED);
    store<usize>(above + (i << 2), node_slot(node), SLOT);
    store<usize>(node, above, PARENT);
    return above;
  }

  /** Empties the slot of a record and gives back nodes that have become empty. Returns the lowest node left, or 0. */
  private erase(record: T): usize {
    let node = record.node;
    let i = slot_of(node, record.tree_key());
    assert(load<T>(node + (i << 2), SLOT) === record, 'the record is in the tree');
    let used = load<u32>(node, USED) & ~(1 << i);
    while (used == 0) {
      const parent = load<usize>(node, PARENT);
      const base = load<u64>(node);
      free_node(node);
      node = parent;
      if (node == 0) {
        this.root = 0;
        return 0;
      }
      i = slot_of(node, base);
      used = load<u32>(node, USED) & ~(1 << i);
    }
    store<u32>(node, used, USED);
    return node;
  }
}

/** The record with the smallest key below a slot that holds a node. */
function first_in<T>(top: usize): T {
  let slot = top;
  while (true) {
    const node = slot & ~LEVEL;
    const place = node + ((<u32>ctz(load<u32>(node, USED))) << 2);
    slot = load<usize>(place, SLOT);
    if (!(slot & LEVEL)) return load<T>(place, SLOT);
  }
}

/** The record with the greatest key below a slot that holds a node. */
function last_in<T>(top: usize): T {
  let slot = top;
  while (true) {
    const node = slot & ~LEVEL;
    const place = node + ((31 - <u32>clz(load<u32>(node, USED))) << 2);
    slot = load<usize>(place, SLOT);
    if (!(slot & LEVEL)) return load<T>(place, SLOT);
  }
}

function in_range(node: usize, key: u64): bool {
  return (key - load<u64>(node)) >> load<u32>(node, SHIFT) < SLOTS;
}

function slot_of(node: usize, key: u64): u32 {
  return (<u32>(key >> load<u32>(node, SHIFT))) & 31;
}

/** The bits of a slot that tell a node from a record, which has none of them: the node's level from 1 on. */
const LEVEL: usize = 15;

/** What stands in a slot for a node. */
function node_slot(node: usize): usize {
  return node | (load<u32>(node, SHIFT) / BITS + 1);
}

function shift_in(slot: usize): u32 {
  return <u32>((slot & LEVEL) - 1) * BITS;
}

/** The shift of the narrowest node that holds two keys which differ in these bits. */
function shift_of(different: u64): u32 {
  return ((63 - <u32>clz(different)) / BITS) * BITS;
}

@unmanaged
class NodePool {
  free: usize = 0;
}

const pool: NodePool = new NodePool();

/** Bytes of one node. */
export const NODE_SIZE: usize = 160;

/** An empty node whose range holds `key`. */
function new_node(key: u64, shift: u32, parent: usize): usize {
  let node = pool.free;
  if (node) pool.free = load<usize>(node, PARENT);
  else node = heap.alloc(NODE_SIZE);
  store<u64>(node, key & ~((SLOTS << shift) - 1));
  store<u32>(node, shift, SHIFT);
  store<u32>(node, 0, USED);
  store<usize>(node, parent, PARENT);
  return node;
}

function free_node(node: usize): void {
  store<usize>(node, pool.free, PARENT);
  pool.free = node;
}

function free_all(slot: usize): void {
  const node = slot & ~LEVEL;
  let used = load<u32>(node, USED);
  while (used) {
    const child = load<usize>(node + ((<usize>ctz(used)) << 2), SLOT);
    if (child & LEVEL) free_all(child);
    used &= used - 1;
  }
  free_node(node);
}
