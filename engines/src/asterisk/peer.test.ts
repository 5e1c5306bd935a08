import { expect, onTestFinished, test } from 'vitest';
import { Controller } from '../testing/controller.ts';
import { asteriskOptions, testAsterisk, testFolder } from '../testing/instances.ts';

/** A platform's Asterisk. All of them come from one address, which is the carrier's as well: only ports tell them apart. */
async function start(name: string) {
  const options = await asteriskOptions(testFolder(name), { app: name });
  const { url } = await testAsterisk(options);
  const controller = await Controller.connect(url, name);
  onTestFinished(() => controller.close());
  return { ...options, controller };
}

type Fields = Record<string, string>;
const put = (controller: Controller, type: string, id: string, fields: Fields) =>
  controller.send('PUT', `/asterisk/config/dynamic/res_pjsip/${type}/${id}`, {
    fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
  });

/** As server/src/calls/trunks.ts pushes it. */
async function addPeer(controller: Controller, code: string, port: number): Promise<void> {
  await put(controller, 'aor', `trunk-${code}`, { contact: `sip:127.0.0.1:${port}`, qualify_frequency: '1' });
  await put(controller, 'endpoint', `trunk-${code}`, {
    disallow: 'all',
    allow: 'alaw,ulaw',
    aors: `trunk-${code}`,
    context: 'rexian-peer',
    identify_by: 'ip',
    transport: 'udp',
    send_connected_line: 'no',
    send_pai: 'yes',
    trust_id_inbound: 'yes',
  });
  await put(controller, 'identify', `peer-${code}`, { endpoint: `trunk-${code}`, match: `127.0.0.1:${port}` });
}

const reference = '019c0000-1111-7222-8333-444455556666';
const headers = (values: Fields) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`PJSIP_HEADER(add,X-Rexian-${name})`, value]));
const variable = (channel: string | undefined, name: string) =>
  `/channels/${channel}/variable?variable=${encodeURIComponent(name)}`;

test('a peer platform at the address of the carrier is known by its port; what it says is cut and cleaned', async () => {
  const [here, there] = [await start('here'), await start('there')];
  await addPeer(here.controller, 'there', there.ports.sip);
  await addPeer(there.controller, 'here', here.ports.sip);
  const call = { endpoint: 'PJSIP/077112366@trunk-there', app: 'here', channelId: 'out', callerId: '13800000000' };
  const said = {
    Reference: `${reference}0000`,
    Origin: 'province_transfer',
    From: '5bm_6KW-.x-',
    Note: `a",/b${'x'.repeat(1500)}`,
  };
  await here.controller.send('POST', '/channels', { ...call, variables: headers(said) });
  const { args, channel } = await there.controller.event((event) => event.type === 'StasisStart');
  const source = `peer/trunk-here/${reference}/province_transfer/5bm_6KW-.x-/ab${'x'.repeat(1098)}`;
  expect(args).toEqual(['inbound', '077112366', source]);
  expect(channel?.caller.number).toBe('13800000000');

  // What answers tells its own reference, without a re-INVITE later on.
  await there.controller.send('POST', `${variable(channel?.id, 'CONNECTEDLINE(name)')}&value=${reference}`);
  await there.controller.send('POST', `${variable(channel?.id, 'CONNECTEDLINE(num)')}&value=077112366`);
  await there.controller.send('POST', `/channels/${channel?.id}/answer`);
  await here.controller.event((event) => event.type === 'StasisStart');
  const told = variable('out', 'PJSIP_RESPONSE_HEADER(read,P-Asserted-Identity)');
  expect(await here.controller.send('GET', told)).toEqual({ value: `"${reference}" <sip:077112366@127.0.0.1>` });
}, 30_000);

test('a carrier that sends the headers of a peer is a carrier', async () => {
  const [here, carrier] = [await start('here'), await start('carrier')];
  const endpoint = `PJSIP/trunk/sip:12366@127.0.0.1:${here.ports.sip}`;
  const said = headers({ Reference: reference, Origin: 'province_transfer', From: 'YQ', Note: 'YQ' });
  await carrier.controller.send('POST', '/channels', { endpoint, app: 'carrier', variables: said });
  const { args } = await here.controller.event((event) => event.type === 'StasisStart');
  expect(args).toEqual(['inbound', '12366', 'trunk']);
}, 30_000);
