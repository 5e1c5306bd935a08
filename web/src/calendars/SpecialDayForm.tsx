import { requiredText, type SpecialDay } from '@rexian/contracts';
import { Button, Form, Input, Modal } from 'antd';
import { chosen, rule } from '../forms/rule.ts';
import { DAY, type Dayjs, readWall } from '../platform/beijing.ts';
import { DatePicker } from '../platform/DatePicker.tsx';
import { HoursField } from './HoursField.tsx';
import { hoursProblem } from './hours.ts';

type Values = { date: Dayjs; name: string; hours: SpecialDay['hours'] };
type Props = {
  /** The day to begin with; its name empty for a new one. */
  day: Partial<SpecialDay>;
  onSave(day: SpecialDay): void;
  onRemove?(): void;
  onClose(): void;
};

/** A day with hours of its own, before week and holidays. */
export function SpecialDayForm({ day, onSave, onRemove, onClose }: Props) {
  const [form] = Form.useForm<Values>();
  const save = ({ date, name, hours }: Values) =>
    onSave({ date: date.format(DAY), name: name.trim(), hours: hours ?? [] });
  return (
    <Modal
      open
      width={460}
      title={onRemove ? '修改特殊日' : '新增特殊日'}
      okText="确定"
      cancelText="取消"
      onCancel={onClose}
      onOk={() => form.submit()}
      footer={(buttons) => (
        <div className="special-footer">
          {onRemove && (
            <Button type="text" danger onClick={onRemove}>
              删除此特殊日
            </Button>
          )}
          <span>{buttons}</span>
        </div>
      )}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ ...day, ...(day.date ? { date: readWall(day.date) } : {}), hours: day.hours ?? [] }}
        onFinish={save}
      >
        <Form.Item name="date" label="日期" rules={[chosen('请选择日期')]}>
          <DatePicker style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="name" label="名称" rules={[rule(requiredText(40, '请输入名称'))]}>
          <Input autoFocus={day.date !== undefined} maxLength={40} placeholder="例如：系统升级、三月三" />
        </Form.Item>
        <Form.Item
          name="hours"
          label="上班时段"
          extra="没有时段即全天休息。"
          rules={[{ validator: async (_, hours) => refuseWrong(hours ?? []) }]}
        >
          <HoursField label="特殊日" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function refuseWrong(hours: SpecialDay['hours']): void {
  const problem = hoursProblem(hours);
  if (problem) throw new Error(problem);
}
