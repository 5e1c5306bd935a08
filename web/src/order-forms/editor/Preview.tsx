import { checkFields, type FormField } from '@rexian/contracts';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { FieldValues } from '../FieldValues.tsx';
import { FormFields, type Values } from '../FormFields.tsx';

type View = '填写' | '查看';

/** The form as those who register orders will have it, to be tried out: what is filled in goes nowhere. */
export function Preview({ fields }: { fields: readonly FormField[] }) {
  const [values, setValues] = useState<Values>({});
  const [view, setView] = useState<View>('填写');
  const [checked, setChecked] = useState(false);
  const form = { fields };
  const { values: taken, faults } = checkFields(form, values);
  return (
    <section className="form-preview" aria-label="预览">
      <header>
        <b>预览</b>
        <Segmented<View> size="small" options={['填写', '查看']} value={view} onChange={setView} />
        <Button size="small" onClick={() => setChecked(true)}>
          试提交
        </Button>
        {checked && (
          <span className="muted" role="status">
            {faults.length > 0 ? `有 ${faults.length} 处需要填写或改正` : '可以提交'}
          </span>
        )}
        <Button
          type="text"
          size="small"
          onClick={() => {
            setValues({});
            setChecked(false);
          }}
        >
          清空
        </Button>
      </header>
      {view === '填写' ? (
        <FormFields form={form} values={values} onChange={setValues} faults={checked ? faults : []} />
      ) : (
        <FieldValues form={form} values={taken} />
      )}
    </section>
  );
}
