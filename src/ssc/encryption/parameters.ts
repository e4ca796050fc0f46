// SPDX-License-Identifier: GPL-2.0-or-later
// Data encryption parameters: who set which key, for whom it counts, and when it is forgotten (SSC-5 4.2.26).
import { refuse } from '../../sam/reply.js';
import type { Nexus } from '../../sam/task.js';
import type { UnitAttentions } from '../../sam/unit-attention.js';

/** ENCRYPTION MODE field values (SSC-5 table 190). */
export const encryptionModes = { disable: 0, external: 1, encrypt: 2 } as const;
/** DECRYPTION MODE field values (SSC-5 table 191). */
export const decryptionModes = { disable: 0, raw: 1, decrypt: 2, mixed: 3 } as const;
/** SCOPE field values (SSC-5 table 188). */
export const scopes = { public: 0, local: 1, 'all I_T nexus': 2 } as const;

export interface DataEncryptionParameters {
  readonly encryptionMode: number;
  readonly decryptionMode: number;
  readonly algorithmIndex: number;
  readonly key: Uint8Array;
  readonly unauthenticatedData: Uint8Array;
  readonly authenticatedData: Uint8Array;
  /** Blocks written with these may not be read raw. */
  readonly RDMD: boolean;
  /** Forget the key when the volume is demounted, the reservation preempted, or lost. */
  readonly CKOD: boolean;
  readonly CKORP: boolean;
  readonly CKORL: boolean;
  /** KEY INSTANCE COUNTER at the time they were set. */
  readonly keyInstance: number;
}

const noBytes = new Uint8Array(0);

const disabled: DataEncryptionParameters = {
  encryptionMode: encryptionModes.disable,
  decryptionMode: decryptionModes.disable,
  algorithmIndex: 0,
  key: noBytes,
  unauthenticatedData: noBytes,
  authenticatedData: noBytes,
  RDMD: false,
  CKOD: false,
  CKORP: false,
  CKORL: false,
  keyInstance: 0,
};

export class EncryptionParameters {
  readonly #attentions: UnitAttentions;
  readonly #local = new Map<Nexus, DataEncryptionParameters>();
  /** Scope ALL I_T NEXUS: used by every nexus without parameters of its own. */
  #shared: { readonly by: Nexus; readonly parameters: DataEncryptionParameters } | undefined;
  /** Nexuses that asked for LOCK, and the key instance they are locked to. */
  readonly #locked = new Map<Nexus, number>();
  #keyInstance = 0;
  /** Keys nobody can use any more. Blocks that were accepted before may still have to be encrypted with them. */
  readonly #retired: Uint8Array[] = [];

  constructor(attentions: UnitAttentions) {
    this.#attentions = attentions;
  }

  /** The parameters that count for a nexus. */
  of(nexus: Nexus): DataEncryptionParameters {
    return this.#local.get(nexus) ?? this.#shared?.parameters ?? disabled;
  }

  /** The scope a nexus chose, and that of the key it uses. */
  scopesOf(nexus: Nexus): { readonly nexus: number; readonly key: number } {
    if (this.#local.has(nexus)) return { nexus: scopes.local, key: scopes.local };
    if (!this.#shared) return { nexus: scopes.public, key: scopes.public };
    const own = this.#shared.by === nexus ? scopes['all I_T nexus'] : scopes.public;
    return { nexus: own, key: scopes['all I_T nexus'] };
  }

  /** Whether any nexus has told the drive to encrypt. */
  get encrypts(): boolean {
    const inUse = [...this.#local.values(), ...(this.#shared ? [this.#shared.parameters] : [])];
    return inUse.some(({ encryptionMode }) => encryptionMode === encryptionModes.encrypt);
  }

  get keyInstance(): number {
    return this.#keyInstance;
  }

  /** What a nexus sets; with scope PUBLIC it only gives up what it had set. */
  set(
    nexus: Nexus,
    scope: number,
    LOCK: boolean,
    values: Omit<DataEncryptionParameters, 'keyInstance'>,
  ): void {
    const wasShared = this.#shared?.by === nexus;
    this.#dropLocal(nexus);
    if (wasShared) this.#dropShared();
    this.#keyInstance++;
    const parameters = { ...values, keyInstance: this.#keyInstance };
    if (scope === scopes.public) this.#retired.push(parameters.key);
    if (scope === scopes.local) this.#local.set(nexus, parameters);
    if (scope === scopes['all I_T nexus']) this.#shared = { by: nexus, parameters };
    if (LOCK) this.#locked.set(nexus, this.of(nexus).keyInstance);
    else this.#locked.delete(nexus);
    if (wasShared || scope === scopes['all I_T nexus']) this.#tellOthers(nexus);
  }

  /** Those who use what is shared learn that it changed. */
  #tellOthers(by: Nexus): void {
    for (const nexus of this.#attentions.nexuses())
      if (nexus !== by && !this.#local.has(nexus))
        this.#attentions.raiseFor(nexus, 'DATA ENCRYPTION PARAMETERS CHANGED BY ANOTHER I_T NEXUS');
  }

  /** Throws the refusal for a nexus whose LOCK another nexus broke (SSC-5 4.2.26.9). */
  assertUnbroken(nexus: Nexus): void {
    const locked = this.#locked.get(nexus);
    if (locked !== undefined && locked !== this.of(nexus).keyInstance)
      throw refuse('DATA PROTECT', 'DATA ENCRYPTION KEY INSTANCE COUNTER HAS CHANGED');
  }

  demounted(): void {
    this.#forget(({ CKOD }) => CKOD);
  }

  /** The reservation of a nexus is gone: taken by another one, or otherwise. */
  reservationLost(nexus: Nexus, preempted: boolean): void {
    this.#forget(
      (parameters, by) => by === nexus && (preempted ? parameters.CKORP : parameters.CKORL),
    );
  }

  nexusLost(nexus: Nexus): void {
    this.#dropLocal(nexus);
    this.#locked.delete(nexus);
  }

  /** A reset forgets every key. */
  reset(): void {
    this.#forget(() => true);
    this.#locked.clear();
  }

  /**
   * Overwrites the keys that were given up. The garbage collector may have moved one and left a copy behind; of that
   * nobody can know.
   */
  wipe(): void {
    for (const key of this.#retired.splice(0)) key.fill(0);
  }

  #dropLocal(nexus: Nexus): void {
    const dropped = this.#local.get(nexus);
    if (dropped) this.#retired.push(dropped.key);
    this.#local.delete(nexus);
  }

  #dropShared(): void {
    if (this.#shared) this.#retired.push(this.#shared.parameters.key);
    this.#shared = undefined;
  }

  #forget(which: (parameters: DataEncryptionParameters, by: Nexus) => boolean): void {
    for (const [nexus, parameters] of this.#local)
      if (which(parameters, nexus)) this.#dropLocal(nexus);
    if (this.#shared && which(this.#shared.parameters, this.#shared.by)) this.#dropShared();
  }
}
