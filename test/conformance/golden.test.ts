// SPDX-License-Identifier: GPL-2.0-or-later
// What drives answer, compared with captures of the program they replace (test/golden). Where that one errs, or a real
// product has more, the deviation is listed with its reason; a listed deviation that is none fails.
import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { hex, unhex } from '../../src/bytes/hex.js';
import { readUint } from '../../src/bytes/layout.js';
import { driveProduct } from '../../src/personality/drives.js';
import { type Rig, rig } from '../support/drive.js';

const folder = new URL('../golden/', import.meta.url);

interface Golden {
  readonly vendor: string;
  readonly product: string;
  readonly answers: ReadonlyMap<string, string>;
}

function parse(text: string): Golden {
  const title = /^# (\S+) (.*?): /.exec(text)!;
  const sections = text.split('\n\n').slice(1);
  const answers = sections.map((section) => {
    const [name, ...lines] = section.trim().split('\n');
    return [name!, hex(unhex(lines.join(' ')))] as const;
  });
  return { vendor: title[1]!, product: title[2]!, answers: new Map(answers) };
}

/** Sections in which a product differs: which section, which products, why. The first that fits counts. */
const deviations: readonly (readonly [section: RegExp, products: RegExp, reason: string])[] = [
  [
    /^INQUIRY$/,
    /^T\d/,
    'CMDQUE; TERMINATE TASK (byte 3, bit 6) went with SPC-2 and was never there',
  ],
  [/^INQUIRY$/, /./, 'CMDQUE: commands are queued'],
  [/^VPD 00$/, /^GENERIC$/, 'an unknown product has no vendor-specific pages'],
  [/^VPD 00$/, /^T10000C$/, 'protects logical blocks, page B5h'],
  [/^VPD 00$/, /^(ULT3580-TD|Ultrium )[5-9]/, 'page 87h, of SPC-4'],
  [/^VPD b0$/, /^(T9840[BC]|T9940B|T10000A)$/, 'VolSafe cartridges are write once'],
  [/^VPD b0$/, /^GENERIC$/, 'takes every cartridge, WORM ones too'],
  [/^VPD c[01]$/, /^GENERIC$/, 'an unknown product has no vendor-specific pages'],
  [/^VPD c[01]$/, /^03592/, 'the pages are those of IBM; the reference has those of Sony'],
  [/^VPD c0$/, /^SDX/, 'the date is that of this firmware'],
  [
    /^VPD c\d$/,
    /^(ULT|Ultrium|SDLT|DLT)/,
    'the header is not repeated inside; the version is this one',
  ],
  [
    /^MODE 0a\/(01|f0)$/,
    /./,
    'in sub_page format: SPF is set, and the length counts what is there',
  ],
  [/^MODE 30\/20$/, /./, 'in sub_page format'],
  [/^MODE 0f$/, /./, 'the algorithm is IBM ALDC, 10h; FFFFFFFFh is none'],
  [/^MODE 10\/01$/, /^ULT3580-TD[5-8]/, 'in sub_page format'],
  [/^MODE 10\/01$/, /./, 'nothing in it can be set: the product does not have it'],
  [
    /^MODE 11$/,
    /^(ULT3580-TD|Ultrium )[5-8]|^03592E07/,
    'no partitions are announced before there are any',
  ],
  [/^MODE 11$/, /./, 'the product makes no partitions'],
  [/^MODE 10$/, /^ULT3580-TD[678]/, 'PS: real drives can save it'],
  [/^MODE 1d$/, /./, 'filemarks before end of data may be overwritten, as they may be'],
  [/^MODE 2f$/, /^Ultrium/, 'a page of IBM'],
  [/^LOG 00$/, /./, 'more pages'],
  [/^LOG 37$/, /^ULT3580-TD[5-8]/, 'the parameters real drives have'],
  [/^LOG 0d$/, /./, 'a temperature; its format is a list'],
  [/^LOG 11$/, /./, 'an empty drive is not write protected; how often to poll'],
];

/** The bytes of one section, from the running drive. */
async function answer({ run }: Rig, section: string): Promise<string> {
  const [kind, code = '', subpage = '00'] = section.split(/[ /]/);
  const cdb = {
    INQUIRY: '12 00 00 00 ff 00',
    VPD: `12 01 ${code} 00 ff 00`,
    MODE: `5a 08 ${code} ${subpage} 00 00 00 ff ff 00`,
    LOG: `4d 00 ${(Number.parseInt(code || '0', 16) | 0x40).toString(16)} 00 00 00 00 ff ff 00`,
  }[kind!]!;
  const { dataIn, status } = await run(cdb);
  if (status !== 0) return 'refused';
  return hex(kind === 'MODE' ? dataIn.subarray(8 + readUint(dataIn, 6, 2)) : dataIn);
}

const used = new Set<unknown>();
for (const file of readdirSync(folder)) {
  const { vendor, product, answers } = parse(readFileSync(new URL(file, folder), 'utf8'));
  t.test(`${vendor} ${product}`, async (t) => {
    const drive = await rig({ ...driveProduct(product), vendor, products: [product] });
    for (const [section, golden] of answers) {
      const ours = await answer(drive, section);
      const deviation = deviations.find(
        ([sections, products]) => sections.test(section) && products.test(product),
      );
      used.add(deviation);
      if (deviation) t.not(ours, golden, `${section} deviates: ${deviation[2]}`);
      else t.equal(ours, golden, section);
    }
  });
}

t.test('no deviation is listed for nothing', async (t) => {
  t.same(
    deviations.filter((each) => !used.has(each)),
    [],
  );
});
