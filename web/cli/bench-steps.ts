// A long run that is looked at anywhere, for `npm run bench`: JSON with the milliseconds that steps took and the bytes.
import { defaultSettings } from '../run/model';
import { run } from '../run/run';
import { Timeline } from '../run/timeline';
import { nodeKernel } from './machine';

const STEPS = 100_000;
const LOOKS = 400;

const SCENARIO = `
char *p = mmap(NULL, 2048 * PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
unsigned long x = 1;
for (int i = 0; i < ${STEPS}; i++) {
    x = x * 6364136223846793005 + 1442695040888963407;
    char *at = p + (x >> 33) % 2045 * PAGE_SIZE;
    unsigned long len = ((x >> 60) % 4 + 1) * PAGE_SIZE;
    if (x >> 59 & 1) mlock2(at, len, MLOCK_ONFAULT);
    else munlock(at, len);
}
`;

const kernel = nodeKernel();
const timeline = new Timeline(kernel);
const settings = { ...defaultSettings, max_steps: STEPS, max_ms: 600_000 };
const done = run(SCENARIO, settings, kernel, timeline.after);
if (done.steps.length !== STEPS) throw new Error(`${done.steps.length} steps: ${JSON.stringify(done.outcome)}`);

let state = 1;
const looks = Array.from({ length: LOOKS }, () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  const step = Math.floor((state / 2 ** 32) * (STEPS + 1));
  const start = performance.now();
  timeline.stateAt(step);
  return performance.now() - start;
});
console.log(JSON.stringify({ run_ms: done.ms, looks, bytes: process.resourceUsage().maxRSS * 1024 }));
