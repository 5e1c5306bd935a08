import { SMS_MAX_CHARACTERS, smsVariable } from '@rexian/contracts';
import { Button, Input, Tooltip } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef } from 'react';

type Props = { id?: string; value?: string; onChange?(text: string): void };

/** A text with variables, which a click puts where the cursor stands. */
export function TextField({ id, value = '', onChange }: Props) {
  const area = useRef<TextAreaRef>(null);
  const insert = (name: string) => {
    const field = area.current?.resizableTextArea?.textArea;
    const [from, to] = [field?.selectionStart ?? value.length, field?.selectionEnd ?? value.length];
    const written = `{{${name}}}`;
    onChange?.(value.slice(0, from) + written + value.slice(to));
    // After the field shows it.
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(from + written.length, from + written.length);
    });
  };
  return (
    <>
      <Input.TextArea
        {...(id ? { id } : {})}
        ref={area}
        maxLength={SMS_MAX_CHARACTERS}
        autoSize={{ minRows: 4, maxRows: 10 }}
        value={value}
        onChange={({ target }) => onChange?.(target.value)}
      />
      <div className="sms-variables">
        <span className="muted">插入变量</span>
        {smsVariable.values.map((name) => (
          <Tooltip key={name} title={smsVariable.labels[name]}>
            <Button size="small" onClick={() => insert(name)}>
              {name}
            </Button>
          </Tooltip>
        ))}
      </div>
    </>
  );
}
