// Goes through a text as the parser has read it, in the order of its words.
import type { Declared, Expr, Init, Item, Parameter, Stmt, FunctionText } from './ast';

/** What a visitor is told; each is called before what is inside. */
export interface Visitor {
  expression?(expr: Expr): void;
  declared?(declared: Declared, stmt: Stmt & { kind: 'declare' }): void;
  function?(text: FunctionText): void;
  parameter?(parameter: Parameter, of: FunctionText): void;
  /** The statements of a block. */
  block?(body: readonly Stmt[], stmt: Stmt): void;
  /** A statement that an `if` or a loop holds without braces. */
  body?(stmt: Stmt): void;
  /** A scope begins: of a function, a block or a `for`. */
  enter?(range: { readonly from: number; readonly to: number }): void;
  leave?(): void;
}

/** Tells the visitor of everything in `items`. */
export function visit(items: readonly Item[], visitor: Visitor): void {
  const scope = (range: { from: number; to: number }, inside: () => void): void => {
    visitor.enter?.(range);
    inside();
    visitor.leave?.();
  };
  const init = (value: Init | null): void => {
    if (!value) return;
    if (value.kind !== 'list') return expression(value);
    for (const item of value.items) {
      expression(item.index);
      init(item.value);
    }
  };
  const body = (stmt: Stmt): void => {
    if (stmt.kind !== 'block') visitor.body?.(stmt);
    statement(stmt);
  };
  const expression = (expr: Expr | null): void => {
    if (!expr) return;
    visitor.expression?.(expr);
    switch (expr.kind) {
      case 'unary':
      case 'update':
        return expression(expr.operand);
      case 'binary':
      case 'logic':
      case 'assign':
      case 'comma':
        expression(expr.left);
        return expression(expr.right);
      case 'ternary':
        expression(expr.test);
        expression(expr.yes);
        return expression(expr.no);
      case 'call':
        return expr.args.forEach(expression);
      case 'index':
        expression(expr.object);
        return expression(expr.index);
      case 'member':
        return expression(expr.object);
      case 'cast':
        expr.type.dims.forEach(expression);
        return expression(expr.operand);
      case 'literal':
        return init(expr.init);
      case 'sizeof':
        if ('kind' in expr.operand) expression(expr.operand);
    }
  };
  const statement = (stmt: Stmt): void => {
    switch (stmt.kind) {
      case 'declare':
        for (const declared of stmt.items) {
          visitor.declared?.(declared, stmt);
          declared.declarator.dims.forEach(expression);
          init(declared.init);
        }
        return;
      case 'expression':
      case 'return':
      case 'case':
        return expression(stmt.value);
      case 'block':
        return scope(stmt, () => {
          visitor.block?.(stmt.body, stmt);
          stmt.body.forEach(statement);
        });
      case 'if':
        expression(stmt.test);
        body(stmt.yes);
        if (stmt.no) body(stmt.no);
        return;
      case 'for':
        return scope(stmt, () => {
          if (stmt.init) statement(stmt.init);
          expression(stmt.test);
          expression(stmt.next);
          body(stmt.body);
        });
      case 'while':
        expression(stmt.test);
        return body(stmt.body);
      case 'do':
        body(stmt.body);
        return expression(stmt.test);
      case 'switch':
        expression(stmt.value);
        return body(stmt.body);
      case 'bad':
        if (stmt.inner) statement(stmt.inner);
    }
  };
  for (const item of items) {
    if (item.kind !== 'function') statement(item);
    else {
      visitor.function?.(item);
      scope(item, () => {
        for (const parameter of item.params) visitor.parameter?.(parameter, item);
        if (item.body) statement(item.body);
      });
    }
  }
}
