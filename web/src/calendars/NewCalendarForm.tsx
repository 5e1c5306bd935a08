import { type Calendar, requiredText, type Unit } from '@rexian/contracts';
import { Form, Input } from 'antd';
import { useCallback } from 'react';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import type { Week } from './hours.ts';
import { useCreateCalendar } from './useCalendarChanges.ts';

const officeHours = [
  { from: '09:00', to: '12:00' },
  { from: '14:00', to: '18:00' },
];
/** What most tax bureaux keep; changed right after. */
const officeWeek: Week = [officeHours, officeHours, officeHours, officeHours, officeHours, [], []];

type Props = { calendars: readonly Calendar[]; onClose(created?: Calendar): void };

/** A unit has one calendar at most. */
export function NewCalendarForm({ calendars, onClose }: Props) {
  const create = useCreateCalendar();
  const refuse = useCallback((unit: Unit) => calendars.some((each) => each.unit.id === unit.id), [calendars]);
  return (
    <FormDrawer<{ name: string; unitId: string }>
      title="新增工作日历"
      okText="新增"
      initial={{ name: '工作日历' }}
      busy={create.isPending}
      error={create.error}
      onSubmit={(values) =>
        create.mutate({ ...values, week: officeWeek, holidays: true, specialDays: [] }, { onSuccess: onClose })
      }
      onClose={() => onClose()}
    >
      <Form.Item
        name="unitId"
        label="适用机构"
        extra="对该机构及其下级生效；下级有自己的日历时，以下级的为准。"
        rules={[chosen('请选择适用机构')]}
      >
        <UnitSelect refuse={refuse} />
      </Form.Item>
      <Form.Item name="name" label="名称" rules={[rule(requiredText(40, '请输入名称'))]}>
        <Input maxLength={40} />
      </Form.Item>
      <p className="form-note">新日历为周一至周五 9:00–12:00、14:00–18:00，执行法定节假日与调休，保存后可以修改。</p>
    </FormDrawer>
  );
}
