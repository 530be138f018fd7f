// Runs for tests of what is computed from columns: one row a step.
import { defaultSettings, type Run, type Steps } from '../run/model';

/** What a test says of a step; the rest is 0. */
export interface StepRow {
  /** The piece of the source that is the call; its first occurrence, or the one of `nth`. */
  readonly call: string;
  readonly nth?: number;
  readonly nr?: number;
  readonly result?: bigint;
  readonly errno?: number;
  readonly locked?: number;
  readonly asked?: number;
  readonly limit?: number;
  readonly loop?: number;
}

/** Makes a run of a source from rows. */
export function runOf(source: string, rows: readonly StepRow[], more: Partial<Run> = {}): Run {
  const from = rows.map(({ call, nth = 0 }) => {
    let at = source.indexOf(call);
    for (let i = 0; i < nth; i++) at = source.indexOf(call, at + 1);
    return at;
  });
  const line = from.map((at) => source.slice(0, at).split('\n').length);
  const n = rows.length;
  const zeros = new Float64Array(n);
  const steps: Steps = {
    length: n,
    from: Uint32Array.from(from),
    to: Uint32Array.from(from.map((at, i) => at + rows[i]!.call.length)),
    line: Uint32Array.from(line),
    column: Uint32Array.from(from.map((at) => at - source.lastIndexOf('\n', at - 1))),
    nr: Uint16Array.from(rows.map(({ nr = 149 }) => nr)),
    pid: new Uint16Array(n),
    result: BigInt64Array.from(rows.map(({ result, errno = 0 }) => result ?? BigInt(-errno))),
    errno: Uint16Array.from(rows.map(({ errno = 0 }) => errno)),
    signal: new Uint8Array(n),
    locked_vm: Float64Array.from(rows.map(({ locked = 0 }) => locked)),
    total_vm: zeros,
    rss: zeros,
    map_count: zeros,
    limit: Float64Array.from(rows.map(({ limit = 16 }) => limit)),
    caps: new Uint8Array(n),
    asked: Float64Array.from(rows.map(({ asked = 0 }) => asked)),
    not_atomic: new Uint8Array(n),
    loop: Uint32Array.from(rows.map(({ loop = 0 }) => loop)),
    iteration: new Uint32Array(n),
  };
  return {
    source,
    settings: defaultSettings,
    diagnostics: [],
    steps,
    outcome: { kind: 'end' },
    outputs: [],
    asserts: [],
    names: [],
    ms: 1,
    ...more,
  };
}
