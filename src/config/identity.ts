// SPDX-License-Identifier: GPL-2.0-or-later
// The identity of a unit where device.conf leaves part of it out, and its world wide name.

/** Where cartridges lie when mhvtl.conf does not say. */
export const DEFAULT_HOME_PATH = '/opt/mhvtl';

/** Serial number of a unit that was given none. Differs from unit to unit, as software expects. */
export const defaultSerial = (unit: number): string => `XYZZY_${unit}`;

/** Directory of a library's cartridges when its record names none. */
export const defaultHomeDirectory = (homePath: string, library: number): string =>
  `${homePath.replace(/\/+$/, '')}/${library}`;

/** The bytes of the last eight characters of a serial number, blanks after a short one. */
function designatorFromSerial(serial: string): bigint {
  const eight = serial.slice(-8).padEnd(8, ' ');
  return BigInt(`0x${Buffer.from(eight, 'ascii').toString('hex')}`);
}

/**
 * The designator a unit reports in VPD page 83h. Its first four bits are 5, NAA IEEE Registered
 * (SPC-5 7.7.6.6), whatever the file says: the reference's generator writes the number of the
 * library there.
 * @param given the designator of the NAA line, if there is one
 */
export const effectiveNAA = (given: bigint | undefined, serial: string): bigint =>
  BigInt.asUintN(60, given ?? designatorFromSerial(serial)) | (5n << 60n);

/** A designator as in the file, `50:22:33:44:ab:00:01:00`. */
export const formatNAA = (NAA: bigint): string =>
  NAA.toString(16).padStart(16, '0').match(/../g)!.join(':');
