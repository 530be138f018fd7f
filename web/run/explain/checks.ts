// Each check in words: a fragment for its name, the numbers as a formula that holds or does not.
import { CHECK_FAILED, EV_CHECK } from '../../../assembly/abi/event';
import { SYS_brk } from '../../../assembly/abi/sysno';
import type { KernelEvent } from '../../core/state';
import { errnoName } from '../constants';
import { fileChecks } from './checks-file';
import { lockChecks } from './checks-lock';
import { mapChecks } from './checks-map';
import type { Context } from './context';
import { failed, foldable, passed, type Row } from './rows';
import type { Writer } from './writer';

const WRITERS: Readonly<Record<number, Writer>> = { ...lockChecks, ...mapChecks, ...fileChecks };

/** Makes the row of an EV_CHECK. */
export function checkRow(context: Context, event: KernelEvent): Row {
  const ok = event.status !== CHECK_FAILED;
  const why = Number(event.a);
  const writer = WRITERS[why];
  const [name, numbers] = writer ? writer(event, context, ok) : [`check ${why}`, ''];
  // Whatever refuses brk(), the caller of glibc's brk() sees ENOMEM.
  const errno = context.call.nr === SYS_brk ? 'ENOMEM' : errnoName(Number(event.f));
  const row = (ok ? passed : failed)(name, numbers, errno);
  return ok ? foldable(row, name, numbers, 0) : row;
}

/** Lists the EV_CHECKs of a step. */
export const checksOf = ({ events }: Context): KernelEvent[] => events.filter(({ kind }) => kind === EV_CHECK);
