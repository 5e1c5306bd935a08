import type { OrderFormDetail } from '@rexian/contracts';
import { Alert, Button } from 'antd';
import { useEffect, useRef } from 'react';
import { dateTime } from '../../platform/format.ts';
import { FieldList } from './FieldList.tsx';
import { FieldSettings } from './FieldSettings.tsx';
import { LeavingQuestion } from './LeavingQuestion.tsx';
import { Preview } from './Preview.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useDesign } from './useDesign.ts';
import './editor.css';

/** The fields at the left, the form as it will look in the middle, the chosen field's settings at the right. */
export function Editor({ opened }: { opened: OrderFormDetail }) {
  const design = useDesign(opened);
  const readOnly = !opened.can.change;
  const { fields, faults, chosen, conflict } = design;
  useSaveKey(design.canSave ? () => design.save() : null);
  return (
    <div className="form-editor">
      <Toolbar design={design} readOnly={readOnly} />
      <FieldList design={design} readOnly={readOnly} />
      <main className="form-editor-middle">
        {conflict !== null && (
          <Alert
            type="error"
            showIcon
            title={`“${conflict.changedBy}”已于 ${dateTime(conflict.changedAt)} 修改此表单，你的修改尚未保存`}
            action={
              <>
                <Button size="small" danger onClick={() => design.save(conflict)}>
                  用我的版本覆盖
                </Button>{' '}
                <Button size="small" type="primary" onClick={() => design.load(conflict)}>
                  载入对方的版本
                </Button>
              </>
            }
          />
        )}
        {faults.get(-1)?.map((message) => (
          <Alert key={message} type="error" showIcon title={message} />
        ))}
        <Preview fields={fields} />
      </main>
      <FieldSettings design={design} index={chosen} readOnly={readOnly} key={chosen} />
      <LeavingQuestion changed={design.changed} />
    </div>
  );
}

/** Ctrl+S. */
function useSaveKey(save: (() => void) | null): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      latest.current?.();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
