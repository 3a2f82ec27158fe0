/**
 * Which room may import which. Data flows one way, parse → check → compile → render; the other rooms do not know each
 * other, and lib/wire alone puts them together. tests/toolchain/imports.test.ts proves that every rule can fail.
 */

/** The rooms on which all others may stand. */
const FOUNDATIONS = ["ids", "model", "calendar", "markdown"];

/** Every room of lib but wire, with the rooms it may import besides itself. */
const ROOMS = {
  model: [],
  ids: ["model"],
  calendar: ["model"],
  markdown: ["model"],
  parse: FOUNDATIONS,
  guard: ["model"],
  check: [...FOUNDATIONS, "parse", "guard"],
  compile: FOUNDATIONS,
  render: FOUNDATIONS,
  api: FOUNDATIONS,
  changes: FOUNDATIONS,
  notices: FOUNDATIONS,
  delivery: FOUNDATIONS,
  // A message names states and impacts with the words of the pages, and a webhook in Statuspage's form speaks as the API.
  channels: [...FOUNDATIONS, "render", "api"],
  store: FOUNDATIONS,
  vault: ["model"],
  serve: FOUNDATIONS,
  author: [...FOUNDATIONS, "parse"],
  import: [...FOUNDATIONS, "author"],
  intake: [...FOUNDATIONS, "parse"],
  operator: [...FOUNDATIONS, "render", "changes"],
  client: [],
  subscribe: FOUNDATIONS,
  live: FOUNDATIONS,
};

/** Rooms that compute and nothing else: what they need of the world is handed to them. */
const PURE = [
  "model",
  "calendar",
  "markdown",
  "parse",
  "guard",
  "check",
  "compile",
  "render",
  "changes",
  "author",
  "import",
  "intake",
  "operator",
  "subscribe",
  "live",
];

const WORLD =
  "child_process|cluster|dgram|dns|dns/promises|fs|fs/promises|http|http2|https|net|os|process|readline|sqlite|timers|timers/promises|tls|worker_threads";

/** Where a file may stand that nobody imports and that imports nobody: what Node.js, Next.js or a tool opens by its name. */
const OPENED_BY_NAME = [
  String.raw`^app/.*(?:page|layout|route|loading|error|global-error|not-found|template|default|sitemap|robots|manifest|icon|apple-icon|opengraph-image)\.tsx?$`,
  String.raw`^(?:bin/(?:candor|dev|start)|scripts/[\w-]+)\.(?:ts|mjs)$`,
  String.raw`^tests/.+\.test\.tsx?$`,
  "^(?:public|tests/e2e)/",
  String.raw`^tests/isolation/(?:refuse\.mjs|each-file\.ts)$`,
  String.raw`^lib/serve/preview/live\.js$`,
  String.raw`^[.\w-]+\.(?:ts|mjs)$`,
];

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(ROOMS).map(([room, allowed]) => ({
      name: `room-${room}`,
      comment: `lib/${room} may import ${allowed.length === 0 ? "no other room" : `only ${allowed.map((each) => `lib/${each}`).join(", ")}`}. What needs two rooms belongs in lib/wire.`,
      severity: "error",
      from: { path: `^lib/${room}/` },
      to: { path: "^lib/", pathNot: `^lib/(?:${[room, ...allowed].join("|")})/` },
    })),
    {
      name: "model-imports-nothing",
      comment: "lib/model names things. It needs no package and no module of Node.js.",
      severity: "error",
      from: { path: "^lib/model/" },
      to: { pathNot: "^lib/" },
    },
    {
      name: "known-room",
      comment: "A new room of lib is entered in .dependency-cruiser.mjs first, with what it may import.",
      severity: "error",
      from: {},
      to: { path: "^lib/", pathNot: `^lib/(?:${[...Object.keys(ROOMS), "wire"].join("|")})/` },
    },
    {
      name: "lib-stands-alone",
      comment: "lib knows neither the pages nor the command line that use it.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(?:app|components|bin|scripts|tests)/" },
    },
    {
      name: "framework-in-wire-alone",
      comment: "The domain lives without Next.js and React: only lib/wire starts the framework.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/wire/" },
      to: { path: "(?:^|node_modules/)(?:next|react|react-dom)(?:/|$)" },
    },
    {
      name: "pure-rooms",
      comment: "Only lib/wire reads the environment, the clock, the network and the disk; hand over what it read.",
      severity: "error",
      from: { path: `^lib/(?:${PURE.join("|")})/` },
      to: { path: `^(?:node:)?(?:${WORLD})$` },
    },
    {
      name: "front-matter-split-once",
      comment:
        "gray-matter runs or caches what it is given unless it is called as lib/parse/front-matter.ts does: split there.",
      severity: "error",
      from: { path: "^(?:app|components|lib|bin|scripts)/", pathNot: String.raw`^lib/parse/front-matter\.ts$` },
      to: { path: "(?:^|node_modules/)gray-matter(?:/|$)" },
    },
    {
      name: "pages-are-views",
      comment:
        "app and components show one Site: of lib they import model, calendar, markdown, render, api and wire/reader.ts.",
      severity: "error",
      from: { path: "^(?:app|components)/" },
      to: { path: "^lib/", pathNot: String.raw`^lib/(?:model|calendar|markdown|render|api)/|^lib/wire/reader\.ts$` },
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
      name: "bin-imports-wire-and-model",
      comment: "The command line parses arguments and prints; what it does is composed in lib/wire.",
      severity: "error",
      from: { path: "^bin/" },
      to: { path: "^(?:lib|app|components|scripts|tests)/", pathNot: "^lib/(?:wire|model)/" },
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
