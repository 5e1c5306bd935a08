/** Something at the editor's toolbar that is no part of drawing: a test call, statistics, history. */
import type { FlowDetail, FlowDocument } from '@rexian/contracts';
import type { ComponentType } from 'react';
import type { Marks } from '../canvas/marks.ts';

export interface ToolProps {
  /** As it was last saved. */
  flow: FlowDetail;
  /** As it is on the screen. */
  document: FlowDocument;
  /** Whether they are the same. */
  saved: boolean;
  /** Lays marks over the drawing; null: none any more. */
  showMarks(marks: Marks | null): void;
  /** Selects a node and brings it into view. */
  select(nodeId: string | null): void;
  /** Takes what is stored now, in place of what is on the screen. */
  reload(): void;
}

export interface Tool {
  key: string;
  component: ComponentType<ToolProps>;
}
