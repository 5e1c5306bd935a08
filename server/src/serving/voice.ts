/** The voice role: calls, through Asterisk. Of all processes with this role one serves, the others stand by. */

import { flowTexts } from '@rexian/flows/graph.ts';
import { APOLOGY } from '@rexian/flows/interpreter.ts';
import { NOTHING_LEFT_TEXT, PATIENCE_TEXT, RECOVERING_TEXT, recoveringMedia } from '../calls/caller.ts';
import { graphOf, surveyFlow } from '../calls/graphs.ts';
import { prepareAnnouncements } from '../calls/host/announce.ts';
import { Leadership, type Service, type Term } from '../calls/leader.ts';
import { voiceName } from '../calls/leader-lock.ts';
import { QUEUE_TEXTS } from '../calls/queue-voice.ts';
import { refusalFlows } from '../calls/refusals.ts';
import { Voice } from '../calls/voice.ts';
import { Ari } from '../engines/asterisk/ari.ts';
import { openLookup } from '../engines/lookup/open.ts';
import { smsGateway } from '../engines/sms/choose.ts';
import type { PromptStore } from '../engines/speech/prompts.ts';
import { type Db, openDb } from '../platform/db.ts';
import { HintListener } from '../platform/hints.ts';
import type { Logger } from '../platform/log.ts';
import { waitTexts } from '../queues/estimate.ts';
import type { House } from './house.ts';

/**
 * Stands by, and serves calls while no other process does. Resolves once it's clear who serves; `onLeading` tells each change.
 * Rejects when this process should serve and can't.
 */
export async function startVoiceRole(house: House, onLeading: (leading: boolean) => void): Promise<Leadership> {
  const { config, log, urls } = house;
  const leadership = new Leadership({
    url: urls.engine,
    name: `voice ${config.ASTERISK_APP}`,
    log,
    begin: (term) => serveCalls(house, term),
    onChange: onLeading,
  });
  await leadership.start();
  return leadership;
}

/** All that serves calls belongs to one term: what is left of it when it's over can't reach store or Asterisk any more. */
async function serveCalls({ config, log: houseLog, urls, vault, prompts }: House, term: Term): Promise<Service> {
  const log = houseLog.child({ term: term.holder });
  const before = () => term.assured();
  const onError = (error: Error) => log.warn({ error: error.message }, 'database connection failed');
  const store = openDb(urls.engine, { applicationName: voiceName(term.holder), before, onError });
  const hints = new HintListener(urls.engine, log);
  const ari = new Ari({ url: config.ASTERISK_URL, app: config.ASTERISK_APP, log, before });
  ari.on('replaced', () => term.lose('another process has our calls'));
  // What is left of the calls stumbles over the end of the term: that is no news.
  term.onLost(() => {
    log.level = 'silent';
  });
  const lookup = openLookup(config);
  const voice = new Voice({
    db: store.db,
    ari,
    hints,
    prompts,
    log,
    vault,
    lookup,
    sms: smsGateway(config)?.capabilities ?? null,
    secret: config.REXIAN_SECRET,
    recordingsDir: config.folders.recordings,
    journalDir: config.folders.journal,
  });
  const stop = async () => {
    await voice.stop();
    await hints.close();
    await lookup.close();
    await store.close();
  };
  try {
    await hints.start();
    await voice.start();
  } catch (error) {
    await stop();
    throw error;
  }
  warmPrompts(store.db, prompts, log);
  return { stop };
}

/** Speaks every known text of the published flows beforehand, beside the serving: a first caller shouldn't wait for speech. */
function warmPrompts(db: Db, prompts: PromptStore, log: Logger): void {
  const warm = async () => {
    // What is said when nothing else can be.
    for (const text of [APOLOGY, PATIENCE_TEXT]) await prompts.media(text);
    await recoveringMedia(prompts);
    // For the dialplan, which holds callers while no process serves.
    await prompts.writeNamed('recovering', RECOVERING_TEXT);
    await prompts.writeNamed('unavailable', '对不起，系统正在维护，请稍后再拨。');
    await prompts.writeNamed('confirm', '您有热线来电，接听请按1。');
    const versions = await db
      .selectFrom('flow_versions as v')
      .innerJoin('flows as f', 'f.id', 'v.flow_id')
      .innerJoin('units as u', 'u.id', 'f.unit_id')
      .select(['v.flow_id as id', 'v.version', 'v.graph as document', 'u.path'])
      .where('v.version', '>', 0)
      .where('f.removed_at', 'is', null)
      .distinctOn('v.flow_id')
      .orderBy('v.flow_id')
      .orderBy('v.version', 'desc')
      .execute();
    // The hotline at the top is called before the others.
    versions.sort((a, b) => (a.path < b.path ? -1 : 1));
    await prompts.tone();
    await prepareAnnouncements(db, prompts);
    const flows = [...versions.map(graphOf), ...Object.values(refusalFlows), surveyFlow];
    const texts = [...flows.flatMap(flowTexts), ...QUEUE_TEXTS, ...waitTexts(), NOTHING_LEFT_TEXT];
    for (const text of new Set(texts)) await prompts.media(text);
  };
  warm().catch((error) => log.error({ error: String(error) }, 'prompts could not be made ready'));
}
