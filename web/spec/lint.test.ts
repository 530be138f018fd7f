import { describe, expect, test } from 'vitest';
import { callTexts } from './calls';
import { lint } from './lint';
import { read } from './read';

const block = (inside: string): string => `DEFINE_KERNEL_API_SPEC(sys_x)\n${inside}\nKAPI_END_SPEC;`;
const codes = (inside: string): string[] => {
  const { specifications } = read(block(inside));
  return lint(specifications[0]!).map(({ code, clause, place }) => `${place.line} ${code} ${clause}`);
};

describe('lint finds', () => {
  test.each<[string, string, string[]]>([
    ['a count that disagrees', 'KAPI_ERROR_COUNT(2)', ['2 count-disagrees x.count.error']],
    ['a right count', 'KAPI_ERROR(0, -EPERM, "EPERM", "a", "b")\nKAPI_ERROR_COUNT(1)', []],
    [
      'a second description that replaces the first',
      'KAPI_LOCK(0, "l", KAPI_LOCK_MUTEX)\nKAPI_LOCK_DESC("a")\nKAPI_LOCK_DESC("b")\nKAPI_LOCK_END',
      ['4 overwritten x.lock.0'],
    ],
    [
      'an index used twice',
      'KAPI_ERROR(0, -EPERM, "EPERM", "a", "b")\nKAPI_ERROR(0, -EINTR, "EINTR", "a", "b")',
      ['3 overwritten x.error.EINTR'],
    ],
    ['an unknown enum', 'KAPI_CONTEXT(KAPI_CTX_KITCHEN)', ['2 unknown-enum x']],
    [
      'an enum joined like a mask',
      'KAPI_LOCK(0, "l", KAPI_LOCK_MUTEX | KAPI_LOCK_RCU)\nKAPI_LOCK_END',
      ['2 unknown-enum x.lock.0'],
    ],
    [
      'a masked enum',
      'KAPI_PARAM(0, "a", "int", "b")\nKAPI_PARAM_FLAGS(KAPI_PARAM_INOUT)\nKAPI_PARAM_END',
      ['3 masked-enum x.param.a'],
    ],
    ['an errno that is not its number', 'KAPI_ERROR(0, -12, "EINVAL", "a", "b")', ['2 errno-disagrees x.error.EINVAL']],
    [
      'an errno that is not its code',
      'KAPI_ERROR(0, -EPERM, "EINVAL", "a", "b")',
      ['2 errno-disagrees x.error.EINVAL'],
    ],
    ['an errno above 0', 'KAPI_ERROR(0, EPERM, "EPERM", "a", "b")', ['2 errno-sign x.error.EPERM']],
    [
      'the same error twice',
      'KAPI_ERROR(0, -EPERM, "EPERM", "a", "b")\nKAPI_ERROR(1, -EPERM, "EPERM", "A", "c")',
      ['3 duplicate x.error.EPERM.2'],
    ],
    [
      'a rule in words alone',
      'KAPI_PARAM(0, "a", "int", "b")\nKAPI_PARAM_CONSTRAINT("Rounded down")\nKAPI_PARAM_END',
      ['3 prose-only x.param.a'],
    ],
    [
      'a limit and a capability in words alone',
      'KAPI_ERROR(0, -EPERM, "EPERM", "RLIMIT_MEMLOCK is 0", "no CAP_IPC_LOCK")',
      ['2 limit-in-prose x.error.EPERM', '2 capability-in-prose x.error.EPERM'],
    ],
    [
      'a range without bounds',
      'KAPI_PARAM(0, "a", "int", "b")\nKAPI_PARAM_CONSTRAINT_TYPE(KAPI_CONSTRAINT_RANGE)\nKAPI_PARAM_END',
      ['3 empty-constraint x.param.a'],
    ],
    [
      'bounds that nothing checks',
      'KAPI_PARAM(0, "a", "int", "b")\nKAPI_PARAM_RANGE(0, 9)\nKAPI_PARAM_END',
      ['3 unused-constraint x.param.a'],
    ],
    [
      'types that disagree',
      'KAPI_PARAM(0, "a", "int", "b")\nKAPI_PARAM_TYPE(KAPI_TYPE_UINT)\nKAPI_PARAM_END',
      ['3 types-disagree x.param.a'],
    ],
    [
      'an int that is a long',
      'KAPI_RETURN("long", "b")\n.type = KAPI_TYPE_INT,\nKAPI_RETURN_END',
      ['3 types-disagree x.return'],
    ],
    [
      'a call that returns and restarts',
      'KAPI_SIGNAL(0, 0, "S", KAPI_SIGNAL_RECEIVE, KAPI_SIGNAL_ACTION_RETURN)\nKAPI_SIGNAL_RESTARTABLE\nKAPI_SIGNAL_END',
      ['3 restartable-return x.signal.0'],
    ],
  ])('%s', (_name, inside, expected) => {
    expect(codes(inside)).toEqual(expected);
  });
});

test.each(callTexts())('$file has nothing to mend', ({ text }) => {
  const found = read(text).specifications.flatMap(lint);
  expect(found.filter(({ severity }) => severity !== 'hint')).toEqual([]);
});
