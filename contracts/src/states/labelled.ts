/**
 * The closed unions of the whole house: SQL check constraints, server transitions and screens all take them from here.
 * Labels are the Chinese words that screens and reports must use.
 */
import { z } from 'zod';

/** Builds a zod enum together with its Chinese labels, so that a state can't be added without a word for it. */
export function labelled<const T extends Record<string, string>>(labels: T) {
  const keys = Object.keys(labels) as [keyof T & string, ...(keyof T & string)[]];
  return { schema: z.enum(keys), labels, values: keys };
}
