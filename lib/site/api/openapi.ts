import { z } from "zod";
import { messagesIn } from "#lib/messages/messages.ts";
import { siteTitle } from "#lib/messages/naming.ts";
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
export function openapi(config: Pick<SiteConfig, "name" | "url" | "locale">): object {
  const { api: words } = messagesIn(config.locale);
  const schemas = schemasByName();
  const answerOf = (operationId: string, summary: string, shape: z.ZodType, parameters: readonly object[] = []) => ({
    get: {
      operationId,
      summary,
      ...(parameters.length > 0 ? { parameters } : {}),
      responses: {
        200: {
          description: SHAPES.get(shape)?.description ?? "",
          headers: HEADERS,
          content: { "application/json": { schema: refTo(shape) } },
        },
        304: { description: "The answer with the ETag that was sent along is still true." },
        ...(parameters.length > 0 ? { 404: refused("There is none.") } : {}),
        405: refused("It was asked for by another method than GET, HEAD or OPTIONS."),
        500: refused("The fault is on our side, and there is no earlier answer either."),
      },
    },
  });
  return {
    openapi: "3.1.1",
    info: {
      title: siteTitle(config),
      version: "2",
      description:
        "Everything may be read from every origin, without a key. Answers carry an ETag and may be kept for ten seconds; times are told in the offset of the page's zone.",
    },
    servers: [{ url: config.url }],
    // Nothing asks for a key.
    security: [],
    paths: {
      ...Object.fromEntries(
        ANSWERS.map(({ path, about, shape }) => [path, answerOf(operationOf(path), words[about], shape)]),
      ),
      "/api/v2/incidents/{id}.json": answerOf("incident", words.incident, IncidentAnswer, [
        inPath("id", "Twelve letters and digits, as the lists give them."),
      ]),
      "/incidents/{slug}.json": answerOf("document", words.document, IncidentDocument, [
        inPath("slug", "The last part of its page's address."),
      ]),
    },
    components: { schemas },
  };
}

const HEADERS = {
  "Access-Control-Allow-Origin": { description: "Whatever page asks may read it.", schema: { const: "*" } },
  "Cache-Control": { description: "For how long it may be kept.", schema: { type: "string" } },
  ETag: { description: "To be sent along with the next question, as If-None-Match.", schema: { type: "string" } },
};

const refused = (description: string) => ({
  description,
  content: { "application/json": { schema: refTo(Refusal) } },
});

/** What generated clients call it: `/api/v2/incidents/unresolved.json` is `incidentsUnresolved`. */
function operationOf(path: string): string {
  const words = path.replace(/^\/api\/v2\/|\.json$/g, "").split(/[/-]/);
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
}

function refTo(shape: z.ZodType): object {
  return { $ref: `#/components/schemas/${SHAPES.get(shape)?.id}` };
}

/** Every named shape as a JSON Schema; shapes in shapes are referred to by their names. */
export function schemasByName(): Record<string, object> {
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(SHAPES, { uri });
  // What is said of a shape is in the registry, and what is said of a field is not: each has to be asked for by itself.
  const { schemas: told } = z.toJSONSchema(SHAPES, { uri, metadata: SHAPES });
  return Object.fromEntries(
    Object.entries(schemas)
      .map(([id, { $schema: _schema, $id: _id, ...schema }]): [string, object] => [
        id,
        { description: told[id]?.description, ...schema },
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
