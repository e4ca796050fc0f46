// SPDX-License-Identifier: GPL-2.0-or-later
// MODE SENSE(6) and (10) (SPC-5 6.13, 6.14).
import { bit, bits, concat, layout, u8, u16 } from '../bytes/layout.js';
import { command } from '../sam/command.js';
import { good, invalidFieldInCdb, type Reply, refuse } from '../sam/reply.js';
import type { PageControl } from './mode-page.js';
import { noSuchPage } from './no-such-page.js';
import type { PrimaryDevice } from './primary.js';

/** Mode parameter headers (SPC-5 7.5.6); MODE DATA LENGTH counts what follows it. */
export const header6 = layout(4, {
  modeDataLength: u8(0),
  mediumType: u8(1),
  deviceSpecificParameter: u8(2),
  blockDescriptorLength: u8(3),
});
export const header10 = layout(8, {
  modeDataLength: u16(0),
  mediumType: u8(2),
  deviceSpecificParameter: u8(3),
  LONGLBA: bit(4, 0),
  blockDescriptorLength: u16(6),
});

const pageControls: readonly PageControl[] = ['current', 'changeable', 'default', 'saved'];

interface Args {
  readonly DBD: boolean;
  readonly PC: number;
  readonly pageCode: number;
  readonly subpageCode: number;
}

/** PAGE CODE 00h without a page of that code asks for header and block descriptor only (vendor-specific). */
const headerOnly = 0x00;

function modeData(
  unit: PrimaryDevice,
  header: typeof header6 | typeof header10,
  args: Args,
): Reply {
  const { DBD, PC, pageCode, subpageCode } = args;
  const control = pageControls[PC]!;
  const pages = unit.modes.pages(pageCode, subpageCode, control);
  if (control === 'saved' && pages.length === 0)
    throw refuse('ILLEGAL REQUEST', 'SAVING PARAMETERS NOT SUPPORTED');
  if (pages.length === 0 && !(pageCode === headerOnly && subpageCode === 0))
    throw noSuchPage(unit.modes.knows(pageCode));
  const blockDescriptor = DBD ? undefined : unit.modes.frame.blockDescriptor(control);
  const body = concat(...(blockDescriptor ? [blockDescriptor] : []), ...pages);
  const lengthSize = header.fields.mediumType.at;
  const modeDataLength = header.size + body.length - lengthSize;
  if (modeDataLength >= 256 ** lengthSize) throw invalidFieldInCdb(2, 5);
  const encoded = header.encode({
    modeDataLength,
    mediumType: unit.modes.frame.mediumType(),
    deviceSpecificParameter: unit.modes.frame.deviceSpecificParameter(),
    blockDescriptorLength: blockDescriptor?.length ?? 0,
  });
  return good(concat(encoded, body));
}

export const modeSense6 = command<PrimaryDevice>()({
  name: 'MODE SENSE(6)',
  ref: 'SPC-5 6.13',
  opcode: 0x1a,
  allowedUnder: 'write exclusive',
  cdb: {
    DBD: bit(1, 3),
    PC: bits(2, 7, 2),
    pageCode: bits(2, 5, 6),
    subpageCode: u8(3),
    allocationLength: u8(4),
  },
  execute: (unit, args) => modeData(unit, header6, args),
});

export const modeSense10 = command<PrimaryDevice>()({
  name: 'MODE SENSE(10)',
  ref: 'SPC-5 6.14',
  opcode: 0x5a,
  allowedUnder: 'write exclusive',
  cdb: {
    LLBAA: bit(1, 4),
    DBD: bit(1, 3),
    PC: bits(2, 7, 2),
    pageCode: bits(2, 5, 6),
    subpageCode: u8(3),
    allocationLength: u16(7),
  },
  execute: (unit, args) => modeData(unit, header10, args),
});
