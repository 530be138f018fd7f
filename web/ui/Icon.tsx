const PATHS = {
  first: 'M2 2h1.5v8H2zM10 2v8L4.5 6z',
  back: 'M8.5 1.5v9L3 6z',
  play: 'M2.5 1v10l8-5z',
  pause: 'M2.5 1.5h2.5v9H2.5zM7 1.5h2.5v9H7z',
  on: 'M3.5 1.5v9L9 6z',
  last: 'M8.5 2H10v8H8.5zM2 2v8l5.5-4z',
  theme: 'M6 1a5 5 0 1 0 0 10zM6 1a5 5 0 0 1 0 10v-1a4 4 0 0 0 0-8z',
} as const;

/** Draws one of the few signs of the page. It says nothing: the button around it has the name. */
export const Icon = (props: { name: keyof typeof PATHS; size?: number }) => (
  <svg width={props.size ?? 12} height={props.size ?? 12} viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">
    <path d={PATHS[props.name]} />
  </svg>
);
