import { Alert, Button, Result, Segmented, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { CustomerCard } from '../customers/CustomerCard.tsx';
import { useLookup } from '../lookup/useLookup.ts';
import { serverNow } from '../platform/clock.ts';
import { Failed } from '../platform/Failed.tsx';
import { readableNumber } from '../platform/format.ts';
import { newTimeUuid } from '../platform/newUuid.ts';
import { useTitle } from '../platform/useTitle.ts';
import { Aside, OfCaller, useBeside } from './Beside.tsx';
import { DonePanel } from './DonePanel.tsx';
import { DraftList } from './DraftList.tsx';
import { LetterTaxpayers } from './LetterTaxpayers.tsx';
import type { Opened } from './openRegistration.ts';
import { type Ended, type Place, Registration } from './Registration.tsx';
import { useOpening } from './useOpening.ts';
import type { Registered } from './useRegistration.ts';
import './registration.css';

type View = 'form' | 'drafts';

/** 工单登记 away from the desk: other sources, calls that nothing was registered of (补录), messages, and what was kept for later. */
export default function RegistrationPage() {
  useTitle('工单登记');
  const { id = null } = useParams();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const contactId = query.get('contact');
  const view: View = query.get('view') === 'drafts' && id === null ? 'drafts' : 'form';
  const isNew = view === 'form' && id === null && contactId === null;
  useEffect(() => {
    // Named in the address, it is the same one after a reload.
    if (isNew) void navigate(`/registration/${newTimeUuid(serverNow())}`, { replace: true });
  }, [isNew, navigate]);
  return (
    <div className="registration-page">
      <Segmented<View>
        aria-label="工单登记"
        options={[
          { value: 'form', label: contactId ? '补录工单' : '工单登记' },
          { value: 'drafts', label: '暂存登记' },
        ]}
        value={view}
        onChange={(next) => void navigate(next === 'drafts' ? '/registration?view=drafts' : '/registration')}
      />
      {view === 'drafts' && <DraftList />}
      {view === 'form' && !isNew && <Form key={id ?? contactId} id={id} contactId={contactId} />}
    </div>
  );
}

function Form({ id, contactId }: { id: string | null; contactId: string | null }) {
  const { data, error, isLoadingError, isPending, refetch } = useOpening({ id, contactId });
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  return <Writing opened={data} />;
}

function Writing({ opened }: { opened: Opened }) {
  const navigate = useNavigate();
  const [done, setDone] = useState<{ ended: Ended; order: Registered } | null>(null);
  const beside = useBeside();
  const looking = useLookup(opened.document.contactId);
  const another = () => void navigate('/registration');
  const { contactId } = opened.document;
  if (done) return <DonePanel {...done} onAnother={another} />;
  if (opened.state !== 'draft' || !opened.mayChange) return <NotToBeChanged opened={opened} onAnother={another} />;
  const place: Place = {
    title: contactId === null ? '其他来源登记' : '补录工单',
    head: contactId !== null && <OfCall contactId={contactId} number={opened.masked.callerNumber} />,
    onEnded: (ended, order) => {
      if (ended === 'discarded') return another();
      if (ended === 'kept') return void navigate('/registration?view=drafts');
      setDone({ ended, order });
    },
    beside,
    ...(contactId === null && { own: (registering) => <LetterTaxpayers registering={registering} /> }),
  };
  return (
    <>
      {opened.earlierId && (
        <Alert
          type="info"
          showIcon
          title="该通话已登记过工单"
          action={<Link to={`/orders/${opened.earlierId}`}>查看工单</Link>}
        />
      )}
      <div className="desk" data-registering>
        <Registration opened={opened} place={place} />
        <Aside beside={beside} looking={looking}>
          {contactId !== null && (
            <OfCaller contactId={contactId} beside={beside}>
              <section className="panel" aria-label="来电人">
                <h2>来电人</h2>
                <div className="panel-body">
                  <CustomerCard contactId={contactId} />
                </div>
              </section>
            </OfCaller>
          )}
        </Aside>
      </div>
    </>
  );
}

/** Which call it is. */
function OfCall({ contactId, number }: { contactId: string; number: string }) {
  return (
    <>
      <span className="num">{readableNumber(number)}</span> <Link to={`/contacts/${contactId}?all=1`}>通话与录音</Link>
    </>
  );
}

function NotToBeChanged({ opened: { id, number, state }, onAnother }: { opened: Opened; onAnother(): void }) {
  return (
    <Result
      status="info"
      title={state === 'draft' ? `工单 ${number} 由他人登记` : `工单 ${number} 已提交，不能再修改登记内容`}
      extra={
        <>
          <Button onClick={onAnother}>登记下一件</Button> <Link to={`/orders/${id}`}>查看工单</Link>
        </>
      }
    />
  );
}
