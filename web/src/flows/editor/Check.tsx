import { CheckCircleOutlined, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useFound } from './findings.ts';
import { useEditorState } from './state.ts';

/** How many things are wrong; they are listed where nothing is selected. */
export function Check() {
  const { faults, warnings } = useFound();
  const { select } = useEditorState();
  const tone = faults.length > 0 ? 'fault' : warnings.length > 0 ? 'warning' : 'fine';
  const text =
    tone === 'fault' ? `${faults.length} 处错误` : tone === 'warning' ? `${warnings.length} 处提醒` : '检查通过';
  return (
    <Button className="check" type="text" data-check={tone} icon={ICONS[tone]} onClick={() => select([])}>
      {text}
    </Button>
  );
}

const ICONS = { fault: <CloseCircleFilled />, warning: <WarningFilled />, fine: <CheckCircleOutlined /> };
