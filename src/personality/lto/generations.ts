// SPDX-License-Identifier: GPL-2.0-or-later
// LTO generations, whoever built the drive: each is the one before and what the format added. The size of a data set is
// that of ECMA-319 for LTO-1; of the others, what volumes of real drives say they have written by their data sets.
import type { DriveProduct } from '../../ssc/drive-product.js';
import { lto, reads, writes } from '../densities.js';
import { ultriumEncryption, withPublicKey } from './encryption.js';

export type LtoGeneration = Pick<
  DriveProduct,
  | 'densities'
  | 'cleanedBy'
  | 'WORM'
  | 'maximumPartitions'
  | 'encryption'
  | 'timing'
  | 'dataSetBytes'
  | 'tellsEndsOfWraps'
  | 'unconfirmed'
>;

export const lto1: LtoGeneration = {
  dataSetBytes: 403_884,
  densities: [writes(lto.LTO1)],
  cleanedBy: ['LTO'],
  WORM: false,
  maximumPartitions: 1,
  timing: {
    loadSeconds: 15,
    unloadSeconds: 20,
    tapeMetres: 580,
    wraps: 48,
    locateSpeed: 4.1,
    nativeRate: 20,
  },
};

export const lto2: LtoGeneration = {
  ...lto1,
  densities: [writes(lto.LTO1), writes(lto.LTO2)],
  timing: { ...lto1.timing, wraps: 64, locateSpeed: 5.6, nativeRate: 40 },
};

/* WORM cartridges; from here to LTO-7 a drive also reads two generations back. */
export const lto3: LtoGeneration = {
  ...lto2,
  dataSetBytes: 1_616_940,
  densities: [reads(lto.LTO1), writes(lto.LTO2), writes(lto.LTO3)],
  WORM: true,
  timing: { ...lto2.timing, tapeMetres: 650, wraps: 44, locateSpeed: 5.4, nativeRate: 80 },
};

export const lto4: LtoGeneration = {
  ...lto3,
  densities: [reads(lto.LTO2), writes(lto.LTO3), writes(lto.LTO4)],
  encryption: ultriumEncryption('LTO4'),
  timing: { ...lto3.timing, tapeMetres: 780, wraps: 56, locateSpeed: 7, nativeRate: 120 },
};

/* Two partitions, for LTFS. */
export const lto5: LtoGeneration = {
  ...lto4,
  dataSetBytes: 2_472_960,
  densities: [reads(lto.LTO3), writes(lto.LTO4), writes(lto.LTO5)],
  maximumPartitions: 2,
  encryption: ultriumEncryption('LTO4', 'LTO5'),
  timing: { ...lto4.timing, loadSeconds: 12, unloadSeconds: 17, wraps: 80, nativeRate: 140 },
};

/* Real drives make up to four partitions; LTO-6 cartridges on disk have room for two, as they always had. */
export const lto6: LtoGeneration = {
  ...lto5,
  densities: [reads(lto.LTO4), writes(lto.LTO5), writes(lto.LTO6)],
  encryption: ultriumEncryption('LTO4', 'LTO5', 'LTO6'),
  timing: { ...lto5.timing, wraps: 136, nativeRate: 160 },
};

/* Four partitions. */
export const lto7: LtoGeneration = {
  ...lto6,
  dataSetBytes: 5_031_936,
  densities: [reads(lto.LTO5), writes(lto.LTO6), writes(lto.LTO7)],
  maximumPartitions: 4,
  tellsEndsOfWraps: true,
  encryption: withPublicKey('LTO5', 'LTO6', 'LTO7'),
  timing: { ...lto6.timing, loadSeconds: 15, tapeMetres: 890, wraps: 112, nativeRate: 300 },
};

/* New tape heads: nothing older than one generation is read. It makes LTO-7 M8 media of new LTO-7 cartridges. */
export const lto8: LtoGeneration = {
  ...lto7,
  densities: [writes(lto.LTO7), writes(lto.M8), writes(lto.LTO8)],
  encryption: withPublicKey('LTO7', 'M8', 'LTO8'),
  timing: { ...lto7.timing, wraps: 208, nativeRate: 360 },
};

/* A new cartridge is optimised by its first drive, which takes the better part of an hour. */
export const lto9: LtoGeneration = {
  ...lto8,
  dataSetBytes: 9_805_000,
  densities: [writes(lto.LTO8), writes(lto.LTO9)],
  encryption: withPublicKey('LTO8', 'LTO9'),
  timing: {
    ...lto8.timing,
    tapeMetres: 965,
    wraps: 280,
    nativeRate: 400,
    optimisationSeconds: 2400,
  },
};

/** Of the cartridges of 40 TB only the density is known. */
export const guessesOfLTO10P = ['description and tape length of 40 TB media'];

/* The first generation that takes no other; the cartridges of 40 TB have thinner tape. */
export const lto10: LtoGeneration = {
  ...lto9,
  densities: [writes(lto.LTO10P), writes(lto.LTO10)],
  encryption: withPublicKey('LTO10', 'LTO10P'),
  unconfirmed: guessesOfLTO10P,
  timing: { ...lto9.timing, wraps: 472, optimisationSeconds: 0 },
};
