import type { BoardAgent, SupervisorVerb } from '@rexian/contracts';
import { App } from 'antd';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useDesk } from '../desk/DeskProvider.tsx';
import { client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { MessageDialog } from './MessageDialog.tsx';
import { needsDesk, questionOf, type Supervisor, verbLabel } from './verbs.ts';

interface Supervision {
  supervisor: Supervisor;
  /** Does it, after asking where that is due. */
  run(verb: SupervisorVerb, agent: BoardAgent): void;
}

const Context = createContext<Supervision | null>(null);

/** null: the viewer looks only. */
export const useSupervision = () => use(Context);

type Act = (verb: (sessionId: string) => Promise<unknown>) => Promise<boolean>;

/** What leaders do to agents, for everything below it. */
export function SupervisionProvider({ children }: { children: ReactNode }) {
  const viewer = useViewer();
  return may(viewer, 'desk.use') ? (
    <WithDesk>{children}</WithDesk>
  ) : (
    <Provided desk={null} act={null} signIn={() => {}}>
      {children}
    </Provided>
  );
}

/** Calls are joined with the phone that the leader has signed in with. */
function WithDesk({ children }: { children: ReactNode }) {
  const { desk, act, openSignIn } = useDesk();
  const state = desk?.session?.state ?? null;
  const watching = desk?.contact?.role === 'supervisor' ? desk.contact.contactId : null;
  const own = useMemo(() => ({ state, watching: watching ? { contactId: watching } : null }), [state, watching]);
  return (
    <Provided desk={own} act={act} signIn={openSignIn}>
      {children}
    </Provided>
  );
}

interface ProvidedProps {
  desk: Supervisor['desk'];
  act: Act | null;
  signIn(): void;
  children: ReactNode;
}

function Provided({ desk, act, signIn, children }: ProvidedProps) {
  const { id } = useViewer();
  const { modal, message } = App.useApp();
  const [addressee, setAddressee] = useState<BoardAgent | null>(null);
  const value = useMemo<Supervision>(() => {
    const perform = async (verb: SupervisorVerb, agent: BoardAgent) => {
      try {
        const done = await (needsDesk(verb) ? join(verb, agent, act) : force(verb, agent));
        if (done) void message.success(done);
      } catch (error) {
        void message.error(errorText(error), 6);
      }
    };
    const ask = (content: string, okText: string, onOk: () => unknown, danger: boolean) =>
      void modal.confirm({ title: content, okText, cancelText: '取消', okButtonProps: { danger }, onOk });
    const run = (verb: SupervisorVerb, agent: BoardAgent) => {
      if (verb === 'message') return setAddressee(agent);
      if (needsDesk(verb) && desk && desk.state === null)
        return ask(`${verbLabel(verb)}使用您自己的话机，请先签入。`, '去签入', signIn, false);
      const question = questionOf(verb, agent);
      if (question) return ask(question, verbLabel(verb), () => perform(verb, agent), verb !== 'take_over');
      void perform(verb, agent);
    };
    return { supervisor: { personId: id, desk }, run };
  }, [id, desk, act, signIn, modal, message]);
  return (
    <Context value={value}>
      {children}
      {addressee && <MessageDialog agent={addressee} onClose={() => setAddressee(null)} />}
    </Context>
  );
}

/** Answers what is said when it is done; nothing where the bar of the supervision says it, or the refusal has been said. */
async function join(verb: SupervisorVerb, agent: BoardAgent, act: Act | null): Promise<string | null> {
  const legId = agent.call?.legId;
  if (!legId || !act) return null;
  await act((sessionId) => {
    if (verb === 'take_over') return client.supervision.takeOver({ sessionId, legId });
    if (verb === 'listen' || verb === 'whisper' || verb === 'barge')
      return client.supervision.join({ sessionId, legId, mode: verb });
    throw new Error(`${verb} joins no call`);
  });
  return null;
}

async function force(verb: SupervisorVerb, agent: BoardAgent): Promise<string | null> {
  const { id: personId, name } = agent.person;
  if (verb === 'force_hang_up') {
    if (!agent.call) return null;
    await client.supervision.forceHangUp({ legId: agent.call.legId });
    return `已挂断 ${name} 的通话`;
  }
  const states = { force_ready: 'ready', force_not_ready: 'not_ready', force_sign_out: 'signed_out' } as const;
  if (!(verb in states)) return null;
  const state = states[verb as keyof typeof states];
  const { later } = await client.supervision.forceState({ personId, to: { state } });
  return later ? `${name} 的通话和小结结束后生效` : `已对 ${name} 执行${verbLabel(verb)}`;
}
