import { describe, expect, it } from "vitest";
import { finishReport, startReport } from "#lib/content/author/start-report.ts";
import { TEMPLATES } from "#lib/content/author/templates.ts";
import { parseEntry } from "#lib/content/parse/entry.ts";

const FRONT = "---\n# why\ntitle: A\nupdates:\n  - at: 2026-01-01\n    status: resolved\n    body: x\n---\n";

const read = (text: string) => parseEntry("a.md", Buffer.from(text), "UTC").entry;

describe("a report", () => {
  it.each(Object.keys(TEMPLATES))("is begun from the template %s", (name) => {
    const template = TEMPLATES[name as keyof typeof TEMPLATES];
    const text = startReport(FRONT, template);
    expect(text).toBe(`${FRONT.slice(0, -4)}report: { status: preliminary }\n---\n\n${template}`);
    expect(read(text)).toMatchObject({ report: { status: "preliminary" }, body: `\n${template}` });
  });

  it("is begun in a file whose last line has no end, and in one with the line ends of Windows", () => {
    expect(read(startReport(FRONT.trimEnd(), "## A\n"))?.body.trim()).toBe("## A");
    const text = startReport(FRONT.replaceAll("\n", "\r\n"), "## A\n## B\n");
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
    expect(read(text)?.body).toContain("## B");
  });

  it("leaves a declaration that is there as it is", () => {
    const source = FRONT.replace("updates:", "report: { status: preliminary, due: 2026-02-01 } # promised\nupdates:");
    expect(startReport(source, "## A\n")).toBe(`${source}\n## A\n`);
  });

  it("is never written over another", () => {
    expect(startReport(`${FRONT}\nWritten.\n`, "## A\n")).toBe("has-text");
  });

  it("is declared final without touching another byte", () => {
    const source = `${FRONT.replace("updates:", "report: { due: 2026-02-01, status: preliminary } # promised\nupdates:")}Text\n`;
    expect(finishReport(source)).toBe(source.replace("status: preliminary", "status: final"));
    expect(read(finishReport(`${FRONT}Text\n`))?.report).toEqual({ status: "final" });
  });
});
