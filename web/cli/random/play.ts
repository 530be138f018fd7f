// Plays one random scenario on both sides, and tells where they part.
import { join } from 'node:path';
import type { Kernel } from '../../core/kernel';
import { defaultSettings } from '../../run/model';
import { run } from '../../run/run';
import { Timeline } from '../../run/timeline';
import { projectFolder } from '../folder';
import type { RealKernel } from '../real-kernel';
import { MASK, seen } from './see';

const HEADER = join(projectFolder(), 'web', 'cli', 'random', 'see.h');
const SETTINGS = { ...defaultSettings, max_ms: 20_000 };

/** The lines that a scenario prints in the simulator, with its state wherever it asks for it. */
export function simulated(source: string, kernel: Kernel): string {
  const timeline = new Timeline(kernel);
  const done = run(source, SETTINGS, kernel, timeline.after);
  const { outcome, outputs } = done;
  const first = timeline.stateAt(0).processes[0]!.counters;
  let text = '';
  for (const { step, pid, text: printed } of outputs) {
    for (const line of printed.split(/(?<=\n)/)) {
      if (line !== 'see\n') text += line;
      else {
        const state = timeline.stateAt(step);
        text += seen(
          state.processes.find((process) => process.pid === pid)!,
          first,
        );
      }
    }
  }
  return outcome.kind === 'end' || outcome.kind === 'exit'
    ? text
    : `${text}${outcome.kind}: ${'message' in outcome ? outcome.message : ''}\n`;
}

function theirText(source: string, real: RealKernel): string {
  const { verdict, printed } = real.play(source, 'random.c', [
    '-include',
    HEADER,
    `-DPG_MASK=0x${MASK.toString(16)}UL`,
  ]);
  return verdict.result === 'pass' ? printed : `${printed}${verdict.result}: ${verdict.reason}\n`;
}

/** The first lines that differ, with what was called before them; null when there are none. */
export function difference(source: string, kernel: Kernel, real: RealKernel): string | null {
  const [ours, theirs] = [simulated(source, kernel).split('\n'), theirText(source, real).split('\n')];
  const at = ours.findIndex((line, i) => line !== theirs[i]);
  if (at < 0 && ours.length === theirs.length) return null;
  const where = at < 0 ? ours.length : at;
  const call = ours.slice(0, where + 1).findLast((line) => /^\d+: /.test(line));
  const n = call?.split(':')[0];
  const text = source.split('\n').find((line) => line.includes(`done(${n},`)) ?? '';
  const entry = ours.slice(0, where).findLast((line) => /^[0-9a-f]+-[0-9a-f]+ |^pages/.test(line)) ?? '';
  return [
    text.trim(),
    `  after: ${entry}`,
    `  simulator: ${ours[where] ?? '(end)'}`,
    `  kernel:    ${theirs[where] ?? '(end)'}`,
  ].join('\n');
}
