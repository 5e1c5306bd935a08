/** Every kind of node that a flow can have, for the browser; on Node it is `@rexian/flows/registry.ts`. */
import { nodeTypesOf } from '@rexian/flows/types.ts';

export const nodeTypes = nodeTypesOf(import.meta.glob('../../../flows/src/nodes/*.ts', { eager: true }));
