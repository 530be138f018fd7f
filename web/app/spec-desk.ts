// What the worker of the Spec tab does with a request. It has machines of its own: nothing of the page waits for it.
import type { Kernel } from '../core/kernel';
import { run } from '../run/run';
import { Timeline } from '../run/timeline';
import { ourCalls } from '../spec/calls';
import { audit } from '../spec/judge/audit';
import { asScenarios, collect, judgeCall, specExamples, type Collection } from '../spec/judge/collection';
import type { Judge } from '../spec/judge/judge';
import { toMail } from '../spec/judge/mail';
import { LOCK_CALLS } from '../spec/judge/observation';
import { rows, type Row } from '../spec/judge/report';
import { LOSSES } from '../spec/losses';
import type { Specification } from '../spec/model';
import { read } from '../spec/read';
import { write } from '../spec/write';
import { JudgedRun, judgesOf } from './spec-page';
import type { Converted, SpecAnswer, SpecPage, SpecRequest, TextAudit } from './spec-protocol';

/** Makes a desk. `boot` makes a new machine; at most two are made. */
export function createSpecDesk(boot: () => Kernel): (request: SpecRequest) => Promise<SpecAnswer> {
  const ours = ourCalls();
  let judges: {
    readonly by: string;
    readonly all: readonly Judge[];
    readonly theirs: readonly Specification[];
  } | null = null;
  let judged: { readonly key: string; readonly run: JudgedRun } | null = null;
  let machine: Kernel | null = null; // for the run of the page
  let shelf: { readonly kernel: Kernel; readonly collection: Collection } | null = null;
  let report: Promise<readonly Row[]> | null = null;

  /** Ties our specifications, and those of a text instead of ours of the same calls. */
  function judgesBy(by: string): NonNullable<typeof judges> {
    if (judges?.by === by) return judges;
    const theirs = by === '' ? [] : read(by).specifications;
    const rest = ours.filter(({ name }) => theirs.every((one) => one.name !== name));
    judges = { by, all: judgesOf([...theirs, ...rest]), theirs };
    return judges;
  }

  function judge({ source, settings, step, by }: Extract<SpecRequest, { kind: 'judge' }>): SpecPage | null {
    const { all, theirs } = judgesBy(by);
    const key = JSON.stringify([source, settings, by]);
    if (judged?.key !== key) {
      judged = null;
      machine ??= boot();
      const timeline = new Timeline(machine);
      run(source, settings, machine, timeline.after);
      judged = { key, run: new JudgedRun(all, timeline) };
    }
    return judged.run.page(step, theirs);
  }

  /** The scenarios of examples/spec, run once. */
  function collected(): { readonly kernel: Kernel; readonly collection: Collection } {
    if (shelf) return shelf;
    const kernel = boot();
    shelf = { kernel, collection: collect(asScenarios(specExamples()), kernel) };
    return shelf;
  }

  async function auditText(text: string, base: string): Promise<TextAudit> {
    const { kernel, collection } = collected();
    const done = await audit(text, collection, kernel, ours, base);
    const calls = done.calls.map(({ judged: { call }, rows: table, findings, differences }) => ({
      call: call.name,
      form: call.form,
      rows: table,
      findings,
      differences,
    }));
    return { calls, findings: done.findings, mail: toMail(done) };
  }

  async function allRows(): Promise<readonly Row[]> {
    const { kernel, collection } = collected();
    const five = ours.filter(({ name }) => LOCK_CALLS.includes(name));
    const rest = ours.filter((call) => !five.includes(call));
    const tables = await Promise.all([...five, ...rest].map((call) => rows(judgeCall(call, collection, kernel))));
    return tables.flat();
  }

  return async (request) => {
    switch (request.kind) {
      case 'judge':
        return { kind: 'judge', page: judge(request) };
      case 'audit':
        return { kind: 'audit', audit: await auditText(request.text, request.base) };
      case 'convert':
        return { kind: 'convert', converted: convert(request) };
      case 'report':
        report ??= allRows();
        return { kind: 'report', rows: await report };
    }
  };
}

function convert({ text, form }: Extract<SpecRequest, { kind: 'convert' }>): Converted {
  const { specifications } = read(text);
  const losses = LOSSES.filter(({ forms }) => forms.includes(form)).map(
    ({ of, field, why }) => `${of === 'any' ? '' : `${of} `}${field}: ${why}`,
  );
  return { text: specifications.length === 0 ? '' : write(specifications, form), losses };
}
