// SPDX-License-Identifier: GPL-2.0-or-later
// Device Capabilities mode page (SMC-3; SCSI-2 17.3.3.1): where cartridges can stay and between which elements
// MOVE MEDIUM and EXCHANGE MEDIUM carry them.
import { bit, type Field } from '../../bytes/layout.js';
import { type ModePage, modePage } from '../../spc/mode-page.js';
import type { MediaChanger } from '../changer.js';
import { type ElementType, holdsCartridges } from '../element.js';

/** The standard's abbreviations; a type's place in this list is its bit, and its row in the matrices. */
const types: readonly (readonly [abbreviation: string, type: ElementType])[] = [
  ['MT', 'medium transport'],
  ['ST', 'storage'],
  ['I/E', 'import/export'],
  ['DT', 'data transfer'],
];

const storesAt = 2;
const movesAt = 4;
const exchangesAt = 12;

const fields: Record<string, Field<boolean>> = { VTRP: bit(3, 1), S2C: bit(3, 0) };
const capabilities: Record<string, boolean> = { VTRP: true, S2C: true };
const state = (name: string, field: Field<boolean>, value: boolean): void => {
  fields[name] = field;
  capabilities[name] = value;
};
types.forEach(([from, fromType], row) => {
  state(`STOR${from}`, bit(storesAt, row), holdsCartridges(fromType));
  types.forEach(([to, toType], column) => {
    const possible = holdsCartridges(fromType) && holdsCartridges(toType);
    state(`${from}->${to}`, bit(movesAt + row, column), possible);
    state(`${from}<>${to}`, bit(exchangesAt + row, column), possible);
  });
});

export const deviceCapabilitiesPage: ModePage<MediaChanger> = modePage<MediaChanger>()({
  code: 0x1f,
  name: 'Device Capabilities',
  ref: 'SMC-3; SCSI-2 17.3.3.1',
  size: 20,
  fields,
  defaults: capabilities,
});
