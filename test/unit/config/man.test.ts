// SPDX-License-Identifier: GPL-2.0-or-later
// The manual pages say of every key what the tables say, and mandoc finds nothing to complain about.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import t from 'tap';
import { DATA_SUFFIXES, WORM_SUFFIXES } from '../../../src/config/barcode.js';
import { DEVICE_KEYS, type DeviceKey, HEADS } from '../../../src/config/device-keys.js';
import { ELEMENT_KINDS, ELEMENT_NUMBER } from '../../../src/config/library-contents.js';
import { SETTING_KEYS, type SettingKey } from '../../../src/config/mhvtl-conf.js';

const source = (page: string) => readFileSync(`man/${page}`, 'utf8');
/** Line breaks of the source are not those of the text. */
const flat = (text: string) => text.replace(/\s+/g, ' ');
/** The list item of a key: from its .It line to the next one or the end of the list. */
function itemOf(page: string, name: string): string | undefined {
  const items = source(page).split(/^\.(?=It |El$)/m);
  const found = items.find((item) => item.split('\n')[0] === `It Ic ${name}`);
  return found === undefined ? undefined : flat(found);
}

t.test('device.conf(5)', async (t) => {
  for (const key of Object.values<DeviceKey<unknown>>(DEVICE_KEYS)) {
    const item = itemOf('device.conf.5', `${key.name} :`) ?? '';
    t.match(item, flat(key.doc), `${key.name}: what it is`);
    t.match(item, `Allowed: ${key.kind.allowed}.`, `${key.name}: what is allowed`);
    t.equal(/Default: (.*?)\. $/.exec(item)?.[1], key.default, `${key.name}: its default`);
  }
  for (const [name, form] of Object.entries(HEADS))
    t.match(itemOf('device.conf.5', `${name} :`), `Allowed: ${form.allowed}.`, name);
});

t.test('mhvtl.conf(5)', async (t) => {
  for (const key of Object.values<SettingKey<unknown>>(SETTING_KEYS)) {
    const item = itemOf('mhvtl.conf.5', key.name) ?? '';
    t.match(item, key.doc, `${key.name}: what it is`);
    t.match(item, `Allowed: ${key.kind.allowed}.`, `${key.name}: what is allowed`);
    t.equal(
      /Default: (.*?)\. $/.exec(item)?.[1] ?? '',
      `${key.default ?? ''}`,
      `${key.name}: its default`,
    );
  }
});

t.test('library_contents(5)', async (t) => {
  const page = source('library_contents.5');
  for (const [kind, { doc }] of Object.entries(ELEMENT_KINDS)) {
    const item = new RegExp(`^\\.It Ic ${kind} Ar n : .*\\nAn? ${doc},`, 'm');
    t.match(page, item, kind);
  }
  t.match(flat(page), `Allowed: ${ELEMENT_NUMBER.allowed}.`);
  t.match(flat(page), `Allowed as barcode: ${ELEMENT_KINDS.Slot.content.allowed}.`);
  for (const [suffix, density] of Object.entries({ ...DATA_SUFFIXES, ...WORM_SUFFIXES }))
    t.match(page, `\n.It ${suffix} Ta ${density}\n`, suffix);
});

t.test('mandoc', async (t) => {
  const pages = ['device.conf.5', 'library_contents.5', 'mhvtl.conf.5'].map(
    (page) => `man/${page}`,
  );
  const lint = spawnSync('mandoc', ['-Tlint', '-Wwarning', ...pages], { encoding: 'utf8' });
  if (lint.error) t.plan(0, 'mandoc is not installed');
  else t.equal(lint.stdout, '');
});
