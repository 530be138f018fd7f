// Reads the project's own files for architecture.test.ts: which there are, what they import, which words they use.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import ts from 'typescript';

export const root = resolve(import.meta.dirname, '../..');

export interface Import {
  readonly line: number;
  readonly specifier: string;
  /** Path from the project's root, or null for a package. */
  readonly target: string | null;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  readonly tree: ts.SourceFile;
}

/** Lists the files that git has or would take, so that build results and packages are not among them. */
export function projectFiles(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const names = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).split('\n');
  return names.filter((name) => name && statSync(resolve(root, name), { throwIfNoEntry: false })?.isFile());
}

/** Tells whether a path is program text of ours that the rules speak of. */
export function isCode(path: string): boolean {
  return /^(assembly|web|e2e)\/.*\.(tsx?|mjs|js)$/.test(path);
}

/** Tells whether a path is a test or the setting of one, which may look at all layers. */
export function isTest(path: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(path) || /\/testing\//.test(path);
}

/** Parses a file. `exists` answers for paths from the root; a made-up project passes its own. */
export function read(path: string, text: string, exists: (path: string) => boolean): Source {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const imports: Import[] = [];
  const add = (node: ts.Expression | undefined): void => {
    if (!node || !ts.isStringLiteralLike(node)) return;
    const line = lineOf(tree, node);
    imports.push({ line, specifier: node.text, target: targetOf(path, node.text, exists) });
  };
  walk(tree, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal as ts.Expression);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0]);
    else if (ts.isNewExpression(node) && node.expression.getText(tree) === 'URL') add(relative(node.arguments?.[0]));
  });
  return { path, text, imports, tree };
}

/** Reads all code files of the project. */
export function readProject(): Source[] {
  const exists = (path: string): boolean => existsSync(resolve(root, path));
  return projectFiles()
    .filter(isCode)
    .map((path) => read(path, readFileSync(resolve(root, path), 'utf8'), exists));
}

/** Calls `visit` on every node below, the outer first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The line of a node, counted from 1. */
export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** `new URL('./worker', import.meta.url)` is an import too; `new URL('https://...')` is not. */
function relative(node: ts.Expression | undefined): ts.Expression | undefined {
  return node && ts.isStringLiteralLike(node) && node.text.startsWith('.') ? node : undefined;
}

function targetOf(from: string, specifier: string, exists: (path: string) => boolean): string | null {
  const bare = specifier.replace(/\?.*$/, '');
  if (!bare.startsWith('.') && !bare.startsWith('/')) return null;
  const base = bare.startsWith('/') ? posix.join('web', bare) : posix.join(dirname(from), bare);
  const endings = ['', '.ts', '.tsx', '.mjs', '.js', '/index.ts', '/index.tsx'];
  return endings.map((ending) => base + ending).find((path) => /\.\w+$/.test(path) && exists(path)) ?? base;
}
