/** Texts of short messages: variables in them, and how long they are. Pure: the console shows what the server will send. */
import { z } from 'zod';
import { type SmsVariable, smsVariable } from './states/messages.ts';

/** Longest text that is taken; the gateway may allow less. */
export const SMS_MAX_CHARACTERS = 500;

/** Values for a text's variables. */
export type SmsValues = Partial<Record<SmsVariable, string>>;

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;

const isVariable = (name: string): name is SmsVariable => smsVariable.schema.safeParse(name).success;

/** What is wrong with a text; null: nothing. */
export function textFault(text: string): string | null {
  const unknown = [...text.matchAll(VARIABLE)].map(([, name = '']) => name).find((name) => !isVariable(name));
  if (unknown !== undefined) return `没有变量“${unknown}”`;
  return /[{}]/.test(text.replace(VARIABLE, '')) ? '变量应写成 {{姓名}}' : null;
}

/** The variables that a text names, each once, in order. */
export function variablesOf(text: string): SmsVariable[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name).filter(isVariable))];
}

/** The text with its variables filled in; `missing`: those without a value, which stay as they are written. */
export function renderTemplate(text: string, values: SmsValues): { text: string; missing: SmsVariable[] } {
  const missing = variablesOf(text).filter((name) => !values[name]);
  const filled = text.replace(VARIABLE, (written, name: string) => (isVariable(name) && values[name]) || written);
  return { text: filled, missing };
}

/**
 * As carriers charge for it: characters (UTF-16 code units, 3GPP TS 23.040's UCS-2), and messages: one of up to 70, or parts of 67, because
 * each part says which of how many it is.
 */
export function smsLength(text: string): { characters: number; segments: number } {
  const characters = text.length;
  return { characters, segments: characters <= 70 ? Math.min(characters, 1) : Math.ceil(characters / 67) };
}

/** As people type it: ends trimmed, no other control characters than line breaks, all variables known. */
export const smsText = z
  .string()
  .trim()
  .min(1, '请输入短信内容')
  .max(SMS_MAX_CHARACTERS, `短信内容最多 ${SMS_MAX_CHARACTERS} 字`)
  .refine((text) => textFault(text) === null, { error: ({ input }) => textFault(String(input)) ?? '' });
