import type { Person } from '@rexian/contracts';
import { useMemo, useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { greyUnlessActive, ListTable } from '../listing/ListTable.tsx';
import { useTitle } from '../platform/useTitle.ts';
import { AssignRolesForm } from './AssignRolesForm.tsx';
import { personColumns } from './columns.tsx';
import { PasswordShown, type ShownPassword } from './PasswordShown.tsx';
import { PeopleTools } from './PeopleTools.tsx';
import { PersonActions, type PersonAsk } from './PersonActions.tsx';
import { ChangePersonForm, NewPersonForm } from './PersonForms.tsx';
import { usePeople, usePeopleFilter } from './usePeople.ts';
import './people.css';

type Open = { ask: 'new' } | { ask: PersonAsk; person: Person } | null;

/** 人员管理: who works here, what they may do and see. */
export default function PeoplePage() {
  useTitle('人员管理');
  const conditions = usePeopleFilter();
  const list = usePeople(conditions.filter);
  const [open, setOpen] = useState<Open>(null);
  const [shown, setShown] = useState<ShownPassword | null>(null);
  const close = () => setOpen(null);
  const acts = may(useViewer(), 'people.manage', 'people.assign_roles', 'security.manage');
  const columns = useMemo(() => {
    const actions = (person: Person) => (
      <PersonActions person={person} onAsk={(ask) => setOpen({ ask, person })} onPassword={setShown} />
    );
    return personColumns(acts ? actions : null);
  }, [acts]);
  return (
    <div className="list-page">
      <PeopleTools {...conditions} onNew={() => setOpen({ ask: 'new' })} />
      <ListTable
        list={list}
        columns={columns}
        scroll={{ x: 1080 }}
        rowClassName={greyUnlessActive}
        empty="没有符合条件的人员"
      />
      {open?.ask === 'new' && (
        <NewPersonForm
          {...(conditions.filter.unitId ? { unitId: conditions.filter.unitId } : {})}
          onClose={close}
          onCreated={(person, password) => {
            setShown(password);
            setOpen(person.can.assignRoles ? { ask: 'roles', person } : null);
          }}
        />
      )}
      {open?.ask === 'change' && <ChangePersonForm person={open.person} onClose={close} />}
      {open?.ask === 'roles' && <AssignRolesForm key={open.person.id} person={open.person} onClose={close} />}
      {shown && <PasswordShown shown={shown} onClose={() => setShown(null)} />}
    </div>
  );
}
