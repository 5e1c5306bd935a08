/** 语音库: what callers hear, a text that is spoken or a recording in its place. */
import { z } from 'zod';
import { cursor, errorCodes, id, limit, milliseconds, page, requiredText, text, unitRef } from './common.ts';
import { route } from './route.ts';

export const promptName = requiredText(60, '请输入名称');
/** About three minutes of speech. */
export const promptText = text(1000);
/** Largest audio file taken, in bytes: ten minutes of WAV at 16 kHz. */
export const AUDIO_MAX_BYTES = 20_000_000;
const audioFile = z.file().max(AUDIO_MAX_BYTES, '文件超过 20 MB');

/** Holds for its unit; units below may use it. */
export const prompt = z.object({
  id,
  unit: unitRef,
  name: z.string(),
  /** What is spoken where there is no recording; with one, what it says. */
  text: z.string(),
  /** null: the text is spoken. */
  recording: z.object({ durationMs: milliseconds }).nullable(),
  /** Counts changes; a change says which one it was made from. */
  revision: z.number().int(),
  changedAt: z.date(),
  changedBy: z.string(),
  can: z.object({ change: z.boolean() }),
});
export type Prompt = z.infer<typeof prompt>;

export const speechEngineName = z.enum(['espeak-ng', 'sherpa-onnx', 'http']);
export type SpeechEngineName = z.infer<typeof speechEngineName>;

export const speechCapabilities = z.object({
  /** BCP 47 tags. */
  languages: z.array(z.string()).readonly(),
  /** Samples a second; null: whatever model or service gives. */
  sampleRate: z.number().int().nullable(),
  ssml: z.boolean(),
  needsModel: z.boolean(),
  streaming: z.boolean(),
  /** null: known to the model or service only. */
  voices: z.array(z.string()).readonly().nullable(),
  /** Times the usual speed; null: can't be changed. */
  speed: z.object({ min: z.number(), max: z.number() }).nullable(),
});
export type SpeechCapabilities = z.infer<typeof speechCapabilities>;

/** WAV, 16 kHz, mono: as callers hear it. */
const heard = z.object({ audio: z.file(), engine: speechEngineName.nullable() });
const revision = z.number().int().min(1).max(2_000_000_000);
/** A unit, and the revision of its prompt of that name; null: it has none. */
const target = z.object({ unitId: id, revision: revision.nullable() });
const targets = z
  .array(target)
  .min(1, '请选择机构')
  .max(200)
  .refine((all) => new Set(all.map(({ unitId }) => unitId)).size === all.length, '机构重复');

const tag = 'prompts';
const { NOT_FOUND, TAKEN, IN_USE, REFUSED, BAD_FILE, BUSY, ENGINE_UNAVAILABLE } = errorCodes;
const manage = ['prompts.manage'] as const;

export const prompts = {
  list: route(['settings.read'], { method: 'GET', path: '/prompts', summary: '语音库', tag })
    .input(
      z.object({
        unitId: id.optional(),
        /** Part of the name or the text. */
        search: text(60).optional(),
        cursor: cursor.optional(),
        limit: limit(),
      }),
    )
    .output(page(prompt)),
  create: route(manage, { method: 'POST', path: '/prompts', summary: '新增语音', tag })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ unitId: id, name: promptName, text: promptText.min(1, '请输入文字') }))
    .output(prompt),
  /** Refused when somebody else has changed it since. It keeps its name while flows use it. */
  change: route(manage, { method: 'PATCH', path: '/prompts/{id}', summary: '修改语音', tag })
    .errors({ NOT_FOUND, TAKEN, IN_USE, REFUSED })
    .input(z.object({ id, revision, name: promptName, text: promptText.min(1, '请输入文字') }))
    .output(prompt),
  /** Audio of any common format replaces the spoken text. */
  upload: route(manage, { method: 'POST', path: '/prompts/{id}/recording', summary: '上传录音', tag, by: 'person' })
    .errors({ NOT_FOUND, REFUSED, BAD_FILE, BUSY, ENGINE_UNAVAILABLE })
    .input(z.object({ id, revision, file: audioFile }))
    .output(prompt),
  /** The text is spoken again. */
  dropRecording: route(manage, { method: 'DELETE', path: '/prompts/{id}/recording', summary: '删除录音', tag })
    .errors({ NOT_FOUND, REFUSED })
    .input(z.object({ id, revision }))
    .output(prompt),
  listen: route(['settings.read'], {
    method: 'GET',
    path: '/prompts/{id}/audio',
    summary: '试听语音',
    tag,
    by: 'person',
  })
    .errors({ NOT_FOUND, BUSY, ENGINE_UNAVAILABLE })
    .input(z.object({ id }))
    .output(heard),
  /** A text before it is saved. `engine`: the one that spoke, which is another than the chosen one when that failed. */
  preview: route(manage, {
    method: 'POST',
    path: '/prompts/preview',
    summary: '试听文字',
    tag,
    by: 'person',
    trace: 'none',
  })
    .errors({ BUSY, ENGINE_UNAVAILABLE })
    .input(z.object({ text: promptText.min(1, '请输入文字') }))
    .output(heard),
  /** What has been chosen to speak, and what it can do. */
  engine: route(['settings.read'], { method: 'GET', path: '/prompts/engine', summary: '语音引擎', tag }).output(
    z.object({ name: speechEngineName, capabilities: speechCapabilities }),
  ),
  /** What `spread` would change: for each unit its prompt of the same name, null where there is none. */
  spreadPreview: route(manage, {
    method: 'POST',
    path: '/prompts/{id}/spread-preview',
    summary: '批量更换预览',
    tag,
    trace: 'none',
  })
    .errors({ NOT_FOUND })
    .input(z.object({ id, unitIds: z.array(id).min(1, '请选择机构').max(200) }))
    .output(z.array(z.object({ unit: unitRef, current: prompt.nullable(), same: z.boolean() }))),
  /** Gives other units this prompt's text and recording under the same name: to all of them, or, when any has changed since, to none. */
  spread: route(manage, { method: 'POST', path: '/prompts/{id}/spread', summary: '批量更换', tag })
    .errors({ NOT_FOUND, REFUSED })
    .input(z.object({ id, revision, targets }))
    .output(z.object({ created: z.number().int(), changed: z.number().int(), unchanged: z.number().int() })),
  /** Refused while flows would have nothing to play in its place. */
  remove: route(manage, { method: 'DELETE', path: '/prompts/{id}', summary: '删除语音', tag })
    .errors({ NOT_FOUND, IN_USE, REFUSED })
    .input(z.object({ id, revision }))
    .output(z.object({})),
};
