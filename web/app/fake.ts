import type { Run, Settings, Steps } from '../run/model';
// Stand-in until the interpreter arrives.
const rows: [string, number, bigint, number, number, number, number, number, string][] = [
  // call text, nr, result, errno, locked, total, rss, map, drawing
  ['mmap(NULL, 16 * PAGE_SIZE', 9, 0x7ffff7fe7000n, 0, 0, 264, 173, 12, '|rrrrrrrrrrrrrrrr|'],
  ['munmap(buf', 11, 0n, 0, 0, 262, 173, 13, '|rrrrrrrrrr|..|rrrr|'],
  ['touch_write', 1003, 0n, 0, 0, 262, 174, 13, '|Rrrrrrrrrr|..|rrrr|'],
  ['touch_write', 1003, 0n, 0, 0, 262, 175, 13, '|RRrrrrrrrr|..|rrrr|'],
  ['touch_write', 1003, 0n, 0, 0, 262, 176, 13, '|RRRrrrrrrr|..|rrrr|'],
  ['touch_write', 1003, 0n, 0, 0, 262, 177, 13, '|RRRRrrrrrr|..|rrrr|'],
  ['touch_read', 1002, 0n, 0, 0, 262, 177, 13, '|RRRRZZrrrr|..|rrrr|'],
  ['mlock2', 325, 0n, 0, 2, 262, 177, 14, '|RRRRZZrrrr|..|rr|oo|'],
  ['mlock(buf, 16', 149, -12n, 12, 12, 262, 177, 14, '|LLLLZZllll|..|rr|oo|'],
  ['munlock(buf', 150, 0n, 0, 11, 262, 177, 16, '|LL|R|LZZllll|..|rr|oo|'],
  ['mlock(buf + 12', 149, 0n, 0, 13, 262, 181, 15, '|LL|R|LZZllll|..|LLLL|'],
  ['mmap(NULL, 8', 9, 0x7ffff7fdf000n, 0, 13, 270, 181, 16, '|rrrrrrrr|LL|R|LZZllll|..|LLLL|'],
  ['mlock(more', 149, -12n, 12, 13, 270, 181, 16, '|rrrrrrrr|LL|R|LZZllll|..|LLLL|'],
  ['munlockall', 152, 0n, 0, 0, 270, 181, 13, '|rrrrrrrrRRRRZZrrrr|..|RRRR|'],
];
export function fakeRun(source: string, settings: Settings): Run {
  const found: number[] = [];
  let at = 0;
  for (const [text] of rows) {
    const next = source.indexOf(text, text === 'touch_write' ? source.indexOf(text) : at);
    if (next < 0) break;
    found.push(next);
    if (
      source
        .slice(next)
        .match(/^[^;]*\n?[^;]*;/)?.[0]
        .split('(').length !==
      source
        .slice(next)
        .match(/^[^;]*\n?[^;]*;/)?.[0]
        .split(')').length
    ) {
      found.pop();
      break;
    }
    at = next + 1;
  }
  const n = found.length;
  const ends = found.map((f) => source.indexOf(';', f));
  const bad = n < 14;
  const errorAt = bad ? source.indexOf(';', source.indexOf(rows[n]![0], found.at(-1) ?? 0)) : 0;
  const lineOf = (o: number) => source.slice(0, o).split('\n').length;
  const col = (o: number) => o - source.lastIndexOf('\n', o - 1);
  const place = (f: number, t: number) => ({ from: f, to: t, line: lineOf(f), column: col(f) });
  const r = rows.slice(0, n);
  const steps: Steps = {
    length: n,
    from: Uint32Array.from(found),
    to: Uint32Array.from(ends),
    line: Uint32Array.from(found.map(lineOf)),
    column: Uint32Array.from(found.map(col)),
    nr: Uint16Array.from(r.map((x) => x[1])),
    pid: new Uint16Array(n),
    result: BigInt64Array.from(r.map((x) => x[2])),
    errno: Uint16Array.from(r.map((x) => x[3])),
    signal: new Uint8Array(n),
    locked_vm: Float64Array.from(r.map((x) => x[4])),
    total_vm: Float64Array.from(r.map((x) => x[5])),
    rss: Float64Array.from(r.map((x) => x[6])),
    map_count: Float64Array.from(r.map((x) => x[7])),
    limit: new Float64Array(n).fill(16),
    caps: new Uint8Array(n),
    asked: Float64Array.from(r.map((_x, i) => (i === 8 ? 16 : i === 12 ? 21 : 0))),
    not_atomic: Uint8Array.from(r.map((_x, i) => (i === 8 ? 1 : 0))),
    loop: Uint32Array.from(r.map((_x, i) => (i >= 2 && i < 6 ? source.indexOf('for') + 1 : 0))),
    iteration: Uint32Array.from(r.map((_x, i) => (i >= 2 && i < 6 ? i - 2 : 0))),
  };
  const a = source.indexOf('assert');
  const err = {
    severity: 'error' as const,
    code: 'missing-paren',
    place: place(errorAt, errorAt + 1),
    message: 'Write `)` before `;`.',
    fix: { title: 'Insert `)`', from: errorAt, to: errorAt, insert: ')' },
  };
  return {
    source,
    settings,
    diagnostics: bad ? [err] : [],
    steps,
    outcome: bad ? { kind: 'error', place: err.place, message: err.message } : { kind: 'end' },
    outputs: n >= 9 ? [{ step: 9, pid: 0, text: '12 pages locked\n' }] : [],
    asserts: n >= 9 ? [{ place: place(a, source.indexOf(';', a)), step: 9, ok: true, detail: '', count: 1 }] : [],
    names: [],
    ms: 0.3,
  };
}
export const fakeText = (step: number) => ({
  step,
  call: rows[step - 1]![0] + ')',
  result: '0',
  drawing: rows[step - 1]![8],
});
