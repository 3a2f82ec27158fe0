import { Command } from "commander";
import { type PreviewedEvent, type PublishingPreview, previewPublishing } from "#lib/publishing/preview-publishing.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { indented, noticesText, noticeText } from "../notices.ts";
import { previewText } from "../preview.ts";
import { errorsText, warningsText } from "../problems.ts";

export function previewCommand(): Command {
  return new Command("preview")
    .description("show what publishing would change on the site, and what subscribers would read; writes nothing")
    .argument("[slug]", "only this incident or maintenance; a part of its name is enough")
    .addHelpText("after", "\nThe pages themselves, drafts and all, are shown while you write by “npm run dev”.")
    .action(async (slug: string | undefined) => {
      const preview = await previewPublishing(readEnvironment(), Date.now());
      if (preview.problems.some(({ severity }) => severity === "error")) {
        process.stdout.write(
          `${errorsText(preview.problems)}Nothing could be published: mend the errors above first.\n`,
        );
        process.exitCode = 1;
      } else process.stdout.write(slug === undefined ? wholeText(preview) : eventsText(preview, slug));
    });
}

function wholeText({ changes, headlines, events }: PublishingPreview): string {
  if (!changes) return "Publishing would change nothing.\n";
  const { before, after } = headlines ?? {};
  const isSame = before === undefined || before === after;
  const state = `Overall: ${isSame ? after : `${before} → ${after}`}\n`;
  const reports = events.map((event) => changesText(event)).join("");
  return `${previewText(changes)}${state}${warningsText(changes)}${noticesText(changes, { withTexts: true })}${reports}`;
}

function eventsText({ events }: PublishingPreview, slug: string): string {
  const exact = events.filter((event) => event.slug === slug);
  const found = exact.length > 0 ? exact : events.filter((event) => event.slug.includes(slug));
  return found.length > 0 ? found.map(eventText).join("") : `Publishing would change nothing about “${slug}”.\n`;
}

function eventText({ notices, ...event }: PreviewedEvent): string {
  const told = notices.map((notice) => noticeText(notice, true)).join("");
  return `${told || "Nobody would be told anything of it.\n"}${changesText(event)}`;
}

function changesText({ slug, redline }: Omit<PreviewedEvent, "notices">): string {
  return redline ? `\n${slug}, since the preliminary report:\n${indented(redlineText(redline))}` : "";
}

/** What was added stands in {+ +}, what was removed in [- -], as `wdiff` has it; what stayed is left out. */
function redlineText({ blocks }: NonNullable<PreviewedEvent["redline"]>): string {
  const marks = { same: ["", ""], added: ["{+", "+}"], removed: ["[-", "-]"] } as const;
  return blocks
    .filter(({ is, kind }) => is !== "same" || kind === "heading")
    .map(({ kind, runs }) => {
      const words = runs.map(({ is, text }) => `${marks[is][0]}${text}${marks[is][1]}`).join("");
      return `${kind === "heading" ? "## " : kind === "item" ? "- " : ""}${words}\n`;
    })
    .join("");
}
