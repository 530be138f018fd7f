// Recorded calls played and compared, for `npm run bench`: a JSON line with the calls per second of each round over all
// records. Reading and unpacking the files is not in the time.
import { harnessOf } from './compare';
import { nodeKernel } from './machine';
import { Replayer } from './replayer';
import { readRecord } from './trace';

const WARM_UP = 5;
const ROUNDS = 15;

const kernel = nodeKernel();
const records = process.argv.slice(2).map(readRecord);
const calls = records.reduce((sum, { lines }) => sum + lines.length, 0);
let differ = 0;
const rates: number[] = [];
for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  const start = performance.now();
  for (const { header, lines } of records) {
    const harness = harnessOf(header);
    const replayer = new Replayer(kernel, header);
    for (const line of lines) {
      replayer.play(line);
      if (replayer.differences(harness).length > 0) differ++;
    }
  }
  if (round >= WARM_UP) rates.push(calls / ((performance.now() - start) / 1000));
}
console.log(JSON.stringify({ calls, differ, rates }));
