import { z } from "zod";
import type { SiteConfig } from "#lib/model/config.ts";
import { ANSWERS } from "./answers.ts";
import { IncidentAnswer, IncidentDocument, Refusal, SHAPES } from "./shape.ts";

/** A parameter in an address. */
const inPath = (name: string, description: string) => ({
  name,
  in: "path",
  required: true,
  description,
  schema: { type: "string" },
});

/** `/api/openapi.json` (OpenAPI 3.1), made from the one shape of the answers. */
export function openapi({ name, url }: Pick<SiteConfig, "name" | "url">): object {
  const schemas = schemasByName();
  const answerOf = (summary: string, shape: z.ZodType, parameters: readonly object[] = []) => ({
    get: {
      summary,
      ...(parameters.length > 0 ? { parameters } : {}),
      responses: {
        200: {
          description: SHAPES.get(shape)?.description ?? "",
          content: { "application/json": { schema: refTo(shape) } },
        },
        304: { description: "The answer with the ETag that was sent along is still true." },
        ...(parameters.length > 0
          ? { 404: { description: "There is none.", content: { "application/json": { schema: refTo(Refusal) } } } }
          : {}),
      },
    },
  });
  return {
    openapi: "3.1.1",
    info: {
      title: `${name} status`,
      version: "2",
      description:
        "Everything may be read from every origin, without a key. Answers carry an ETag and may be kept for ten seconds; times are told in the offset of the page's zone.",
    },
    servers: [{ url }],
    paths: {
      ...Object.fromEntries(ANSWERS.map(({ path, about, shape }) => [path, answerOf(about, shape)])),
      "/api/v2/incidents/{id}.json": answerOf("One incident or maintenance.", IncidentAnswer, [
        inPath("id", "Twelve letters and digits, as the lists give them."),
      ]),
      "/incidents/{slug}.json": answerOf(
        "One incident or maintenance with all that is known of it.",
        IncidentDocument,
        [inPath("slug", "The last part of its page's address.")],
      ),
    },
    components: { schemas },
  };
}

function refTo(shape: z.ZodType): object {
  return { $ref: `#/components/schemas/${SHAPES.get(shape)?.id}` };
}

/** Every named shape as a JSON Schema; shapes in shapes are referred to by their names. */
function schemasByName(): Record<string, object> {
  const { schemas } = z.toJSONSchema(SHAPES, { uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas)
      .map(([id, { $schema: _schema, $id: _id, ...schema }]): [string, object] => [id, schema])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
