/**
 * Which wing of lib may import which: each one those above it in this list. Inside a wing, folders that compute keep
 * away from the disk, the network and the clock, and know only the folders named for them.
 * tests/toolchain/imports.test.ts proves that every rule can fail.
 */

/** The wings, each with what it is for. A wing imports itself and those before it; lib/wire puts all of them together. */
const WINGS = [
  "model",
  "messages",
  "calendar",
  "markdown",
  "settings",
  "store",
  "access",
  "content",
  "site",
  "delivery",
  "subscribers",
  "publishing",
  "operation",
  "web",
  "wire",
];

/** Written for the reader's browser: it imports nothing, and nothing imports it. */
const APART = ["client"];

/** Folders that compute and nothing else, with what each may import of lib besides itself. */
const FOUNDATIONS = ["model", "messages", "calendar", "markdown", "content/ids"];
const PURE = {
  model: [],
  messages: ["model"],
  calendar: ["model", "messages"],
  markdown: ["model", "messages"],
  "content/ids": ["model"],
  "content/parse": FOUNDATIONS,
  "content/secrets": ["model"],
  "content/check": [...FOUNDATIONS, "content/parse", "content/secrets"],
  "content/author": [...FOUNDATIONS, "content/parse"],
  "content/import": [...FOUNDATIONS, "content/author", "content/secrets"],
  "content/intake": [...FOUNDATIONS, "content/parse"],
  "site/compile": FOUNDATIONS,
  "site/views": FOUNDATIONS,
  "site/api": FOUNDATIONS,
  "publishing/changes": FOUNDATIONS,
  "publishing/notices": FOUNDATIONS,
  "subscribers/forms": FOUNDATIONS,
};

const WORLD =
  "child_process|cluster|dgram|dns|dns/promises|fs|fs/promises|http|http2|https|net|os|process|readline|sqlite|timers|timers/promises|tls|worker_threads";

/** Where a file may stand that nobody imports and that imports nobody: what Node.js, Next.js or a tool opens by its name. */
const OPENED_BY_NAME = [
  String.raw`^app/.*(?:page|layout|route|loading|error|global-error|not-found|template|default|sitemap|robots|manifest|icon|apple-icon|opengraph-image)\.tsx?$`,
  String.raw`^(?:bin/(?:candor|dev|start)|scripts/[\w-]+)\.(?:ts|mjs)$`,
  String.raw`^tests/.+\.test\.tsx?$`,
  "^(?:public|tests/e2e)/",
  String.raw`^tests/isolation/(?:refuse\.mjs|each-file\.ts|leaves-nothing\.ts)$`,
  String.raw`^lib/web/serve/preview/live\.js$`,
  String.raw`^[.\w-]+\.(?:ts|mjs)$`,
];

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...WINGS.map((wing, index) => ({
      name: `wing-${wing}`,
      comment: `lib/${wing} may import ${index === 0 ? "no other wing" : `only ${WINGS.slice(0, index).join(", ")}`}: an import never leads back up.`,
      severity: "error",
      from: { path: `^lib/${wing}/` },
      to: { path: "^lib/", pathNot: `^lib/(?:${WINGS.slice(0, index + 1).join("|")})/` },
    })),
    ...APART.map((wing) => ({
      name: `apart-${wing}`,
      comment: `lib/${wing} imports nothing else of lib.`,
      severity: "error",
      from: { path: `^lib/${wing}/` },
      to: { path: "^lib/", pathNot: `^lib/${wing}/` },
    })),
    ...Object.entries(PURE).map(([folder, allowed]) => ({
      name: `pure-${folder.replaceAll("/", "-")}`,
      comment: `lib/${folder} computes: it may import ${allowed.length === 0 ? "no other folder of lib" : `only ${allowed.map((each) => `lib/${each}`).join(", ")}`}, and neither disk, network nor clock. Hand over what was read.`,
      severity: "error",
      from: { path: `^lib/${folder}/` },
      to: {
        path: `^lib/|^(?:node:)?(?:${WORLD})$`,
        pathNot: `^lib/(?:${[folder, ...allowed].join("|")})/`,
      },
    })),
    {
      name: "model-imports-nothing",
      comment: "lib/model names things. It needs no package and no module of Node.js.",
      severity: "error",
      from: { path: "^lib/model/" },
      to: { pathNot: "^lib/" },
    },
    {
      name: "known-wing",
      comment: "A new wing of lib is entered in .dependency-cruiser.mjs first, at its place in the order.",
      severity: "error",
      from: {},
      to: { path: "^lib/", pathNot: `^lib/(?:${[...WINGS, ...APART].join("|")})/` },
    },
    {
      name: "lib-stands-alone",
      comment: "lib knows neither the pages nor the command line that use it.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(?:app|components|bin|scripts|tests)/" },
    },
    {
      name: "sql-in-store-alone",
      comment:
        "All SQL stands in lib/store: say there what is asked for, by a function that is named by what it means.",
      severity: "error",
      from: { path: "^(?:app|components|lib|bin)/", pathNot: "^lib/store/" },
      to: { path: "(?:^|node_modules/)kysely(?:/|$)" },
    },
    {
      name: "framework-in-web-alone",
      comment: "Everything but HTTP lives without Next.js and React: only lib/web starts the framework.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/web/" },
      to: { path: "(?:^|node_modules/)(?:next|react|react-dom)(?:/|$)" },
    },
    {
      name: "front-matter-split-once",
      comment:
        "gray-matter runs or caches what it is given unless it is called as lib/content/parse/front-matter.ts does: split there.",
      severity: "error",
      from: { path: "^(?:app|components|lib|bin|scripts)/", pathNot: String.raw`^lib/content/parse/front-matter\.ts$` },
      to: { path: "(?:^|node_modules/)gray-matter(?:/|$)" },
    },
    {
      name: "pages-are-views",
      comment:
        "app and components show one Site: of lib they import model, messages, calendar, markdown, site/views, site/api, subscribers/forms and, of web, reader.ts, page-views.ts and operator/views.ts.",
      severity: "error",
      from: { path: "^(?:app|components)/" },
      to: {
        path: "^lib/",
        pathNot: String.raw`^lib/(?:model|messages|calendar|markdown|site/views|site/api|subscribers/forms)/|^lib/web/(?:reader|page-views|operator/views)\.ts$`,
      },
    },
    {
      name: "components-below-app",
      comment: "A page is made of components, never the other way round.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^app/" },
    },
    {
      name: "pages-stand-alone",
      comment: "The pages know neither the command line nor the scripts nor the tests.",
      severity: "error",
      from: { path: "^(?:app|components)/" },
      to: { path: "^(?:bin|scripts|tests)/" },
    },
    {
      name: "bin-prints",
      comment:
        "The command line parses arguments and prints: no SQL, no compiling, no channel; what it does stands in a wing.",
      severity: "error",
      from: { path: "^bin/" },
      to: {
        path: "^(?:lib|app|components|scripts|tests)/|^lib/delivery/channels/",
        pathNot: String.raw`^lib/(?:model|settings|access|content|delivery|subscribers|publishing|operation|web|wire)/|^lib/store/claim-data\.ts$`,
      },
    },
    {
      name: "oracle-stands-apart",
      comment:
        "The oracle judges the program from outside, by rules of its own: it must not know the code, not even through others.",
      severity: "error",
      from: { path: "^(?:scripts/(?:soak-)?oracle|tests/oracle/)" },
      to: { path: "^(?:lib|app|components|bin)/", reachable: true },
    },
    {
      name: "no-cycle",
      comment: "Two files that import each other are one; say which of them comes first.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphan",
      comment: "Nobody imports this file, and it imports nobody: is it still needed?",
      severity: "error",
      from: { orphan: true, pathNot: [...OPENED_BY_NAME, String.raw`\.d\.ts$`] },
      to: {},
    },
    {
      name: "resolvable",
      comment: "There is no such file or package.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "named-in-package-json",
      comment: "What is imported is named in package.json, not found by luck among the packages of a package.",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "no-tool-at-work",
      comment: "What runs for readers must not need a package that is there for development alone.",
      severity: "error",
      from: { path: "^(?:app|components|lib|bin)/" },
      to: {
        dependencyTypes: ["npm-dev"],
        // Types are gone when the code runs.
        dependencyTypesNot: ["type-only", "type-import"],
        pathNot: "node_modules/@types/",
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: String.raw`^(?:\.next|\.candor|data|out|artifacts)/|^tests/fixtures/|^next-env\.d\.ts$` },
    // An import of a type binds two rooms as firmly as one of a function.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".d.ts", ".json"],
    },
  },
};
