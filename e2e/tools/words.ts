// What a file must not contain, whatever it imports: the rules of architecture.test.ts on words, length and place.
import ts from 'typescript';
import type { Violation } from './rules';
import { isTest, lineOf, walk, type Source } from './sources';

const PURE = /^web\/(lang|core|run|spec|share)\//;
const PAGE_GLOBALS = new Set(['window', 'document', 'localStorage', 'sessionStorage']);
const HTML_SINKS = new Set(['innerHTML', 'outerHTML', 'insertAdjacentHTML']);
const TEST_NAMES = new Set(['test', 'it', 'describe', 'suite', 'bench']);
const TEST_HOLES = new Set(['only', 'skip', 'fixme', 'todo', 'skipIf', 'runIf']);

/** The length at which a file has become two. */
export const MAX_LINES = 500;

/** Finds words that a rule forbids in this place. */
export function wordViolations(sources: readonly Source[]): Violation[] {
  const found: Violation[] = [];
  for (const source of sources) {
    const { path, tree } = source;
    const report = (rule: string, node: ts.Node, what: string): void => {
      found.push({ rule, file: path, line: lineOf(tree, node), what });
    };
    walk(tree, (node) => {
      if (isCodeFromText(node)) report('no-code-from-text', node, 'makes code of a text');
      const name = ts.isIdentifier(node) ? node.text : ts.isStringLiteral(node) && isKey(node) ? node.text : null;
      if (name === null) return;
      if (HTML_SINKS.has(name)) report('no-html-from-text', node, name);
      if (ts.isStringLiteral(node)) return;
      if (PURE.test(path) && !isTest(path) && PAGE_GLOBALS.has(name) && isFree(node)) {
        report('pure-stages', node, `touches ${name}`);
      }
      const wasm = name === 'WebAssembly' && isFree(node) && !ts.isQualifiedName(node.parent);
      if (wasm && path.startsWith('web/') && path !== 'web/core/boot.ts' && !isTest(path)) {
        report('wasm-in-one-place', node, 'WebAssembly outside web/core/boot.ts');
      }
      if (isTest(path) && TEST_HOLES.has(name) && isOfTest(node))
        report('every-test-runs', node, node.parent.getText(tree));
    });
    if (isBarrel(source))
      found.push({ rule: 'no-barrels', file: path, line: 1, what: 'only hands on what others export' });
    const lines = source.text.split('\n').length;
    if (lines > MAX_LINES) found.push({ rule: 'file-length', file: path, line: MAX_LINES + 1, what: `${lines} lines` });
  }
  return found;
}

/** A name that stands for itself: not a property, a key or a name being declared as one. */
function isFree(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !(
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isVariableDeclaration(parent)) &&
    parent.name === node
  );
}

/** The text in element['innerHTML'] and in { 'innerHTML': ... }. */
function isKey(node: ts.StringLiteral): boolean {
  return ts.isElementAccessExpression(node.parent) || ts.isPropertyAssignment(node.parent);
}

function isCodeFromText(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  const callee = node.expression;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  if (!ts.isIdentifier(name)) return false;
  if (name.text === 'eval') return callee === name || /^(globalThis|window|self)$/.test(calleeOwner(callee));
  return name.text === 'Function' && callee === name;
}

function calleeOwner(callee: ts.Expression): string {
  return ts.isPropertyAccessExpression(callee) ? callee.expression.getText() : '';
}

/** test.only, test.describe.skip, it.todo: the chain begins with a test function. */
function isOfTest(node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node.parent) || node.parent.name !== node) return false;
  let first: ts.Expression = node.parent.expression;
  while (ts.isPropertyAccessExpression(first)) first = first.expression;
  return ts.isIdentifier(first) && TEST_NAMES.has(first.text);
}

function isBarrel({ path, tree }: Source): boolean {
  if (path === 'assembly/index.ts' || tree.statements.length === 0) return false;
  const handsOn = tree.statements.filter((s) => ts.isExportDeclaration(s) && s.moduleSpecifier);
  if (handsOn.some((s) => ts.isExportDeclaration(s) && !s.exportClause)) return true; // export * from
  return handsOn.length > 0 && tree.statements.every((s) => ts.isImportDeclaration(s) || ts.isExportDeclaration(s));
}
