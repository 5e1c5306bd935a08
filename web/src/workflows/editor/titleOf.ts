import { elementName } from '@rexian/workflows/words.ts';
import type { Drawing } from '../drawing/drawing.ts';

/** How people know an element: its name, else what it is; a flow by its ends. */
export function titleOf({ elements }: Pick<Drawing, 'elements'>, id: string): string {
  const found = elements.find((element) => element.id === id)?.businessObject;
  return found ? elementName(found) : id;
}
