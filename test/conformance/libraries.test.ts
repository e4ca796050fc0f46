// SPDX-License-Identifier: GPL-2.0-or-later
// A golden transcript of every library product: as captured, but for the deviations listed here with their reasons.
import t, { type Test } from 'tap';
import { hex, unhex } from '../../src/bytes/hex.js';
import { defaultLibrary } from '../../src/personality/default-library.js';
import { libraryProduct, libraryProducts } from '../../src/personality/libraries.js';
import { readCapture } from '../unit/smc/capture.js';
import { type Library, library } from '../unit/smc/library.js';

type Edit = (bytes: string) => string;
const replace =
  (wrong: string, right: string): Edit =>
  (bytes) =>
    bytes.replaceAll(wrong, right);
const blanks = (count: number): string => Array(count).fill('20').join(' ');
const zeros = (count: number): string => Array(count).fill('00').join(' ');

/** Commands queue here; there they ran one at a time (SPC-5 6.7.2, CMDQUE). */
const queues: Edit = (bytes) => {
  const data = unhex(bytes);
  data[7]! |= 0x02;
  return hex(data);
};
/** ASCII data is filled with blanks (SPC-5 4.3.1). */
const blankSerial = replace(`20 ${zeros(6)}`, `20 ${blanks(6)}`);
const blankSerialOf10 = replace(`20 20 20 ${zeros(8)}`, `20 20 20 ${blanks(8)}`);
/** The page had room for half of the NAA designator it announces. */
const wholeNaa: Edit = (bytes) => `${bytes.replace('08 83 00 2e', '08 83 00 32')} ab 00 00 00`;
/** The last four bytes of a volume tag are reserved and a sequence number, not blanks (SMC-3, volume tags). */
const volumeTags = replace(blanks(28), `${blanks(24)} ${zeros(4)}`);
/** There are no alternate volume tags: AVOLTAG is zero. */
const noAlternateTags = (bytes: string): string =>
  bytes.replaceAll(
    /04 (40|c0) 00 (..) 00/g,
    (_, flags: string, length: string) => `04 ${flags === 'c0' ? '80' : '00'} 00 ${length} 00`,
  );
/** A place without a drive has no identifier, not one of blanks. */
const noDrive = (header: string, length: number): Edit =>
  replace(`${header} ${blanks(length)}`, zeros(4 + length));
/** StorageTek SL150 Interface Reference, table 4-65: a picker stores nothing, and takes nothing by itself. */
const pickerKeepsNothing = replace(
  `0f 07 0f 0f 0f 0f ${zeros(12)}`,
  '0e 03 00 0e 0e 0e 00 00 00 00 00 0e 0e 0e 00 00 00 00',
);

interface Deviations {
  readonly serial?: Edit;
  readonly identification?: Edit;
  readonly vendorPages?: Edit;
  readonly capabilities?: Edit;
  readonly logs?: Edit;
  readonly status?: readonly Edit[];
  /** Not compared. */
  readonly withoutDVCID?: true;
}

/** It has the statistics pages of SMC-3, which the captured program did not know. */
const smc3 = { logs: replace('00 00 00 03 00 0d 2e', '00 00 00 06 00 0d 14 15 16 2e') };
const full = noDrive('02 01 00 22', 34);
const asCaptured: Readonly<Record<string, Deviations>> = {
  'LIB_STK_L700.txt': { serial: blankSerial, capabilities: pickerKeepsNothing, status: [full] },
  'LIB_STK_L180.txt': { serial: blankSerial, capabilities: pickerKeepsNothing, status: [full] },
  'LIB_STK_L20.txt': { serial: blankSerial, capabilities: pickerKeepsNothing, status: [full] },
  'LIB_STK_SL500.txt': { serial: blankSerial, capabilities: pickerKeepsNothing, status: [full] },
  'LIB_HP_EML_E-Series.txt': {
    serial: blankSerialOf10,
    identification: wholeNaa,
    capabilities: pickerKeepsNothing,
    status: [full],
  },
  'LIB_HP_MSL_G3_Series.txt': {
    serial: blankSerialOf10,
    identification: wholeNaa,
    capabilities: pickerKeepsNothing,
    status: [noAlternateTags, noDrive('02 00 00 14', 20)],
  },
  'LIB_IBM_3573-TL.txt': {
    status: [full],
    /* Pages D0h and FFh came with a second header inside, and bytes past its length; C0h with a build's date. */
    vendorPages: (bytes) =>
      bytes
        .replace(/^08 d0 00 c8 08 d0 00 c0 (.*) 00 00 00 00$/, '08 d0 00 c0 $1')
        .replace(/^08 ff 00 26 08 ff 00 20 (.*) 00 00$/, '08 ff 00 20 $1')
        .replace(/44 45 41 44 (.. ){9}../, `30 31 30 38 ${zeros(10)}`),
  },
  'LIB_SPECTRA_PYTHON.txt': { status: [noAlternateTags, noDrive('02 00 00 20', 32)] },
  'LIB_SPECTRA_GATOR.txt': { status: [noAlternateTags, noDrive('02 00 00 0a', 10)] },
  /* An identifier of no bytes has no code set either. */
  'LIB_SPECTRA_215.txt': {
    status: [
      noAlternateTags,
      (bytes) =>
        bytes.replace(/(00 (?:1f|20) 08(?: 00){9}(?:(?: 00){36})?) 02 00 00 00/g, `$1 ${zeros(4)}`),
    ],
  },
  /* Its descriptors of drives said 48 bytes and had 50 with DVCID, so that all after the first were off by two. */
  'LIB_ACME_GENERIC.txt': { ...smc3, capabilities: pickerKeepsNothing, withoutDVCID: true },
  'LIB_IBM_OTHERIBM.txt': { ...smc3, capabilities: pickerKeepsNothing, withoutDVCID: true },
};

/** Vendor and product of a capture, from its INQUIRY data. */
function namesIn(inquiry: Uint8Array): { vendor: string; productName: string } {
  const text = Buffer.from(inquiry).toString('latin1');
  return { vendor: text.slice(8, 16).trim(), productName: text.slice(16, 32).trim() };
}

const twoDigits = (value: number): string => value.toString(16).padStart(2, '0');
const readStatus = (type: number, voltag: number, dvcid: number): string =>
  `b8 ${twoDigits((voltag << 4) | type)} 0000 ffff 0${dvcid} 00 ffff 00 00`;

async function compareStatus(
  t: Test,
  { send }: Library,
  captured: (title: string) => Uint8Array,
  { status = [], withoutDVCID }: Deviations,
): Promise<void> {
  for (let type = 0; type <= 4; type++)
    for (const voltag of [0, 1])
      for (const dvcid of withoutDVCID ? [0] : [0, 1]) {
        const title = `RES type=${type} voltag=${voltag} dvcid=${dvcid}`;
        // Blank identifiers first: one of them ends like a volume tag.
        const expected = [...status, volumeTags].reduce(
          (bytes, edit) => edit(bytes),
          hex(captured(title)),
        );
        t.equal(hex((await send(readStatus(type, voltag, dvcid))).dataIn), expected, title);
      }
}

for (const [file, deviations] of Object.entries(asCaptured))
  t.test(file, async (t) => {
    const captured = readCapture(file);
    const names = namesIn(captured('INQ'));
    const product = libraryProduct(names.vendor, names.productName);
    const lib = await library({ product, ...names });
    const ask = async (cdb: string): Promise<string> => hex((await lib.send(cdb)).dataIn);
    const same: Edit = (bytes) => bytes;
    t.equal(await ask('12 00 00 00ff 00'), queues(hex(captured('INQ'))), 'INQUIRY');
    const list = await ask('12 01 00 00ff 00');
    t.equal(list, captured.line('VPD00'));
    for (const code of list.split(' ').slice(5)) {
      const edit =
        { 80: deviations.serial, 83: deviations.identification }[code] ?? deviations.vendorPages;
      const page = hex(captured(`VPD ${code}`));
      t.equal(await ask(`12 01 ${code} 00ff 00`), (edit ?? same)(page), `VPD ${code}`);
    }
    for (const [code, edit] of [
      ['1d', same],
      ['1f', deviations.capabilities ?? same],
    ] as const) {
      const page = captured.line(`MODE6 ${code}`).split(' ').slice(4).join(' ');
      t.equal((await ask(`1a 00 ${code} 00 ff 00`)).slice(12), edit(page), `mode page ${code}`);
    }
    t.equal(
      await ask('4d 00 40 00 00 0000 00ff 00'),
      (deviations.logs ?? same)(captured.line('LOG00')),
      'log pages',
    );
    await compareStatus(t, lib, captured, deviations);
  });

/** Products nobody captured: where they differ from one that was. Addresses: picker, MAP, drive, storage. */
const alike: readonly {
  readonly names: readonly [vendor: string, product: string];
  readonly as: string;
  readonly addresses: readonly [number, number, number, number];
  readonly inquiry?: string;
  /** There is room for so many import/export elements; 2 when left out. */
  readonly maps?: number;
  readonly pages?: Readonly<Record<string, string>>;
}[] = [
  ...['L40', 'L80', 'SL150', 'SL3000', 'SL8500'].map((product) => ({
    names: ['STK', product] as const,
    as: 'LIB_STK_L700.txt',
    addresses: [0x1, 0xa, 0x1f4, 0x3e8] as const,
  })),
  ...['ESL E-Series', '1x8 G2 AUTOLDR', 'D2DBS'].map((product) => ({
    names: ['HP', product] as const,
    as: 'LIB_HP_EML_E-Series.txt',
    addresses: [0x1, 0xa, 0x1f4, 0x3e8] as const,
  })),
  {
    names: ['HPE', 'MSL 6480 Series'],
    as: 'LIB_HP_MSL_G3_Series.txt',
    addresses: [0x1, 0x1c0, 0x1e0, 0x20],
  },
  {
    names: ['IBM', '03584L32'],
    as: 'LIB_IBM_3573-TL.txt',
    addresses: [0x1, 0x300, 0x101, 0x400],
    // IBM TS3500 Tape Library SCSI Reference: ANSI version 3, serial number in bytes 38 to 49, no descriptors.
    inquiry: `08 80 03 02 35 00 01 22 49 42 4d ${blanks(5)} 30 33 35 38 34 4c 33 32 ${blanks(8)} 30 31 30 38 00 00 58 59 5a 5a 59 5f 41 ${blanks(5)} 30 30 ${zeros(6)}`,
    pages: {
      '00': '08 00 00 03 00 80 83',
      '80': `08 80 00 10 58 59 5a 5a 59 5f 41 ${blanks(5)} 30 34 30 30`,
    },
  },
  ...[
    ['ADIC', 'Scalar 24'],
    ['ADIC', 'Scalar 100'],
    ['ADIC', 'Scalar i500'],
    ['QUANTUM', 'UHDL'],
    ['ACME', 'ADIC'],
    ['ACME', 'QUANTUM'],
  ].map((names) => ({
    names: names as [string, string],
    as: 'LIB_STK_L700.txt',
    addresses: [0x1, 0x10, 0x100, 0x1000] as const,
    pages: { '00': '08 00 00 03 00 80 83', '80': `08 80 00 18 58 59 5a 5a 59 5f 41 ${blanks(17)}` },
  })),
  ...[
    ['OVERLAND', 'NEO Series'],
    ['ACME', 'OVERLAND'],
  ].map((names) => ({
    names: names as [string, string],
    as: 'LIB_STK_L700.txt',
    addresses: [0x1, 0x0, 0xff, 0x2] as const,
    maps: 1,
    pages: { '00': '08 00 00 03 00 80 83', '80': '08 80 00 0a 58 59 5a 5a 59 5f 41 20 20 20' },
  })),
  {
    names: ['SPECTRA', 'T950'],
    as: 'LIB_SPECTRA_PYTHON.txt',
    addresses: [0x1, 0x10, 0x100, 0x1000],
  },
  ...['SUN', 'ORACLE'].map((vendor) => ({
    names: [vendor, 'StorageTek'] as const,
    as: 'LIB_STK_L700.txt',
    addresses: [0x2f0, 0x300, 0x1, 0x400] as const,
  })),
];

/** Element status of one type, of its first `count` elements, with addresses from `first` on. */
function readdressed(bytes: Uint8Array, first: number, count: number): string {
  const length = new DataView(bytes.buffer).getUint16(10);
  const moved = bytes.slice(0, 16 + count * length);
  const view = new DataView(moved.buffer);
  view.setUint16(0, first);
  view.setUint16(2, count);
  view.setUint16(6, moved.length - 8);
  view.setUint16(14, moved.length - 16);
  for (let i = 0; i < count; i++) view.setUint16(16 + i * length, first + i);
  return hex(moved);
}

for (const { names, as, addresses, inquiry, maps = 2, pages = {} } of alike)
  t.test(names.join(' '), async (t) => {
    const captured = readCapture(as);
    const [vendor, productName] = names;
    const lib = await library({
      product: libraryProduct(vendor, productName),
      vendor,
      productName,
    });
    const ask = async (cdb: string): Promise<string> => hex((await lib.send(cdb)).dataIn);
    const named = Buffer.from(captured('INQ'));
    named.write(`${vendor.padEnd(8)}${productName.padEnd(16)}`, 8, 'latin1');
    t.equal(await ask('12 00 00 00ff 00'), inquiry ?? queues(hex(named)), 'INQUIRY');
    for (const [code, page] of Object.entries(pages))
      t.equal(await ask(`12 01 ${code} 00ff 00`), page, `VPD ${code}`);
    const [picker, map, drive, storage] = addresses.map((each) =>
      each.toString(16).padStart(4, '0'),
    );
    t.equal(
      (await ask('1a 00 1d 00 ff 00')).slice(12),
      hex(unhex(`1d 12 ${picker} 0001 ${storage} 0003 ${map} 000${maps} ${drive} 0002 0000`)),
      'mode page 1d',
    );
    const counts = [0, 1, 3, maps, 2];
    const edits = [...(asCaptured[as]!.status ?? []), volumeTags];
    for (const [type, at] of [
      [1, 0],
      [2, 3],
      [3, 1],
      [4, 2],
    ] as const)
      for (const voltag of [0, 1])
        for (const dvcid of [0, 1]) {
          const title = `RES type=${type} voltag=${voltag} dvcid=${dvcid}`;
          const expected = edits.reduce(
            (bytes, edit) => edit(bytes),
            readdressed(captured(title), addresses[at]!, counts[type]!),
          );
          t.equal(await ask(readStatus(type, voltag, dvcid)), expected, title);
        }
  });

t.test('every product is here', async (t) => {
  const seen = new Set([
    ...Object.keys(asCaptured).map((file) => {
      const { vendor, productName } = namesIn(readCapture(file)('INQ'));
      return libraryProduct(vendor, productName);
    }),
    ...alike.map(({ names }) => libraryProduct(...names)),
  ]);
  for (const product of [...libraryProducts, defaultLibrary])
    if (product.product !== '' || product === defaultLibrary)
      t.ok(seen.has(product), product.description);
});
