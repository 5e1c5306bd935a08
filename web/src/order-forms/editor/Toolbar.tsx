import { ArrowLeftOutlined, HistoryOutlined } from '@ant-design/icons';
import { orderFormName } from '@rexian/contracts';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Tag } from '../../platform/Tag.tsx';
import { HistoryDrawer } from './HistoryDrawer.tsx';
import type { Design } from './useDesign.ts';
import '../../drafts/toolbar.css';

/** What the form is, and what can be done with all of it. */
export function Toolbar({ design, readOnly }: { design: Design; readOnly: boolean }) {
  const { form, changed, faults, canSave, saving, save } = design;
  const [history, setHistory] = useState(false);
  const wrong = [...faults.values()].flat().length;
  return (
    <header className="editor-toolbar">
      <Link to="/order-forms" aria-label="返回登记表单" title="返回登记表单">
        <ArrowLeftOutlined />
      </Link>
      <strong>{orderFormName(form.kind)}</strong>
      <span className="muted">{form.unit.name}</span>
      <Tag tone="ready">版本 {form.version}</Tag>
      {readOnly && <Tag tone="quiet">只读</Tag>}
      {changed && <Tag tone="waiting">未保存</Tag>}
      {wrong > 0 && <Tag tone="fault">{wrong} 处错误</Tag>}
      <div className="editor-tools">
        <Button icon={<HistoryOutlined />} onClick={() => setHistory(true)}>
          历史版本
        </Button>
        {!readOnly && (
          <Tooltip title={wrong > 0 ? '改正错误后才能保存' : '保存后用于新登记的工单（Ctrl+S）'}>
            <Button type="primary" loading={saving} disabled={!canSave} onClick={() => save()}>
              保存
            </Button>
          </Tooltip>
        )}
      </div>
      {history && <HistoryDrawer design={design} readOnly={readOnly} onClose={() => setHistory(false)} />}
    </header>
  );
}
