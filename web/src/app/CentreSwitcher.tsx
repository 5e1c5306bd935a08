import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Select } from 'antd';
import { useLocation, useNavigate } from 'react-router';
import { isNotViewer, rememberViewer, useViewer } from '../auth/viewer.ts';
import { api, client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { pageAfterSwitch } from './centre.ts';

const ALL = 'all';

/** Whose data the pages show: a person of several centres sees them merged or one by one. */
export function CentreSwitcher() {
  const viewer = useViewer();
  const change = useChooseCentre();
  if (viewer.centres.length < 2) return <span className="shell-unit">{viewer.unit.name}</span>;
  const options = [
    { value: ALL, label: '全部中心（合并）' },
    ...viewer.centres.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Select
      className="shell-centre"
      data-narrowed={viewer.chosenCentre !== null || undefined}
      aria-label="切换中心"
      size="small"
      variant="borderless"
      popupMatchSelectWidth={false}
      listHeight={480}
      showSearch={viewer.centres.length > 8 ? { optionFilterProp: 'label' } : false}
      value={viewer.chosenCentre?.id ?? ALL}
      loading={change.isPending}
      disabled={change.isPending}
      options={options}
      onChange={(value) => change.mutate(value === ALL ? null : value)}
    />
  );
}

function useChooseCentre() {
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const location = useLocation();
  return useMutation({
    mutationFn: (unitId: string | null) => client.auth.chooseCentre({ unitId }),
    onSuccess: (viewer) => {
      void navigate(pageAfterSwitch(location.pathname, location.search), { replace: true });
      rememberViewer(queryClient, viewer);
      // The desk is the agent's own, whatever centre is looked at: a call in progress must not flicker.
      const desk = JSON.stringify(api.desk.get.queryKey());
      const ofCentre = (query: { queryKey: readonly unknown[] }) =>
        isNotViewer(query) && JSON.stringify(query.queryKey) !== desk;
      void queryClient.resetQueries({ predicate: ofCentre });
    },
    onError: (error) => void message.error(errorText(error)),
  });
}
