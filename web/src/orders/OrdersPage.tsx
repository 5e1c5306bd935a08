import { useParams } from 'react-router';
import { OrderLists } from './list/OrderLists.tsx';
import { OrderPage } from './order/OrderPage.tsx';
import './orders.css';

/** 工单: the lists, and one order. */
export default function OrdersPage() {
  const { id } = useParams();
  return id ? <OrderPage key={id} id={id} /> : <OrderLists />;
}
