import { type RoutingRule, standardRules, type UnitRef } from '@rexian/contracts';
import { Alert, Button, Spin } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../../auth/viewer.ts';
import { useAction } from '../../forms/useChange.ts';
import { AddButton } from '../../listing/AddButton.tsx';
import { api, client } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { CentreSelect } from '../CentreSelect.tsx';
import { useCentre, useQueues } from '../useQueues.ts';
import { Preview } from './Preview.tsx';
import { RuleForm } from './RuleForm.tsx';
import { RuleList } from './RuleList.tsx';
import { useRules } from './useRules.ts';

/** 路由规则 of one centre in order, and beside them where a call would go. */
export function Rules() {
  const manages = may(useViewer(), 'queues.manage');
  const { queues } = useQueues();
  const choice = useCentre(queues);
  const { centre } = choice;
  const { rules, error, isPending, refetch } = useRules(centre?.id);
  const [open, setOpen] = useState<RoutingRule | 'new' | null>(null);
  const own = queues.filter(({ unit }) => unit.id === centre?.id);
  return (
    <>
      <div className="list-tools">
        <CentreSelect {...choice} />
        <span className="muted">来电进入技能组时依次判断：优先级累加，技能组和专席以最先符合的规则为准。</span>
        <div className="list-end">
          {manages && centre && <AddButton onClick={() => setOpen('new')}>新增规则</AddButton>}
        </div>
      </div>
      <div className="rules-columns">
        <section aria-label="路由规则">
          {error && <Failed error={error} retry={refetch} />}
          {isPending && <Spin className="page-spin" />}
          {!isPending && !error && rules.length === 0 && centre && <Standard centre={centre} manages={manages} />}
          {rules.length > 0 && centre && <RuleList rules={rules} queues={own} unitId={centre.id} onOpen={setOpen} />}
        </section>
        {own.length > 0 && <Preview key={centre?.id} queues={own} />}
      </div>
      {open !== null && centre && (
        <RuleForm rule={open === 'new' ? null : open} centre={centre} queues={own} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

/** As long as a centre has no rule of its own those of the platform hold; the first one puts them out of force. */
function Standard({ centre, manages }: { centre: UnitRef; manages: boolean }) {
  const adopt = useAction({
    run: async () => {
      // One after the other: a new rule goes last.
      for (const rule of standardRules)
        await client.routingRules.create({ ...structuredClone(rule), unitId: centre.id, active: true });
    },
    touches: [api.routingRules.key()],
    done: '已建立本中心的规则',
  });
  return (
    <Alert
      type="info"
      showIcon
      title={`${centre.name}还没有自己的规则，按平台默认规则路由`}
      description={
        <>
          <ul className="standard-rules">
            {standardRules.map(({ name, effects }) => (
              <li key={name}>
                {name}：优先级 +{effects.priority}
              </li>
            ))}
          </ul>
          建立自己的规则后，默认规则不再生效。
        </>
      }
      action={
        manages && (
          <Button loading={adopt.busy} onClick={() => void adopt.act(undefined)}>
            以默认规则为起点
          </Button>
        )
      }
    />
  );
}
