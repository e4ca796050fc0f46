// SPDX-License-Identifier: GPL-2.0-or-later
// How vtlcmd fails: a text on standard error and an exit status.

/** Exit statuses. mhvtl 1.8 has 1 for everything it notices; scripts that test for 0 or not go on. */
export const exitStatus = {
  /** The command line or the configuration is wrong. */
  usage: 1,
  /** The daemon understood and refused. */
  refused: 2,
  /** No daemon answers. */
  unreachable: 3,
} as const;

export class Failure extends Error {
  readonly status: number;

  constructor(message: string, status: number = exitStatus.usage) {
    super(message);
    this.name = 'Failure';
    this.status = status;
  }
}
