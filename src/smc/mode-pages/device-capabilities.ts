// SPDX-License-Identifier: GPL-2.0-or-later
// Device Capabilities mode page (SMC-3; SCSI-2 17.3.3.1): where cartridges can stay and between which elements
// MOVE MEDIUM and EXCHANGE MEDIUM carry them.
import { bit, bits } from '../../bytes/layout.js';
import { type ModePage, modePage } from '../../spc/mode-page.js';
import type { MediaChanger } from '../changer.js';
import { type ElementType, holdsCartridges } from '../element.js';

/** The bit of each type in the page's masks. */
const masks: Readonly<Record<ElementType, number>> = {
  'medium transport': 1,
  storage: 2,
  'import/export': 4,
  'data transfer': 8,
};

/** A mask for every type of source, in the order of the page. */
export type Matrix = readonly [
  mediumTransport: number,
  storage: number,
  importExport: number,
  dataTransfer: number,
];

/** What a product says it can do, in masks as its manual prints them: 1 MT, 2 ST, 4 I/E, 8 DT. */
export interface Capabilities {
  readonly stores: number;
  readonly moves: Matrix;
  readonly exchanges: Matrix;
  /** Volume tags can be read; drives and cartridges have separate reservations. */
  readonly VTRP?: boolean;
  readonly S2C?: boolean;
}

const holders = (Object.keys(masks) as ElementType[])
  .filter(holdsCartridges)
  .reduce((mask, type) => mask | masks[type], 0);
const nothing: Matrix = [0, 0, 0, 0];
const betweenHolders: Matrix = [0, holders, holders, holders];

/** Everything there is, the picker being no place to stay. */
const everything: Capabilities = {
  stores: holders,
  moves: betweenHolders,
  exchanges: betweenHolders,
  VTRP: true,
  S2C: true,
};

/** Where moves are possible and exchanges are not. */
export const noExchanges = nothing;

export const deviceCapabilities = ({
  stores,
  moves,
  exchanges,
  VTRP = false,
  S2C = false,
}: Capabilities): ModePage<MediaChanger> =>
  modePage<MediaChanger>()({
    code: 0x1f,
    name: 'Device Capabilities',
    ref: 'SMC-3; SCSI-2 17.3.3.1',
    size: 20,
    fields: {
      stores: bits(2, 3, 4),
      VTRP: bit(3, 1),
      S2C: bit(3, 0),
      movesFromMediumTransport: bits(4, 3, 4),
      movesFromStorage: bits(5, 3, 4),
      movesFromImportExport: bits(6, 3, 4),
      movesFromDataTransfer: bits(7, 3, 4),
      exchangesFromMediumTransport: bits(12, 3, 4),
      exchangesFromStorage: bits(13, 3, 4),
      exchangesFromImportExport: bits(14, 3, 4),
      exchangesFromDataTransfer: bits(15, 3, 4),
    },
    defaults: {
      stores,
      VTRP,
      S2C,
      movesFromMediumTransport: moves[0],
      movesFromStorage: moves[1],
      movesFromImportExport: moves[2],
      movesFromDataTransfer: moves[3],
      exchangesFromMediumTransport: exchanges[0],
      exchangesFromStorage: exchanges[1],
      exchangesFromImportExport: exchanges[2],
      exchangesFromDataTransfer: exchanges[3],
    },
  });

export const deviceCapabilitiesPage = deviceCapabilities(everything);
