// What is said of a word of the text: what it means, and what the run made of it.
import { NOT_MODELLED } from '../../assembly/abi/support';
import { VM_EXEC, VM_LOCKED, VM_LOCKONFAULT, VM_READ, VM_SHARED, VM_WRITE } from '../../assembly/abi/mman';
import { BUILTINS, type Builtin } from '../lang/builtins';
import { CONSTANTS } from '../lang/constants';
import { MANUAL } from '../lang/manual';
import { CONSTANT_MANUAL, constantMeaning } from '../lang/manual-constants';
import { ERROR_MANUAL } from '../lang/manual-errors';
import { MEANINGS } from '../lang/manual-meanings';
import { nameAt, outlineOf, type OwnName } from '../lang/outline';
import { spell } from '../lang/types';
import { hex } from './address';
import { resultText } from './call';
import type { Run, StepView } from './model';

/** Code, then paragraphs and lists of short lines. `**` and backticks as in Markdown. */
export interface Hover {
  readonly code: string;
  readonly paragraphs: readonly string[];
}

/** What the page knows besides the text. */
export interface HoverRun {
  readonly run: Run | null;
  /** The selected step. */
  readonly view: StepView | null;
}

type StepVma = StepView['after']['processes'][number]['vmas'][number];

/** Says what a word at `offset` means. Null for a word that nobody knows. */
export function hoverOf(source: string, word: string, offset: number, known: HoverRun): Hover | null {
  const own = nameAt(outlineOf(source), offset);
  if (own?.name === word) return ofOwn(own, offset, known);
  const builtin = BUILTINS.get(word);
  if (builtin) return ofBuiltin(builtin, offset, known.run);
  return ofConstant(word) ?? ofMember(source, word, offset);
}

const list = (head: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [`**${head}**`, ...lines.map((line) => `- ${line}`)].join('\n');

function ofBuiltin(builtin: Builtin, offset: number, run: Run | null): Hover {
  const { parameters = {}, history = [], pitfalls = [] } = MANUAL[builtin.name] ?? {};
  const paragraphs = [
    MEANINGS[builtin.name] ?? '',
    resultAt(offset, run),
    list(
      'Parameters',
      builtin.parameters.flatMap(({ name }) => (parameters[name] ? [`\`${name}\`: ${parameters[name]}`] : [])),
    ),
    list(
      'Errors',
      (ERROR_MANUAL[builtin.name] ?? []).map(([name, ...when]) => `\`${name}\`: ${when.join('; ')}`),
    ),
    list('Pitfalls', pitfalls),
    list(
      'History',
      history.map(([version, what]) => `Linux ${version}: ${what}`),
    ),
  ];
  return { code: builtin.signature, paragraphs: paragraphs.filter((p) => p !== '') };
}

function ofConstant(word: string): Hover | null {
  const constant = CONSTANTS.get(word);
  if (!constant) return null;
  const since = CONSTANT_MANUAL[word]?.[1];
  const refused = NOT_MODELLED.find(([name]) => name === word)?.[1];
  const value = BigInt.asUintN(64, BigInt(constant.value));
  const paragraphs = [
    constantMeaning(word),
    since ? `Since Linux ${since}.` : '',
    word.startsWith('KPF_') ? 'A bit number: `page_flags(p) & 1UL << ' + word + '`.' : '',
    refused ? `Not modelled: ${refused}` : '',
  ];
  const code = `${word} = ${constant.value}${value > 9n ? ` (0x${value.toString(16)})` : ''}`;
  return { code, paragraphs: paragraphs.filter((p) => p !== '') };
}

function ofMember(source: string, word: string, offset: number): Hover | null {
  if (!/^rlim_(cur|max)$/.test(word) || !/(\.|->)\s*$/.test(source.slice(0, offset))) return null;
  const what =
    word === 'rlim_cur'
      ? 'The soft limit: what the kernel compares with.'
      : 'The hard limit: up to it the soft one may be raised.';
  return { code: `unsigned long ${word}`, paragraphs: [what, 'RLIMIT_MEMLOCK counts bytes.'] };
}

function ofOwn({ name, kind, detail, type, uses }: OwnName, offset: number, { run, view }: HoverRun): Hover {
  const what = { function: 'Function', variable: 'Variable', parameter: 'Parameter', macro: 'Macro' }[kind];
  const spelt = type && kind !== 'function' ? ` of type \`${spell(type)}\`` : '';
  const others = uses.length - 1;
  const paragraphs = [
    `${what}${spelt} of this scenario, used ${others === 1 ? 'once' : `${others} times`}.`,
    kind === 'variable' ? addressOf(name, run, view) : '',
    kind === 'function' ? resultAt(offset, run) : '',
  ];
  return { code: detail.replaceAll('`', "'"), paragraphs: paragraphs.filter((p) => p !== '') };
}

/** Where a variable points at the selected step, and the VMA there. */
function addressOf(name: string, run: Run | null, view: StepView | null): string {
  if (!run || !view) return '';
  const named = run.names.findLast((one) => one.name === name && one.step <= view.step);
  if (!named) return '';
  const pages = Number((named.end - named.start + 4095n) / 4096n);
  const at = `After step ${view.step}: \`${hex(named.start)}\`, ${pages} ${pages === 1 ? 'page' : 'pages'}.`;
  const pid = run.steps.pid[view.step - 1] ?? 1;
  const process = view.after.processes.find((one) => one.pid === pid) ?? view.after.processes[0];
  const vmas = process?.vmas.filter(({ vm_start, vm_end }) => vm_start < named.end && named.start < vm_end) ?? [];
  if (vmas.length === 0) return `${at} Nothing is mapped there.`;
  const more = vmas.length > 3 ? [`and ${vmas.length - 3} more`] : [];
  return [at, ...vmas.slice(0, 3).map(vmaText), ...more].join('\n- ');
}

function vmaText({ vm_start, vm_end, vm_flags }: StepVma): string {
  const has = (bit: number): boolean => (vm_flags & BigInt(bit)) !== 0n;
  const perms = [
    has(VM_READ) ? 'r' : '-',
    has(VM_WRITE) ? 'w' : '-',
    has(VM_EXEC) ? 'x' : '-',
    has(VM_SHARED) ? 's' : 'p',
  ];
  const locked = has(VM_LOCKONFAULT) ? ', locked on fault' : has(VM_LOCKED) ? ', locked' : '';
  return `VMA \`${hex(vm_start)}-${hex(vm_end)} ${perms.join('')}\`${locked}`;
}

function resultAt(offset: number, run: Run | null): string {
  const steps = run?.steps;
  if (!steps) return '';
  let last = 0;
  let times = 0;
  for (let step = 1; step <= steps.length; step++) {
    if (steps.from[step - 1] !== offset) continue;
    last = step;
    times++;
  }
  if (last === 0) return '';
  const result = resultText({ nr: steps.nr[last - 1]!, result: steps.result[last - 1]! });
  return times === 1 ? `Step ${last}: \`${result}\`` : `${times} times, the last one step ${last}: \`${result}\``;
}
