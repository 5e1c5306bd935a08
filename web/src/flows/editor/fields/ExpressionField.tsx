import { readExpression } from '@rexian/flows/expressions.ts';
import { Button, Dropdown } from 'antd';
import { type FieldProps, useText } from './field.ts';
import { GrowingText } from './GrowingText.tsx';
import { InsertVariable } from './InsertVariable.tsx';
import { insertById } from './insert.ts';

const EXAMPLES = [
  ['caller.region == "南宁市"', '来电归属地为南宁市'],
  ['caller.number.startsWith("138")', '来电号码以 138 开头'],
  ['now.hour < 12', '上午'],
  ['now.weekday >= 6', '周六、周日'],
  ['size(id_number) == 18', '变量长度为 18 位'],
  ['amount > 1000 && caller.class != ""', '两个条件同时成立'],
  ['a == "1" || a == "2"', '两个条件有一个成立'],
] as const;

/** A condition or a value in CEL, read while it is typed. */
export function ExpressionField({ field, id, shape, value, disabled, status, onChange }: FieldProps) {
  const { text, type, leave } = useText({ value, shape, onChange });
  const read = text.trim() ? readExpression(text) : null;
  const fault = read && 'fault' in read ? read.fault : null;
  return (
    <div className="text-field">
      <GrowingText
        id={id}
        className="expression"
        value={text}
        maxLength={500}
        rows={1}
        most={6}
        spellCheck={false}
        disabled={disabled}
        status={fault ? 'error' : status}
        onChange={({ target }) => type(target.value)}
        onBlur={leave}
      />
      <footer>
        {!disabled && (
          <>
            <InsertVariable field={field} write={(name) => name} onInsert={(name) => insertById(id, name)} />
            <Dropdown
              trigger={['click']}
              menu={{
                items: EXAMPLES.map(([example, says]) => ({
                  key: example,
                  label: (
                    <span className="insert-name">
                      {says}
                      <code>{example}</code>
                    </span>
                  ),
                })),
                onClick: ({ key }) => insertById(id, key),
              }}
            >
              <Button size="small">示例</Button>
            </Dropdown>
          </>
        )}
        {fault && status !== 'error' && <span className="field-fault">{fault}</span>}
      </footer>
    </div>
  );
}
