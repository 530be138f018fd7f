// Run by the build: records what the page first shows of each example.
import { compileCore, instantiate } from '../core/boot';
import { Kernel } from '../core/kernel';
import { defaultSettings } from '../run/model';
import { createDesk } from './desk';
import { writeRecording } from './recording';
import * as views from './views';

/** Characters of a recording; a text that needs more (65,530 VMAs) is not recorded. */
const MOST = 64 << 10;
/** Rows of the log that are recorded. */
const ROWS = 100;

/** Records texts with the core `bytes`. Gives the recordings by text, as writeRecording() writes them. */
export function recordAll(bytes: Uint8Array<ArrayBuffer>, texts: readonly string[]): Record<string, string> {
  const core = compileCore(bytes);
  const desk = createDesk(
    () => new Kernel(instantiate(core)),
    () => views,
  );
  const rows = Array.from({ length: ROWS }, (_, i) => i + 1);
  const showing = { runs: { newest: 0, good: 0 }, wished: null, editedLine: null, step: null, against: null, rows };
  const recorded = texts.flatMap((source, id) => {
    const answer = desk({ kind: 'run', id, source, settings: defaultSettings, showing });
    if (answer?.kind !== 'run' || !answer.view) return [];
    const { run, view, texts } = answer;
    if (view.after.processes.some(({ vmas }) => vmas.length > 1_000)) return [];
    const still = { ...view, why: { ...view.why, fixes: [] } }; // an edit cannot be run
    const written = writeRecording({ run: { ...run, ms: 0 }, view: still, texts });
    return written.length <= MOST ? [[source, written] as const] : [];
  });
  return Object.fromEntries(recorded);
}
