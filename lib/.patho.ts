import { parseMarkdown } from "#lib/markdown/parse.ts";
import { markdownToHtml } from "#lib/markdown/html.ts";
const K = 100_000;
const P: Record<string, string> = {
 brackets: "[".repeat(K), closing: "]".repeat(K), bang: "![".repeat(K/2), openclose: "[]".repeat(K/2), nestbr: "[".repeat(K/2)+"]".repeat(K/2),
 quotes: ">".repeat(K), quotesp: "> ".repeat(K/2)+"a", emph: "*a_ ".repeat(K/4), emph2: "*a **a ".repeat(K/7), stars: "*".repeat(K)+"a", starsp: "a*".repeat(K/2), under: "_a__b".repeat(K/5),
 ticks: "`".repeat(K), ticks2: Array.from({length: 440}, (_, i) => "`".repeat(i+1)).join(" "), ticks3: "`a``b```c".repeat(K/9),
 links: "[a](".repeat(K/4), links2: "[a](b".repeat(K/5), linksAngle: "[a](<b".repeat(K/6), linktitle: '[a](b "'.repeat(K/7), imgnest: "![a".repeat(K/3)+"](b)".repeat(K/4),
 nestlist: Array.from({length: 430}, (_, i) => " ".repeat(i*1)+"- a").join("\n"), nestlist2: Array.from({length: 300}, (_, i) => "  ".repeat(i)+"- a").join("\n"), dashes: "- ".repeat(K/2)+"a", onum: "1. ".repeat(K/3)+"a",
 lt: "<".repeat(K), lta: "<a".repeat(K/2), lta2: "<a ".repeat(K/3), ltq: '<a b="'.repeat(K/6), ltbang: "<!--".repeat(K/4), cdata: "<![CDATA[".repeat(K/9), pi: "<?".repeat(K/2), decl: "<!A ".repeat(K/4), closeTags: "</a>".repeat(K/4),
 tablecols: "|a".repeat(10000)+"|\n"+"|-".repeat(10000)+"|\n"+"|b".repeat(10000)+"|\n", tableHead: "|a".repeat(10000)+"|\n"+"|-".repeat(9999)+"|\n", tablerows: "|a|b|\n|-|-|\n"+"|a|b|\n".repeat(16000), tableShort: "|"+"a|".repeat(1000)+"\n|"+"-|".repeat(1000)+"\n"+"|a\n".repeat(30000),
 fnrefs: "[^1]".repeat(K/4)+"\n\n[^1]: a\n", fndefs: Array.from({length: 8000}, (_, i) => `[^${i}]: a`).join("\n\n"), fnboth: Array.from({length: 4000}, (_, i) => `[^${i}]`).join("")+"\n\n"+Array.from({length: 4000}, (_, i) => `[^${i}]: a[^${i}]`).join("\n\n"), fnnest: Array.from({length: 8000}, (_, i) => `[^${i}]: a[^${i+1}]`).join("\n\n"), fnopen: "[^".repeat(K/2), fndefnest: "[^a]: ".repeat(K/6),
 defs: Array.from({length: 8000}, (_, i) => `[d${i}]: /a`).join("\n"), defs2: Array.from({length: 8000}, (_, i) => `[d${i}]: /a`).join("\n")+"\n\n"+Array.from({length: 8000}, (_, i) => `[d${i}]`).join(""),
 html10k: "<div>".repeat(10000)+"a"+"</div>".repeat(10000), html10kb: "\n<div>\n\n".repeat(10000), htmlspan: "a "+"<b>".repeat(30000), htmltable: "<table><tr><td>".repeat(6000), htmlfmt: "<p><b><i><u><s>".repeat(6000), htmla: "<a><div>".repeat(10000),
 strike: "~a~~b".repeat(K/5), tilde: "~".repeat(K), autolink: "http://a".repeat(K/8), autolink2: "www.a".repeat(K/5), email: "a@b.c".repeat(K/5), email2: "a".repeat(K)+"@", email3: "a@".repeat(K/2), dots: "a.".repeat(K/2), urlparen: "http://a"+"(".repeat(K), urlparens: "http://a"+")".repeat(K), urldots: "http://a"+".".repeat(K), amps: "&".repeat(K), ampsa: "&a".repeat(K/2), ents: "&#1".repeat(K/3), urlent: "http://a"+"&a;".repeat(K/3), 
 headings: "# a\n".repeat(K/4), setext: "a\n=\n".repeat(K/4), hashes: "#".repeat(K), spaces: " ".repeat(K), tabs: "\t".repeat(K)+"a", nl: "\n".repeat(K), bs: "\\".repeat(K), fences: "```\n".repeat(K/4), fence2: "~~~a\n".repeat(K/5), hr: "---\n".repeat(K/4), lazy: ">\n".repeat(K/2), lazy2: "> ".repeat(1000)+"a\n"+"a\n".repeat(1000), qlist: "> - ".repeat(K/4)+"a", dir: "::a".repeat(K/3), dir2: "::a[".repeat(K/4), dir3: "::a{a=".repeat(K/6), dirl: "::a\n".repeat(K/4), cont: Array.from({length: 400}, (_, i) => ":".repeat(400-i)+"a").join("\n"), listloose: "- a\n\n".repeat(K/5), tasks: "- [ ] a\n".repeat(K/8), long: "a".repeat(K), words: "a ".repeat(K/2), hardbreaks: "a  \n".repeat(K/4), blankq: "> a\n\n".repeat(K/5),
};
const mode = process.argv[2]; const only = process.argv[3];
for (const [name, text] of Object.entries(P)) {
  if (only && name !== only) continue;
  const t = performance.now();
  let r = "ok";
  try { if (mode === "html") markdownToHtml(text, { prefix: "r-", topHeading: 3, image: () => undefined }); else parseMarkdown(text); } catch (e) { r = String((e as Error).message).slice(0, 60); }
  const ms = performance.now() - t;
  if (ms > 500 || r !== "ok") console.log(name.padEnd(12), text.length, Math.round(ms), r);
}
console.log("done", Object.keys(P).length);
