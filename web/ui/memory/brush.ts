// The canvas with the theme's colours: boxes, textures and texts that fit.

/** Custom properties of the theme that the picture uses. */
const COLOURS = [
  'surface', 'sunk', 'line', 'edge', 'hatch', 'ink', 'ink2', 'ink3', 'accent', 'sel', 'sel-ink',
  'lock', 'lock-fill', 'lock-ink', 'lock-bg', 'fail', 'anon', 'anon-ink', 'file', 'file-ink',
  'zero', 'zero-ink', 'swap', 'swap-ink', 'guard', 'guard-ink', 'none', 'none-ink', 'tex', 'tex2',
] as const; // prettier-ignore

/** Name of a colour of the theme. */
export type Colour = (typeof COLOURS)[number];

/** The theme as the canvas needs it: resolved colours and font families. */
export interface Theme {
  readonly colours: Readonly<Record<Colour, string>>;
  readonly mono: string;
  readonly sans: string;
  /** Widths of texts that were measured, by font and text. */
  readonly widths: Map<string, number>;
}

/** A rectangle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Reads the theme where an element stands. */
export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const colours = Object.fromEntries(COLOURS.map((name) => [name, read(name)])) as Record<Colour, string>;
  return { colours, mono: read('mono'), sans: read('sans'), widths: new Map() };
}

type Texture = 'diagonal' | 'cross' | 'lines' | 'dots' | 'stripes' | 'wide';

/** How a box is drawn. */
export interface Look {
  readonly fill?: Colour;
  readonly stroke?: Colour;
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly radius?: number;
}

/** Measured texts that are kept. */
const MOST_WIDTHS = 4000;

/** Draws with a theme on a canvas. All sizes are CSS pixels. */
export class Brush {
  /** The context's font; to read it from there is slow. */
  #font = '';
  readonly #fonts: string[] = [];

  constructor(
    readonly ctx: CanvasRenderingContext2D,
    readonly theme: Theme,
  ) {}

  /** Fills and borders a box; the border lies inside. */
  box(box: Box, { fill, stroke, width = 1, dash = [], radius = 3 }: Look): void {
    const { ctx } = this;
    const inset = stroke ? width / 2 : 0;
    const w = Math.max(box.w - 2 * inset, 0.5);
    ctx.beginPath();
    ctx.roundRect(box.x + inset, box.y + inset, w, box.h - 2 * inset, Math.max(0, Math.min(radius - inset, w / 2)));
    if (fill) {
      ctx.fillStyle = this.colour(fill);
      ctx.fill();
    }
    if (!stroke) return;
    ctx.strokeStyle = this.colour(stroke);
    ctx.lineWidth = width;
    ctx.setLineDash([...dash]);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** Fills a box without corners. */
  fill({ x, y, w, h }: Box, colour: Colour): void {
    this.ctx.fillStyle = this.colour(colour);
    this.ctx.fillRect(x, y, w, h);
  }

  /** Draws a texture in a box. Its phase hangs on x, so that neighbours join. */
  texture(box: Box, texture: Texture, colour: Colour): void {
    const { ctx } = this;
    this.save();
    ctx.beginPath();
    ctx.rect(box.x, box.y, box.w, box.h);
    ctx.clip();
    ctx.beginPath();
    ctx.strokeStyle = this.colour(colour);
    ctx.fillStyle = ctx.strokeStyle;
    ctx.lineWidth = texture === 'stripes' ? 2 : 1;
    if (texture === 'dots') this.#dots(box);
    else if (texture === 'lines') this.#lines(box);
    else if (texture === 'stripes') this.#diagonals(box, 7, 1);
    else if (texture === 'wide') this.#diagonals(box, 10, 1);
    else {
      this.#diagonals(box, 7, 1);
      if (texture === 'cross') this.#diagonals(box, 7, -1);
    }
    ctx.stroke();
    this.restore();
  }

  #diagonals({ x, y, w, h }: Box, period: number, lean: 1 | -1): void {
    const { ctx } = this;
    const first = Math.floor((x - h) / period) * period;
    for (let at = first; at < x + w + h; at += period) {
      ctx.moveTo(at, lean > 0 ? y + h : y);
      ctx.lineTo(at + h, lean > 0 ? y : y + h);
    }
  }

  #lines({ x, y, w, h }: Box): void {
    for (let at = y + 5.5; at < y + h; at += 6) {
      this.ctx.moveTo(x, at);
      this.ctx.lineTo(x + w, at);
    }
  }

  #dots({ x, y, w, h }: Box): void {
    const { ctx } = this;
    for (let dx = 3; dx < w; dx += 6)
      for (let dy = 3; dy < h; dy += 6) ctx.fillRect(x + dx - 0.8, y + dy - 0.8, 1.6, 1.6);
  }

  /** A straight line. */
  line(x0: number, y0: number, x1: number, y1: number, colour: Colour, dash: readonly number[] = [], width = 1): void {
    const { ctx } = this;
    ctx.beginPath();
    ctx.moveTo(x0, y0);
    ctx.lineTo(x1, y1);
    ctx.strokeStyle = this.colour(colour);
    ctx.lineWidth = width;
    ctx.setLineDash([...dash]);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** Keeps clip, transform and font until restore(). */
  save(): void {
    this.ctx.save();
    this.#fonts.push(this.#font);
  }

  restore(): void {
    this.ctx.restore();
    this.#font = this.#fonts.pop() ?? '';
  }

  /** Chooses the font of the next texts. */
  font(size: number, family: 'mono' | 'sans' = 'mono', weight = 400): void {
    const font = `${weight} ${size}px ${this.theme[family]}`;
    if (font !== this.#font) this.ctx.font = this.#font = font;
  }

  /** Writes a text whose middle height is y. */
  text(text: string, x: number, y: number, colour: Colour, align: CanvasTextAlign = 'left'): void {
    const { ctx } = this;
    ctx.textAlign = align;
    ctx.textBaseline = 'middle';
    ctx.fillStyle = this.colour(colour);
    ctx.fillText(text, x, y + 0.5);
  }

  width(text: string): number {
    const { widths } = this.theme;
    const key = `${this.#font} ${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      if (widths.size >= MOST_WIDTHS) widths.clear();
      widths.set(key, (width = this.ctx.measureText(text).width));
    }
    return width;
  }

  /** The first of some texts that fits; '' when none does. */
  fitting(texts: readonly string[], width: number): string {
    return texts.find((text) => this.width(text) <= width) ?? '';
  }

  /** Cuts a name in the middle: "vc…k"; '' where not even four characters fit. */
  cut(text: string, width: number): string {
    for (let n = text.length - 1; n >= 3; n--) {
      const short = `${text.slice(0, Math.ceil(n / 2))}…${text.slice(text.length - Math.floor(n / 2))}`;
      if (this.width(short) <= width) return short;
    }
    return '';
  }

  colour(name: Colour): string {
    return this.theme.colours[name];
  }
}
