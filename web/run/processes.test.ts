// fork, wait, execve, kill, pause: one process runs at a time, and each has variables of its own.
import { describe, expect, test } from 'vitest';
import * as sys from '../../assembly/abi/sysno';
import { FakeMachine } from './fake-machine';
import { defaultSettings, type Run } from './model';
import { run } from './run';

function start(source: string): { result: Run; text: string; calls: string[] } {
  const machine = new FakeMachine();
  const result = run(source, defaultSettings, machine);
  const names = new Map(Object.entries(sys).map(([name, nr]) => [nr, name.replace(/^[A-Z]+_/i, '')]));
  return {
    result,
    text: result.outputs.map(({ text }) => text).join(''),
    calls: machine.log.slice(2).map(({ pid, nr }) => `${pid} ${names.get(nr) ?? nr}`),
  };
}

test('the child runs to its end before the parent goes on', () => {
  const { text, calls, result } = start(`
    if (fork() == 0) { printf("child "); munlockall(); exit(0); }
    printf("parent");
    munlockall();`);
  expect(text).toBe('child parent');
  expect(calls).toEqual(['1 fork', '2 munlockall', '2 exit', '1 munlockall']);
  expect([...result.steps.pid]).toEqual([1, 2, 2, 1]);
  expect(result.outcome).toEqual({ kind: 'end' });
});

test('fork gives 0 to the child and its pid to the parent', () => {
  expect(start('int r = fork(); printf("%d:%d ", getpid(), r);').text).toBe('2:0 1:2 ');
});

test('variables, arrays, errno and the loop are copied, then go apart', () => {
  const { text } = start(`
    int x = 1, a[2] = { 5, 6 };
    errno = 3;
    for (int i = 0; i < 2; i++) {
      if (fork() == 0) { x += 10; a[i] = 0; errno = 9; printf("[%d %d %d %d %d]", i, x, a[0], a[1], errno); exit(0); }
      x++;
    }
    printf("%d %d %d %d", x, a[0], a[1], errno);`);
  expect(text).toBe('[0 11 0 6 9][1 12 5 0 9]3 5 6 3');
});

test('a fork inside a function comes back from it in both', () => {
  const { text } = start(
    'int f(int n) { int local = n; fork(); return local + getpid(); } printf("%d ", f(10)); printf("%d ", f(20));',
  );
  expect(text).toBe('12 23 22 11 24 21 ');
});

test('a child that comes to the end of the text exits with the status of main', () => {
  const { text, calls } = start(
    'int main(void) { if (fork() == 0) return 7; int s; int p = wait(&s); printf("%d %d %d", p, WIFEXITED(s), WEXITSTATUS(s)); return 0; }',
  );
  expect(text).toBe('2 1 7');
  expect(calls).toEqual(['1 fork', '2 exit', '1 wait4']);
});

test('a child that a signal ends leaves its parent alone', () => {
  const { text, result, calls } = start(
    'if (fork() == 0) { char *p = NULL; *p = 1; } int s; wait(&s); printf("%d %d", WIFSIGNALED(s), WTERMSIG(s));',
  );
  expect(text).toBe('1 11');
  expect(calls).toEqual(['1 fork', '2 store', '2 die', '1 wait4']);
  expect(result.outcome).toEqual({ kind: 'end' });
});

test('wait without a child is ECHILD', () => {
  expect(start('int r = wait(NULL); printf("%d %d", r, errno);').text).toBe('-1 10');
});

describe('pause()', () => {
  test('lets the parent go on', () => {
    const { text, calls } = start('if (fork() == 0) { pause(); printf("never"); } printf("parent"); munlockall();');
    expect(text).toBe('parent');
    expect(calls).toEqual(['1 fork', '1 munlockall']);
  });

  test('a paused child can be killed and waited for', () => {
    const { text } = start(
      'int c = fork(); if (c == 0) { pause(); } kill(c, SIGKILL); int s; wait(&s); printf("%d", WTERMSIG(s));',
    );
    expect(text).toBe('9');
  });

  test('waiting for it would never end: the run says so', () => {
    const { result } = start('if (fork() == 0) pause();\nwait(NULL);');
    expect(result.outcome).toMatchObject({
      kind: 'error',
      place: { line: 2 },
      message: expect.stringContaining('waits for ever'),
    });
  });

  test('WNOHANG does not wait', () => {
    expect(start('int c = fork(); if (c == 0) pause(); printf("%d", waitpid(c, NULL, WNOHANG));').text).toBe('0');
  });

  test('of the first process ends the run', () => {
    const { result, text } = start('printf("a"); pause(); printf("b");');
    expect(text).toBe('a');
    expect(result.outcome).toEqual({ kind: 'end' });
  });
});

describe('execve()', () => {
  const exec = 'char *argv[] = { "x", NULL }; execve("/bin/x", argv, NULL);';

  test('ends the text of the first process', () => {
    const { result, calls, text } = start(`${exec} printf("never");`);
    expect(result.outcome).toEqual({ kind: 'end' });
    expect(calls).toEqual(['1 execve']);
    expect(text).toBe('');
  });

  test('the program that a child became ends when its parent waits for it', () => {
    const { text, calls } = start(
      `if (fork() == 0) { ${exec} exit(1); } munlockall(); int s; wait(&s); printf("%d", WEXITSTATUS(s));`,
    );
    expect(calls).toEqual(['1 fork', '2 execve', '1 munlockall', '2 exit', '1 wait4']);
    expect(text).toBe('0');
  });
});

test('a process that kills itself is gone', () => {
  const { result } = start('munlockall();\nraise(SIGTERM);\nmunlockall();');
  expect(result.outcome).toMatchObject({ kind: 'signal', signal: 15, place: { line: 2 } });
  expect(result.steps.length).toBe(2);
});

test('a child that kills its parent ends the run', () => {
  const { result } = start('if (fork() == 0) { kill(1, SIGKILL); } munlockall();');
  expect(result.outcome).toMatchObject({ kind: 'signal', signal: 9 });
});

test('exit tells its status', () => {
  expect(start('exit(3); munlockall();').result.outcome).toMatchObject({ kind: 'exit', status: 3, place: { line: 1 } });
  expect(start('int main(void) { return 4; }').result.outcome).toMatchObject({ kind: 'exit', status: 4 });
  expect(start('return 5;').result.outcome).toMatchObject({ kind: 'exit', status: 5 });
  expect(start('int main(void) { return 0; }').result.outcome).toEqual({ kind: 'end' });
});

test('a failed assert in a child fails the run', () => {
  const { result } = start('if (fork() == 0) { assert(getpid() == 1); exit(0); } munlockall();');
  expect(result.outcome).toMatchObject({ kind: 'assert', message: 'getpid() is 2, 1 expected' });
});

test('a text forks until its processes are too many', () => {
  const { result } = start('for (;;) fork();');
  expect(result.outcome).toMatchObject({
    kind: 'limit',
    limit: 'memory',
    message: expect.stringContaining('200 processes'),
  });
});
