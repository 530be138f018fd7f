// Compares two records of the same call. What lies in the recorder's own VMAs is left out, and its share is taken out
// of the counters: a simulator's start image need not have the same pages resident.
import type { Answer } from './answer';
import type { MachineRecord, StateRecord, VmaRecord } from './record';

/** A whole line: what the call gave back, and the state after it. */
export type CallRecord = Answer & MachineRecord;

/** Ranges of the VMAs that are the recorder's own. */
export type Harness = readonly Range[];

type Fields = Record<string, unknown>;
type Range = readonly [start: bigint, end: bigint];

const ANSWERS = [
  'ret',
  'errno',
  'touched',
  'signal',
  'code',
  'fault_page',
  'vec',
  'limit',
  'clamped',
  'failed',
] as const;

/** Ranges of the VMAs that a header lists: the recorder's own. */
export function harnessOf(header: { readonly vmas: readonly VmaRecord[] }): Range[] {
  return header.vmas.map(({ start, end }) => [BigInt(start), BigInt(end)]);
}

const isIn = (harness: Harness, { start, end }: VmaRecord): boolean =>
  harness.some(([from, to]) => BigInt(start) < to && from < BigInt(end));
const kB = ({ start, end }: VmaRecord): number => Number(BigInt(end) - BigInt(start)) / 1024;
const sum = (vmas: readonly VmaRecord[], of: (vma: VmaRecord) => number): number =>
  vmas.reduce((total, vma) => total + of(vma), 0);
const has = ({ flags }: VmaRecord, letters: string): boolean => flags.split(' ').includes(letters);

function stateFields(state: StateRecord, harness: Harness): Fields {
  const own = state.vmas.filter((vma) => isIn(harness, vma));
  const mapped = own.filter(({ backing }) => backing !== '[vsyscall]');
  return {
    VmSize: state['VmSize']! - sum(mapped, kB),
    VmLck:
      state['VmLck']! -
      sum(
        mapped.filter((vma) => has(vma, 'lo')),
        kB,
      ),
    VmRSS: state['VmRSS']! - sum(own, ({ Rss }) => Rss),
    RssAnon: state['RssAnon'],
    VmPin: state['VmPin'],
    VmData: state['VmData'],
    VmStk: state['VmStk'],
    VmExe: state['VmExe'],
    VmSwap: state['VmSwap'],
    vmas: state.vmas.filter((vma) => !isIn(harness, vma)),
    harness: own.map(({ start, end, perms, flags }) => `${start}-${end} ${perms} ${flags}`),
    pages: state.pages,
    mlocked_pages: state.mlocked_pages,
    unevictable_pages: state.unevictable_pages,
    mlock_count: state.mlock_count,
    def_flags: state.def_flags,
    mm_locked_vm: state.mm_locked_vm,
    mm_total_vm: state.mm_total_vm,
    map_count: state.map_count,
  };
}

function fieldsOf(record: CallRecord, harness: Harness): Fields {
  const fields: Fields = {};
  for (const name of ANSWERS) fields[name] = record[name];
  fields['dead'] = record.dead ?? false;
  fields['files'] = record.files ?? [];
  if (record.vmas) Object.assign(fields, stateFields(record as StateRecord, harness));
  for (const [proc, state] of Object.entries(record.procs ?? {}))
    for (const [name, value] of Object.entries(stateFields(state, harness))) fields[`proc ${proc} ${name}`] = value;
  return fields;
}

/** Lists the fields that differ: name, what was recorded, what the simulator says. */
export function differences(recorded: CallRecord, simulated: CallRecord, harness: Harness): string[] {
  const [a, b] = [fieldsOf(recorded, harness), fieldsOf(simulated, harness)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) => {
    const [want, got] = [JSON.stringify(a[name]), JSON.stringify(b[name])];
    return want === got ? [] : [`${name}: recorded ${want}, simulated ${got}`];
  });
}

/** Lists the fields that differ between two lines. */
export function lineDifferences(recorded: Buffer, simulated: Buffer, harness: Harness): string[] {
  const read = (line: Buffer): CallRecord => JSON.parse(line.toString()) as CallRecord;
  return differences(read(recorded), read(simulated), harness);
}
