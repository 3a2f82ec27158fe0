import ts from "typescript";

/** One small change of a source that a test should notice. */
export interface Mutant {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Where in the source the change begins and ends. */
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly after: string;
}

type Change = readonly [node: ts.Node, after: string];

/** All changes of one source that compile and mean something else: a comparison, a condition, a sum, a truth, a number, a call left out. */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    // Types and what is imported are nothing that a test could see.
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    for (const [changed, after] of changesOf(node)) {
      const [from, to] = [changed.getStart(tree), changed.getEnd()];
      const line = tree.getLineAndCharacterOfPosition(from).line + 1;
      mutants.push({ file, line, from, to, before: source.slice(from, to), after });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return mutants;
}

const OPERATORS: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.LessThanToken]: "<=",
  [ts.SyntaxKind.LessThanEqualsToken]: "<",
  [ts.SyntaxKind.GreaterThanToken]: ">=",
  [ts.SyntaxKind.GreaterThanEqualsToken]: ">",
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: "!==",
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: "===",
  [ts.SyntaxKind.AmpersandAmpersandToken]: "||",
  [ts.SyntaxKind.BarBarToken]: "&&",
  [ts.SyntaxKind.MinusToken]: "+",
  [ts.SyntaxKind.AsteriskToken]: "/",
  [ts.SyntaxKind.SlashToken]: "*",
};

function* changesOf(node: ts.Node): Iterable<Change> {
  if (ts.isBinaryExpression(node)) {
    const other = OPERATORS[node.operatorToken.kind];
    if (other !== undefined) yield [node.operatorToken, other];
  } else if (ts.isIfStatement(node)) {
    yield [node.expression, `!(${node.expression.getText()})`];
  } else if (ts.isConditionalExpression(node)) {
    yield [node.condition, `!(${node.condition.getText()})`];
  } else if (node.kind === ts.SyntaxKind.TrueKeyword) {
    yield [node, "false"];
  } else if (node.kind === ts.SyntaxKind.FalseKeyword) {
    yield [node, "true"];
  } else if (ts.isNumericLiteral(node)) {
    yield [node, `(${node.getText()} + 1)`];
  } else if (ts.isExpressionStatement(node) && ts.isCallExpression(unwrapped(node.expression))) {
    yield [node, ";"];
  }
}

function unwrapped(expression: ts.Expression): ts.Expression {
  return ts.isAwaitExpression(expression) ? expression.expression : expression;
}
