/** What a node's schema says of its fields. */
import type { NodeDefinition } from '@rexian/flows/node.ts';
import { z } from 'zod';

export interface Shape {
  /** What holds when nothing is set. */
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  /** It has to be set. */
  required?: boolean;
  /** Of the fields of a row. */
  row?: Shapes;
}
export type Shapes = Readonly<Record<string, Shape>>;

/** As much of JSON Schema as is read here. */
type Schema = Pick<z.core.JSONSchema.JSONSchema, 'default' | 'maxItems' | 'maximum' | 'maxLength' | 'minimum'> & {
  properties?: Readonly<Record<string, z.core.JSONSchema._JSONSchema>>;
  required?: readonly string[];
  items?: z.core.JSONSchema.JSONSchema['items'];
};

const known = new Map<string, Shapes>();

export function shapesOf({ type, config }: Pick<NodeDefinition, 'type' | 'config'>): Shapes {
  const shapes = known.get(type) ?? shapesIn(z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }));
  known.set(type, shapes);
  return shapes;
}

function shapesIn({ properties = {}, required = [] }: Schema): Shapes {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      typeof schema === 'boolean' ? {} : shapeOf(schema, required.includes(name)),
    ]),
  );
}

function shapeOf({ items, minimum, maximum, maxLength, maxItems, ...schema }: Schema, required: boolean): Shape {
  return {
    required,
    ...(schema.default === undefined ? {} : { default: schema.default }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(maxItems === undefined ? {} : { maxItems }),
    ...(items && typeof items === 'object' && !Array.isArray(items) ? { row: shapesIn(items) } : {}),
  };
}
