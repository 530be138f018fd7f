// `npm run -s spec -- COMMAND ...`: specifications of calls without the page.
import { readFileSync } from 'node:fs';
import { FORMS, type Finding, type Form, type Specification } from '../spec/model';
import { lint } from '../spec/lint';
import { read } from '../spec/read';
import { write } from '../spec/write';
import { auditText, mutate, report, type Style } from './spec-judge';

/** A command takes its arguments and gives the exit code. */
interface Command {
  readonly name: string;
  readonly usage: string;
  readonly run: (args: readonly string[]) => number | Promise<number>;
}

/** What cannot be done as it was asked; the message is for the person. */
class Unusable extends Error {}

const COMMANDS: readonly Command[] = [
  { name: 'convert', usage: `convert FILE --to ${FORMS.join('|')}`, run: convert },
  { name: 'lint', usage: 'lint FILE...', run: lintFiles },
  { name: 'report', usage: 'report [--md|--json] [--base URL]', run: reportAll },
  { name: 'audit', usage: 'audit FILE [--md|--mail|--json] [--base URL]', run: auditFile },
  { name: 'mutate', usage: 'mutate', run: mutateAll },
];

const USAGE = COMMANDS.map(({ usage }) => `usage: npm run -s spec -- ${usage}`).join('\n');
const [name, ...rest] = process.argv.slice(2);

try {
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) throw new Unusable(name === undefined ? 'No command is named.' : `${name} is no command.`);
  process.exitCode = await command.run(rest);
} catch (error) {
  if (!(error instanceof Unusable)) throw error;
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}

/** Writes the specifications of one file in another form to stdout. */
function convert(args: readonly string[]): number {
  const at = args.indexOf('--to');
  const form = FORMS.find((one) => one === args[at + 1]);
  const files = args.filter((_, i) => at === -1 || (i !== at && i !== at + 1));
  if (at === -1 || !form) throw new Unusable(`--to needs one of ${FORMS.join(', ')}.`);
  if (files.length !== 1) throw new Unusable('convert takes one file.');
  const { specifications, findings } = readOrFail(files[0]!);
  findings.forEach((finding) => console.error(line(files[0]!, finding)));
  process.stdout.write(write(specifications, form satisfies Form));
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** Prints what is wrong with specifications, one line each. Gives 1 if there is an error or a warning. */
function lintFiles(files: readonly string[]): number {
  if (files.length === 0) throw new Unusable('lint takes files.');
  let wrong = 0;
  for (const file of files) {
    const { specifications, findings } = readOrFail(file);
    const found = [...findings, ...specifications.flatMap(lint)];
    for (const finding of found) console.log(line(file, finding));
    wrong += found.filter(({ severity }) => severity !== 'hint').length;
    for (const call of specifications) console.log(`${file}: ${summary(call)}`);
  }
  return wrong > 0 ? 1 : 0;
}

/** Judges our own specifications and prints the table. */
async function reportAll(args: readonly string[]): Promise<number> {
  const { style, files } = styleOf(args, ['md', 'json']);
  if (files.length > 0) throw new Unusable('report takes no file.');
  process.stdout.write(await report(style));
  return 0;
}

/** Audits one file. Gives 1 where a clause is contradicted, or where no specification was found. */
async function auditFile(args: readonly string[]): Promise<number> {
  const { style, files } = styleOf(args, ['md', 'mail', 'json']);
  if (files.length !== 1) throw new Unusable('audit takes one file.');
  const { out, wrong } = await auditText(textOf(files[0]!), style);
  process.stdout.write(out);
  return wrong ? 1 : 0;
}

/** Prints how many altered clauses are found. Gives 1 below nine of ten. */
function mutateAll(): number {
  const { out, score } = mutate();
  process.stdout.write(out);
  return score < 0.9 ? 1 : 0;
}

function styleOf(args: readonly string[], allowed: readonly Style['as'][]): { style: Style; files: string[] } {
  let as: Style['as'] = 'text';
  let base = '';
  const files: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    const form = allowed.find((one) => arg === `--${one}`);
    if (form) as = form;
    else if (arg === '--base') base = args[++i] ?? '';
    else if (arg.startsWith('-')) throw new Unusable(`${arg} is no option.`);
    else files.push(arg);
  }
  return { style: { as, base }, files };
}

function summary(call: Specification): string {
  const of = (parts: readonly unknown[], word: string): string => `${parts.length} ${word}`;
  return [
    `${call.name} (${call.form})`,
    of(call.errors, 'errors'),
    of(call.parameters, 'parameters'),
    of(call.signals, 'signals'),
    of(call.sideEffects, 'side effects'),
    of(call.stateTransitions, 'state transitions'),
    of(call.locks, 'locks'),
    of(call.capabilities, 'capabilities'),
    of(call.constraints, 'constraints'),
  ].join(', ');
}

function readOrFail(file: string): ReturnType<typeof read> {
  return read(textOf(file));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Unusable(`${file}: ${isMissing ? 'no such file' : (error as Error).message}.`);
  }
}

function line(file: string, { place, severity, code, clause, message }: Finding): string {
  const where = clause === '' ? '' : ` ${clause}:`;
  return `${file}:${place.line}:${place.column}: ${severity} ${code}:${where} ${message}`;
}
