// An ordered map from u64 keys to records: a B+ tree of two levels. Leaves hold up to LEAF entries; the root is one
// array of leaves, as wide as it has to be.
//
//   root   first:  [ 0x10   | 0x400  | 0x9000 ]        smallest key of each leaf
//                     |         |         |
//   leaves         10 20 38  400 4f0   9000            sorted; never empty but for the only one
//
// Two levels serve 65,536 records with 2 x 11 comparisons in memory that stays in cache; a third would cost more than
// the rare widening of the root (assembly/README.md has the figures).

const LEAF = 64;

@unmanaged
export class Leaf<T> {
  n: i32 = 0;
  keys: StaticArray<u64> = new StaticArray<u64>(LEAF);
  values: StaticArray<T | null> = new StaticArray<T | null>(LEAF);
  next_free: Leaf<T> | null = null;
}

@unmanaged
export class Tree<T> {
  count: i32 = 0;
  private width: i32 = 1;
  private first: StaticArray<u64> = new StaticArray<u64>(16);
  private leaves: StaticArray<Leaf<T> | null> = new StaticArray<Leaf<T> | null>(16);
  private free: Leaf<T> | null = null;

  constructor() {
    this.leaves[0] = new Leaf<T>();
  }

  /** Bytes that one more entry may need at most. */
  room(): usize {
    return LEAF * 12 + 128 + (this.width == this.first.length ? <usize>this.width * 24 + 128 : 0);
  }

  /** Returns the record with the greatest key <= `key`, or null. */
  find(key: u64): T | null {
    const leaf = unchecked(this.leaves[this.leaf_of(key)])!;
    const i = this.upper(leaf, key);
    return i == 0 ? null : unchecked(leaf.values[i - 1]);
  }

  /** The record with the smallest key. Only when count > 0. */
  first_value(): T | null {
    return unchecked(unchecked(this.leaves[0])!.values[0]);
  }

  /** Adds a record. The key must not be in use. */
  insert(key: u64, value: T): void {
    let at = this.leaf_of(key);
    let leaf = unchecked(this.leaves[at])!;
    if (leaf.n == LEAF) {
      const right = this.split_leaf(at, leaf, key);
      if (key >= unchecked(this.first[at + 1])) {
        at++;
        leaf = right;
      }
    }
    const i = this.upper(leaf, key);
    const n = leaf.n;
    if (i < n) {
      leaf.keys.copyWithin(i + 1, i, n);
      leaf.values.copyWithin(i + 1, i, n);
    }
    unchecked((leaf.keys[i] = key));
    unchecked((leaf.values[i] = value));
    leaf.n = n + 1;
    if (i == 0) unchecked((this.first[at] = key));
    this.count++;
  }

  /** Removes the record with exactly this key. */
  remove(key: u64): void {
    const at = this.leaf_of(key);
    const leaf = unchecked(this.leaves[at])!;
    const i = this.upper(leaf, key) - 1;
    assert(i >= 0 && unchecked(leaf.keys[i]) == key, 'the key is in the tree');
    const n = leaf.n - 1;
    if (i < n) {
      leaf.keys.copyWithin(i, i + 1, n + 1);
      leaf.values.copyWithin(i, i + 1, n + 1);
    }
    leaf.n = n;
    this.count--;
    if (n == 0) {
      if (this.width > 1) this.drop_leaf(at, leaf);
    } else if (i == 0) unchecked((this.first[at] = leaf.keys[0]));
  }

  /** Changes a record's key without changing its place in the order. */
  rekey(old: u64, key: u64): void {
    const at = this.leaf_of(old);
    const leaf = unchecked(this.leaves[at])!;
    const i = this.upper(leaf, old) - 1;
    assert(i >= 0 && unchecked(leaf.keys[i]) == old, 'the key is in the tree');
    unchecked((leaf.keys[i] = key));
    if (i == 0) unchecked((this.first[at] = key));
  }

  /** Forgets all records and keeps the leaves for later. */
  clear(): void {
    while (this.width > 1) {
      const last = this.width - 1;
      const leaf = unchecked(this.leaves[last])!;
      leaf.n = 0;
      this.drop_leaf(last, leaf);
    }
    this.leaves[0]!.n = 0;
    this.count = 0;
  }

  /** Index of the leaf that holds `key` or its place: the last whose first key is <= key, else leaf 0. */
  private leaf_of(key: u64): i32 {
    let low = 0;
    let high = this.width;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (unchecked(this.first[middle]) <= key) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Number of keys in the leaf that are <= key. */
  private upper(leaf: Leaf<T>, key: u64): i32 {
    let low = 0;
    let high = leaf.n;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (unchecked(leaf.keys[middle]) <= key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Moves the upper half of a full leaf to a new one at index `at + 1`; ascending insertion leaves full leaves behind. */
  private split_leaf(at: i32, leaf: Leaf<T>, key: u64): Leaf<T> {
    let right = this.free;
    if (right) this.free = right.next_free;
    else right = new Leaf<T>();
    const keep = key > unchecked(leaf.keys[LEAF - 1]) && at == this.width - 1 ? LEAF - 1 : LEAF / 2;
    for (let i = keep; i < LEAF; i++) {
      unchecked((right.keys[i - keep] = leaf.keys[i]));
      unchecked((right.values[i - keep] = leaf.values[i]));
    }
    right.n = LEAF - keep;
    leaf.n = keep;
    const width = this.width;
    if (width == this.first.length) this.widen();
    this.first.copyWithin(at + 2, at + 1, width);
    this.leaves.copyWithin(at + 2, at + 1, width);
    unchecked((this.first[at + 1] = right.keys[0]));
    unchecked((this.leaves[at + 1] = right));
    this.width = width + 1;
    return right;
  }

  private drop_leaf(at: i32, leaf: Leaf<T>): void {
    const width = this.width;
    this.first.copyWithin(at, at + 1, width);
    this.leaves.copyWithin(at, at + 1, width);
    this.width = width - 1;
    leaf.next_free = this.free;
    this.free = leaf;
  }

  private widen(): void {
    const width = this.width;
    const first = new StaticArray<u64>(width * 2);
    const leaves = new StaticArray<Leaf<T> | null>(width * 2);
    for (let i = 0; i < width; i++) {
      unchecked((first[i] = this.first[i]));
      unchecked((leaves[i] = this.leaves[i]));
    }
    this.first = first;
    this.leaves = leaves;
  }
}
