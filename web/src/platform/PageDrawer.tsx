import { Drawer, type DrawerProps } from 'antd';
import { PAGE_CONTENT } from './pageContent.ts';

/** A drawer over the page, below header and desk bar: it never covers the phone. */
export function PageDrawer(props: DrawerProps) {
  return (
    <Drawer
      destroyOnHidden
      getContainer={() => document.getElementById(PAGE_CONTENT) ?? document.body}
      rootStyle={{ position: 'absolute' }}
      {...props}
    />
  );
}
