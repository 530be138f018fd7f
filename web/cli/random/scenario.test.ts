import { describe, expect, test } from 'vitest';
import { nodeKernel } from '../machine';
import { AREAS } from './areas';
import { Draw } from './draw';
import { simulated } from './play';
import { randomScenario } from './scenario';

const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);
const kernel = nodeKernel();

/** What the scenarios of an area are there for: all seeds together have it. */
const OWN: Readonly<Record<string, RegExp>> = {
  shm: /\bshmat\(.*\bshmctl\(.*SHM_LOCK/s,
  secret: /\bmemfd_secret\(0\)/,
  files: /\bftruncate\(.*\bfallocate\(/s,
  seal: /\bmseal\(/,
  stack: /MAP_GROWSDOWN.*RLIMIT_STACK/s,
  limits: /\blimit\(RLIMIT_AS.*\blimit\(RLIMIT_DATA/s,
  maps: /#pragma sysctl vm\.max_map_count/,
  swap: /MADV_PAGEOUT/,
};

test('every area has calls of its own', () => {
  expect(Object.keys(OWN)).toEqual(Object.keys(AREAS));
});

describe.each(Object.keys(AREAS))('%s', (area) => {
  const scenarios = SEEDS.map((seed) => randomScenario(area, seed));

  test('a seed gives one text, and no two give the same', () => {
    expect(SEEDS.map((seed) => randomScenario(area, seed))).toEqual(scenarios);
    expect(new Set(scenarios.map(withoutTitle)).size).toBe(SEEDS.length);
  });

  test('its own calls are made, and it forks unless it is alone', () => {
    const drawn = scenarios.map(withoutPrelude).join('\n');
    expect(drawn).toMatch(OWN[area]!);
    expect(drawn.includes('fork()')).toBe(AREAS[area]!.alone !== true);
  });

  test('every call of it is made, and its result and state are told', () => {
    for (const scenario of scenarios) {
      const calls = [...scenario.matchAll(/\bdone\((\d+),/g)].map(([, n]) => Number(n));
      const told = simulated(scenario, kernel);
      expect(calls.length).toBeGreaterThanOrEqual(20);
      expect(told).not.toMatch(/^(assert|signal|limit|not-modelled|error):/m);
      const results = [...told.matchAll(/^(\d+): -?\d+ \d+\nVmLck /gm)].map(([, n]) => Number(n));
      expect(results.sort((a, b) => a - b)).toEqual(calls);
    }
  });
});

const withoutTitle = (text: string): string => text.replace(/^\/\/.*\n/, '');
/** The helpers call things too. */
const withoutPrelude = (text: string): string => text.replace(/^#define A [^]*?\n}\n\n(?=puts)/m, '');

test('a scenario that ends early says so', () => {
  expect(simulated('puts("a");\nassert(0);', kernel)).toMatch(/^a\nassert: /);
});

test('a weight is how often, and 0 is never', () => {
  const draw = new Draw(1);
  const drawn = Array.from({ length: 4000 }, () =>
    draw.weighted([
      [3, 'often'],
      [0, 'never'],
      [1, 'seldom'],
    ]),
  );
  const nr = (item: string): number => drawn.filter((one) => one === item).length;
  expect(nr('never')).toBe(0);
  expect(nr('often') / nr('seldom')).toBeCloseTo(3, 0);
});
