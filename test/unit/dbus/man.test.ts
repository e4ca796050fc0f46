// SPDX-License-Identifier: GPL-2.0-or-later
// org.mhvtl(7) explains every property, method and signal of the XML files; the policy names them as they are.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { interfaceNamed } from '../../../src/dbus/interfaces.js';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');

t.test('the manual page is complete', async (t) => {
  const page = read('man/org.mhvtl.7');
  for (const kind of ['Unit', 'Drive', 'Library', 'Element']) {
    const name = `org.mhvtl.${kind}1`;
    const { properties, methods, signals } = interfaceNamed(name);
    t.match(page, new RegExp(`^\\.Ss .*${name}$`, 'm'));
    for (const property of properties.values())
      t.match(
        page,
        new RegExp(`^\\.It Va ${property.name} : ${property.type.replace(/[{}()]/g, '\\$&')}`, 'm'),
      );
    for (const member of [...methods.keys(), ...signals.keys()])
      t.match(page, new RegExp(`^\\.It Ic ${member} Ns`, 'm'));
  }
});

t.test('the policy lets everybody look, and root and the group administer', async (t) => {
  const policy = read('src/dbus/org.mhvtl.conf');
  const parts = policy.split('<policy ').slice(1);
  t.same(
    parts.map((part) => part.slice(0, part.indexOf('>'))),
    ['user="root"', 'user="mhvtl"', 'group="mhvtl"', 'context="default"'],
  );
  for (const rule of parts.at(-1)!.match(/<allow [^>]*>/g)!) {
    const iface = /send_interface="([^"]*)"/.exec(rule)![1]!;
    const member = /send_member="([^"]*)"/.exec(rule)?.[1];
    if (iface.startsWith('org.mhvtl.')) t.ok(interfaceNamed(iface).methods.has(member!), rule);
    else t.match(iface, /^org\.freedesktop\.DBus\.(Introspectable|Peer|ObjectManager|Properties)$/);
  }
});
