import { SearchOutlined } from '@ant-design/icons';
import { agentState, type BoardAgent } from '@rexian/contracts';
import { Button, Checkbox, Input, Segmented, Select } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { agentTone } from '../platform/status.ts';
import { orders, type ShownState, type View, views } from './filters.ts';
import { countByState } from './order.ts';
import type { BoardProps } from './useBoard.ts';

const OUT = '未签入';
const allStates: ShownState[] = [...agentState.values, 'out'];

/** Which part of the board, of which centre and queue, in which states. */
export function FilterBar({ board, found, filter, change }: BoardProps & { found: BoardAgent[] }) {
  const viewer = useViewer();
  const centres = viewer.chosenCentre ? [] : viewer.centres;
  const shown = (Object.keys(views) as View[]).filter((view) => view !== 'centres' || centres.length > 1);
  const several = new Set(board.queues.map(({ unit }) => unit.id)).size > 1;
  const aboutAgents = filter.view === 'overview' || filter.view === 'agents';
  return (
    <header className="board-head">
      <Segmented<View>
        aria-label="视图"
        value={filter.view}
        options={shown.map((value) => ({ value, label: views[value] }))}
        onChange={(view) => change({ view })}
      />
      {centres.length > 1 && (
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          className="choice"
          popupMatchSelectWidth={false}
          placeholder="全部中心"
          aria-label="中心"
          value={filter.unitId}
          onChange={(unitId) => change({ unitId: unitId ?? null, queueId: null })}
          options={centres.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        className="choice"
        popupMatchSelectWidth={false}
        placeholder="全部技能组"
        aria-label="技能组"
        value={filter.queueId}
        onChange={(queueId) => change({ queueId: queueId ?? null })}
        options={board.queues.map(({ id, name, unit }) => ({
          value: id,
          label: several ? `${name} · ${unit.name}` : name,
        }))}
      />
      {aboutAgents && (
        <>
          <Input
            allowClear
            className="search"
            prefix={<SearchOutlined />}
            placeholder="姓名或工号"
            aria-label="姓名或工号"
            value={filter.text}
            onChange={(event) => change({ text: event.target.value })}
          />
          <States found={found} chosen={filter.states} onChoose={(states) => change({ states })} />
          <div className="board-end">
            <Checkbox checked={filter.signedOut} onChange={({ target }) => change({ signedOut: target.checked })}>
              含未签入
            </Checkbox>
            <Select
              aria-label="排序"
              value={filter.order}
              onChange={(order) => change({ order })}
              options={Object.entries(orders).map(([value, label]) => ({ value: value as keyof typeof orders, label }))}
            />
          </div>
        </>
      )}
    </header>
  );
}

/** How many are in each state; a click shows those alone, another one all again. */
function States(props: { found: BoardAgent[]; chosen: ShownState[]; onChoose(states: ShownState[]): void }) {
  const { found, chosen, onChoose } = props;
  const counts = countByState(found);
  const toggle = (state: ShownState) =>
    onChoose(chosen.includes(state) ? chosen.filter((each) => each !== state) : [...chosen, state]);
  return (
    <fieldset className="state-choice" aria-label="状态">
      {allStates
        .filter((state) => counts.has(state) || chosen.includes(state))
        .map((state) => (
          <Button
            key={state}
            size="small"
            type="text"
            aria-pressed={chosen.includes(state)}
            data-tone={state === 'out' ? 'quiet' : agentTone[state]}
            onClick={() => toggle(state)}
          >
            {state === 'out' ? OUT : agentState.labels[state]} <b>{counts.get(state) ?? 0}</b>
          </Button>
        ))}
    </fieldset>
  );
}
