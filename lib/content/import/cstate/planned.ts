const PLANNED =
  /(?<!\p{L})(?:maintenance|maintenances|scheduled|(?:planned|planed) (?:[\p{L}\p{N}/-]+ ){0,3}(?:outages?|works?|downtime|interruption|shutdown)|wartung\p{L}*|geplante\p{L}*|manutenzione|mantenimiento|manutenção|onderhoud|underhåll|vedligehold\p{L}*|vedlikehold|konserwacja|bakım|обслуживани\p{L}*|メンテナンス|维护)/iu;
/** A maintenance of which the page tells that something went wrong is an incident. */
const NOT_PLANNED =
  /(?<!\p{L})(?:unplanned|unscheduled|emergency|notfall|urgente?|during|after|following|due to|caused by|because of|incident|failed|failure)(?!\p{L})/iu;

/** The words of a title that say it is about planned work, if any do. */
export function plannedIn(title: string): string | undefined {
  return NOT_PLANNED.test(title) ? undefined : PLANNED.exec(title)?.[0];
}

/** The same of an announcement's text. */
export function plannedInText(text: string): string | undefined {
  return /(?<!\p{L})(?:unplanned|unscheduled|emergency)(?!\p{L})/iu.test(text) ? undefined : PLANNED.exec(text)?.[0];
}
