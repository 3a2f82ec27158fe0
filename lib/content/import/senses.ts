/** What the label of an update says. `started`, `scheduled` and `verifying` matter to maintenance; `report` opens a postmortem. */
export type Sense =
  | "initial"
  | "investigating"
  | "identified"
  | "monitoring"
  | "resolved"
  | "update"
  | "scheduled"
  | "started"
  | "verifying"
  | "report";

/**
 * Words of labels as engineers write them, in the languages cState speaks, without accents. A label means what its
 * words mean together; one unknown word makes it a label without a sense ("Upstream response").
 */
const WORDS: Readonly<Record<Sense, string>> = {
  initial:
    "initial open opening opened reopened reopen detected reported problem iniziale apertura initiale ouverture eroffnung inicial apertura abertura",
  investigating:
    "investigating investigation indagine indagando analisi untersuchung untersuchen analyse investigando investigacion investigacao onderzoek onderzoeken undersoker undersoger undersogelse badanie исследование расследование 調査中 调查中",
  identified:
    "identified cause identificato identificata identifie identifiee identifiziert ursache identificado identificada geidentificeerd identifierat identificeret zidentyfikowano определено 特定",
  monitoring:
    "monitoring monitored observation observed observing mitigated monitoraggio surveillance beobachtung beobachten uberwachung monitorando monitoreando monitoreo seguimiento monitoramento bewaking overvakning overvagning monitorowanie наблюдение 監視中 监控中",
  resolved:
    "resolved resolution fixed solved restored recovered complete completed concluded closed closing close end ended final finished done risolto risolta chiuso completato finale gelost behoben abgeschlossen erledigt wiederhergestellt resolu resolue retabli termine terminee resuelto resuelta solucionado solucionada finalizado resolvido resolvida concluido opgelost hersteld lost løst rozwiazano rozwiazany решено исправлено 解決 解決済み 已解决",
  update:
    "update updated updates edit edited aggiornamento aggiornata aktualisierung actualisation actualizacion atualizacao bijgewerkt uppdatering opdatering aktualizacja обновление 更新",
  scheduled:
    "scheduled planned upcoming announcement announced programmata programmato geplant planifiee planifie programada programado planejada gepland planerat planlagt",
  started:
    "started starting start began begun beginning inizio iniziata begonnen gestartet debut commence iniciado iniciada",
  verifying: "verifying verification verifica verifikation",
  report: "postmortem rca retrospective",
};

/** Words that say nothing by themselves. */
const FILLERS = new Set(
  "message incident incidents issue maintenance outage status service services problem notice post window work works the of on at as in from by for has been have is was are now just under corso wird en cours em andamento curso messaggio manutenzione nachricht storung wartung a an and all systems system monday tuesday wednesday thursday friday saturday sunday utc gmt uhr".split(
    " ",
  ),
);

/** Of several words, the one that comes first here counts: "final update" resolves. */
const STRENGTH: readonly Sense[] = [
  "report",
  "resolved",
  "verifying",
  "monitoring",
  "identified",
  "started",
  "investigating",
  "initial",
  "scheduled",
  "update",
];

const SENSE_OF = new Map(
  STRENGTH.toReversed().flatMap((sense) => WORDS[sense].split(" ").map((word) => [word, sense] as const)),
);

/** What a label says, undefined when it says anything but a status. Numbers and punctuation do not count. */
export function senseOf(label: string): Sense | undefined {
  if (isReportTitle(label)) return "report";
  const words = wordsOf(label.replace(/(\p{L})(?=\d)/gu, "$1 ")).filter(
    (word) => !/^\d+(?:st|nd|rd|th)?$/.test(word) && !FILLERS.has(word),
  );
  if (words.length === 0) return /\bproblem\b/i.test(label) ? "initial" : undefined;
  const senses = words.map((word) => SENSE_OF.get(word));
  if (senses.includes(undefined)) return undefined;
  return STRENGTH.find((sense) => senses.includes(sense));
}

/** Whether a heading or label opens a postmortem. */
export function isReportTitle(text: string): boolean {
  return /\bpost[- ]?mortem|\broot[- ]cause|\bincident report\b|\blessons learn|\bretrospective\b|\bursachenanalyse|\banalisi delle cause|\banalyse des causes|\banalisis de causa/i.test(
    unaccented(text),
  );
}

const RESOLVING =
  /\b(?:resolved|fixed|solved|restored|restauriert|complete|completed|concluded|recovered|finished|done|operational|succe\w*|closed|over|ended|risolt[oa]|ripristinat\w+|behoben|gelost|wiederhergestellt|abgeschlossen|resolue?s?|retablie?s?|terminee?s?|resuelt[oa]|solucionad[oa]|restablecid[oa]|resolvid[oa]|opgelost|hersteld)\b|\bback (?:online|up|to|in|on)\b|\bno longer\b|\bare (?:up|live)\b|\ball (?:clear|good)\b|\bno further\b/i;
const NOT_YET =
  /\b(?:will|to be|until|once|when|if|unless|not|isn.t|hasn.t|haven.t|aren.t|yet|await\w*|wait\w*|expect\w*|hop\w+|should|may|might|can|could|would|before|after|partial\w*|some|most\w*|no official|being|try\w*|working|continue\w*|attempt\w*|help|first)\b|\bto\s+$/i;

const CONSIDERED =
  /\b(?:consider\w*|mark\w*|declar\w*)\b[^.]{0,40}\b(?:resolved|closed|over|fixed|complete|completed)\b/i;

/** Whether a text tells that it is over: a sentence of it says so, and says it of the present. */
export function saysItIsOver(text: string): boolean {
  if (CONSIDERED.test(text)) return true;
  return unaccented(text)
    .split(/(?<=[.!?])\s+|\n\s*\n|\n\s*[-*]\s/)
    .some((sentence) => {
      const found = RESOLVING.exec(sentence);
      return (
        found !== null &&
        !NOT_YET.test(sentence.slice(0, found.index)) &&
        !/^[^.]*\b(?:partial|not)\b/i.test(sentence.slice(found.index))
      );
    });
}

/** The words of a text in small letters, without accents. */
export function wordsOf(text: string): string[] {
  return unaccented(text.toLowerCase()).match(/[\p{L}\p{N}_]+/gu) ?? [];
}

function unaccented(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "");
}
