import { type Unit, unitKind } from '@rexian/contracts';
import { Breadcrumb, Button, Descriptions } from 'antd';
import { Link } from 'react-router';
import { useConfirm } from '../forms/useConfirm.ts';
import { Tag } from '../platform/Tag.tsx';
import { lineOf, within } from './tree.ts';
import { useRemoveUnit, useSwitchUnit } from './useUnitChanges.ts';

export type UnitAsk = 'create' | 'change' | 'move';
type Props = { unit: Unit; units: readonly Unit[]; onAsk(ask: UnitAsk): void; onChoose(id: string): void };

/** One unit: where it stands, what belongs to it, what may be done with it. */
export function UnitDetail({ unit, units, onAsk, onChoose }: Props) {
  const line = lineOf(units, unit.id);
  const children = units.filter(({ parentId }) => parentId === unit.id);
  const below = within(units, unit).length - 1;
  return (
    <section className="panel unit-detail" aria-label="机构详情">
      <div className="panel-body">
        <Breadcrumb
          items={line.slice(0, -1).map((each) => ({
            title: (
              <Button type="link" size="small" onClick={() => onChoose(each.id)}>
                {each.name}
              </Button>
            ),
          }))}
        />
        <header>
          <h2>{unit.name}</h2>
          <Tag tone={unit.active ? 'ready' : 'quiet'}>{unit.active ? '启用' : '已停用'}</Tag>
        </header>
        <Actions unit={unit} onAsk={onAsk} />
        <Descriptions
          size="small"
          column={2}
          bordered
          items={[
            { key: 'kind', label: '类型', children: unitKind.labels[unit.kind] },
            { key: 'code', label: '编码', children: unit.code },
            {
              key: 'people',
              label: '人员',
              children: <Link to={`/people?unit=${unit.id}`}>{unit.people} 人（不含下级）</Link>,
            },
            {
              key: 'numbers',
              label: '服务号码',
              children: <Link to={`/numbers?unit=${unit.id}`}>{unit.numbers} 个（不含下级）</Link>,
            },
            {
              key: 'below',
              label: '下级',
              children: below === 0 ? '没有' : `直接 ${children.length} 个，共 ${below} 个`,
            },
            { key: 'path', label: '路径', children: <span className="unit-path">{unit.path}</span> },
          ]}
        />
        {children.length > 0 && (
          <div className="unit-children">
            {children.map((each) => (
              <Button key={each.id} size="small" onClick={() => onChoose(each.id)}>
                {each.name}
              </Button>
            ))}
          </div>
        )}
      </div>
    </section>
  );
}

function Actions({ unit, onAsk }: { unit: Unit; onAsk(ask: UnitAsk): void }) {
  const confirm = useConfirm();
  const activate = useSwitchUnit();
  const remove = useRemoveUnit();
  const { id, code, name, kind } = unit;
  const switchTo = (active: boolean) => activate.act({ id, code, name, kind, active });
  const stop = () =>
    confirm({
      title: `停用“${name}”？`,
      content: '停用后，该机构及其下级的人员不能登录，服务号码不再接听来电。随时可以重新启用。',
      okText: '停用',
      run: () => switchTo(false),
    });
  const destroy = () =>
    confirm({
      title: `删除机构“${name}”？`,
      content: '删除后不能恢复。机构下还有下级、人员或号码时不能删除。',
      okText: '删除',
      run: () => remove.act({ id }),
    });
  return (
    <div className="unit-actions">
      {unit.can.addChild && (
        <Button type="primary" onClick={() => onAsk('create')}>
          新增下级
        </Button>
      )}
      {unit.can.change && <Button onClick={() => onAsk('change')}>修改</Button>}
      {unit.can.move && <Button onClick={() => onAsk('move')}>移动</Button>}
      {unit.can.change && unit.active && <Button onClick={stop}>停用</Button>}
      {unit.can.change && !unit.active && (
        <Button loading={activate.busy} onClick={() => void switchTo(true)}>
          启用
        </Button>
      )}
      {unit.can.remove && (
        <Button danger onClick={destroy}>
          删除
        </Button>
      )}
    </div>
  );
}
