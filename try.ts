import { checkFolder } from "#lib/wire/folder.ts";
import { compile } from "#lib/compile/compile.ts";
const c = await checkFolder(process.argv[2] ?? "incidents", Date.now());
for (const x of c.problems) console.log(x.place.file+":"+x.place.line + ":" + x.place.column, x.rule, x.message, "|", x.remedy);
const t=performance.now();
const s = compile({config:c.config!, entries:c.entries, images:[]}, Date.now());
console.log(performance.now()-t);
console.log(s.state, new Date(s.validUntil).toISOString(), s.incidents.map(i=>[i.slug,i.impact,i.status,i.started,i.lasted,i.timeToDetect, i.timeToRepair,i.reportDue,i.effects]).slice(0,5), s.maintenances.map(m=>[m.slug,m.status,m.lasted]));
console.dir(s.groups.map(g=>g.components.map(c=>[c.id,c.uptime,c.effect,c.months.filter(m=>m.lostMs>0)])),{depth:6});
