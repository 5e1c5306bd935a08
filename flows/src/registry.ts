/** Every node in `nodes/`, for programs on Node. (Browsers can't look into a folder: the console has a registry of its own.) */
import { readdirSync } from 'node:fs';
import { nodeTypesOf } from './types.ts';

const names = readdirSync(new URL('./nodes/', import.meta.url))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();
const modules = await Promise.all(names.map(async (name) => [name, await import(`./nodes/${name}.ts`)] as const));

export const nodeTypes = nodeTypesOf(Object.fromEntries(modules));
