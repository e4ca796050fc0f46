// SPDX-License-Identifier: GPL-2.0-or-later
// Where the system bus is (D-Bus Specification, Well-known Message Bus Instances).
import { existsSync } from 'node:fs';

export const systemBusAddress = (): string =>
  process.env['DBUS_SYSTEM_BUS_ADDRESS'] ?? 'unix:path=/run/dbus/system_bus_socket';

/** The socket of an address that names one in the file system. */
export const socketOf = (address: string): string | undefined =>
  /unix:path=([^,;]+)/.exec(address)?.[1];

/** Whether there may be a bus: one without a socket in the file system has to be tried. */
export function mayBeThere(address: string): boolean {
  const socket = socketOf(address);
  return socket === undefined || existsSync(socket);
}
