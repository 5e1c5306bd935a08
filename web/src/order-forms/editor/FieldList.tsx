import { DeleteOutlined, HolderOutlined, PlusOutlined, WarningFilled } from '@ant-design/icons';
import { type FormField, fieldType, MOST_FIELDS } from '@rexian/contracts';
import { Button, Dropdown } from 'antd';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Design } from './useDesign.ts';

const TYPES = fieldType.values.map((key) => ({ key, label: fieldType.labels[key] }));

/** The fields in their order: dragged, or moved with Alt and the arrows. */
export function FieldList({ design, readOnly }: { design: Design; readOnly: boolean }) {
  const { fields, faults, chosen, choose, add, remove, move } = design;
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const focus = (index: number) => {
    const at = Math.min(Math.max(index, 0), fields.length - 1);
    choose(at);
    list.current?.querySelectorAll<HTMLElement>('.form-field-name')[at]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (event.altKey && !readOnly) move(index, index + step);
      focus(index + step);
    } else if (event.key === 'Delete' && !readOnly) remove(index);
  };
  return (
    <nav className="form-field-list" aria-label="字段">
      <ol ref={list}>
        {fields.map((field, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: keys of fields are typed, and may be the same for a moment
            key={index}
            data-chosen={index === chosen || undefined}
            data-dragged={index === dragged || undefined}
            draggable={!readOnly}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              setDragged(index);
            }}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => dragged !== null && event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged !== null) move(dragged, index);
            }}
          >
            {!readOnly && <HolderOutlined className="form-field-handle" />}
            <button
              type="button"
              className="form-field-name"
              aria-current={index === chosen}
              onClick={() => choose(index)}
              onKeyDown={(event) => onKeyDown(event, index)}
            >
              <Name field={field} />
              {faults.has(index) && <WarningFilled aria-label="有错误" title={faults.get(index)?.join('；') ?? ''} />}
            </button>
            {!readOnly && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={`删除字段${field.label}`}
                onClick={() => remove(index)}
              />
            )}
          </li>
        ))}
      </ol>
      {!readOnly && (
        <>
          <Dropdown
            trigger={['click']}
            menu={{ items: TYPES, onClick: ({ key }) => add(fieldType.schema.parse(key)) }}
            disabled={fields.length >= MOST_FIELDS}
          >
            <Button block icon={<PlusOutlined />}>
              添加字段
            </Button>
          </Dropdown>
          <p className="muted">拖动调整顺序，或按 Alt+↑、Alt+↓</p>
        </>
      )}
    </nav>
  );
}

function Name({ field: { label, type, required, visible } }: { field: FormField }) {
  const marks = [
    fieldType.labels[type],
    ...(required === 'always' ? ['必填'] : required === 'never' ? [] : ['按条件必填']),
    ...(visible ? ['按条件显示'] : []),
  ];
  return (
    <span>
      <b>{label || '（未命名）'}</b>
      <small className="muted">{marks.join(' · ')}</small>
    </span>
  );
}
