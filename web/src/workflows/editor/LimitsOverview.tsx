import { workOrderUrgency } from '@rexian/contracts';
import { type Limits, limitOf, taskSettings, waitSettings } from '@rexian/workflows/settings.ts';
import { durationText } from '@rexian/workflows/words.ts';
import type { Drawing } from '../drawing/drawing.ts';
import type { DrawnElement } from '../drawing/library.ts';

/** 时限一览: until when a node has to be signed for and done, by urgency; a click leads to where it is set. */
export function LimitsOverview({ drawing }: { drawing: Drawing }) {
  const rows = drawing.elements.flatMap((element) => limitsOf(drawing, element));
  if (rows.length === 0) return null;
  return (
    <table className="workflow-limits">
      <caption>时限一览</caption>
      <thead>
        <tr>
          <th>环节</th>
          {workOrderUrgency.values.map((urgency) => (
            <th key={urgency}>{workOrderUrgency.labels[urgency]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, what, limits }) => (
          <tr key={`${id} ${what}`}>
            <th>
              <button type="button" onClick={() => drawing.select(id)}>
                {name}
              </button>
              {what}
            </th>
            {workOrderUrgency.values.map((urgency) => {
              const limit = limitOf(limits, urgency);
              return <td key={urgency}>{limit ? durationText(limit) : '不限'}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Row {
  id: string;
  name: string;
  what: '办结' | '签收';
  limits: Limits;
}

/** Those that can't be read have none here; the findings say so. */
function limitsOf(drawing: Drawing, element: DrawnElement): Row[] {
  const { id, type, businessObject } = element;
  const told = drawing.settingsOf(element);
  const row = (what: Row['what'], limits: Limits): Row => ({ id, name: businessObject.name ?? '未命名', what, limits });
  if (type === 'bpmn:ReceiveTask') {
    const { data } = waitSettings.safeParse(told);
    return data ? [row('办结', data.due)] : [];
  }
  if (type !== 'bpmn:UserTask') return [];
  const { data } = taskSettings.safeParse(told);
  if (!data) return [];
  return [...(Object.keys(data.sign).length > 0 ? [row('签收', data.sign)] : []), row('办结', data.due)];
}
