import type { Rule } from "../rule.ts";

export const remoteImage: Rule = {
  id: "remote-image",
  severity: "warning",
  summary: "Images are kept beside the file: a status page asks no third party for anything.",
  *check({ mentions }) {
    for (const { kind, value, place } of mentions) {
      if (kind !== "image" || !/^(?:https?:)?\/\//i.test(value)) continue;
      yield {
        place,
        message: "The image is on another server; readers will see a link to it instead.",
        remedy: "Copy the image beside the incident's file.",
      };
    }
  },
};
