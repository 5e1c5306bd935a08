/** `?states=ended` means a list of one: in a query string nothing else tells a list from a value. */
import type { Context } from '@orpc/server';
import type { StandardHandlerOptions, StandardHandlerPlugin } from '@orpc/server/standard';
import { z } from 'zod';

export class ListsOfOne<T extends Context> implements StandardHandlerPlugin<T> {
  init(options: StandardHandlerOptions<T>): void {
    options.clientInterceptors ??= [];
    options.clientInterceptors.unshift(({ next, ...call }) => {
      const { inputSchema, route } = call.procedure['~orpc'];
      if (route.method !== 'GET' || !(inputSchema instanceof z.ZodObject)) return next();
      return next({ ...call, input: withLists(inputSchema, call.input) });
    });
  }
}

function withLists(schema: z.ZodObject, input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  const isList = (name: string) => schema.shape[name] !== undefined && listSchema(schema.shape[name]);
  const lists = Object.entries(input).filter(([name, value]) => !Array.isArray(value) && isList(name));
  return { ...input, ...Object.fromEntries(lists.map(([name, value]) => [name, [value]])) };
}

function listSchema(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return listSchema(schema.unwrap());
  return schema instanceof z.ZodArray;
}
