import type { ThemeConfig } from 'antd';

const font = '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** Calm blue, compact density; states have their own colours in styles.css. */
export const appTheme: ThemeConfig = {
  token: {
    colorPrimary: '#1d62a6',
    colorLink: '#1d62a6',
    colorInfo: '#1d62a6',
    colorInfoBg: '#eaf2fa',
    colorSuccess: '#23895a',
    // Derived from the green above they would be grey.
    colorSuccessBg: '#ebf7f1',
    colorSuccessBorder: '#a8dabf',
    colorWarning: '#c2700c',
    colorError: '#c9302c',
    // Derived from the blue above they would be grey.
    controlItemBgActive: '#e6f0fa',
    controlItemBgActiveHover: '#dae8f6',
    colorTextBase: '#1b2733',
    // Derived from it they would be too pale to be read.
    colorTextDescription: '#5d6b7a',
    colorTextTertiary: '#6b7885',
    colorTextPlaceholder: '#84909d',
    colorBgLayout: '#eef1f5',
    colorBorderSecondary: '#e3e8ee',
    borderRadius: 6,
    fontFamily: font,
    fontSize: 14,
    controlHeight: 32,
    wireframe: false,
  },
  components: {
    Table: {
      headerBg: '#f6f8fa',
      headerColor: '#51606f',
      cellPaddingBlockSM: 7,
      cellPaddingInlineSM: 12,
      headerSplitColor: 'transparent',
      rowHoverBg: '#f3f8fd',
    },
    Form: { itemMarginBottom: 14 },
  },
};

/** The same, in which nothing slides or fades for longer than can be seen. Without any motion, dialogs lose the focus that they begin with. */
export const still = (theme: ThemeConfig): ThemeConfig => ({
  ...theme,
  token: { ...theme.token, motionDurationFast: '1ms', motionDurationMid: '1ms', motionDurationSlow: '1ms' },
});
