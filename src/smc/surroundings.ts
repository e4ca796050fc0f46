// SPDX-License-Identifier: GPL-2.0-or-later
// The world outside a media changer: what it asks of it, and what it tells it.
import type { AttributeValue } from '../spc/attribute-data.js';
import type { Environment } from '../spc/environment.js';
import type { MediumType } from './element.js';
import type { FailedTransfer, Transfer } from './moves.js';

/** What happens in a library, for whoever watches it. */
export type ChangerEvent =
  | { readonly what: 'moving'; readonly transfers: readonly Transfer[] }
  | {
      readonly what:
        | 'idle'
        | 'opening MAP'
        | 'closing MAP'
        | 'inventory'
        | 'initialising elements'
        | 'online'
        | 'offline';
    };

/** Thrown by `beforeMove`: the move is not to be made. */
export class MoveForbidden extends Error {}

/** What the changer knows of the world outside. */
export interface ChangerSurroundings extends Environment {
  /** What kind of medium a cartridge holds; asked again at each inventory. */
  mediumTypeOf(barcode: string): MediumType;
  /** The medium auxiliary memory of a cartridge, ascending by identifier; undefined when it cannot be read. */
  attributesOf?(barcode: string): readonly AttributeValue[] | undefined;
  /** Told when a drive did not do its part of a move. */
  moveFailed(failed: FailedTransfer): void;
  /** Told whenever a cartridge or an element is somewhere else than before, so that it can be remembered. */
  positionsChanged?(): void;
  happened?(event: ChangerEvent): void;
  /**
   * Runs when a move has been checked and before anything moves.
   * @throws MoveForbidden
   */
  beforeMove?(transfers: readonly Transfer[]): Promise<void>;
}
