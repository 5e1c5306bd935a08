import type { Rule } from 'antd/es/form';
import type { z } from 'zod';

/** A field's rule taken from the contract, so that screen and server refuse alike and in the same words. */
export function rule(schema: z.ZodType): Rule {
  return { validator: async (_, value: unknown) => check(schema, value ?? '') };
}

/** As `rule`, but the field may stay empty. */
export function optional(schema: z.ZodType): Rule {
  return { validator: async (_, value: unknown) => value && check(schema, value) };
}

/** Something has to be chosen. */
export const chosen = (message: string): Rule => ({ required: true, message });

function check(schema: z.ZodType, value: unknown): void {
  const read = schema.safeParse(value);
  if (!read.success) throw new Error(read.error.issues[0]?.message ?? '填写的内容不符合要求');
}
