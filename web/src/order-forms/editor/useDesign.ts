import type { FieldType, FormField, OrderFormDetail } from '@rexian/contracts';
import { App } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { errorCode, errorText } from '../../platform/errors.ts';
import { faultsOf, moved, newField } from './fields.ts';

/** The form that is designed, and what can be done to it. */
export function useDesign(opened: OrderFormDetail) {
  const { message } = App.useApp();
  const [form, setForm] = useState(opened);
  const [fields, setFields] = useState(opened.fields);
  const [chosen, choose] = useState(0);
  /** What somebody else has saved since. */
  const [conflict, setConflict] = useState<OrderFormDetail | null>(null);
  const saving = useChange({
    run: client.orderForms.save,
    touches: [api.orderForms.list.key(), api.orderForms.versions.key(), api.orderForms.inForce.key()],
    done: ({ version }) => `已保存为版本 ${version}，新工单立即使用`,
  });
  const faults = useMemo(() => faultsOf(fields), [fields]);
  const changed = fields !== form.fields;

  const load = useCallback((stored: OrderFormDetail) => {
    setForm(stored);
    setFields(stored.fields);
    setConflict(null);
    choose(0);
  }, []);
  const fail = (error: unknown) => void message.error(errorText(error), 6);
  const save = (over = form) =>
    saving.mutate(
      { id: form.id, version: over.version, fields },
      {
        // What was typed meanwhile stays to be saved.
        onSuccess: (stored) => {
          setForm(stored);
          setConflict(null);
          setFields((now) => (now === fields ? stored.fields : now));
        },
        onError: (error) => {
          if (errorCode(error) === 'CHANGED') client.orderForms.get({ id: form.id }).then(setConflict, fail);
          else fail(error);
        },
      },
    );

  return {
    form,
    fields,
    faults,
    chosen: Math.min(chosen, fields.length - 1),
    choose,
    changed,
    conflict,
    saving: saving.isPending,
    canSave: changed && faults.size === 0 && conflict === null && !saving.isPending,
    save,
    load,
    setFields,
    add: (type: FieldType) => {
      setFields([...fields, newField(type, fields)]);
      choose(fields.length);
    },
    put: (index: number, field: FormField) => setFields(fields.with(index, field)),
    remove: (index: number) => {
      setFields(fields.toSpliced(index, 1));
      choose(Math.max(0, index - 1));
    },
    move: (from: number, to: number) => {
      if (to < 0 || to >= fields.length || from === to) return;
      setFields(moved(fields, from, to));
      choose(to);
    },
  };
}

export type Design = ReturnType<typeof useDesign>;
