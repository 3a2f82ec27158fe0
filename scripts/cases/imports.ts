import { expectIn, expectNotIn, expectThat } from "./expect.ts";
import type { Case } from "./product.ts";

/** Moves a case in as its format, publishes that, and looks at the only file that came out, or at what the program said. */
const moved =
  (format: string, look: (file: string, said: string) => void): Case =>
  async (site, folder) => {
    const imported = site.beside("imported");
    const { out } = await site.product.must("import", format, folder, "--into", imported, "--all");
    site.use(imported);
    await site.publish("--quiet");
    const [only, ...others] = site.incidents();
    expectThat(only !== undefined && others.length === 0, `There is not one file: ${site.incidents().join(", ")}`);
    look(site.read(only), out);
  };

/** What is right of each import, by the name of the folder. */
export const IMPORTS: Readonly<Record<string, Case>> = {
  "01-update-date-same-line": moved("cstate", (file) => {
    for (const words of ["We recovered the service", "The instability is back", "We have a work-around"])
      expectIn(file, words, "The file");
    expectIn(file, "2025-08-09", "The file");
  }),
  "02-resolved-true-end-before-date": moved("cstate", (file, said) => {
    expectIn(file, /status: resolved|^ended:/m, "The file");
    expectIn(said, /end|over/, "The remarks");
  }),
  "03-slug-and-aliases": moved("cstate", (file) => {
    const [, redirects = ""] = /^redirects:([\s\S]*?)^\S/m.exec(`${file}\nx`) ?? [];
    const all = [...redirects.matchAll(/\/[\w/-]+/g)].map(([path]) => path.toLowerCase().replace(/\/$/, ""));
    expectThat(new Set(all).size === all.length, `Redirects collide: ${all.join(", ")}`);
  }),
  "05-maintenance-announced-late": moved("cstate", (file) => expectIn(file, "status: completed", "The file")),
  "06-postmortem-title-underscores": moved("postmortems", (file) => expectIn(file, "AGG_SIG_UNSAFE", "The file")),
  "07-postmortem-dates-in-text": moved("postmortems", (file, said) => {
    const hasTimes = /11-11T16:02|11-11T\d\d:02/.test(file);
    expectThat(hasTimes || /time|began|start/.test(said), "Neither the times of the text, nor a remark.");
  }),
  "08-upptime-commit-link": moved("upptime", (file) => {
    expectNotIn(file, /\\\s*$/m, "The file");
    expectIn(file, /https:\/\/github\.com\/\S+\/commit\/[\da-f]+/, "The file");
  }),
  "15-no-opening-fence": moved("cstate", (file, said) => {
    expectThat(
      /partial_outage|degraded|impact/.test(file) || /severity/.test(said),
      "The severity is lost without a word.",
    );
    expectNotIn(file, "disrupted ---", "The file");
  }),
  "17-postmortem-structured-front-matter": moved("postmortems", (file) => {
    expectIn(file, /^ended:|status: resolved/m, "The file");
    expectNotIn(file, "incident_states", "The file");
  }),
  "ok-09-latin1": moved("cstate", (file) => expectNotIn(file, "\uFFFD", "The file")),
  "ok-11-bom-crlf": moved("cstate", (file) => expectNotIn(file, /\uFEFF|\r/, "The file")),
  "ok-13-hugo-timezone": moved("cstate", (file) => expectIn(file, /T\d\d:\d\d/, "The file")),
  "ok-14-uppercase-keys": moved("cstate", (file) => expectIn(file, /status: resolved|^ended:/m, "The file")),
};
