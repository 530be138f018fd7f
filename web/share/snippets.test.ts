import { describe, expect, it } from 'vitest';
import { embedAddress, frameSnippet, markdownSnippet } from './snippets';

const LINK = 'https://playground.example/#v1/abc_-';

describe('snippets', () => {
  it('write a link in Markdown', () => {
    expect(markdownSnippet('A hole', LINK)).toBe(`[A hole](${LINK})`);
  });

  it('let nothing of a title be Markdown', () => {
    expect(markdownSnippet('a](javascript:x) ![b] `c` <i> _d_\n# e', LINK)).toBe(
      `[a\\](javascript:x) \\!\\[b\\] \\\`c\\\` \\<i\\> \\_d\\_ # e](${LINK})`,
    );
  });

  it('write a frame in HTML', () => {
    expect(frameSnippet('A hole', embedAddress(LINK, true))).toBe(
      '<iframe src="https://playground.example/?embed#v1/abc_-" title="A hole" width="720" height="420" loading="lazy"></iframe>',
    );
  });

  it('let nothing of a title be HTML', () => {
    expect(frameSnippet('"><script>&', LINK)).toContain('title="&quot;&gt;&lt;script&gt;&amp;"');
  });

  it('lead to the compact page and back', () => {
    expect(embedAddress(embedAddress(LINK, true), false)).toBe(LINK);
  });
});
