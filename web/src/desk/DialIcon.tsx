import Icon from '@ant-design/icons';

/** A handset with an arrow that leaves: somebody is called. */
const Shape = () => (
  <svg viewBox="0 0 24 24" width="1em" height="1em" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden>
    <path d="M5 3h3.2l1.6 4.4-2.2 1.5a12.5 12.5 0 0 0 5.5 5.5l1.5-2.2 4.4 1.6V17a3 3 0 0 1-3 3A14 14 0 0 1 2 6a3 3 0 0 1 3-3Z" />
    <path d="M14.5 9.5 21 3m-5.5 0H21v5.5" />
  </svg>
);

export function DialIcon() {
  return <Icon component={Shape} />;
}
