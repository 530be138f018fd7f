// Parameters and return value: what a text says that values are allowed, and what ran.
import * as ev from '../../../assembly/abi/event';
import { MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT } from '../../../assembly/abi/mman';
import type { Parameter, Returns, Specification } from '../model';
import { evaluate } from '../value';
import { answer, claim, no, YES, type Answer, type Binding, type Claim } from './claim';
import type { Observation } from './observation';

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const PAGE_MASK = u64(~4095n);

/** The value of a parameter as the call takes it: an int has 32 bits. */
export function argumentOf(call: Specification, name: string, seen: Pick<Observation, 'args'>): bigint | null {
  const at = call.parameters.findIndex((one) => one.name === name);
  if (at === -1) return null;
  const { typeName } = call.parameters[at]!;
  const value = seen.args[at] ?? 0n;
  return typeName === 'int' ? u64(BigInt.asIntN(32, value)) : value;
}

/** What a declared constraint says of one value, or null where it says nothing that can be computed. */
export function allows(one: Parameter, value: bigint): boolean | null {
  switch (one.constraint) {
    case 'none':
      return true;
    case 'range': {
      const [min, max] = [evaluate(one.min), evaluate(one.max)];
      if (min === null || max === null) return null;
      const signed = BigInt.asIntN(64, min) < 0n;
      const of = (x: bigint): bigint => (signed ? BigInt.asIntN(64, x) : x);
      return of(value) >= of(min) && of(value) <= of(max);
    }
    case 'mask': {
      const mask = evaluate(one.mask);
      return mask === null ? null : (value & u64(~mask)) === 0n;
    }
    case 'enum': {
      const values = one.values.split(',').map((text) => evaluate(text));
      return values.includes(null) ? null : values.includes(value);
    }
    case 'alignment': {
      const step = evaluate(one.alignment);
      return step === null || step === 0n ? null : value % step === 0n;
    }
    case 'page_aligned':
      return (value & 4095n) === 0n;
    case 'nonzero':
      return value !== 0n;
    case 'power_of_two':
      return value !== 0n && (value & (value - 1n)) === 0n;
    default:
      return null;
  }
}

/** Ties the declaration of a parameter: its width, and that it is used as described. */
export function bindParameter(one: Parameter, call: Specification): Binding {
  const claims: Claim[] = [];
  const lower = one.description.toLowerCase();
  const value = (seen: Observation): bigint => argumentOf(call, one.name, seen) ?? 0n;
  const at = call.parameters.indexOf(one);
  const own = (says: string, look: Claim['look'], universal = false): void => {
    claims.push(claim(says, (seen) => (seen.name === call.name ? look(seen) : null), [], universal));
  };
  const isWide = /long|size_t|64|\*/.test(one.typeName);
  if (one.typeName === 'int' || isWide) {
    own(`the value has ${isWide ? 64 : 32} bits`, (seen) => {
      const raw = seen.args[at] ?? 0n;
      if (raw >> 32n === 0n) return null;
      const flags = seen.events.find(
        ({ kind, a }) => kind === ev.EV_CHECK && [ev.WHY_FLAGS, ev.WHY_ADVICE].includes(Number(a)),
      );
      const narrow = flags !== undefined && ['flags', 'behavior'].includes(one.name) && flags.b >> 32n === 0n;
      return answer(narrow === !isWide, narrow ? 'the upper 32 bits are not looked at' : 'all 64 bits count');
    });
  }
  if (/^(?:start|addr)/.test(one.name) && one.type !== 'int') {
    own('the range begins in the page of the address', (seen) => {
      if (!seen.saw(ev.EV_RANGE)) return null;
      const isLast = /last page/.test(lower);
      return answer((seen.range.start === (value(seen) & PAGE_MASK)) !== isLast, 'the range begins elsewhere');
    });
  }
  const zero = /\b0 is (not )?allowed/.exec(lower);
  if (zero) {
    own('0 is allowed', (seen) => {
      const isOther = seen.reason !== null && !REFUSING.includes(seen.reason.why);
      if (value(seen) !== 0n || (seen.args[0] ?? 0n) % 4096n !== 0n || isOther) return null;
      return answer(!seen.failed === (zero[1] === undefined), `the call gives ${seen.call.result}`);
    });
  }
  if (/bytes|pages from|length/.test(lower) && one.type !== 'int') {
    const unit = /\bpages from\b/.test(lower) ? 4096n : 1n;
    own(
      'the length counts bytes',
      (seen) => {
        if (!seen.saw(ev.EV_RANGE)) return null;
        const end = u64(
          seen.range.start + (u64(value(seen) * unit + ((seen.args[0] ?? 0n) & 4095n) + 4095n) & PAGE_MASK),
        );
        return answer(end === seen.range.end, 'the range ends elsewhere');
      },
      true,
    );
  }
  if (/mcl_current, mcl_future or both|0 to bring the pages in now|one madv_ value|flags controlling/.test(lower)) {
    own('the flags are taken', (seen) => (seen.failed ? null : YES));
  }
  return claims.length > 0 ? { kind: 'bound', claims } : { kind: 'prose' };
}

const REFUSING = [ev.WHY_FLAGS, ev.WHY_ALIGNED, ev.WHY_LEN, ev.WHY_ADVICE];

/** The check that looks at a parameter alone. */
function ownCheck({ name }: Parameter): number {
  if (/^flags/.test(name)) return ev.WHY_FLAGS;
  if (/^behav|^advice/.test(name)) return ev.WHY_ADVICE;
  return /^len|size/.test(name) ? ev.WHY_LEN : ev.WHY_ALIGNED;
}

/** Ties the constraint of a parameter: values outside are refused with EINVAL, values inside are not. */
export function bindConstraint(one: Parameter, call: Specification): Binding {
  const claims: Claim[] = [];
  const own = (says: string, look: Claim['look'], universal = false): void => {
    claims.push(claim(says, (seen) => (seen.name === call.name ? look(seen) : null), [], universal));
  };
  const value = (seen: Observation): bigint => argumentOf(call, one.name, seen) ?? 0n;
  if (one.constraint === 'none') {
    own('every value is taken', (seen) => answer(seen.reason?.why !== ownCheck(one), 'the value is refused'), true);
  } else if (allows(one, 0n) !== null) {
    own(
      `values outside ${one.constraint} are refused`,
      (seen) => {
        if (allows(one, value(seen)) !== false) return null;
        return answer(seen.errno === 'EINVAL', outside(seen));
      },
      true,
    );
    own(
      `values inside ${one.constraint} are taken`,
      (seen) => {
        if (allows(one, value(seen)) !== true) return null;
        const { reason } = seen;
        if (!reason || !refusesAlone(one, reason.why, value(seen), seen)) return YES;
        return no(`${hex(value(seen))} is refused`);
      },
      true,
    );
  }
  const rule = one.rule.toLowerCase();
  const rounded = /rounded (down|up)/.exec(rule)?.[1];
  if (rounded !== undefined && /^start|addr/.test(one.name)) {
    own('the start is rounded', (seen) => {
      if (!seen.saw(ev.EV_RANGE)) return null;
      const down = value(seen) & PAGE_MASK;
      const up = u64(value(seen) + 4095n) & PAGE_MASK;
      return answer(seen.range.start === (rounded === 'down' ? down : up), 'it is rounded the other way');
    });
  } else if (rounded !== undefined) {
    own('the length is rounded', (seen) => {
      if (!seen.saw(ev.EV_RANGE)) return null;
      const len = value(seen);
      const goal = rounded === 'up' ? u64(len + 4095n) & PAGE_MASK : len & PAGE_MASK;
      return answer(u64(seen.range.end - seen.range.start) === goal, 'the offset of start in its page is added first');
    });
  }
  if (/must specify mcl_current and\/or mcl_future/.test(rule)) {
    own('MCL_CURRENT or MCL_FUTURE is needed', (seen) => {
      const needed = (seen.flags & (MCL_CURRENT | MCL_FUTURE)) !== 0;
      return needed && (seen.flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)) === 0
        ? answer(seen.reason?.why !== ev.WHY_FLAGS, 'the flags are refused')
        : answer(seen.errno === 'EINVAL', outside(seen));
    });
  }
  return claims.length > 0 ? { kind: 'bound', claims } : { kind: 'prose' };
}

/** The kernel refuses this value for what the constraint speaks of, not for what it leaves out. */
function refusesAlone(one: Parameter, why: number, value: bigint, seen: Observation): boolean {
  if (one.constraint === 'mask') return why === ev.WHY_FLAGS && (value & u64(~(seen.validFlags ?? 0n))) !== 0n;
  if (one.constraint === 'enum') return why === ev.WHY_ADVICE;
  if (one.constraint === 'page_aligned' || one.constraint === 'alignment') return why === ev.WHY_ALIGNED;
  return why === ownCheck(one);
}

const hex = (value: bigint): string => `0x${value.toString(16)}`;
const outside = (seen: Observation): string =>
  seen.failed ? `it gives ${seen.errno}, not EINVAL` : `it gives ${seen.call.result}, not EINVAL`;

/** Ties the return value. */
export function bindReturn(one: Returns, call: Specification): Binding {
  const success = one.success === '' ? 0n : evaluate(one.success);
  if (success === null) return { kind: 'prose' };
  const listed = new Set(call.errors.map(({ name }) => name));
  const look = (seen: Observation): Answer | null => {
    if (seen.name !== call.name) return null;
    if (seen.failed) return listed.size > 0 || /negative/.test(one.description) ? YES : no(`it gives ${seen.errno}`);
    return answer(u64(seen.call.result) === success, `success is ${seen.call.result}`);
  };
  return { kind: 'bound', claims: [claim(`success is ${success}, failure a negative errno`, look, [], true)] };
}
