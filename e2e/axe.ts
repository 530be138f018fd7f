// The rules of accessibility that a machine can see.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './page';

/** Looks at the whole page, or at these parts of it. One line a violated rule: what, and where. */
export async function expectNoViolation(page: Page, where: string, parts: readonly string[] = []): Promise<void> {
  const axe = parts.reduce((builder, part) => builder.include(part), new AxeBuilder({ page }));
  const { violations } = await axe.analyze();
  const lines = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(lines, where).toEqual([]);
}
