// `npm run -s scenario -- [--json] [--junit FILE] PATH...`: runs scenarios in the simulator and says of each whether
// its asserts hold. With --json the steps go to stdout, one JSON object a line, and the verdicts to stderr.
import { readFileSync, writeFileSync } from 'node:fs';
import { defaultSettings } from '../run/model';
import { run } from '../run/run';
import { junitReport } from './junit';
import { nodeKernel } from './machine';
import { stepRecords } from './step-record';
import { scenarioFiles, verdictLine, verdictOf, type FileVerdict } from './verdict';

const USAGE = 'usage: npm run -s scenario -- [--json] [--junit FILE] PATH... (files, or folders of *.c)';

interface Options {
  readonly json: boolean;
  readonly junit: string | null;
  readonly files: readonly string[];
}

const { json, junit, files } = options(process.argv.slice(2));
let kernel = nodeKernel();
const verdicts = files.map(judge);
const failed = verdicts.filter(({ reason }) => reason !== '').length;
say(`${verdicts.length - failed} passed, ${failed} failed`);
if (junit !== null) writeFileSync(junit, junitReport(verdicts));
process.exitCode = failed > 0 ? 1 : 0;

function options(args: readonly string[]): Options {
  const paths: string[] = [];
  let json = false;
  let junit: string | null = null;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--json') json = true;
    else if (arg === '--junit') junit = args[++i] ?? unusable('--junit needs the name of a file.');
    else if (arg.startsWith('-')) unusable(`${arg} is no option.`);
    else paths.push(arg);
  }
  if (paths.length === 0) unusable('No scenario is named.');
  const files = paths.flatMap((path) => {
    try {
      const found = scenarioFiles(path);
      return found.length > 0 ? found : unusable(`${path} holds no *.c file.`);
    } catch (error) {
      return unusable(
        `${path}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file or folder' : String(error)}.`,
      );
    }
  });
  return { json, junit, files };
}

function unusable(why: string): never {
  console.error(`${why}\n${USAGE}`);
  process.exit(2);
}

function say(line: string): void {
  (json ? console.error : console.log)(line);
}

function judge(file: string): FileVerdict {
  let verdict: FileVerdict;
  try {
    const done = run(readFileSync(file, 'utf8'), defaultSettings, kernel);
    verdict = verdictOf(file, done);
    if (json) stepRecords(file, done, kernel, (line) => console.log(line));
  } catch (error) {
    // Only a mistake of ours throws. Such a machine is not used again.
    kernel = nodeKernel();
    verdict = { name: file, line: 0, column: 0, reason: `playground: ${(error as Error).message}`, ms: 0 };
  }
  say(verdictLine(verdict));
  return verdict;
}
