// SPDX-License-Identifier: GPL-2.0-or-later
// The last errors of the medium and the drive, which service people read from the Tape Diagnostic Data log page.
import {
  type AdditionalSense,
  additionalSenseCodes,
  type SenseKey,
  senseKeys,
} from '../sam/asc.js';
import type { DeviceState } from '../spc/environment.js';

/** One error, and the circumstances (SSC-5 table 81). */
export interface RecordedError {
  readonly key: SenseKey;
  readonly additional: AdditionalSense;
  readonly opcode: number;
  readonly serviceAction: number;
  /** Of the volume that was mounted; 0 and empty when there was none. */
  readonly densityCode: number;
  readonly mediumType: number;
  readonly mediumSerial: string;
  readonly motionHours: number;
  readonly hoursSinceCleaning: number;
  readonly revision: string;
  readonly timestamp: number;
  readonly timestampIsSet: boolean;
  /** How often it happened again right after. */
  readonly repeats: number;
}

/** How many are kept, as IBM's drives do. */
export const keptErrors = 12;

/** Where they are kept (see {@link DeviceState}). */
const savedAs = 'error-history';

/** Keys that are recorded: the others are no faults of the medium or the drive. */
const recordedKeys: readonly SenseKey[] = ['MEDIUM ERROR', 'HARDWARE ERROR'];

/** Whether the words mean something to this version of the program. */
const isKnown = ({ key, additional }: RecordedError): boolean =>
  key in senseKeys && additional in additionalSenseCodes;

function restore(state: DeviceState): RecordedError[] {
  try {
    const saved: unknown = JSON.parse(new TextDecoder().decode(state.load(savedAs)));
    return Array.isArray(saved) ? saved.filter(isKnown).slice(0, keptErrors) : [];
  } catch {
    /* Nothing was saved, or somebody edited it: the history begins anew. */
    return [];
  }
}

export class ErrorHistory {
  readonly #state: DeviceState;
  #errors: readonly RecordedError[];

  constructor(state: DeviceState) {
    this.#state = state;
    this.#errors = restore(state);
  }

  /** The newest first. */
  get errors(): readonly RecordedError[] {
    return this.#errors;
  }

  static isRecorded(key: SenseKey): boolean {
    return recordedKeys.includes(key);
  }

  record(error: Omit<RecordedError, 'repeats'>): void {
    const [last, ...older] = this.#errors;
    const again =
      last?.opcode === error.opcode &&
      last.additional === error.additional &&
      last.mediumSerial === error.mediumSerial;
    this.#errors = again
      ? [{ ...last, repeats: last.repeats + 1 }, ...older]
      : [{ ...error, repeats: 0 }, ...this.#errors].slice(0, keptErrors);
    this.#state.save(savedAs, new TextEncoder().encode(JSON.stringify(this.#errors)));
  }
}
