// An ordered list of records with an index: the greatest record whose key is <= a given one. Records stand in a doubly
// linked list; the index over it is a trie of 32 ways that leaves out every level on which nothing differs.
//
//   node   +0 u64 base      first key of its range; the range has 32 << shift keys
//          +8 u32 shift     a slot stands for 1 << shift keys
//         +12 u32 used      bit i: slot i is taken
//         +16 u32 inner     bit i: slot i holds a node, else a record
//         +20 u32 parent    0 for the root
//         +24 u32 slot[32]
//
//   node shift 5, base 0                     list   3 <-> 40 <-> 41 <-> 900
//     slot 0: record 3        alone in its slot, so no node of its own
//     slot 1: node shift 0, base 32          slots 8 and 9: records 40 and 41
//     slot 28: record 900
//
// To find is to go down by the bits of the key, then one step to the left, in the node or in the list. Adding and
// removing set and clear one bit where `last`, the node of the operation before, mostly stands already.
//
// ns a call of replay(): random mlock2(ONFAULT) and munlock of 1 to 4 of n pages (CPU time, best of 9, machine busy)
//                                                64 pages   2,048   65,536   65,530 VMAs
//   the live kernel in the same minutes            1,517     2,230    3,576
//   B+ tree of two levels, leaves of 64              803     1,445    2,023    2,067
//   this trie                                        490       340    1,105      929
//   and runs changed in place (folio.ts restate)     274       301      880      903
//   and hints (Vma.run), events out of line          254       258      401      498

const BITS: u32 = 5;
const SLOTS: u64 = 32;
const SHIFT: usize = 8;
const USED: usize = 12;
const INNER: usize = 16;
const PARENT: usize = 20;
const SLOT: usize = 24;

/** What a record needs to stand in a Tree. */
export interface Ordered<T> {
  prev: T | null;
  next: T | null;
  tree_key(): u64;
}

@unmanaged
export class Tree<T extends Ordered<T>> {
  count: i32 = 0;
  head: T | null = null;
  private root: usize = 0;
  /** The node where the last operation ended: neighbours of that place need no walk from the root. 0: none. */
  private last: usize = 0;

  /** Returns the record with the greatest key <= `key`, or null. */
  find(key: u64): T | null {
    let node = this.start(key);
    if (node == 0) return null;
    while (true) {
      const base = load<u64>(node);
      const at = (key - base) >> load<u32>(node, SHIFT);
      this.last = node;
      if (at >= SLOTS) return key < base ? first_in<T>(node).prev : last_in<T>(node);
      const upto = load<u32>(node, USED) & (<u32>(((<u64>2) << at) - 1));
      if (upto == 0) return first_in<T>(node).prev;
      const i: u32 = 31 - clz(upto);
      const slot = node + (i << 2);
      if ((load<u32>(node, INNER) >> i) & 1) {
        node = load<usize>(slot, SLOT);
        if (i != <u32>at) return last_in<T>(node);
      } else {
        const record = load<T>(slot, SLOT);
        return record.tree_key() <= key ? record : record.prev;
      }
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
    this.place(record.tree_key(), record);
  }

  /** Takes a record out; its own links stay. */
  remove(record: T): void {
    const prev = record.prev;
    const next = record.next;
    if (prev) prev.next = next;
    else this.head = next;
    if (next) next.prev = prev;
    this.count--;
    this.erase(record.tree_key(), record);
  }

  /** Tells that a record is about to get another key, without a change of its place in the order. */
  rekey(record: T, key: u64): void {
    this.erase(record.tree_key(), record);
    this.place(key, record);
  }

  /** Forgets all records. */
  clear(): void {
    if (this.root) free_all(this.root);
    this.root = 0;
    this.last = 0;
    this.head = null;
    this.count = 0;
  }

  /** A node from which `key` can be reached: the one where we were, or the root. */
  private start(key: u64): usize {
    const last = this.last;
    return last && (key - load<u64>(last)) >> load<u32>(last, SHIFT) < SLOTS ? last : this.root;
  }

  private place(key: u64, record: T): void {
    let node = this.start(key);
    if (node == 0) {
      node = new_node(key, 0, 0);
      this.root = node;
    }
    while (true) {
      const at = (key - load<u64>(node)) >> load<u32>(node, SHIFT);
      if (at >= SLOTS) {
        node = this.cover(node, key);
        continue;
      }
      const bit: u32 = 1 << (<u32>at);
      const slot = node + ((<usize>at) << 2);
      const used = load<u32>(node, USED);
      if (!(used & bit)) {
        store<u32>(node, used | bit, USED);
        store<T>(slot, record, SLOT);
        this.last = node;
        return;
      }
      const inner = load<u32>(node, INNER);
      if (inner & bit) {
        node = load<usize>(slot, SLOT);
        continue;
      }
      const other = load<T>(slot, SLOT);
      const other_key = other.tree_key();
      assert(other_key != key, 'no two records have one key');
      const child = new_node(key, shift_of(key ^ other_key), node);
      store<u32>(node, inner | bit, INNER);
      store<usize>(slot, child, SLOT);
      const place = slot_of(child, other_key);
      store<u32>(child, 1 << place, USED);
      store<T>(child + (place << 2), other, SLOT);
      node = child;
    }
  }

  /** Puts a node above `node`, wide enough for `key` too. */
  private cover(node: usize, key: u64): usize {
    const base = load<u64>(node);
    const parent = load<usize>(node, PARENT);
    const above = new_node(key, shift_of(key ^ base), parent);
    if (parent) store<usize>(parent + (slot_of(parent, base) << 2), above, SLOT);
    else this.root = above;
    const i = slot_of(above, base);
    store<u32>(above, 1 << i, USED);
    store<u32>(above, 1 << i, INNER);
    store<usize>(above + (i << 2), node, SLOT);
    store<usize>(node, above, PARENT);
    return above;
  }

  /** Empties the slot of `key`, and gives back nodes that have become empty. */
  private erase(key: u64, record: T): void {
    let node = this.start(key);
    let i = slot_of(node, key);
    while ((load<u32>(node, INNER) >> i) & 1) {
      node = load<usize>(node + (i << 2), SLOT);
      i = slot_of(node, key);
    }
    let bit: u32 = 1 << i;
    assert(
      (load<u32>(node, USED) & bit) != 0 && load<T>(node + (i << 2), SLOT) === record,
      'the record is in the tree',
    );
    let used = load<u32>(node, USED) & ~bit;
    while (used == 0) {
      const parent = load<usize>(node, PARENT);
      const base = load<u64>(node);
      free_node(node);
      node = parent;
      if (node == 0) {
        this.root = 0;
        break;
      }
      bit = (<u32>1) << slot_of(node, base);
      store<u32>(node, load<u32>(node, INNER) & ~bit, INNER);
      used = load<u32>(node, USED) & ~bit;
    }
    if (node) store<u32>(node, used, USED);
    this.last = node;
  }
}

/** The record with the smallest key below a node. */
function first_in<T>(top: usize): T {
  let node = top;
  while (true) {
    const i: u32 = ctz(load<u32>(node, USED));
    const slot = node + (i << 2);
    if (!((load<u32>(node, INNER) >> i) & 1)) return load<T>(slot, SLOT);
    node = load<usize>(slot, SLOT);
  }
}

/** The record with the greatest key below a node. */
function last_in<T>(top: usize): T {
  let node = top;
  while (true) {
    const i: u32 = 31 - clz(load<u32>(node, USED));
    const slot = node + (i << 2);
    if (!((load<u32>(node, INNER) >> i) & 1)) return load<T>(slot, SLOT);
    node = load<usize>(slot, SLOT);
  }
}

function slot_of(node: usize, key: u64): u32 {
  return (<u32>((key - load<u64>(node)) >> load<u32>(node, SHIFT))) & 31;
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
  store<u32>(node, 0, INNER);
  store<usize>(node, parent, PARENT);
  return node;
}

function free_node(node: usize): void {
  store<usize>(node, pool.free, PARENT);
  pool.free = node;
}

function free_all(node: usize): void {
  let inner = load<u32>(node, INNER);
  while (inner) {
    free_all(load<usize>(node + ((<usize>ctz(inner)) << 2), SLOT));
    inner &= inner - 1;
  }
  free_node(node);
}
