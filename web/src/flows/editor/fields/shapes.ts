/** What a node's schema says of its fields, as JSON Schema words. */
import type { NodeDefinition } from '@rexian/flows/node.ts';
import { z } from 'zod';

export interface Shape {
  /** What holds when nothing is set. */
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  /** Of rows. */
  items?: { properties?: Shapes; required?: readonly string[] };
  /** It has to be set. */
  required?: boolean;
}
export type Shapes = Readonly<Record<string, Shape>>;

const known = new Map<string, Shapes>();

export function shapesOf({ type, config }: Pick<NodeDefinition, 'type' | 'config'>): Shapes {
  const shapes = known.get(type) ?? read(config);
  known.set(type, shapes);
  return shapes;
}

function read(config: z.ZodType): Shapes {
  const { properties = {}, required } = z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Shapes;
    required?: readonly string[];
  };
  return withRequired(properties, required);
}

export const withRequired = (shapes: Shapes, required: readonly string[] = []): Shapes =>
  Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, { ...shape, required: required.includes(name) }]),
  );
