import type { FieldFault, OrderForm, OrderTarget, Registration, Taxpayer } from '@rexian/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useSaver } from '../drafts/useSaver.ts';
import { addedTo } from '../lookup/said.ts';
import { api, client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import {
  copiedForm,
  type Faults,
  fieldFaults as fieldFaultsOf,
  formatFaults,
  isBlank,
  type Submitting,
  sameRegistration,
  submitFaults,
} from './form.ts';
import { type Opened, openedOf, revisionOf } from './openRegistration.ts';

/** What became of a registration. */
export interface Registered {
  id: string;
  number: string;
  title: string;
  closed: boolean;
}

/** A registration that is being written: kept while it is typed, and handed in. `given` counts when it opens only. */
export function useRegistration(given: Opened) {
  const [opened] = useState(given);
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [form, setForm] = useState(opened.document);
  const [targets, setTargets] = useState<Record<string, OrderTarget>>({});
  const [told, setTold] = useState<Faults>({});
  const [fieldFaults, setFieldFaults] = useState<FieldFault[]>([]);
  const [busy, setBusy] = useState(false);
  const number = useRef(opened.number);
  const { saver, state, stored, left, forget } = useSaver<Registration, Opened>({
    ...{ kind: 'order', opened, readOnly: false, schema: copiedForm, same: sameRegistration },
    // A call that is over without a word needs no number.
    document: opened.revision === 0 && isBlank(form) ? opened.document : form,
    server: {
      save: async ({ id, revision, document }) => {
        const saved = await client.orders.save({ id, revision: revisionOf({ revision }), registration: document });
        number.current = saved.number;
        return { revision: saved.revision, at: saved.savedAt };
      },
      get: async () => openedOf(await client.orders.get({ id: opened.id })),
    },
  });

  const change = useCallback((part: Partial<Registration>) => {
    setForm((before) => ({ ...before, ...part }));
    setTold({});
  }, []);
  const replace = useCallback((document: Registration) => setForm(document), []);
  const [masked, setMasked] = useState(opened.masked);
  /** Takes one of 一户式查询: the server knows its code. */
  const chooseTaxpayer = useCallback(({ ref, name, creditCode }: Taxpayer) => {
    setForm((before) => ({ ...before, taxpayer: ref, taxNumber: null, taxName: name }));
    setMasked((before) => ({ ...before, taxNumber: creditCode }));
  }, []);
  /** Writes into the answer what the caller is told; the order's id, once it is kept as far as it can be. */
  const attach = useCallback(
    async (text: string): Promise<string> => {
      // Shown, and so known to the saver, before it saves.
      flushSync(() => setForm((before) => ({ ...before, answer: addedTo(before.answer, text) })));
      await saver.flush();
      return opened.id;
    },
    [saver, opened.id],
  );
  const latest = useRef(form);
  latest.current = form;
  useEffect(() => {
    // What the last page could not save any more goes on here; over what came after it only if somebody says so.
    if (!left || left.revision < opened.revision) return;
    replace(left.document);
    forget();
  }, [left, forget, replace, opened.revision]);

  const fail = (error: unknown, what: string) => void message.error(`${what}：${errorText(error)}`, 6);
  const touched = () => void queryClient.invalidateQueries({ queryKey: api.orders.key() });

  /** Keeps it as it is (暂存); null: it couldn't be, and why has been said. */
  const keep = async (): Promise<Registered | null> => {
    setBusy(true);
    const saved = await saver.flush();
    setBusy(false);
    if (!saved) {
      void message.error('暂存失败：内容已保留在本机，请稍后重试', 6);
      return null;
    }
    touched();
    return { id: opened.id, number: number.current, title: latest.current.title, closed: false };
  };
  /** Hands it in; null: it couldn't be, and why is said. */
  const submit = async ({
    immediate,
    asked,
    own,
  }: Omit<Submitting, 'targets'> & { own: OrderForm | null }): Promise<Registered | null> => {
    const faults = submitFaults(form, { immediate, asked, targets });
    setTold(faults);
    const wrong = Object.keys(faults)[0];
    if (wrong) {
      document.getElementById(`registration-${wrong}`)?.focus();
      return null;
    }
    const wrongFields = fieldFaultsOf(own, form);
    setFieldFaults(wrongFields);
    const [first] = wrongFields;
    if (first) {
      void message.error(first.message);
      return null;
    }
    setBusy(true);
    try {
      if (!(await saver.flush())) {
        const now = saver.state.get();
        if (now.what === 'failed') throw now.error;
        return null;
      }
      const { revision } = saver.stored.get();
      const chosen = Object.fromEntries(asked.flatMap((node) => (targets[node] ? [[node, targets[node]]] : [])));
      const { number: given, state: after } = await client.orders.submit({
        id: opened.id,
        revision,
        immediate,
        targets: chosen,
      });
      touched();
      return { id: opened.id, number: given, title: form.title, closed: after === 'closed' };
    } catch (error) {
      fail(error, '未提交，内容已保留');
      return null;
    } finally {
      setBusy(false);
    }
  };
  /** Throws it away, here and at the server. */
  const discard = async (): Promise<boolean> => {
    setBusy(true);
    try {
      // Nothing that was typed meanwhile may be saved after it.
      saver.show(saver.savedDocument);
      await saver.flush();
      if (saver.stored.get().revision > 0) await client.orders.discard({ id: opened.id });
      touched();
      return true;
    } catch (error) {
      fail(error, '未删除');
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    ...{
      id: opened.id,
      form,
      change,
      replace,
      targets,
      setTargets,
      faults: { ...formatFaults(form), ...told },
      busy,
      state,
      stored,
      masked,
      chooseTaxpayer,
      attach,
      fieldFaults,
    },
    ...{ left, forget, keep, submit, discard },
    blank: isBlank(form),
    save: useCallback(() => saver.flush(), [saver]),
    overwrite: useCallback(() => saver.overwrite(), [saver]),
    take: useCallback(
      (theirs: Opened) => {
        saver.take(theirs, theirs.document);
        setForm(theirs.document);
      },
      [saver],
    ),
  };
}
export type Registering = ReturnType<typeof useRegistration>;
