import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import { NOTICE_CONFIG } from "#lib/model/config.ts";
import { wholeState } from "#lib/model/course.ts";
import { failure } from "#lib/model/failure.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Site } from "#lib/model/site.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { compile } from "#lib/site/compile/compile.ts";
import type { Database, Transaction } from "#lib/store/dialect.ts";
import { newestGood } from "#lib/store/good-snapshot.ts";
import { appendFacts } from "#lib/store/ledger.ts";
import { addNotice, correctionsOf, noticeById } from "#lib/store/notices.ts";
import { countConcerned } from "#lib/store/seals.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";

import { takeBack } from "./gather.ts";
import { noteRefusal, scanMessages, Unsafe } from "./message-scan.ts";
import { noticeId, subjectOf } from "./notices/write-notice.ts";
import { publishCorrection } from "./publish-correction.ts";
import { watchOf } from "./scan-settings.ts";
import { sealNotice, type Teller, type Told } from "./seal.ts";

export interface Correction {
  /** Id of the notice that was wrong. */
  readonly notice: string;
  /** What its recipients are to know, as Markdown. */
  readonly message: string;
  /** As `actorText` writes it. */
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Tells exactly those who received a notice, or may have, that it was wrong: sealed and delivered like any other. From
 * all others the wrong one is taken back. Readers of the site see it among the updates, from the same moment on.
 * @throws when there is no such notice, when it was corrected in these words before, or when the correction holds
 *   something that must not be sent
 */
export async function correct(database: Database, environment: Environment, correction: Correction): Promise<Told> {
  const { notice, wrong, teller } = await draft(database, environment, correction);
  const renderings = teller.channels.map((channel) => channel.render(notice));
  const problems = await scanMessages(database, teller.vault, teller.watch, new Map([[notice, renderings]]));
  if (problems.length > 0) {
    await noteRefusal(database, problems, correction);
    throw new Unsafe(problems);
  }
  const corrects = async (transaction: Transaction, snapshot: number | undefined): Promise<Told> => {
    // Whom the wrong one has not reached yet, it shall not reach any more.
    const why = `It was wrong: notice ${notice.id} corrects it.`;
    await takeBack(database, transaction, teller, { ...correction, why });
    const origin = { madeBy: correction.by, ...(snapshot === undefined ? {} : { snapshot }) };
    const added = await addNotice(transaction, notice, origin);
    if (!added) throw isCorrected(correction.notice);
    await appendFacts(database, transaction, added);
    return { notice, sealed: await sealNotice(database, transaction, teller, notice, renderings) };
  };
  const made = { correction: notice, wrong };
  return await publishCorrection(database, made, correction.by, corrects);
}

/**
 * What a correction would say, and how many it would reach.
 * @throws as `correct` does
 */
export async function previewCorrection(
  database: Database,
  environment: Environment,
  correction: Correction,
): Promise<{ readonly notice: Notice; readonly recipients: number }> {
  const { notice, teller } = await draft(database, environment, correction);
  const asked = { notice, onlyReachedBy: correction.notice };
  const counts = await Promise.all(
    teller.channels.map(({ name: channel }) => countConcerned(database.query, { ...asked, channel })),
  );
  return { notice, recipients: counts.reduce((sum, each) => sum + each, 0) };
}

async function draft(
  database: Database,
  environment: Environment,
  correction: Correction,
): Promise<{ readonly notice: Notice; readonly wrong: Notice; readonly teller: Teller }> {
  const told = await noticeById(database.query, correction.notice);
  if (!told) {
    const message = `There is no notice ${correction.notice}. List them with “npm run candor -- ledger”.`;
    throw failure("NO_NOTICE", message);
  }
  const snapshots = openSnapshots(database);
  const { content } = (await newestGood(snapshots)) ?? {};
  const teller = {
    vault: await vaultOf(database, await readSecrets(environment)),
    channels: Object.values(channels),
    settings: content?.config.notices ?? NOTICE_CONFIG,
    watch: watchOf(environment.content, content),
  };
  const earlier = await correctionsOf(database.query, correction.notice);
  // A button that is pressed twice, or a second person at the same moment, tells nobody twice.
  if (earlier.some(({ message }) => message === correction.message)) throw isCorrected(correction.notice);
  const current = content && compile(content, correction.at);
  const notice = correctionOf(current ? asItStands(told.notice, current) : told.notice, correction, earlier.length);
  return { notice, wrong: told.notice, teller };
}

function isCorrected(notice: string): Error {
  const message = `Notice ${notice} has just been corrected so. Look at “npm run candor -- ledger --notice ${notice}”.`;
  return failure("IS_CORRECTED", message);
}

/** A notice with what it is about as that stands now: a correction does not open again what has been resolved since. */
function asItStands(notice: Notice, site: Site): Notice {
  const { id, slug } = notice.event;
  const all = [...site.incidents, ...site.maintenances];
  const event = all.find((each) => each.id === id) ?? all.find((each) => each.slug === slug);
  if (!event) return { ...notice, site: { ...notice.site, state: wholeState(site) } };
  const { mailDomain } = notice.site;
  const now = subjectOf(site, event, id);
  return { ...notice, ...now, site: { ...now.site, ...(mailDomain === undefined ? {} : { mailDomain }) } };
}

function correctionOf(wrong: Notice, { message, at }: Correction, earlier: number): Notice {
  const key = `${wrong.key}/correction-${earlier + 1}`;
  const { formerWindow: _, summary: __, ...rest } = wrong;
  return {
    ...rest,
    id: noticeId(key),
    key,
    kind: "correction",
    updates: [],
    corrects: { id: wrong.id, madeAt: wrong.madeAt },
    message,
    madeAt: at,
  };
}
