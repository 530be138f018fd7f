/** The sign of the page: nine pages, three of them locked. */
export const Mark = () => (
  <span class="mark" aria-hidden="true">
    {Array.from({ length: 9 }, (_, i) => (
      <i classList={{ locked: [3, 4, 7].includes(i) }} />
    ))}
  </span>
);
