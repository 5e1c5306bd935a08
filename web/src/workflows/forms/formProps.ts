import type { Drawing } from '../drawing/drawing.ts';
import type { DrawnElement } from '../drawing/library.ts';

/** What each form of an element gets. */
export interface FormProps {
  drawing: Drawing;
  element: DrawnElement;
}
