import { type Expression, type Program, parse, type Statement } from "acorn";
import type { Note } from "../imported.ts";

/** The names that a program gives to what it writes down. */
type Names = ReadonlyMap<string, Expression>;

/**
 * The object that a JavaScript configuration exports, as far as it is written down in it: text, numbers, lists and
 * objects, and constants of them. Nothing is run; what would have to be is remarked and left out.
 */
export function readLiteral(source: string, note: Note): unknown {
  const program = parseProgram(source);
  const names = namesIn(program);
  const exported = program.body.map(exportedBy).find((expression) => expression !== undefined);
  if (!exported) {
    note("the configuration", "it exports nothing that is plainly written down, and it is never run; not carried");
    return {};
  }
  return literalOf(exported, names, note, "the configuration", 0);
}

function parseProgram(source: string): Program {
  const options = { ecmaVersion: "latest", allowHashBang: true, locations: true } as const;
  try {
    return parse(source, { ...options, sourceType: "module" });
  } catch {
    return parse(source, { ...options, sourceType: "script" });
  }
}

function namesIn({ body }: Program): Names {
  const declarations = body.flatMap((statement) =>
    statement.type === "VariableDeclaration" ? statement.declarations : [],
  );
  return new Map(
    declarations.flatMap(({ id, init }) => (id.type === "Identifier" && init ? [[id.name, init] as const] : [])),
  );
}

/** `module.exports = …` or `export default …`. */
function exportedBy(statement: Program["body"][number] | Statement): Expression | undefined {
  if (statement.type === "ExportDefaultDeclaration") {
    const { declaration } = statement;
    return /^(?:Function|Class)Declaration$/.test(declaration.type) ? undefined : (declaration as Expression);
  }
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression")
    return undefined;
  const { left, right } = statement.expression;
  const isExports =
    left.type === "MemberExpression" && left.property.type === "Identifier" && left.property.name === "exports";
  return isExports ? right : undefined;
}

const DEEPEST = 20;

function literalOf(node: Expression, names: Names, note: Note, what: string, depth: number): unknown {
  if (depth > DEEPEST) return undefined;
  const inside = (inner: Expression, name: string) => literalOf(inner, names, note, name, depth + 1);
  switch (node.type) {
    case "Literal":
      return typeof node.value === "object" ? undefined : node.value;
    case "TemplateLiteral":
      if (node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? "";
      break;
    case "UnaryExpression":
      if (node.operator === "-" && node.argument.type === "Literal") return `-${String(node.argument.value)}`;
      break;
    case "ArrayExpression":
      return node.elements.map((item) => (item && item.type !== "SpreadElement" ? inside(item, what) : undefined));
    case "ObjectExpression":
      return Object.fromEntries(
        node.properties.flatMap((property) => {
          if (property.type === "SpreadElement" || property.computed) return [];
          const { key } = property;
          const name = key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : "";
          return [[name, inside(property.value as Expression, name)]];
        }),
      );
    case "Identifier": {
      const known = names.get(node.name);
      if (known) return inside(known, what);
      break;
    }
    default:
      break;
  }
  note(`“${what}”`, "it is made by running code, which is never done; left out", node.loc?.start.line);
  return undefined;
}
