// SPDX-License-Identifier: GPL-2.0-or-later
// Opening /dev/mhvtl and becoming a unit, with errors for the person who runs the daemon.
import { addon, type Device, type SystemError } from '../addon/addon.js';
import * as uapi from './uapi.js';

const { MHVTL } = uapi;

/** What a unit is known by, and how the module treats it. */
export interface UnitAddress {
  /** Number of the unit in device.conf. */
  readonly unit: number;
  readonly channel: number;
  readonly target: number;
  readonly lun: number;
  /** Commands in flight at once. */
  readonly queueDepth: number;
  /** How long the unit outlives a daemon that died, in milliseconds. */
  readonly graceMs: number;
}

const openAdvice: Readonly<Record<string, string>> = {
  ENOENT: 'the kernel module is not loaded: modprobe mhvtl',
  ENXIO: 'the kernel module is not loaded: modprobe mhvtl',
  EACCES: 'run as root, or as a user who may open it',
  EPERM: 'run as root, or as a user who may open it',
};

/** Opens the module's device; `ports` is how many initiator ports the module has. */
export function openDevice(path: string): { device: Device; ports: number } {
  let device: Device;
  try {
    device = new (addon().Device)(path);
  } catch (error) {
    throw explained(error as SystemError, openAdvice);
  }
  try {
    return { device, ports: checkedPorts(device, path) };
  } catch (error) {
    device.close();
    throw error;
  }
}

function checkedPorts(device: Device, path: string): number {
  const bytes = uapi.info.encode({});
  try {
    device.info(bytes);
  } catch (error) {
    throw explained(error as SystemError, { ENOTTY: `${path} does not belong to mhvtl.ko 2` });
  }
  const { abiVersion, ports } = uapi.info.decode(bytes);
  if (abiVersion !== MHVTL.ABI_VERSION)
    throw new Error(
      `the loaded mhvtl.ko speaks version ${abiVersion} of the interface, this program version ` +
        `${MHVTL.ABI_VERSION}: install module and programs of the same release and reload the module`,
    );
  return ports;
}

/**
 * Becomes a unit.
 * @returns whether the unit of an owner that died was taken over
 */
export function attachUnit(device: Device, address: UnitAddress): boolean {
  const bytes = uapi.attach.encode(address);
  try {
    device.attach(bytes);
  } catch (error) {
    throw explained(error as SystemError, attachAdvice(address));
  }
  return uapi.attach.decode(bytes).takeover === 1;
}

function attachAdvice(address: UnitAddress): Readonly<Record<string, string>> {
  const { unit, channel, target, lun } = address;
  const place = `CHANNEL ${channel} TARGET ${target} LUN ${lun}`;
  return {
    EBUSY: `unit ${unit} is played by another process; stop that one first: vtlcmd ${unit} exit`,
    EADDRINUSE: `${place} belongs to another unit; give unit ${unit} an address of its own in device.conf`,
    EINVAL:
      `unit ${unit} at ${place} is out of range: units 0 to ${MHVTL.MAX_UNITS - 1}, channels 0 to ` +
      `${MHVTL.MAX_CHANNEL}, targets 0 to ${MHVTL.MAX_TARGET}, LUNs 0 to ${MHVTL.MAX_LUN}, ` +
      `1 to ${MHVTL.MAX_QUEUE_DEPTH} commands at once, at most ${MHVTL.MAX_GRACE_MS} ms of grace`,
  };
}

/** The error with what to do about it, if that is known. */
function explained(error: SystemError, advice: Readonly<Record<string, string>>): Error {
  const hint = advice[error.code];
  return hint === undefined
    ? error
    : Object.assign(new Error(`${error.message}: ${hint}`), { code: error.code });
}
