// What a person pastes elsewhere to show a scenario. The title may come from anybody's text: nothing of it is markup.

/** Width and height in CSS pixels of the frame that frameSnippet() writes. */
export const FRAME = { width: 720, height: 420 } as const;

/** A link in Markdown. `link` is an address that this page made. */
export function markdownSnippet(title: string, link: string): string {
  return `[${line(title).replace(/[\\[\]`*_<>&!~|]/g, (sign) => `\\${sign}`)}](${link})`;
}

/** An iframe in HTML with the compact page; `embed` is an address that this page made. */
export function frameSnippet(title: string, embed: string): string {
  return `<iframe src="${html(embed)}" title="${html(line(title))}" width="${FRAME.width}" height="${FRAME.height}" loading="lazy"></iframe>`;
}

/** Turns the address of the page into that of its compact form, and back: `compact` false. */
export function embedAddress(address: string, compact: boolean): string {
  const url = new URL(address);
  url.search = compact ? '?embed' : '';
  return url.href;
}

const line = (text: string): string => text.replace(/\s+/g, ' ').trim();

const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
