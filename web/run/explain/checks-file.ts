import * as ev from '../../../assembly/abi/event';
import { mapFlagsText, protText } from '../constants';
import { compare } from './checks-lock';
import type { Writer } from './writer';

const fd = (value: bigint): bigint => BigInt.asIntN(32, value);

/** The checks on files, memfds and SysV segments. */
export const fileChecks: Readonly<Record<number, Writer>> = {
  [ev.WHY_FD]: ({ b }, _context, ok) => ['fd is usable', `fd ${fd(b)}${ok ? '' : ' is not open'}`],
  [ev.WHY_FILE_ACCESS]: ({ b, c }, _context, ok) => [
    'file allows it',
    `${protText(b)}, ${mapFlagsText(c)}${ok ? '' : ': not with this fd'}`,
  ],
  [ev.WHY_FILE_SIZE]: ({ b, c }, _context, ok) => ['inside the file', compare(`${b} B`, ok, `${c} B`)],
  [ev.WHY_SHM_ID]: ({ b }, _context, ok) => ['segment is known', ok ? `id ${b}` : `no segment has id ${b}`],
};
