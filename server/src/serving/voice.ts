/** The voice role: calls, through Asterisk. */
import { graphOf } from '../calls/arrivals.ts';
import { refusalFlows } from '../calls/refusals.ts';
import { Voice } from '../calls/voice.ts';
import { Ari } from '../engines/asterisk/ari.ts';
import { espeak } from '../engines/speech/espeak.ts';
import { PromptStore } from '../engines/speech/prompts.ts';
import { flowTexts } from '../flows/graph.ts';
import type { Db } from '../platform/db.ts';
import type { Logger } from '../platform/log.ts';
import type { House } from './house.ts';

export async function startVoiceRole({ config, log, store, vault, hints }: House): Promise<Voice> {
  const db = store.system;
  const ari = new Ari({ url: config.ASTERISK_URL, app: config.ASTERISK_APP, log });
  const prompts = new PromptStore({
    home: config.REXIAN_HOME,
    folder: config.folders.prompts,
    engine: espeak(config.REXIAN_HOME),
  });
  const voice = new Voice({
    db,
    ari,
    hints,
    prompts,
    log,
    vault,
    secret: config.REXIAN_SECRET,
    recordingsDir: config.folders.recordings,
    journalDir: config.folders.journal,
  });
  await voice.start();
  warmPrompts(db, prompts, log);
  return voice;
}

/** Speaks every known text of the published flows beforehand, beside the serving: a first caller shouldn't wait for speech. */
function warmPrompts(db: Db, prompts: PromptStore, log: Logger): void {
  const warm = async () => {
    await prompts.writeNamed('unavailable', '对不起，系统正在维护，请稍后再拨。');
    const versions = await db
      .selectFrom('flow_versions as v')
      .innerJoin('flows as f', 'f.id', 'v.flow_id')
      .innerJoin('units as u', 'u.id', 'f.unit_id')
      .select(['v.flow_id as id', 'v.version', 'v.graph as document', 'u.path'])
      .distinctOn('v.flow_id')
      .orderBy('v.flow_id')
      .orderBy('v.version', 'desc')
      .execute();
    // The hotline at the top is called before the others.
    versions.sort((a, b) => (a.path < b.path ? -1 : 1));
    const flows = [...versions.map(graphOf), ...Object.values(refusalFlows)];
    for (const text of new Set(flows.flatMap(flowTexts))) await prompts.media(text);
  };
  warm().catch((error) => log.error({ error: String(error) }, 'prompts could not be made ready'));
}
