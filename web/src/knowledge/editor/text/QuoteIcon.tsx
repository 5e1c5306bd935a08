/** 引用 as a button, in the size of the icons beside it. */
export const QuoteIcon = () => (
  <span className="anticon" aria-hidden="true">
    <svg width="1em" height="1em" viewBox="0 0 16 16" fill="currentColor">
      <title>引用</title>
      <path d="M2 3h5v5.2C7 11 5.4 12.6 3 13v-1.6c1.3-.4 2-1.3 2-2.4H2V3zm7 0h5v5.2c0 2.8-1.6 4.4-4 4.8v-1.6c1.3-.4 2-1.3 2-2.4H9V3z" />
    </svg>
  </span>
);
