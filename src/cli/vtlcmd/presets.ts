// SPDX-License-Identifier: GPL-2.0-or-later
// Whole libraries by one name: `vtlcmd add library --preset ibm-ts4500-lto9`.

export interface Preset {
  readonly vendor: string;
  readonly product: string;
  /** Product identification of the drives. */
  readonly drive: string;
  /** What the barcodes of the cartridges end in. */
  readonly suffix: string;
}

export const presets: Readonly<Record<string, Preset>> = {
  'ibm-ts4500-lto9': { vendor: 'IBM', product: '03584L32', drive: 'ULT3580-TD9', suffix: 'L9' },
  'ibm-ts4500-lto8': { vendor: 'IBM', product: '03584L32', drive: 'ULT3580-TD8', suffix: 'L8' },
  'ibm-ts3200-lto6': { vendor: 'IBM', product: '3573-TL', drive: 'ULT3580-TD6', suffix: 'L6' },
  'stk-l700-lto8': { vendor: 'STK', product: 'L700', drive: 'ULT3580-TD8', suffix: 'L8' },
  'stk-l80-t10kb': { vendor: 'STK', product: 'L80', drive: 'T10000B', suffix: 'TB' },
  'stk-sl500-lto5': { vendor: 'STK', product: 'SL500', drive: 'ULT3580-TD5', suffix: 'L5' },
  'hp-msl-lto7': { vendor: 'HP', product: 'MSL G3 Series', drive: 'Ultrium 7-SCSI', suffix: 'L7' },
  'quantum-i500-lto6': {
    vendor: 'QUANTUM',
    product: 'Scalar i500',
    drive: 'ULTRIUM-HH6',
    suffix: 'L6',
  },
};
