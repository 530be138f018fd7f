import { callText, isTouch, resultText } from './call';
import { accountsFor } from './explain/accounts';
import { changeLines } from './explain/change-lines';
import { checksFor } from './explain/rows-of';
import { contextOf, type Step } from './explain/context';
import { effectsFor, isNotAtomic } from './explain/effects';
import { fixesFor } from './explain/fix';
import { sentenceFor } from './explain/sentence';
import { touchChecks } from './explain/touch';
import type { Why } from './model';

const NOTHING = { changes: [], accounts: [], fixes: [] };

/**
 * Tells why a step ended as it did: the kernel's checks in their order with their numbers, one sentence, what stays,
 * and edits that would make the call succeed.
 */
export function explain(step: Step, context = contextOf(step)): Why {
  const { call, names } = step;
  const head = { call: callText(call, names, step.step), result: resultText(call) };
  if (!context) {
    return { ...head, failed: false, not_atomic: false, sentence: '', checks: [], effects: [], ...NOTHING };
  }
  return {
    ...head,
    failed: context.failed,
    not_atomic: isNotAtomic(context),
    sentence: sentenceFor(context),
    checks: isTouch(call.nr) ? touchChecks(context) : checksFor(context),
    effects: effectsFor(context),
    changes: changeLines(context),
    accounts: accountsFor(context),
    fixes: fixesFor(context),
  };
}
