// SPDX-License-Identifier: GPL-2.0-or-later
// Encryption: keys by SECURITY PROTOCOL OUT, sealed blocks, what is told of them (SSC-5 4.2.26, 8.5).
import t from 'tap';
import { hex, unhex } from '../../../src/bytes/hex.js';
import { aesGcm } from '../../../src/daemon/aes-gcm.js';
import { Trace } from '../../../src/daemon/trace.js';
import { driveProduct } from '../../../src/personality/drives.js';
import { ibmLto3 } from '../../../src/personality/lto/ibm-3.js';
import { ibmLto6 } from '../../../src/personality/lto/ibm-6.js';
import { type Rig, read6, rig, write6 } from '../../support/drive.js';
import { fieldPointerOf, informationOf, senseOf } from '../../support/initiator.js';

const encrypt = 2;
const decrypt = { off: 0, raw: 1, on: 2, mixed: 3 } as const;
const keyA = new Uint8Array(32).fill(0xaa);
const keyB = new Uint8Array(32).fill(0xbb);

interface Settings {
  readonly scope?: number;
  readonly lock?: boolean;
  readonly flags?: number;
  readonly encryption?: number;
  readonly decryption?: number;
  readonly key?: Uint8Array;
  readonly kads?: readonly number[];
  readonly nexus?: number;
}

/** A Set Data Encryption page, laid out as SSC-5 table 187 has it. */
function page(settings: Settings): Uint8Array {
  const {
    scope = 2,
    lock = false,
    flags = 0,
    encryption = 0,
    decryption = 0,
    kads = [],
  } = settings;
  const key = settings.key ?? new Uint8Array(0);
  const body = [(scope << 5) | Number(lock), flags, encryption, decryption, 1, 0, 0];
  const bytes = [0, 0x10, 0, 0, ...body, 0, 0, 0, 0, 0, 0, 0, 0, key.length, ...key, ...kads];
  bytes[3] = bytes.length - 4;
  return Uint8Array.from(bytes);
}

const setKey = ({ run }: Rig, settings: Settings, dataOut = page(settings)) =>
  run(`b5 20 00 10 00 00 00 00 00 ${dataOut.length.toString(16)} 00 00`, {
    dataOut,
    nexus: settings.nexus ?? 0,
  });
const spin = ({ run }: Rig, code: number, nexus = 0) =>
  run(`a2 20 00 ${code.toString(16).padStart(2, '0')} 00 00 00 00 ff ff 00 00`, { nexus });
const both: Settings = { encryption: encrypt, decryption: decrypt.on, key: keyA };
const rewind = '01 00 00 00 00 00';
/** RDMC: raw reads of what is written are allowed. */
const allowRaw = 0x20;
const plain = Uint8Array.from({ length: 100 }, (_, i) => i);

async function loaded(): Promise<Rig> {
  const drive = await rig();
  await drive.insert();
  return drive;
}

t.test('an encrypted block is read with its key and with no other', async (t) => {
  const drive = await loaded();
  const { run } = drive;
  t.equal((await setKey(drive, both)).status, 0);
  t.equal((await run(write6(100), { dataOut: plain })).status, 0);
  await run('10 00 00 00 01 00');
  const volume = drive.drive.mounted!.volume;
  t.equal(volume.encryptionAt(0, 0), 'sealed');
  t.equal((await volume.blockInfo(0, 0)).key.length, 0, 'the key is nowhere');

  await run(rewind);
  t.equal(hex((await run(read6(100))).dataIn), hex(plain));
  t.equal(senseOf(await run(read6(100))), '0/00/01', 'a filemark is a filemark');
  t.equal(senseOf(await run(read6(100))), '8/00/05', 'and the end of data is the end of data');

  await run(rewind);
  await setKey(drive, { ...both, key: keyB });
  const wrong = await run(read6(100));
  t.equal(senseOf(wrong), '7/74/03');
  t.equal(informationOf(wrong), 100);
  t.equal(wrong.dataIn.length, 0);
  t.equal(drive.drive.mounted?.position, 0, 'before the block');
  await setKey(drive, {});
  t.equal(senseOf(await run(read6(100))), '7/74/01');
  t.equal(senseOf(await run('13 00 00 00 64 00')), '7/74/01', 'VERIFY needs it, too');
});

t.test('mixed encrypted and clear blocks', async (t) => {
  const drive = await loaded();
  const { run } = drive;
  await run(write6(3), { dataOut: Uint8Array.of(1, 2, 3) });
  await setKey(drive, both);
  await run(write6(3), { dataOut: Uint8Array.of(4, 5, 6) });
  await run(rewind);
  t.equal(senseOf(await run(read6(3))), '7/74/02', 'DECRYPT wants every block encrypted');
  await setKey(drive, { ...both, decryption: decrypt.mixed });
  t.equal(hex((await run(read6(3))).dataIn), '01 02 03');
  t.equal(hex((await run(read6(3))).dataIn), '04 05 06');
});

t.test('raw reads', async (t) => {
  const drive = await loaded();
  const { run } = drive;
  await setKey(drive, { ...both, flags: allowRaw });
  await run(write6(100), { dataOut: plain });
  await setKey(drive, both);
  await run(write6(100), { dataOut: plain });
  await setKey(drive, { decryption: decrypt.raw });
  await run(rewind);
  const raw = await run(read6(200));
  t.equal(raw.dataIn.length, 100 + 24 + 16, 'what lies on the medium');
  t.notMatch(hex(raw.dataIn), hex(plain.subarray(20, 40)));
  t.equal(
    senseOf(await run(read6(200))),
    '7/74/0a',
    'the second block forbids it: LTO does by itself',
  );
});

t.test('what RDMC_C lets choose of raw reads', async (t) => {
  const lto = await loaded();
  t.equal((await setKey(lto, { ...both, flags: 0x30 })).status, 0);
  t.equal(fieldPointerOf(await setKey(lto, { ...both, flags: 0x10 })), 'data 5.5', 'reserved');
  const ibm = await rig(driveProduct('03592E08'));
  t.equal(fieldPointerOf(await setKey(ibm, { ...both, flags: 0x30 })), 'data 5.5', 'always');
  await ibm.insert({ density: 'E08' });
  await setKey(ibm, both);
  await ibm.run(write6(100), { dataOut: plain });
  await setKey(ibm, { decryption: decrypt.raw });
  await ibm.run(rewind);
  t.equal((await ibm.run(read6(200))).dataIn.length, 100 + 24 + 16);
  const stk = await rig(driveProduct('T10000D'));
  t.equal(fieldPointerOf(await setKey(stk, { decryption: decrypt.raw })), 'data 7', 'never');
});

t.test('no two blocks look alike, and none works in another place', async (t) => {
  const drive = await loaded();
  const { run } = drive;
  await setKey(drive, { ...both, flags: allowRaw });
  await run(write6(100), { dataOut: plain });
  await run(write6(100), { dataOut: plain });
  await setKey(drive, { decryption: decrypt.raw });
  await run(rewind);
  const first = (await run(read6(140))).dataIn.slice();
  const second = (await run(read6(140))).dataIn.slice();
  t.not(hex(first), hex(second), 'a nonce for each');
  t.not(hex(first.subarray(4, 16)), hex(second.subarray(4, 16)));
  t.not(hex(first.subarray(16, 24)), hex(second.subarray(16, 24)), 'and no mark of the key');
});

t.test('key-associated data', async (t) => {
  const drive = await loaded();
  const { run } = drive;
  const kads = [0, 0, 0, 3, 0x75, 0x6b, 0x61, 1, 0, 0, 2, 0x61, 0x6b];
  t.equal((await setKey(drive, { ...both, kads })).status, 0);
  await run(write6(100), { dataOut: plain });
  await run(rewind);
  t.equal(
    hex((await spin(drive, 0x21)).dataIn),
    '00 21 00 19 00 00 00 00 00 00 00 00 05 01 00 00 00 01 00 03 75 6b 61 01 03 00 02 61 6b',
  );
  t.equal(
    hex((await spin(drive, 0x20)).dataIn),
    '00 20 00 21 42 02 02 01 00 00 00 01 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 03 75 6b 61 01 00 00 02 61 6b',
  );
  await setKey(drive, { ...both, key: keyB });
  t.equal((await spin(drive, 0x21)).dataIn[12], 6, 'another key');
  await run('11 03 00 00 00 00');
  t.equal((await spin(drive, 0x21)).dataIn[12], 2, 'no block');
  await setKey(drive, {});
  await run(write6(1), { dataOut: Uint8Array.of(1) });
  await run('2b 00 00 00 00 00 01 00 00 00');
  t.equal((await spin(drive, 0x21)).dataIn[12], 3, 'a block in clear');
});

t.test('what the page refuses, and where', async (t) => {
  const drive = await loaded();
  const change = (at: number, value: number) => {
    const bytes = page(both);
    bytes[at] = value;
    return bytes;
  };
  for (const [at, value, pointer] of [
    [1, 0x11, 'data 0'],
    [3, 0x31, 'data 2'],
    [4, 0x60, 'data 4.7'],
    [5, 0x80, 'data 5.7'],
    [5, 0x10, 'data 5.5'],
    [5, 0x08, 'data 5.3'],
    [6, 1, 'data 6'],
    [7, 4, 'data 7'],
    [8, 2, 'data 8'],
    [9, 1, 'data 9'],
    [19, 16, 'data 18'],
  ] as const) {
    const refused = await setKey(drive, both, change(at, value));
    t.equal(senseOf(refused), '5/26/00', pointer);
    t.equal(fieldPointerOf(refused), pointer);
  }
  const pointer = async (settings: Settings) => fieldPointerOf(await setKey(drive, settings));
  t.equal(
    await pointer({ ...both, kads: [1, 0, 0, 13, ...new Array(13).fill(0)] }),
    'data 54',
    'too long',
  );
  t.equal(
    await pointer({ ...both, kads: [2, 0, 0, 1, 0] }),
    'data 52',
    'the drive makes the nonce',
  );
  t.equal(await pointer({ kads: [0, 0, 0, 1, 0] }), 'data 20', 'without a key');
  t.equal(senseOf(await setKey(drive, both, page(both).subarray(0, 40))), '5/26/00');
  t.equal(drive.drive.encryption?.parameters.keyInstance, 0, 'nothing was set');
  t.equal(fieldPointerOf(await drive.run('b5 20 00 11 00 00 00 00 00 00 00 00')), 'cdb 2');
  t.equal(fieldPointerOf(await drive.run('a2 21 00 00 00 00 00 00 00 ff 00 00')), 'cdb 1');
  t.equal(fieldPointerOf(await drive.run('a2 20 00 32 00 00 00 00 00 ff 00 00')), 'cdb 2');
});

t.test('pages that say what the drive can, as an IBM drive has them', async (t) => {
  const drive = await rig();
  t.equal(
    hex((await drive.run('a2 00 00 00 00 00 00 00 00 ff 00 00')).dataIn),
    '00 00 00 00 00 00 00 02 00 20',
  );
  const expected =
    '00 10 00 28 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ' +
    '01 00 00 14 3a 10 00 20 00 0c 00 20 09 00 00 00 00 00 00 00 00 01 00 14';
  t.equal(hex((await spin(drive, 0x10)).dataIn), expected);
  await drive.insert();
  t.equal(hex((await spin(drive, 0x10)).dataIn), expected.replace('3a 10', 'ba 10'), 'AVFMV');
  t.equal(hex((await spin(drive, 0x01)).dataIn), '00 01 00 02 00 10');
  t.equal(hex((await spin(drive, 0x12)).dataIn), '00 12 00 0c 01 07 00 07 00 00 00 00 00 00 00 00');
  t.equal(
    hex((await spin(drive, 0x20)).dataIn),
    '00 20 00 14 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
    'nothing set: scope PUBLIC',
  );
  const [one, other] = [(await spin(drive, 0x30)).dataIn, (await spin(drive, 0x30)).dataIn];
  t.equal(hex(one.subarray(0, 4)), '00 30 00 20');
  t.not(hex(one), hex(other), 'random');
  const publicKey = (await spin(drive, 0x31)).dataIn;
  t.equal(hex(publicKey.subarray(0, 14)), '00 31 02 0a 00 00 00 00 00 00 00 00 02 00', 'RSA 2048');
  t.equal(hex(publicKey.subarray(-4)), '00 01 00 01', 'exponent');
  t.equal(hex((await drive.run('a2 00 00 02 00 00 00 00 00 ff 00 00')).dataIn), '00 00 00 00');
  t.equal(
    hex((await spin(drive, 0x00)).dataIn),
    '00 00 00 12 00 00 00 01 00 10 00 11 00 12 00 20 00 21 00 30 00 31',
  );
  const earlier = await rig(ibmLto6);
  t.equal(senseOf(await spin(earlier, 0x31)), '5/24/00', 'from LTO-7 on');
  t.notOk(hex((await spin(earlier, 0x00)).dataIn).includes('00 31'));
  const sectors = await drive.run('a2 20 00 01 80 00 00 00 00 01 00 00');
  t.equal(sectors.dataIn.length, 512, 'INC_512');
  t.equal(
    senseOf(await (await rig(ibmLto3)).run('a2 00 00 00 00 00 00 00 00 ff 00 00')),
    '5/20/00',
  );
});

t.test('mode page 24h tells whether somebody encrypts', async (t) => {
  const drive = await loaded();
  const enabled = async () => ((await drive.run('1a 08 24 00 ff 00')).dataIn[4 + 5]! >> 2) & 1;
  t.equal(await enabled(), 0);
  await setKey(drive, both);
  t.equal(await enabled(), 1);
  await setKey(drive, {});
  t.equal(await enabled(), 0);
});

t.test('a block another program marked as encrypted, but stored in clear', async (t) => {
  const drive = await rig();
  const volume = await drive.insert();
  await drive.run(write6(plain.length), { dataOut: plain });
  volume.encryptionAt = () => 'marked';
  const info = volume.blockInfo.bind(volume);
  volume.blockInfo = (partition, position) => ({
    ...info(partition, position),
    encryption: 'marked',
    key: keyA,
  });
  const read = async (settings: Settings) => {
    await setKey(drive, settings);
    await drive.run(rewind);
    return drive.run(read6(plain.length));
  };
  t.equal(hex((await read(both)).dataIn), hex(plain), 'with its key');
  t.equal(hex((await read({ ...both, decryption: decrypt.mixed })).dataIn), hex(plain), 'mixed');
  t.equal(senseOf(await read({ ...both, key: keyB })), '7/74/03', 'another key');
  t.equal(senseOf(await read({})), '7/74/01', 'no key');
  await setKey(drive, both);
  await drive.run(rewind);
  t.equal((await spin(drive, 0x21)).dataIn[12]! & 0x0f, 5, 'its key is set');
});

t.test('scopes, unit attentions, LOCK', async (t) => {
  const drive = await loaded();
  const { run } = drive;
  await run('00 00 00 00 00 00', { nexus: 1 });
  await run('00 00 00 00 00 00', { nexus: 1 });
  await setKey(drive, both);
  t.equal(senseOf(await run('00 00 00 00 00 00', { nexus: 1 })), '6/2a/11');
  t.equal((await spin(drive, 0x20, 1)).dataIn[4], 0x02, 'nexus 1 is PUBLIC, the key is of all');
  await run(write6(100), { dataOut: plain, nexus: 1 });
  t.equal(drive.drive.mounted?.volume.encryptionAt(0, 0), 'sealed');

  await setKey(drive, { ...both, scope: 1, key: keyB, nexus: 1, lock: true });
  t.equal((await spin(drive, 0x20, 1)).dataIn[4], 0x21, 'LOCAL');
  await run(rewind);
  t.equal(senseOf(await run(read6(100), { nexus: 1 })), '7/74/03', 'its own key');
  t.equal((await run(read6(100))).status, 0, 'the other nexus has its own');

  await setKey(drive, { scope: 0, nexus: 1, lock: true });
  await setKey(drive, { ...both, key: keyB });
  t.equal(senseOf(await run('00 00 00 00 00 00', { nexus: 1 })), '6/2a/11');
  t.equal(senseOf(await run(read6(100), { nexus: 1 })), '7/2a/13', 'the lock was broken');
  await setKey(drive, { scope: 0, nexus: 1 });
  t.equal(senseOf(await run(read6(100), { nexus: 1 })), '8/00/05');
});

t.test('when keys are forgotten', async (t) => {
  const drive = await loaded();
  const mode = async () => (await spin(drive, 0x20)).dataIn[5];
  await setKey(drive, both);
  await drive.drive.remove();
  await drive.insert();
  t.equal(await mode(), encrypt, 'not with the volume');
  await setKey(drive, { ...both, flags: 0x04 });
  await drive.drive.remove();
  t.equal(await mode(), 0, 'unless CKOD says so');
  await drive.insert();
  await setKey(drive, both);
  drive.unit.manage({ function: 'LOGICAL UNIT RESET', nexus: 0 });
  await drive.run('00 00 00 00 00 00');
  t.equal(await mode(), 0, 'a reset forgets them');
  await setKey(drive, { ...both, flags: 0x02 });
  drive.drive.reservationLost(0, false);
  t.equal(await mode(), encrypt);
  drive.drive.reservationLost(0, true);
  t.equal(await mode(), 0, 'CKORP');
});

t.test('media that cannot be encrypted', async (t) => {
  const drive = await rig();
  await drive.insert({ density: 'LTO7', use: 'NULL' });
  await setKey(drive, both);
  t.equal(senseOf(await drive.run(write6(1), { dataOut: Uint8Array.of(1) })), '7/74/07');
});

t.test('the cipher is AES-256-GCM: a vector of NIST (gcmEncryptExtIV256, count 0)', (t) => {
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
  const key = bytes('31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22');
  const nonce = bytes('0d18e06c7c725ac9e362e1ce');
  const text = bytes('2db5168e932556f8089a0622981d017d');
  const sealed = aesGcm.encrypt(key, nonce, text, new Uint8Array(0));
  t.equal(
    Buffer.from(sealed).toString('hex'),
    'fa4362189661d163fcd6a56d8bf0405ad636ac1bbedd5cc3ee727dc2ab4a9489',
  );
  t.equal(hex(aesGcm.decrypt(key, nonce, sealed, new Uint8Array(0))!), hex(text));
  sealed[0]! ^= 1;
  t.equal(aesGcm.decrypt(key, nonce, sealed, new Uint8Array(0)), undefined);
  t.equal(aesGcm.decrypt(key, nonce, new Uint8Array(3), new Uint8Array(0)), undefined);
  t.end();
});

t.test('a key that is given up is overwritten, and its data-out with it', async (t) => {
  const drive = await loaded();
  const { parameters } = drive.drive.encryption!;
  const zeros = new Uint8Array(32);
  const dataOut = page(both);
  await setKey(drive, both, dataOut);
  t.same(dataOut, new Uint8Array(dataOut.length), 'the buffer is used for other commands next');
  const first = parameters.of(0).key;
  t.same(first, keyA);
  await setKey(drive, { ...both, key: keyB });
  t.same(first, zeros, 'replaced by another');
  const second = parameters.of(0).key;
  await drive.drive.remove();
  t.same(second, keyB, 'kept for the next volume');
  drive.drive.reset();
  t.same(second, zeros, 'a reset');
  await drive.run('00 00 00 00 00 00');
  await drive.insert();
  await setKey(drive, { ...both, flags: 0x04 });
  const third = parameters.of(0).key;
  await drive.drive.remove();
  t.same(third, zeros, 'cleared on demount');
});

t.test('but not while blocks wait that are to be encrypted with it', async (t) => {
  const drive = await loaded();
  const { volume } = drive.drive.mounted!;
  const { parameters } = drive.drive.encryption!;
  await setKey(drive, both);
  const key = parameters.of(0).key;
  const waiting = volume.buffered as { objects: number };
  waiting.objects = 1;
  await setKey(drive, { ...both, key: keyB });
  t.same(key, keyA, 'still needed');
  waiting.objects = 0;
  await drive.run(write6(10), { dataOut: new Uint8Array(10) });
  t.same(key, new Uint8Array(32), 'not any more');
});

t.test('nor while a block waits for the medium with its seal', async (t) => {
  const drive = await loaded();
  const { volume } = drive.drive.mounted!;
  const { parameters } = drive.drive.encryption!;
  await setKey(drive, both);
  const key = parameters.of(0).key;
  const write = volume.write.bind(volume);
  let seen: Uint8Array | undefined;
  Object.assign(volume, {
    async write(...block: Parameters<typeof write>) {
      await new Promise(setImmediate);
      drive.unit.manage({ function: 'LOGICAL UNIT RESET', nexus: 0 });
      seen = key?.slice();
      return write(...block);
    },
  });
  await drive.run(write6(10), { dataOut: new Uint8Array(10) });
  t.same(seen, keyA, 'a reset gives the key up, the block still has it');
});

t.test('data-out with a key is overwritten, also when the command is refused', async (t) => {
  const drive = await loaded();
  const dataOut = page(both);
  const length = dataOut.length.toString(16).padStart(2, '0');
  const refused = await drive.run(`b5 21 00 10 00 00 00 00 00 ${length} 00 00`, { dataOut });
  t.equal(senseOf(refused), '5/24/00');
  t.ok(dataOut.every((byte) => byte === 0));
});

t.test('the trace tells of the command that sets a key, and not the key', async (t) => {
  const drive = await loaded();
  const trace = new Trace({ commands: drive.drive.commands });
  const dataOut = page(both);
  const task = {
    id: 1n,
    nexus: 0,
    attribute: 'SIMPLE' as const,
    cdb: unhex(`b5 20 00 10 00 00 00 00 00 ${dataOut.length.toString(16)} 00 00`),
    dataOut,
    dataInRoom: 0,
  };
  trace.ended(task, await drive.unit.run(task), 1, 0);
  t.match(trace.latest().join(), /SECURITY PROTOCOL OUT/);
  t.notMatch(trace.latest().join(), /aa ?aa/);
});
