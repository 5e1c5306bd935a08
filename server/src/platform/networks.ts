/** The addresses that a key may come from. */
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Whether `address` is one of the networks (addresses or CIDR, IPv4 or IPv6); none named: any address is. */
export function isFrom(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 client reaches a dual-stack socket as ::ffff:a.b.c.d.
  const from = ipaddr.process(address);
  return networks.some((network) => contains(network, from));
}

function contains(network: string, address: Address): boolean {
  const [base, bits] = rangeOf(network);
  return base.kind() === address.kind() && address.match(base, bits);
}

/** A range written over IPv4-mapped addresses (`::ffff:10.0.0.0/104`) means the IPv4 addresses. */
function rangeOf(network: string): [Address, number] {
  const [base, bits] = network.includes('/') ? ipaddr.parseCIDR(network) : alone(ipaddr.parse(network));
  if (base instanceof ipaddr.IPv6 && base.isIPv4MappedAddress() && bits >= 96) return [base.toIPv4Address(), bits - 96];
  return [base, bits];
}

const alone = (address: Address): [Address, number] => [address, address.kind() === 'ipv4' ? 32 : 128];
