import { labelOf } from '@rexian/workflows/words.ts';
import { Tooltip } from 'antd';
import type { Drawing } from '../drawing/drawing.ts';
import { kinds } from '../drawing/kinds.ts';

/** What can be drawn. With the pointer a new element is carried to its place; by keyboard it follows on what is selected. */
export function Palette({ drawing }: { drawing: Drawing }) {
  return (
    <section className="workflow-palette" aria-label="可添加的元素">
      {kinds.map((kind) => (
        <Tooltip title={kind.help} mouseEnterDelay={0.4} key={kind.id}>
          <button
            type="button"
            draggable
            onClick={({ nativeEvent, detail }) => (detail === 0 ? drawing.add(kind) : drawing.drag(kind, nativeEvent))}
            onDragStart={(event) => {
              event.preventDefault();
              drawing.drag(kind, event.nativeEvent);
            }}
          >
            <i className={`bpmn-icon-${kind.icon}`} />
            {labelOf(kind.type)}
          </button>
        </Tooltip>
      ))}
    </section>
  );
}
