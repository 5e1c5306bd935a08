import type { SpeechEngineName } from '@rexian/contracts';
import type { PromptStore } from '../engines/speech/prompts.ts';
import { type Audit, viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal, refusing } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import type { Logger } from '../platform/log.ts';
import type { Store } from '../platform/store.ts';
import { Listening } from './listening.ts';
import {
  changePrompt,
  createPrompt,
  listPrompts,
  promptInSight,
  promptToChange,
  promptTold,
  removePrompt,
  type StoredPrompt,
  shown,
} from './service.ts';
import { previewSpread, spreadPrompt } from './spread.ts';
import { refuseNeeded } from './usage.ts';

const about = ({ id, name, unit }: StoredPrompt) => ({
  subject: { kind: 'prompt' as const, id, name },
  unitId: unit.id,
});
const nameTaken = () => refusal('TAKEN', '该机构已有同名语音');
const heard = (wav: Buffer, engine: SpeechEngineName | null) => ({
  audio: new File([new Uint8Array(wav)], 'prompt.wav', { type: 'audio/wav' }),
  engine,
});

/** Tells a change; false when there was none. */
async function tell(audit: Audit, trx: Queryable, { before, after }: { before: StoredPrompt; after: StoredPrompt }) {
  const changed = difference(promptTold(before), promptTold(after));
  if (changed) await audit({ action: 'changed', ...about(after), ...changed }, trx);
  return changed !== null;
}

export function promptRoutes({ prompts, store, log }: { prompts: PromptStore; store: Store; log: Logger }) {
  const api = viewerApi.prompts;
  const listening = new Listening(log);
  /** No first caller waits for speech. */
  const speakSoon = ({ text, recording }: StoredPrompt) =>
    recording ? Promise.resolve() : addJob(store.system, 'make_speech', { texts: [text] });
  return {
    list: api.list.handler(({ input, context }) => listPrompts(context.db, context.caller, input)),
    create: api.create.handler(({ input, context: { db, caller, audit } }) =>
      refusing({ unique: nameTaken }, () =>
        db.transaction().execute(async (trx) => {
          const made = await createPrompt(trx, caller, input);
          await audit({ action: 'created', ...about(made), after: promptTold(made) }, trx);
          await speakSoon(made);
          return shown(made);
        }),
      ),
    ),
    change: api.change.handler(({ input: { id, revision, name, text }, context }) =>
      refusing({ unique: nameTaken }, () =>
        context.db.transaction().execute(async (trx) => {
          const change = await changePrompt(trx, context.caller, { id, revision }, { name, text });
          if (change.before.name !== name) await refuseNeeded(store.system, change.before);
          await speakSoon(change.after);
          if (!(await tell(context.audit, trx, change))) context.nothingChanged();
          return shown(change.after);
        }),
      ),
    ),
    remove: api.remove.handler(({ input, context: { db, caller, audit } }) =>
      db.transaction().execute(async (trx) => {
        const gone = await removePrompt(trx, caller, input);
        await refuseNeeded(store.system, gone);
        await audit({ action: 'removed', ...about(gone), before: promptTold(gone) }, trx);
        return {};
      }),
    ),
    upload: api.upload.handler(async ({ input: { file, ...at }, context }) => {
      // Before the work: nobody converts for a prompt that isn't theirs.
      await promptToChange(context.db, context.caller, at);
      const recording = await listening.run(async () => prompts.keep(await file.bytes()));
      return context.db.transaction().execute(async (trx) => {
        const change = await changePrompt(trx, context.caller, at, { recording });
        if (!(await tell(context.audit, trx, change))) context.nothingChanged();
        return shown(change.after);
      });
    }),
    dropRecording: api.dropRecording.handler(({ input, context }) =>
      context.db.transaction().execute(async (trx) => {
        const change = await changePrompt(trx, context.caller, input, { recording: null });
        if (!(await tell(context.audit, trx, change))) context.nothingChanged();
        return shown(change.after);
      }),
    ),
    listen: api.listen.handler(async ({ input, context }) => {
      const { text, recordingKey } = await promptInSight(context.db, context.caller, input.id);
      return listening.run(async () => {
        if (recordingKey !== null) return heard(await prompts.listenRecorded(recordingKey), null);
        const { wav, engine } = await prompts.listen(text);
        return heard(wav, engine);
      });
    }),
    preview: api.preview.handler(({ input }) =>
      listening.run(async () => {
        const { wav, engine } = await prompts.listen(input.text);
        return heard(wav, engine);
      }),
    ),
    engine: api.engine.handler(() => ({ name: prompts.engine.name, capabilities: prompts.engine.capabilities })),
    spreadPreview: api.spreadPreview.handler(({ input, context }) => previewSpread(context.db, context.caller, input)),
    spread: api.spread.handler(({ input, context: { db, caller, audit, nothingChanged } }) =>
      refusing({ unique: () => refusal('REFUSED', '有机构刚刚新增了同名语音，请刷新后重试') }, () =>
        db.transaction().execute(async (trx) => {
          const counts = { created: 0, changed: 0, unchanged: 0 };
          const done = await spreadPrompt(trx, caller, input);
          for (const { before, after } of done) {
            if (!before) {
              counts.created += 1;
              await audit({ action: 'created', ...about(after), after: promptTold(after) }, trx);
            } else if (await tell(audit, trx, { before, after })) counts.changed += 1;
            else counts.unchanged += 1;
          }
          if (counts.unchanged === done.length) nothingChanged();
          return counts;
        }),
      ),
    ),
  };
}
