import type { Verdict as VerdictName } from '../../app/spec-protocol';

/** Words and look of each verdict. The words differ as well as the border: none is told by colour alone. */
export const VERDICT_WORDS: Readonly<Record<VerdictName, readonly [words: string, look: string]>> = {
  holds: ['holds', 'good'],
  'holds with conditions': ['with conditions', 'partly'],
  omits: ['holds, omits', 'partly'],
  'contradicted in part': ['contradicted in part', 'bad'],
  contradicted: ['contradicted', 'bad'],
  'cannot be observed': ['not observable', 'quiet'],
  'not exercised': ['not exercised', 'plain'],
  'not bound: prose': ['prose, not judged', 'quiet'],
};

/** A verdict as a chip. */
export function Verdict(props: { verdict: VerdictName }) {
  const chip = () => VERDICT_WORDS[props.verdict];
  return <span class={`verdict ${chip()[1]}`}>{chip()[0]}</span>;
}
